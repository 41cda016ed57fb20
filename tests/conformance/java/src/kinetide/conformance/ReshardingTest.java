package kinetide.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import kinetide.conformance.Kit.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.ChildShard;
import software.amazon.awssdk.services.kinesis.model.InvalidArgumentException;
import software.amazon.awssdk.services.kinesis.model.LimitExceededException;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.ScalingType;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardFilterType;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.kinesis.model.StreamMode;
import software.amazon.awssdk.services.kinesis.model.ValidationException;

/** Resharding: the shards afterwards, and every record read once by way of child shards. */
class ReshardingTest {
    private static final BigInteger SPACE = BigInteger.TWO.pow(128);
    private static final String MIDDLE = BigInteger.TWO.pow(127).toString();
    private static final int KEYS = 40;
    private static final int PUTS_MAX = 2000;

    private static KinesisClient client;
    private static Kit.Streams streams;
    private static Stream three;

    @BeforeAll
    static void open() {
        client = Kit.connect();
        streams = new Kit.Streams(client);
        three = streams.create(3);
    }

    @AfterAll
    static void close() {
        streams.close();
        client.close();
    }

    private static List<Shard> shards(String stream) {
        return client.listShards(r -> r.streamName(stream)).shards();
    }

    private static List<String> openShards(String stream) {
        return client.listShards(r -> r.streamName(stream)
                        .shardFilter(f -> f.type(ShardFilterType.AT_LATEST)))
                .shards().stream().map(Shard::shardId).toList();
    }

    private static void split(Stream stream, int shard, String key) {
        client.splitShard(r -> r.streamName(stream.name()).shardToSplit(Kit.shardId(shard))
                .newStartingHashKey(key));
        streams.waitActive(stream.name());
    }

    private static void merge(Stream stream, int shard, int adjacent) {
        client.mergeShards(r -> r.streamARN(stream.arn()).shardToMerge(Kit.shardId(shard))
                .adjacentShardToMerge(Kit.shardId(adjacent)));
        streams.waitActive(stream.name());
    }

    private static void scale(Stream stream, int target) {
        client.updateShardCount(r -> r.streamName(stream.name()).targetShardCount(target)
                .scalingType(ScalingType.UNIFORM_SCALING));
        streams.waitActive(stream.name());
    }

    @Test
    void aSplitClosesTheParentAndOpensTwo() {
        Stream stream = streams.create(1);
        split(stream, 0, MIDDLE);

        List<Shard> found = shards(stream.name());
        assertEquals(3, found.size());
        String ending = found.get(0).sequenceNumberRange().endingSequenceNumber();
        assertTrue(ending.matches("\\d{56}"), ending);
        for (Shard child : found.subList(1, 3)) {
            assertEquals(Kit.shardId(0), child.parentShardId());
            assertNull(child.adjacentParentShardId());
            assertNull(child.sequenceNumberRange().endingSequenceNumber());
            assertTrue(new BigInteger(child.sequenceNumberRange().startingSequenceNumber())
                    .compareTo(new BigInteger(ending)) > 0);
        }
        assertEquals("0", found.get(1).hashKeyRange().startingHashKey());
        assertEquals(MIDDLE, found.get(2).hashKeyRange().startingHashKey());
        assertEquals(2, streams.summary(stream.name()).openShardCount());
    }

    @Test
    void aMergeClosesTwoAndOpensOne() {
        Stream stream = streams.create(2);
        merge(stream, 0, 1);

        List<Shard> found = shards(stream.name());
        assertEquals(3, found.size());
        assertNotNull(found.get(0).sequenceNumberRange().endingSequenceNumber());
        assertNotNull(found.get(1).sequenceNumberRange().endingSequenceNumber());
        Shard child = found.get(2);
        assertEquals(Kit.shardId(0), child.parentShardId());
        assertEquals(Kit.shardId(1), child.adjacentParentShardId());
        assertEquals("0", child.hashKeyRange().startingHashKey());
        assertEquals(SPACE.subtract(BigInteger.ONE).toString(),
                child.hashKeyRange().endingHashKey());
        assertEquals(List.of(child.shardId()), openShards(stream.name()));
    }

    @Test
    void theCountIsTheOneAskedFor() {
        Stream stream = streams.create(2);
        for (int target : new int[] {4, 2, 3}) {
            int before = streams.summary(stream.name()).openShardCount();
            var answer = client.updateShardCount(r -> r.streamARN(stream.arn())
                    .targetShardCount(target).scalingType(ScalingType.UNIFORM_SCALING));
            streams.waitActive(stream.name());

            assertEquals(stream.name(), answer.streamName());
            assertEquals(stream.arn(), answer.streamARN());
            assertEquals(before, answer.currentShardCount());
            assertEquals(target, answer.targetShardCount());
            assertEquals(target, openShards(stream.name()).size());
        }
    }

    @Test
    void whatCannotBeResharded() {
        String where = " in stream " + three.name() + " under account " + three.account();
        assertEquals("Could not find shard " + Kit.shardId(7) + where + ".",
                Kit.refused(ResourceNotFoundException.class, () -> split(three, 7, MIDDLE)));
        assertEquals("Could not find shard " + Kit.shardId(7) + where + ".",
                Kit.refused(ResourceNotFoundException.class, () -> merge(three, 7, 1)));
        String end = shards(three.name()).get(0).hashKeyRange().endingHashKey();
        assertEquals("NewStartingHashKey 1 used in SplitShard() on shard " + Kit.shardId(0) + where
                        + " is not both greater than one plus the shard's StartingHashKey 0 and "
                        + "less than the shard's EndingHashKey " + end + ".",
                Kit.refused(InvalidArgumentException.class, () -> split(three, 0, "1")));
        assertEquals("Shards " + Kit.shardId(1) + " and " + Kit.shardId(0) + where
                        + " are not an adjacent pair of shards eligible for merging",
                Kit.refused(InvalidArgumentException.class, () -> merge(three, 1, 0)));
        assertEquals("UpdateShardCount cannot scale up over double your current open shard count. "
                        + "Current open shard count: 3, Target shard count: 7",
                Kit.refused(LimitExceededException.class, () -> scale(three, 7)));
        assertEquals("UpdateShardCount cannot scale down below half your current open shard count. "
                        + "Current open shard count: 3, Target shard count: 1",
                Kit.refused(LimitExceededException.class, () -> scale(three, 1)));
        assertEquals(3, shards(three.name()).size());
    }

    @Test
    void aStreamOnDemandScalesByItself() {
        Stream stream = streams.create(
                r -> r.streamModeDetails(m -> m.streamMode(StreamMode.ON_DEMAND)), "");

        Kit.refused(ValidationException.class, () -> split(stream, 0, "1000"));
        Kit.refused(ValidationException.class, () -> merge(stream, 0, 1));
        Kit.refused(ValidationException.class, () -> scale(stream, 5));
        assertEquals(4, openShards(stream.name()).size());
    }

    @Test
    void aReaderIsLedOnByTheEndOfItsShard() {
        Stream stream = streams.create(1);
        String reader = Kit.iterator(client, stream.name(), 0, ShardIteratorType.LATEST);
        client.putRecord(r -> r.streamName(stream.name()).data(Kit.bytes("parent"))
                .partitionKey("k"));
        split(stream, 0, MIDDLE);

        List<ChildShard> children = new ArrayList<>();
        assertEquals(List.of("parent"), Kit.texts(Kit.readToEnd(client, reader, children)));
        assertEquals(2, children.size());
        for (int i = 0; i < 2; ++i) {
            assertEquals(Kit.shardId(i + 1), children.get(i).shardId());
            assertEquals(List.of(Kit.shardId(0)), children.get(i).parentShards());
            assertEquals(shards(stream.name()).get(i + 1).hashKeyRange(),
                    children.get(i).hashKeyRange());
        }

        merge(stream, 1, 2);
        for (int parent : new int[] {1, 2}) {
            children.clear();
            Kit.readToEnd(client, Kit.iterator(client, stream.name(), parent,
                    ShardIteratorType.LATEST), children);
            assertEquals(1, children.size());
            assertEquals(Kit.shardId(3), children.get(0).shardId());
            assertEquals(List.of(Kit.shardId(1), Kit.shardId(2)), children.get(0).parentShards());
        }
    }

    /** Puts numbered records of many keys and remembers which the service took, and where. */
    private static final class Writer {
        private final Stream stream;
        private final Map<String, List<String>> takenByKey = new HashMap<>();
        private final Map<String, String> shardOf = new HashMap<>();
        private int next = 0;

        Writer(Stream stream) {
            this.stream = stream;
        }

        void put() {
            List<PutRecordsRequestEntry> batch = new ArrayList<>();
            for (int i = 0; i < KEYS; ++i) {
                batch.add(PutRecordsRequestEntry.builder().partitionKey("key-" + i)
                        .data(Kit.bytes(String.valueOf(next++))).build());
            }
            List<PutRecordsResultEntry> results = client.putRecords(
                    r -> r.streamName(stream.name()).records(batch)).records();
            for (int i = 0; i < KEYS; ++i) {
                if (results.get(i).sequenceNumber() == null) continue;
                takenByKey.computeIfAbsent(batch.get(i).partitionKey(), key -> new ArrayList<>())
                        .add(batch.get(i).data().asUtf8String());
                shardOf.put(results.get(i).sequenceNumber(), results.get(i).shardId());
            }
        }

        /** Goes on putting from before the change until it has been made. */
        void putThrough(Runnable change) throws Exception {
            CountDownLatch started = new CountDownLatch(1);
            AtomicBoolean changed = new AtomicBoolean();
            var writing = CompletableFuture.runAsync(() -> {
                for (int i = 0; i < PUTS_MAX && !changed.get(); ++i) {
                    put();
                    started.countDown();
                }
                put();
            });
            try {
                assertTrue(started.await(120, TimeUnit.SECONDS));
                change.run();
            } finally {
                changed.set(true);
                writing.get(120, TimeUnit.SECONDS);
            }
        }

        void assertAllRead() {
            Map<String, List<Record>> found = Kit.readThrough(client, stream.name());
            Map<String, List<String>> readByKey = new HashMap<>();
            Map<String, String> foundIn = new HashMap<>();
            found.forEach((shard, records) -> {
                for (Record record : records) {
                    readByKey.computeIfAbsent(record.partitionKey(), key -> new ArrayList<>())
                            .add(record.data().asUtf8String());
                    assertNull(foundIn.put(record.sequenceNumber(), shard));
                }
            });
            assertEquals(takenByKey, readByKey);
            assertEquals(shardOf, foundIn);
        }
    }

    @Test
    void recordsBeforeThroughAndAfterAreReadOnceInOrder() throws Exception {
        Stream stream = streams.create(2);
        Writer writer = new Writer(stream);

        writer.put();
        writer.putThrough(() -> split(stream, 0, BigInteger.TWO.pow(126).toString()));
        writer.put();
        writer.putThrough(() -> merge(stream, 3, 1));
        writer.put();
        writer.putThrough(() -> scale(stream, 4));
        writer.put();
        writer.putThrough(() -> scale(stream, 3));
        writer.put();

        writer.assertAllRead();
    }
}
