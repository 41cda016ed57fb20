package kinetide.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import kinetide.conformance.Kit.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.DryRunOperationException;
import software.amazon.awssdk.services.kinesis.model.EncryptionType;
import software.amazon.awssdk.services.kinesis.model.InvalidArgumentException;
import software.amazon.awssdk.services.kinesis.model.KinesisException;
import software.amazon.awssdk.services.kinesis.model.MetricsName;
import software.amazon.awssdk.services.kinesis.model.MinimumThroughputBillingCommitmentInputStatus;
import software.amazon.awssdk.services.kinesis.model.MinimumThroughputBillingCommitmentOutput;
import software.amazon.awssdk.services.kinesis.model.MinimumThroughputBillingCommitmentOutputStatus;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.RecordDistributionStrategy;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.kinesis.model.StreamMode;
import software.amazon.awssdk.services.kinesis.model.ValidationException;

/** Settings of streams and of the account: whatever is set is read back the same. */
class SettingsTest {
    private static final String KEY = "alias/aws/kinesis";

    private static KinesisClient client;
    private static Kit.Streams streams;
    private static Stream one;

    @BeforeAll
    static void open() {
        client = Kit.connect();
        streams = new Kit.Streams(client);
        one = streams.create(1);
    }

    @AfterAll
    static void close() {
        streams.close();
        client.close();
    }

    private static Stream onDemand(Kit.Streams where) {
        return where.create(r -> r.streamModeDetails(m -> m.streamMode(StreamMode.ON_DEMAND)), "");
    }

    private static void put(Stream stream, String data, EncryptionType expected) {
        assertEquals(expected, client.putRecord(r -> r.streamName(stream.name())
                .data(Kit.bytes(data)).partitionKey("k")).encryptionType());
    }

    private static List<Record> all(Stream stream, int shard) {
        return Kit.read(client,
                Kit.iterator(client, stream.name(), shard, ShardIteratorType.TRIM_HORIZON));
    }

    @Test
    void encryptionIsStartedAndStopped() {
        Stream stream = streams.create(1);

        put(stream, "before", null);
        client.startStreamEncryption(r -> r.streamName(stream.name())
                .encryptionType(EncryptionType.KMS).keyId(KEY));
        streams.waitActive(stream.name());
        assertEquals(EncryptionType.KMS, streams.summary(stream.name()).encryptionType());
        assertEquals(KEY, streams.summary(stream.name()).keyId());
        var description = client.describeStream(r -> r.streamName(stream.name()))
                .streamDescription();
        assertEquals(EncryptionType.KMS, description.encryptionType());
        assertEquals(KEY, description.keyId());
        put(stream, "between", EncryptionType.KMS);
        client.stopStreamEncryption(r -> r.streamARN(stream.arn())
                .encryptionType(EncryptionType.KMS).keyId(KEY));
        streams.waitActive(stream.name());
        assertEquals(EncryptionType.NONE, streams.summary(stream.name()).encryptionType());
        assertNull(streams.summary(stream.name()).keyId());
        put(stream, "after", null);

        List<Record> records = all(stream, 0);
        assertEquals(List.of("before", "between", "after"), Kit.texts(records));
        assertEquals(Arrays.asList(null, EncryptionType.KMS, null),
                records.stream().map(Record::encryptionType).toList());
    }

    @Test
    void monitoringIsEnabledAndDisabled() {
        Stream stream = streams.create(1);
        Set<MetricsName> seven = EnumSet.complementOf(
                EnumSet.of(MetricsName.ALL, MetricsName.UNKNOWN_TO_SDK_VERSION));

        var enabled = client.enableEnhancedMonitoring(r -> r.streamName(stream.name())
                .shardLevelMetrics(MetricsName.ALL));
        streams.waitActive(stream.name());
        assertEquals(stream.name(), enabled.streamName());
        assertEquals(stream.arn(), enabled.streamARN());
        assertEquals(List.of(), enabled.currentShardLevelMetrics());
        assertEquals(seven, new HashSet<>(enabled.desiredShardLevelMetrics()));
        assertEquals(seven, new HashSet<>(streams.summary(stream.name()).enhancedMonitoring()
                .get(0).shardLevelMetrics()));

        var disabled = client.disableEnhancedMonitoring(r -> r.streamARN(stream.arn())
                .shardLevelMetrics(MetricsName.INCOMING_BYTES, MetricsName.OUTGOING_BYTES));
        streams.waitActive(stream.name());
        seven.removeAll(Set.of(MetricsName.INCOMING_BYTES, MetricsName.OUTGOING_BYTES));
        assertEquals(7, disabled.currentShardLevelMetrics().size());
        assertEquals(seven, new HashSet<>(disabled.desiredShardLevelMetrics()));
        assertEquals(seven, new HashSet<>(streams.summary(stream.name()).enhancedMonitoring()
                .get(0).shardLevelMetrics()));
    }

    @Test
    void theRecordSizeIsRaised() {
        Stream stream = streams.create(r -> r.shardCount(1).maxRecordSizeInKiB(2048), "");
        assertEquals(2048, streams.summary(stream.name()).maxRecordSizeInKiB());
        assertEquals(1024, streams.summary(one.name()).maxRecordSizeInKiB());

        client.updateMaxRecordSize(r -> r.streamARN(stream.arn()).maxRecordSizeInKiB(10240));
        streams.waitActive(stream.name());
        assertEquals(10240, streams.summary(stream.name()).maxRecordSizeInKiB());
        String data = "x".repeat(10 * Kit.MIB - 1);
        put(stream, data, null);
        assertEquals(List.of(data), Kit.texts(all(stream, 0)));

        assertEquals("1 validation error detected: Value '10241' at 'maxRecordSizeInKiB' failed to "
                        + "satisfy constraint: Member must have value less than or equal to 10240",
                Kit.refused(ValidationException.class, () -> client.updateMaxRecordSize(
                        r -> r.streamARN(stream.arn()).maxRecordSizeInKiB(10241))));
    }

    @Test
    void theServiceSpreadsRecordsWithoutKeys() {
        Stream stream = onDemand(streams);
        assertEquals(RecordDistributionStrategy.USER_PARTITION_KEY,
                streams.summary(stream.name()).recordDistributionStrategy());

        client.updateStreamRecordDistributionStrategy(r -> r.streamARN(stream.arn())
                .recordDistributionStrategy(RecordDistributionStrategy.AUTO));
        assertEquals(RecordDistributionStrategy.AUTO,
                streams.summary(stream.name()).recordDistributionStrategy());
        List<PutRecordsRequestEntry> batch = IntStream.range(0, 40).mapToObj(i ->
                PutRecordsRequestEntry.builder().data(Kit.bytes("" + i)).build()).toList();
        assertEquals(0, client.putRecords(r -> r.streamName(stream.name()).records(batch))
                .failedRecordCount());
        List<Record> records = new ArrayList<>();
        for (int shard = 0; shard < 4; ++shard) records.addAll(all(stream, shard));
        assertTrue(records.stream().allMatch(record -> record.partitionKey() == null));
        assertEquals(IntStream.range(0, 40).boxed().toList(),
                Kit.texts(records).stream().map(Integer::valueOf).sorted().toList());

        Kit.refused(InvalidArgumentException.class,
                () -> client.updateStreamRecordDistributionStrategy(r -> r.streamARN(one.arn())
                        .recordDistributionStrategy(RecordDistributionStrategy.AUTO)));
    }

    @Test
    void anUnknownStreamIsNamedInTheError() {
        String absent = streams.name("-absent");
        String arn = one.arnOf(absent);
        List<Runnable> calls = List.of(
                () -> client.startStreamEncryption(r -> r.streamName(absent)
                        .encryptionType(EncryptionType.KMS).keyId(KEY)),
                () -> client.stopStreamEncryption(r -> r.streamARN(arn)
                        .encryptionType(EncryptionType.KMS).keyId(KEY)),
                () -> client.enableEnhancedMonitoring(r -> r.streamName(absent)
                        .shardLevelMetrics(MetricsName.ALL)),
                () -> client.disableEnhancedMonitoring(r -> r.streamARN(arn)
                        .shardLevelMetrics(MetricsName.ALL)),
                () -> client.updateMaxRecordSize(r -> r.streamARN(arn).maxRecordSizeInKiB(2048)),
                () -> client.updateStreamWarmThroughput(r -> r.streamName(absent)
                        .warmThroughputMiBps(10)),
                () -> client.updateStreamRecordDistributionStrategy(r -> r.streamARN(arn)
                        .recordDistributionStrategy(RecordDistributionStrategy.AUTO)));
        for (Runnable call : calls) {
            assertEquals("Stream " + absent + " under account " + one.account() + " not found.",
                    Kit.refused(ResourceNotFoundException.class, call));
        }
    }

    @Test
    void aDryRunStoresNothing() {
        String text = "Request would have succeeded, but DryRun flag is set.";
        String tip = Kit.iterator(client, one.name(), 0, ShardIteratorType.LATEST);

        assertEquals(text, Kit.refused(DryRunOperationException.class, () -> client.putRecord(
                r -> r.streamName(one.name()).data(Kit.bytes("x")).partitionKey("k")
                        .dryRun(true))));
        assertEquals(text, Kit.refused(DryRunOperationException.class,
                () -> client.getRecords(r -> r.shardIterator(tip).dryRun(true))));
        assertEquals(List.of(), Kit.read(client, tip));
    }

    @Test
    void theAccountCommitsItselfAndItsStreamsAreWarmed() {
        String account = Kit.strangeAccount();
        try (KinesisClient stranger = Kit.connect(account);
                Kit.Streams theirs = new Kit.Streams(stranger)) {
            Stream stream = onDemand(theirs);
            assertEquals(MinimumThroughputBillingCommitmentOutputStatus.DISABLED,
                    commitment(stranger).status());
            // ValidationException or InvalidArgumentException: nobody has recorded which.
            Kit.refused(KinesisException.class, () -> stranger.updateStreamWarmThroughput(
                    r -> r.streamName(stream.name()).warmThroughputMiBps(10)));

            var enabled = commit(stranger, MinimumThroughputBillingCommitmentInputStatus.ENABLED);
            assertEquals(MinimumThroughputBillingCommitmentOutputStatus.ENABLED, enabled.status());
            assertTrue(Duration.between(enabled.startedAt(), Instant.now()).abs()
                    .compareTo(Duration.ofMinutes(5)) < 0, "started at " + enabled.startedAt());
            assertFalse(enabled.earliestAllowedEndAt()
                    .isBefore(enabled.startedAt().plus(Duration.ofHours(24))));
            assertEquals(enabled, commitment(stranger));

            var warmed = stranger.updateStreamWarmThroughput(
                    r -> r.streamARN(stream.arn()).warmThroughputMiBps(100));
            theirs.waitActive(stream.name());
            assertEquals(stream.name(), warmed.streamName());
            assertEquals(stream.arn(), warmed.streamARN());
            assertEquals(100, warmed.warmThroughput().targetMiBps());
            assertNotNull(warmed.warmThroughput().currentMiBps());
            assertEquals(100, theirs.summary(stream.name()).warmThroughput().targetMiBps());

            // What is warm needs the commitment, so it goes first.
            stranger.updateStreamWarmThroughput(
                    r -> r.streamARN(stream.arn()).warmThroughputMiBps(0));
            theirs.waitActive(stream.name());
            assertEquals(
                    MinimumThroughputBillingCommitmentOutputStatus
                            .ENABLED_UNTIL_EARLIEST_ALLOWED_END,
                    commit(stranger, MinimumThroughputBillingCommitmentInputStatus.DISABLED)
                            .status());
        }
    }

    private static MinimumThroughputBillingCommitmentOutput commitment(KinesisClient whose) {
        return whose.describeAccountSettings(r -> { }).minimumThroughputBillingCommitment();
    }

    private static MinimumThroughputBillingCommitmentOutput commit(KinesisClient whose,
            MinimumThroughputBillingCommitmentInputStatus status) {
        return whose.updateAccountSettings(
                r -> r.minimumThroughputBillingCommitment(c -> c.status(status)))
                .minimumThroughputBillingCommitment();
    }
}
