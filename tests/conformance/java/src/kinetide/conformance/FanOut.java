package kinetide.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import kinetide.conformance.Kit.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.HashKeyRange;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ResourceInUseException;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.kinesis.model.StartingPosition;

/**
 * Subscribers: every record once and in its key's order, across a split and a new subscription.
 * Not named like the other cases: the part `fanout_java` asks for it.
 */
class FanOut {
    /** A key is in each PutRecords once: what is put again cannot overtake. */
    private static final int KEYS = 500;
    private static final int ROUNDS = 40;
    /** Amid the writing, so that the readers see more than its end. */
    private static final int PAUSE_MS = 500;
    private static final int PATIENCE_S = 90;

    private static KinesisAsyncClient async;
    private static KinesisClient client;
    private static Kit.Streams streams;
    /** A stream of one shard with two records, and those as a subscriber gets them. */
    private static Stream one;
    private static String consumer;
    private static List<Record> both;

    @BeforeAll
    static void open() throws Exception {
        async = Kit.connectAsync(null);
        client = OverHttp2.of(async);
        streams = new Kit.Streams(client);
        one = streams.create(1);
        put("one");
        Thread.sleep(10); // so that their times differ
        put("two");
        consumer = streams.register(one, "first", r -> {});
        both = first(consumer, Subscription.from(ShardIteratorType.TRIM_HORIZON), 2);
    }

    @AfterAll
    static void close() {
        streams.close();
        client.close();
    }

    private static void put(String data) {
        client.putRecord(r -> r.streamName(one.name()).partitionKey("k").data(Kit.bytes(data)));
    }

    private static List<Record> first(String consumer, StartingPosition position, int count)
            throws InterruptedException {
        var found = new LinkedBlockingQueue<Record>();
        Subscription.start(async, consumer, Kit.shardId(0), position, event -> {
            found.addAll(event.records());
            return found.size() < count;
        });
        return take(found, count);
    }

    private static <T> List<T> take(LinkedBlockingQueue<T> from, int count)
            throws InterruptedException {
        List<T> taken = new ArrayList<>();
        while (taken.size() < count) {
            T next = from.poll(PATIENCE_S, TimeUnit.SECONDS);
            if (next == null) throw new AssertionError(taken.size() + " records of " + count);
            taken.add(next);
        }
        return taken;
    }

    private static void putAll(Stream stream, List<PutRecordsRequestEntry> entries)
            throws InterruptedException {
        while (!entries.isEmpty()) {
            List<PutRecordsRequestEntry> sent = entries;
            PutRecordsResponse answer =
                    client.putRecords(r -> r.streamName(stream.name()).records(sent));
            entries = IntStream.range(0, sent.size())
                    .filter(i -> answer.records().get(i).errorCode() != null)
                    .mapToObj(sent::get).toList();
            if (!entries.isEmpty()) Thread.sleep(100);
        }
    }

    private static void split(Stream stream, int shard) {
        HashKeyRange range = client.listShards(r -> r.streamName(stream.name())).shards()
                .get(shard).hashKeyRange();
        BigInteger middle = new BigInteger(range.startingHashKey())
                .add(new BigInteger(range.endingHashKey())).shiftRight(1);
        client.splitShard(r -> r.streamName(stream.name()).shardToSplit(Kit.shardId(shard))
                .newStartingHashKey(middle.toString()));
    }

    @Test
    void everyRecordOnceAndInOrderWhileAShardSplits() throws Exception {
        Stream stream = streams.create(3);
        var follower = new Follower(async, streams.register(stream, "reader", r -> {}));
        for (int shard = 0; shard < 3; ++shard) follower.follow(Kit.shardId(shard), shard == 0);

        for (int turn = 0; turn < ROUNDS; ++turn) {
            var data = Kit.bytes(String.valueOf(turn));
            putAll(stream, IntStream.range(0, KEYS).mapToObj(key -> PutRecordsRequestEntry.builder()
                    .partitionKey("key-" + key).data(data).build()).toList());
            if (turn == ROUNDS / 2) {
                split(stream, 2);
                Thread.sleep(PAUSE_MS);
            }
        }

        Map<String, List<Integer>> found = new HashMap<>();
        for (var record : take(follower.found, KEYS * ROUNDS)) {
            found.computeIfAbsent(record.get().partitionKey(), key -> new ArrayList<>())
                    .add(Integer.valueOf(record.get().data().asUtf8String()));
        }
        assertEquals(KEYS, found.size());
        List<Integer> turns = IntStream.range(0, ROUNDS).boxed().toList();
        found.forEach((key, counters) -> assertEquals(turns, counters, key));
    }

    @Test
    void fromTheTrimHorizon() {
        assertEquals(List.of("one", "two"), Kit.texts(both));
    }

    @Test
    void fromARecordOn() throws Exception {
        Record last = both.get(1);
        for (StartingPosition position : List.of(
                Subscription.at(last.approximateArrivalTimestamp()),
                Subscription.from(ShardIteratorType.AT_SEQUENCE_NUMBER, last.sequenceNumber()),
                Subscription.from(ShardIteratorType.AFTER_SEQUENCE_NUMBER,
                        both.get(0).sequenceNumber()))) {
            String reader = streams.register(one, position.type().toString(), r -> {});
            assertEquals("two", Kit.texts(first(reader, position, 1)).get(0));
        }
    }

    @Test
    void fromTheLatestOn() throws Exception {
        var found = new LinkedBlockingQueue<Record>();
        Subscription.start(async, streams.register(one, "latest", r -> {}), Kit.shardId(0),
                Subscription.from(ShardIteratorType.LATEST), event -> {
                    found.addAll(event.records());
                    return true;
                }).established.join();
        put("three");
        assertEquals(List.of("three"), Kit.texts(take(found, 1)));
    }

    @Test
    void aSecondSubscriptionWithinFiveSecondsIsRefused() {
        String hasty = streams.register(one, "hasty", r -> {});
        StartingPosition latest = Subscription.from(ShardIteratorType.LATEST);
        Subscription.start(async, hasty, Kit.shardId(0), latest, event -> true)
                .established.join();
        refused(ResourceInUseException.class, hasty);
    }

    @Test
    void anUnknownConsumerIsRefused() {
        refused(ResourceNotFoundException.class, consumer.replace("/first:", "/absent:"));
    }

    private static void refused(Class<? extends Throwable> kind, String consumer) {
        StartingPosition latest = Subscription.from(ShardIteratorType.LATEST);
        var caught = assertThrows(CompletionException.class, () -> Subscription.start(
                async, consumer, Kit.shardId(0), latest, event -> true).established.join());
        assertEquals(kind, caught.getCause().getClass());
    }
}
