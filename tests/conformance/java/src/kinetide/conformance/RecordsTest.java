package kinetide.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import kinetide.conformance.Kit.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.InvalidArgumentException;
import software.amazon.awssdk.services.kinesis.model.KinesisException;
import software.amazon.awssdk.services.kinesis.model.PutRecordResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/** Records: written, found again from every kind of position, refused where they must be. */
class RecordsTest {
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

    private static PutRecordResponse put(Stream stream, SdkBytes data, String key) {
        return client.putRecord(
                r -> r.streamName(stream.name()).data(data).partitionKey(key));
    }

    private static PutRecordResponse put(Stream stream, String data, String key) {
        return put(stream, Kit.bytes(data), key);
    }

    private static PutRecordsRequestEntry entry(String data, String key) {
        return PutRecordsRequestEntry.builder().data(Kit.bytes(data)).partitionKey(key).build();
    }

    private static PutRecordsResponse putAll(Stream stream, List<PutRecordsRequestEntry> batch) {
        return client.putRecords(r -> r.streamName(stream.name()).records(batch));
    }

    private static List<Record> all(Stream stream, int shard) {
        return Kit.read(client,
                Kit.iterator(client, stream.name(), shard, ShardIteratorType.TRIM_HORIZON));
    }

    private static List<String> tips() {
        return IntStream.range(0, 3).mapToObj(shard -> Kit.iterator(
                client, three.name(), shard, ShardIteratorType.LATEST)).toList();
    }

    private static void assertNothingSince(List<String> tips) {
        for (String tip : tips) assertEquals(List.of(), Kit.read(client, tip));
    }

    private static SdkBytes filled(int size) {
        byte[] data = new byte[size];
        for (int i = 0; i < size; ++i) data[i] = (byte) (i * 31 + i / 251);
        return SdkBytes.fromByteArray(data);
    }

    @Test
    void theShardIsThatOfTheKeysMd5() {
        Map<String, Integer> recorded = Map.of("a", 0, "b", 1, "e", 2, "f", 1);
        recorded.forEach((key, shard) -> {
            PutRecordResponse answer = put(three, "x", key);
            assertEquals(Kit.shardId(shard), answer.shardId());
            assertTrue(answer.sequenceNumber().matches("\\d{56}"));
            assertNull(answer.encryptionType());
        });
    }

    @Test
    void anExplicitHashKeyDecides() {
        for (var shard : client.listShards(r -> r.streamName(three.name())).shards()) {
            for (String hash : List.of(shard.hashKeyRange().startingHashKey(),
                    shard.hashKeyRange().endingHashKey())) {
                assertEquals(shard.shardId(), client.putRecord(r -> r.streamName(three.name())
                        .data(Kit.bytes("x")).partitionKey("a").explicitHashKey(hash)).shardId());
            }
        }
        String beyond = "340282366920938463463374607431768211456";
        assertEquals("Invalid ExplicitHashKey. ExplicitHashKey must be in the range: "
                        + "[0, 2^128-1]. Specified value was " + beyond,
                Kit.refused(InvalidArgumentException.class, () -> client.putRecord(
                        r -> r.streamName(three.name()).data(Kit.bytes("x")).partitionKey("a")
                                .explicitHashKey(beyond))));
    }

    @Test
    void awkwardDataAndKeysComeBackByteForByte() {
        Stream stream = streams.create(1);
        byte[] every = new byte[256];
        for (int i = 0; i < 256; ++i) every[i] = (byte) i;
        List<PutRecordsRequestEntry> sent = List.of(
                entry("", "empty"),
                PutRecordsRequestEntry.builder().data(SdkBytes.fromByteArray(every))
                        .partitionKey("every byte").build(),
                entry("Grüße, 世界 — 🌊", "é".repeat(256)),
                PutRecordsRequestEntry.builder()
                        .data(SdkBytes.fromByteArray(new byte[] {(byte) 0xff, (byte) 0xfe}))
                        .partitionKey("\"\\\n\t").build(),
                entry("x", "🔑"));
        for (var record : sent) put(stream, record.data(), record.partitionKey());
        assertEquals(0, putAll(stream, sent).failedRecordCount());

        List<Record> found = all(stream, 0);

        assertEquals(2 * sent.size(), found.size());
        for (int i = 0; i < found.size(); ++i) {
            var expected = sent.get(i % sent.size());
            assertEquals(expected.partitionKey(), found.get(i).partitionKey());
            assertArrayEquals(expected.data().asByteArray(), found.get(i).data().asByteArray());
        }
    }

    @Test
    void putRecordsKeepsTheOrderOfTheRequest() {
        Stream stream = streams.create(2);
        List<PutRecordsRequestEntry> batch = IntStream.range(0, 500)
                .mapToObj(i -> entry(String.valueOf(i), "key " + i % 11)).toList();

        PutRecordsResponse answer = putAll(stream, batch);

        assertEquals(0, answer.failedRecordCount());
        for (int shard = 0; shard < 2; ++shard) {
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < batch.size(); ++i) {
                var result = answer.records().get(i);
                assertNull(result.errorCode());
                if (!result.shardId().equals(Kit.shardId(shard))) continue;
                expected.add(result.sequenceNumber() + " " + batch.get(i).partitionKey() + " " + i);
            }
            assertEquals(expected, all(stream, shard).stream().map(record ->
                    record.sequenceNumber() + " " + record.partitionKey() + " "
                            + record.data().asUtf8String()).toList());
        }
    }

    @Test
    void aRecordInFullAndThePageAroundIt() {
        Stream stream = streams.create(1);
        PutRecordResponse put = put(stream, "x", "k");

        var page = client.getRecords(r -> r.streamARN(stream.arn()).shardIterator(
                Kit.iterator(client, stream.name(), 0, ShardIteratorType.TRIM_HORIZON)));

        assertEquals(0, page.millisBehindLatest());
        assertTrue(page.nextShardIterator().length() <= 512);
        assertTrue(page.childShards().isEmpty());
        Record record = page.records().get(0);
        assertEquals(put.sequenceNumber(), record.sequenceNumber());
        assertEquals("k", record.partitionKey());
        assertEquals("x", record.data().asUtf8String());
        assertNull(record.encryptionType());
        Instant arrival = record.approximateArrivalTimestamp();
        assertTrue(Duration.between(arrival, Instant.now()).abs().toMinutes() < 1, "" + arrival);
    }

    @Test
    void pagesOfAnySizeLoseAndRepeatNothing() {
        Stream stream = streams.create(1);
        List<String> expected = IntStream.range(0, 50).mapToObj(String::valueOf).toList();
        putAll(stream, expected.stream().map(data -> entry(data, "k")).toList());
        String start = Kit.iterator(client, stream.name(), 0, ShardIteratorType.TRIM_HORIZON);

        for (int limit : new int[] {1, 7, 50, 10000}) {
            assertEquals(expected, Kit.texts(Kit.read(client, start, limit)));
        }
        var first = client.getRecords(r -> r.shardIterator(start).limit(3));
        assertEquals(expected.subList(0, 3), Kit.texts(first.records()));
        assertNotEquals(start, first.nextShardIterator());
    }

    @Test
    void positionsBySequenceNumber() {
        Stream stream = streams.create(1);
        List<String> numbers = IntStream.range(0, 4)
                .mapToObj(i -> put(stream, String.valueOf(i), "k").sequenceNumber()).toList();

        for (var type : List.of(ShardIteratorType.AT_SEQUENCE_NUMBER,
                ShardIteratorType.AFTER_SEQUENCE_NUMBER)) {
            List<String> expected = type == ShardIteratorType.AT_SEQUENCE_NUMBER
                    ? List.of("2", "3") : List.of("3");
            assertEquals(expected, Kit.texts(Kit.read(client, Kit.iterator(client, stream.name(), 0,
                    r -> r.shardIteratorType(type).startingSequenceNumber(numbers.get(2))))));
        }
        assertEquals(List.of("0", "1", "2", "3"), Kit.texts(all(stream, 0)));
    }

    @Test
    void latestIsFixedWhenTheIteratorIsMade() {
        Stream stream = streams.create(1);
        put(stream, "before", "k");
        String tip = Kit.iterator(client, stream.name(), 0, ShardIteratorType.LATEST);
        put(stream, "after", "k");

        assertEquals(List.of("after"), Kit.texts(Kit.read(client, tip)));
    }

    @Test
    void aTimestampSeparatesRecordsOneMillisecondApart() {
        Stream stream = streams.create(1);
        for (int i = 0; i < 30; ++i) put(stream, String.valueOf(i), "k");
        List<Record> records = all(stream, 0);

        for (Record one : records.subList(0, 12)) {
            for (Instant at : List.of(one.approximateArrivalTimestamp(),
                    one.approximateArrivalTimestamp().minusMillis(1))) {
                List<String> expected = Kit.texts(records.stream()
                        .filter(r -> !r.approximateArrivalTimestamp().isBefore(at)).toList());
                assertEquals(expected, Kit.texts(Kit.read(client, Kit.iterator(client,
                        stream.name(), 0, r -> r.shardIteratorType(ShardIteratorType.AT_TIMESTAMP)
                                .timestamp(at)))));
            }
        }
    }

    @Test
    void aFutureTimestampIsRefusedToTheMillisecond() {
        Instant future = Instant.ofEpochMilli(
                Instant.now().plus(Duration.ofDays(1)).toEpochMilli());
        String text = Kit.refused(InvalidArgumentException.class,
                () -> Kit.iterator(client, three.name(), 0, r -> r
                        .shardIteratorType(ShardIteratorType.AT_TIMESTAMP).timestamp(future)));

        assertTrue(text.startsWith("The timestampInMillis parameter cannot be greater than the "
                + "currentTimestampInMillis. timestampInMillis: " + future.toEpochMilli()
                + ", currentTimestampInMillis: "), text);
    }

    @Test
    void iteratorsThatCannotBeAreRefused() {
        String number = put(three, "x", "b").sequenceNumber();

        assertEquals("Must either specify (1) AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER and "
                        + "StartingSequenceNumber or (2) TRIM_HORIZON or LATEST and no "
                        + "StartingSequenceNumber. Request specified LATEST and also a "
                        + "StartingSequenceNumber.",
                Kit.refused(InvalidArgumentException.class, () -> Kit.iterator(client,
                        three.name(), 0, r -> r.shardIteratorType(ShardIteratorType.LATEST)
                                .startingSequenceNumber(number))));
        assertEquals("Invalid StartingSequenceNumber. It encodes " + Kit.shardId(1)
                        + ", while it was used in a call to a shard with " + Kit.shardId(0),
                Kit.refused(InvalidArgumentException.class, () -> Kit.iterator(client,
                        three.name(), 0, r -> r
                                .shardIteratorType(ShardIteratorType.AT_SEQUENCE_NUMBER)
                                .startingSequenceNumber(number))));
        assertEquals("Shard " + Kit.shardId(9) + " in stream " + three.name() + " under account "
                        + three.account() + " does not exist",
                Kit.refused(ResourceNotFoundException.class, () -> Kit.iterator(
                        client, three.name(), 9, ShardIteratorType.LATEST)));
        assertEquals("Invalid ShardIterator.",
                Kit.refused(InvalidArgumentException.class,
                        () -> client.getRecords(r -> r.shardIterator("AAAA"))));
    }

    @Test
    void anUnknownIteratorTypeIsRefused() {
        assertEquals("1 validation error detected: Value 'SOMEWHERE' at 'shardIteratorType' "
                        + "failed to satisfy constraint: Member must satisfy enum value set: "
                        + "[AFTER_SEQUENCE_NUMBER, LATEST, AT_TIMESTAMP, AT_SEQUENCE_NUMBER, "
                        + "TRIM_HORIZON]",
                Kit.refused(KinesisException.class,
                        () -> Kit.iterator(client, three.name(), 0,
                                r -> r.shardIteratorType("SOMEWHERE"))));
    }

    @Test
    void aRecordOfExactlyOneMebibyteKeyIncluded() {
        Stream stream = streams.create(1);
        SdkBytes data = filled(Kit.MIB - 2);

        put(stream, data, "é");
        Kit.refused(InvalidArgumentException.class, () -> put(stream, filled(Kit.MIB - 1), "é"));

        List<Record> found = all(stream, 0);
        assertEquals(1, found.size());
        assertTrue(Arrays.equals(data.asByteArrayUnsafe(),
                found.get(0).data().asByteArrayUnsafe()));
    }

    @Test
    void oneBadEntryRefusesTheWholeCall() {
        List<String> tips = tips();
        String longKey = "k".repeat(257);
        Map<PutRecordsRequestEntry, String> bad = Map.of(
                PutRecordsRequestEntry.builder().partitionKey("k").build(),
                "Value null at 'records.2.member.data' failed to satisfy constraint: "
                        + "Member must not be null",
                entry("2", longKey),
                "Value '" + longKey + "' at 'records.2.member.partitionKey' failed to satisfy "
                        + "constraint: Member must have length less than or equal to 256");

        bad.forEach((record, text) -> assertEquals("1 validation error detected: " + text,
                Kit.refused(KinesisException.class,
                        () -> putAll(three, List.of(entry("1", "a"), record, entry("3", "b"))))));
        Kit.refused(InvalidArgumentException.class, () -> putAll(three, List.of(entry("1", "a"),
                PutRecordsRequestEntry.builder().data(filled(Kit.MIB)).partitionKey("k").build())));
        assertNothingSince(tips);
    }

    @Test
    void fiveHundredAndOneRecordsAreRefused() {
        List<String> tips = tips();

        String text = Kit.refused(
                KinesisException.class,
                () -> putAll(three, Collections.nCopies(501, entry("x", "a"))));

        assertTrue(text.startsWith("1 validation error detected: Value '["), text);
        assertTrue(text.endsWith("]' at 'records' failed to satisfy constraint: "
                + "Member must have length less than or equal to 500"), text);
        assertNothingSince(tips);
    }

    @Test
    void writingToAnUnknownStream() {
        String absent = streams.name("-absent");
        String text = "Stream " + absent + " under account " + three.account() + " not found.";

        assertEquals(text, Kit.refused(ResourceNotFoundException.class, () -> client.putRecord(
                r -> r.streamName(absent).data(Kit.bytes("x")).partitionKey("k"))));
        assertEquals(text, Kit.refused(ResourceNotFoundException.class, () -> client.putRecords(
                r -> r.streamARN(three.arnOf(absent)).records(entry("x", "k")))));
    }

    @Test
    void writingByArn() {
        client.putRecord(r -> r.streamARN(three.arn()).data(Kit.bytes("by arn")).partitionKey("e"));

        List<Record> found = all(three, 2);
        assertTrue(Kit.texts(found).contains("by arn"));
    }
}
