package kinetide.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kinetide.conformance.Kit.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.AccessDeniedException;
import software.amazon.awssdk.services.kinesis.model.InvalidArgumentException;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.Tag;
import software.amazon.awssdk.services.kinesis.model.ValidationException;

/** Tags of streams and consumers, and who else may use them. */
class TagsAndPoliciesTest {
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

    private static Map<String, String> map(List<Tag> tags) {
        Map<String, String> found = new LinkedHashMap<>();
        tags.forEach(tag -> found.put(tag.key(), tag.value()));
        return found;
    }

    private static Map<String, String> tagsOf(Stream stream) {
        return map(client.listTagsForStream(r -> r.streamName(stream.name())).tags());
    }

    private static Map<String, String> tagsOf(String arn) {
        return map(client.listTagsForResource(r -> r.resourceARN(arn)).tags());
    }

    private static String policyOf(String arn) {
        return client.getResourcePolicy(r -> r.resourceARN(arn)).policy();
    }

    private static String policy(String arn, String account, String action) {
        return """
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
                "Principal": {"AWS": "arn:aws:iam::%s:root"},
                "Action": "kinesis:%s", "Resource": "%s"}]}""".formatted(account, action, arn);
    }

    @Test
    void tagsOfAStreamByName() {
        Stream stream = streams.create(r -> r.shardCount(1).tags(Map.of("created", "")), "");

        client.addTagsToStream(r -> r.streamName(stream.name()).tags(Map.of("a", "1", "ß", "2")));
        client.addTagsToStream(r -> r.streamARN(stream.arn()).tags(Map.of("a", "3")));
        assertEquals(Map.of("created", "", "a", "3", "ß", "2"), tagsOf(stream));
        var page = client.listTagsForStream(r -> r.streamName(stream.name()).limit(2));
        assertTrue(page.hasMoreTags());
        assertEquals(List.of("a", "created"), page.tags().stream().map(Tag::key).toList());
        page = client.listTagsForStream(
                r -> r.streamName(stream.name()).exclusiveStartTagKey("created"));
        assertFalse(page.hasMoreTags());
        assertEquals(List.of("ß"), page.tags().stream().map(Tag::key).toList());
        client.removeTagsFromStream(
                r -> r.streamName(stream.name()).tagKeys("a", "created", "absent"));
        assertEquals(Map.of("ß", "2"), tagsOf(stream));
    }

    @Test
    void tagsOfStreamsAndConsumersByArn() {
        Stream stream = streams.create(1);
        String consumer = streams.register(stream, "reader", r -> r.tags(Map.of("c", "1")));

        client.tagResource(r -> r.resourceARN(stream.arn()).tags(Map.of("s", "1", "t", "2")));
        client.untagResource(r -> r.resourceARN(stream.arn()).tagKeys("t"));
        client.tagResource(r -> r.resourceARN(consumer).tags(Map.of("d", "2")));

        assertEquals(Map.of("s", "1"), tagsOf(stream.arn()));
        assertEquals(Map.of("s", "1"), tagsOf(stream));
        assertEquals(Map.of("c", "1", "d", "2"), tagsOf(consumer));
    }

    @Test
    void tagsThatAreRefused() {
        String absent = streams.name("-absent");
        String unknown = "Stream " + absent + " under account " + one.account() + " not found.";

        assertEquals("Some tags contain invalid characters. Valid characters: "
                        + "Unicode letters, digits, white space, _ . / = + - % @.",
                Kit.refused(InvalidArgumentException.class, () -> client.addTagsToStream(
                        r -> r.streamName(one.name()).tags(Map.of("a;", "v")))));
        assertEquals("Failed to remove tags from stream " + one.name() + " under account "
                        + one.account() + " because some tags contained illegal characters. The "
                        + "allowed characters are Unicode letters, white-spaces, '_',',','/','=',"
                        + "'+','-','@'.",
                Kit.refused(InvalidArgumentException.class, () -> client.removeTagsFromStream(
                        r -> r.streamName(one.name()).tagKeys("a%"))));
        assertEquals(unknown, Kit.refused(ResourceNotFoundException.class,
                () -> client.addTagsToStream(r -> r.streamName(absent).tags(Map.of("a", "b")))));
        assertEquals(unknown, Kit.refused(ResourceNotFoundException.class,
                () -> client.removeTagsFromStream(r -> r.streamName(absent).tagKeys("a"))));
        assertEquals(unknown, Kit.refused(ResourceNotFoundException.class,
                () -> client.listTagsForStream(r -> r.streamName(absent))));
        String arn = one.arnOf(absent);
        Kit.refused(ResourceNotFoundException.class,
                () -> client.tagResource(r -> r.resourceARN(arn).tags(Map.of("a", "b"))));
        Kit.refused(ResourceNotFoundException.class,
                () -> client.untagResource(r -> r.resourceARN(arn).tagKeys("a")));
        Kit.refused(ResourceNotFoundException.class,
                () -> client.listTagsForResource(r -> r.resourceARN(arn)));
        Kit.refused(ValidationException.class,
                () -> client.listTagsForResource(r -> r.resourceARN("nothing")));
        assertEquals(Map.of(), tagsOf(one));
    }

    @Test
    void aPolicyIsPutReadAndDeleted() {
        Stream stream = streams.create(1);
        assertEquals("{}", policyOf(stream.arn()));

        String text = policy(stream.arn(), stream.account(), "PutRecord");
        client.putResourcePolicy(r -> r.resourceARN(stream.arn()).policy(text));
        assertEquals(text.replaceAll("\\s", ""), policyOf(stream.arn()).replaceAll("\\s", ""));
        client.deleteResourcePolicy(r -> r.resourceARN(stream.arn()));
        assertEquals("{}", policyOf(stream.arn()));

        Kit.refused(ResourceNotFoundException.class,
                () -> client.deleteResourcePolicy(r -> r.resourceARN(stream.arn())));
        Kit.refused(InvalidArgumentException.class, () -> client.putResourcePolicy(
                r -> r.resourceARN(stream.arn()).policy("nothing")));
        Kit.refused(ResourceNotFoundException.class, () -> client.getResourcePolicy(
                r -> r.resourceARN(stream.arnOf(streams.name("-absent")))));
    }

    @Test
    void anotherAccountMayDoWhatThePolicySays() {
        String account = Kit.strangeAccount();
        try (KinesisClient stranger = Kit.connect(account)) {
            Stream stream = streams.create(1);
            Runnable put = () -> stranger.putRecord(r -> r.streamARN(stream.arn())
                    .data(Kit.bytes("x")).partitionKey("k"));

            Kit.refused(AccessDeniedException.class, put);
            client.putResourcePolicy(r -> r.resourceARN(stream.arn())
                    .policy(policy(stream.arn(), account, "PutRecord")));
            put.run();
            Kit.refused(AccessDeniedException.class,
                    () -> stranger.listShards(r -> r.streamARN(stream.arn())));
        }
    }
}
