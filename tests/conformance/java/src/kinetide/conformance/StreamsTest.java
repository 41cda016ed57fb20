package kinetide.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import kinetide.conformance.Kit.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.EncryptionType;
import software.amazon.awssdk.services.kinesis.model.InvalidArgumentException;
import software.amazon.awssdk.services.kinesis.model.ListShardsResponse;
import software.amazon.awssdk.services.kinesis.model.ListStreamsResponse;
import software.amazon.awssdk.services.kinesis.model.ResourceInUseException;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.StreamDescription;
import software.amazon.awssdk.services.kinesis.model.StreamMode;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;
import software.amazon.awssdk.services.kinesis.model.ValidationException;

/** Streams: their life, their description, their lists, their settings. */
class StreamsTest {
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

    private static StreamDescription describe(String name) {
        return client.describeStream(r -> r.streamName(name)).streamDescription();
    }

    private static List<String> ids(List<Shard> shards) {
        return shards.stream().map(Shard::shardId).toList();
    }

    private static List<String> ids(int from, int to) {
        return IntStream.range(from, to).mapToObj(Kit::shardId).toList();
    }

    @Test
    void theWireFormIsTheOneAskedFor() {
        client.describeStream(r -> r.streamName(three.name()));

        String form = Kit.cbor() ? "application/x-amz-cbor-1.1" : "application/x-amz-json-1.1";
        assertEquals(form, Kit.wire.request);
        assertEquals(form, Kit.wire.response);
    }

    @Test
    void aFreshStreamIsDescribedInFull() {
        StreamDescription found = describe(three.name());

        assertEquals(three.name(), found.streamName());
        assertEquals(three.arn(), found.streamARN());
        assertEquals(StreamStatus.ACTIVE, found.streamStatus());
        assertEquals(StreamMode.PROVISIONED, found.streamModeDetails().streamMode());
        assertEquals(24, found.retentionPeriodHours());
        assertEquals(EncryptionType.NONE, found.encryptionType());
        assertNull(found.keyId());
        assertFalse(found.hasMoreShards());
        assertEquals(1, found.enhancedMonitoring().size());
        assertTrue(found.enhancedMonitoring().get(0).shardLevelMetrics().isEmpty());
        assertEquals(ids(0, 3), ids(found.shards()));
        assertEquals("0", found.shards().get(0).hashKeyRange().startingHashKey());
        assertEquals("113427455640312821154458202477256070485",
                found.shards().get(1).hashKeyRange().startingHashKey());
        assertEquals("340282366920938463463374607431768211455",
                found.shards().get(2).hashKeyRange().endingHashKey());
        for (Shard shard : found.shards()) {
            assertTrue(shard.sequenceNumberRange().startingSequenceNumber().matches("\\d{56}"));
            assertNull(shard.sequenceNumberRange().endingSequenceNumber());
            assertNull(shard.parentShardId());
        }
    }

    @Test
    void timesAreOfToday() {
        Instant created = describe(three.name()).streamCreationTimestamp();

        Duration age = Duration.between(created, Instant.now());
        assertTrue(age.abs().compareTo(Duration.ofMinutes(5)) < 0, "created at " + created);
    }

    @Test
    void nameAndArnGiveTheSameDescription() {
        assertEquals(describe(three.name()),
                client.describeStream(r -> r.streamARN(three.arn())).streamDescription());
        var summary = client.describeStreamSummary(r -> r.streamARN(three.arn()))
                .streamDescriptionSummary();
        assertEquals(streams.summary(three.name()), summary);
        assertEquals(3, summary.openShardCount());
        assertEquals(0, summary.consumerCount());
        assertNull(summary.streamId());
    }

    @Test
    void onDemandStartsWithFourShards() {
        Stream stream = streams.create(
                r -> r.streamModeDetails(m -> m.streamMode(StreamMode.ON_DEMAND)), "");

        var summary = streams.summary(stream.name());
        assertEquals(StreamMode.ON_DEMAND, summary.streamModeDetails().streamMode());
        assertEquals(4, summary.openShardCount());
    }

    @Test
    void aNameIsTakenOnce() {
        assertEquals("Stream " + three.name() + " under account " + three.account()
                        + " already exists.",
                Kit.refused(ResourceInUseException.class,
                        () -> client.createStream(r -> r.streamName(three.name()).shardCount(1))));
    }

    @Test
    void everyBrokenConstraintIsTold() {
        String text = Kit.refused(ValidationException.class,
                () -> client.createStream(r -> r.streamName("a b").shardCount(0)));

        assertTrue(text.startsWith("2 validation errors detected: "), text);
        assertTrue(text.contains("Value 'a b' at 'streamName' failed to satisfy constraint: "
                + "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+"), text);
        assertTrue(text.contains("Value '0' at 'shardCount' failed to satisfy constraint: "
                + "Member must have value greater than or equal to 1"), text);
    }

    @Test
    void aDeletedStreamIsGoneAndItsNameIsFree() {
        Stream stream = streams.create(1);
        client.deleteStream(r -> r.streamARN(stream.arn()));
        streams.waitGone(stream.name());

        assertEquals("Stream " + stream.name() + " under account " + stream.account()
                        + " not found.",
                Kit.refused(ResourceNotFoundException.class, () -> describe(stream.name())));
        client.createStream(r -> r.streamName(stream.name()).shardCount(2));
        streams.waitActive(stream.name());
        assertEquals(2, streams.summary(stream.name()).openShardCount());
    }

    @Test
    void anUnknownStreamIsNamedInTheError() {
        String absent = streams.name("-absent");
        String arn = three.arnOf(absent);
        String text = "Stream " + absent + " under account " + three.account() + " not found.";

        List<Runnable> calls = List.of(
                () -> describe(absent),
                () -> client.describeStream(r -> r.streamARN(arn)),
                () -> client.describeStreamSummary(r -> r.streamARN(arn)),
                () -> client.listShards(r -> r.streamName(absent)),
                () -> client.deleteStream(r -> r.streamName(absent)),
                () -> client.increaseStreamRetentionPeriod(
                        r -> r.streamName(absent).retentionPeriodHours(48)),
                () -> client.updateStreamMode(r -> r.streamARN(arn)
                        .streamModeDetails(m -> m.streamMode(StreamMode.ON_DEMAND))));
        for (Runnable call : calls) {
            assertEquals(text, Kit.refused(ResourceNotFoundException.class, call));
        }
    }

    @Test
    void describeStreamPageByPage() {
        var first = client.describeStream(r -> r.streamName(three.name()).limit(2))
                .streamDescription();
        var rest = client.describeStream(
                r -> r.streamName(three.name()).exclusiveStartShardId(Kit.shardId(1)))
                .streamDescription();

        assertEquals(ids(0, 2), ids(first.shards()));
        assertTrue(first.hasMoreShards());
        assertEquals(ids(2, 3), ids(rest.shards()));
        assertFalse(rest.hasMoreShards());
    }

    @Test
    void listShardsPageByPage() {
        for (int size : new int[] {1, 2, 3, 10000}) {
            List<String> found = new ArrayList<>();
            ListShardsResponse page = client.listShards(
                    r -> r.streamName(three.name()).maxResults(size));
            found.addAll(ids(page.shards()));
            while (page.nextToken() != null) {
                String token = page.nextToken();
                page = client.listShards(r -> r.nextToken(token).maxResults(size));
                found.addAll(ids(page.shards()));
                assertTrue(found.size() <= 3, "shards are repeated");
            }
            assertEquals(ids(0, 3), found);
        }
        assertEquals(describe(three.name()).shards(),
                client.listShards(r -> r.streamARN(three.arn())).shards());
    }

    @Test
    void listShardsRefusesNeitherStreamNorToken() {
        assertEquals("Either NextToken or StreamName should be provided.",
                Kit.refused(InvalidArgumentException.class, () -> client.listShards(r -> { })));
    }

    @Test
    void listStreamsPageByPageInByteOrder() {
        List<String> names = new ArrayList<>();
        for (String suffix : List.of("-A", "-a", "_")) {
            names.add(streams.create(r -> r.shardCount(1), suffix).name());
        }
        names.sort(null);

        List<String> seen = new ArrayList<>();
        for (ListStreamsResponse page : client.listStreamsPaginator(r -> r.limit(2))) {
            assertTrue(page.streamNames().size() <= 2);
            assertEquals(page.streamNames(),
                    page.streamSummaries().stream().map(s -> s.streamName()).toList());
            page.streamNames().stream().filter(names::contains).forEach(seen::add);
        }
        assertEquals(names, seen);
    }

    @Test
    void retentionGoesUpAndDown() {
        Stream stream = streams.create(1);
        String name = stream.name();

        client.increaseStreamRetentionPeriod(r -> r.streamName(name).retentionPeriodHours(8760));
        streams.waitActive(name);
        assertEquals(8760, describe(name).retentionPeriodHours());
        client.decreaseStreamRetentionPeriod(
                r -> r.streamARN(stream.arn()).retentionPeriodHours(48));
        streams.waitActive(name);
        assertEquals("Requested retention period (24 hours) for stream " + name
                        + " can not be shorter than existing retention period (48 hours). "
                        + "Use DecreaseRetentionPeriod API.",
                Kit.refused(InvalidArgumentException.class, () -> client
                        .increaseStreamRetentionPeriod(
                                r -> r.streamName(name).retentionPeriodHours(24))));
        assertEquals("Requested retention period (72 hours) for stream " + name
                        + " can not be longer than existing retention period (48 hours). "
                        + "Use IncreaseRetentionPeriod API.",
                Kit.refused(InvalidArgumentException.class, () -> client
                        .decreaseStreamRetentionPeriod(
                                r -> r.streamName(name).retentionPeriodHours(72))));
        assertEquals("Minimum allowed retention period is 24 hours. "
                        + "Requested retention period (23 hours) is too short.",
                Kit.refused(InvalidArgumentException.class, () -> client
                        .decreaseStreamRetentionPeriod(
                                r -> r.streamName(name).retentionPeriodHours(23))));
        assertEquals(48, describe(name).retentionPeriodHours());
    }

    @Test
    void theModeChangesAndTheShardsStay() {
        Stream stream = streams.create(2);
        for (StreamMode mode : List.of(StreamMode.ON_DEMAND, StreamMode.PROVISIONED)) {
            client.updateStreamMode(
                    r -> r.streamARN(stream.arn()).streamModeDetails(m -> m.streamMode(mode)));
            streams.waitActive(stream.name());
            var summary = streams.summary(stream.name());
            assertEquals(mode, summary.streamModeDetails().streamMode());
            assertEquals(2, summary.openShardCount());
        }
    }

    @Test
    void describeLimitsCountsWhatExists() {
        var limits = client.describeLimits(r -> { });

        assertTrue(limits.openShardCount() >= 3);
        assertTrue(limits.shardLimit() > 0);
        assertTrue(limits.onDemandStreamCount() >= 0);
        assertTrue(limits.onDemandStreamCountLimit() > 0);
    }
}
