package kinetide.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kinetide.conformance.Kit.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.Consumer;
import software.amazon.awssdk.services.kinesis.model.ConsumerDescription;
import software.amazon.awssdk.services.kinesis.model.ConsumerStatus;
import software.amazon.awssdk.services.kinesis.model.InvalidArgumentException;
import software.amazon.awssdk.services.kinesis.model.LimitExceededException;
import software.amazon.awssdk.services.kinesis.model.ListStreamConsumersResponse;
import software.amazon.awssdk.services.kinesis.model.ResourceInUseException;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.Tag;

/** Stream consumers: registered, described, listed, deregistered. */
class ConsumersTest {
    private static KinesisClient client;
    private static Kit.Streams streams;

    @BeforeAll
    static void open() {
        client = Kit.connect();
        streams = new Kit.Streams(client);
    }

    @AfterAll
    static void close() {
        streams.close();
        client.close();
    }

    private static String register(Stream stream, String name) {
        return streams.register(stream, name, r -> { });
    }

    private static Set<String> listed(Stream stream) {
        Set<String> names = new HashSet<>();
        for (ListStreamConsumersResponse page : client.listStreamConsumersPaginator(
                r -> r.streamARN(stream.arn()))) {
            page.consumers().forEach(consumer -> names.add(consumer.consumerName()));
        }
        return names;
    }

    @Test
    void registeredDescribedListed() {
        Stream stream = streams.create(1);
        Consumer made = client.registerStreamConsumer(r -> r.streamARN(stream.arn())
                .consumerName("reader").tags(Map.of("team", "tides"))).consumer();

        assertEquals("reader", made.consumerName());
        assertEquals(ConsumerStatus.CREATING, made.consumerStatus());
        assertTrue(made.consumerARN().startsWith(stream.arn() + "/consumer/reader:"));
        Instant created = made.consumerCreationTimestamp();
        assertTrue(made.consumerARN().endsWith(":" + created.getEpochSecond()));
        assertTrue(Duration.between(created, Instant.now()).abs()
                .compareTo(Duration.ofMinutes(5)) < 0, "created at " + created);

        register(stream, "other");
        ConsumerDescription found = client.describeStreamConsumer(
                r -> r.consumerARN(made.consumerARN())).consumerDescription();
        assertEquals(stream.arn(), found.streamARN());
        assertEquals(made.consumerARN(), found.consumerARN());
        assertEquals(created, found.consumerCreationTimestamp());
        assertEquals(found, client.describeStreamConsumer(r -> r.streamARN(stream.arn())
                .consumerName("reader")).consumerDescription());
        assertEquals(List.of(Tag.builder().key("team").value("tides").build()),
                client.listTagsForResource(r -> r.resourceARN(made.consumerARN())).tags());
        assertEquals(Set.of("reader", "other"), listed(stream));
        assertEquals(2, streams.summary(stream.name()).consumerCount());
    }

    @Test
    void deregisteredByArnAndByName() {
        Stream stream = streams.create(1);
        String one = register(stream, "one");
        String two = register(stream, "two");

        client.deregisterStreamConsumer(r -> r.consumerARN(one));
        client.deregisterStreamConsumer(r -> r.streamARN(stream.arn()).consumerName("two"));
        streams.waitConsumerGone(one);
        streams.waitConsumerGone(two);

        assertEquals(Set.of(), listed(stream));
        assertEquals(0, streams.summary(stream.name()).consumerCount());
        Kit.refused(ResourceNotFoundException.class,
                () -> client.deregisterStreamConsumer(r -> r.consumerARN(one)));
        register(stream, "one");
        assertEquals(Set.of("one"), listed(stream));
    }

    @Test
    void listedPageByPage() {
        Stream stream = streams.create(1);
        Set<String> names = Set.of("a", "b", "c", "d", "e");
        names.forEach(name -> register(stream, name));

        List<String> found = new ArrayList<>();
        int pages = 0;
        for (ListStreamConsumersResponse page : client.listStreamConsumersPaginator(
                r -> r.streamARN(stream.arn()).maxResults(2))) {
            assertTrue(page.consumers().size() <= 2);
            page.consumers().forEach(consumer -> found.add(consumer.consumerName()));
            ++pages;
        }
        assertEquals(3, pages);
        assertEquals(5, found.size());
        assertEquals(names, new HashSet<>(found));
    }

    @Test
    void twentyAndNotOneMore() {
        Stream stream = streams.create(1);
        for (int i = 0; i < 20; ++i) register(stream, "consumer-" + i);

        Kit.refused(LimitExceededException.class, () -> register(stream, "one-more"));
        assertEquals(20, streams.summary(stream.name()).consumerCount());
    }

    @Test
    void whatIsRefused() {
        Stream stream = streams.create(1);
        register(stream, "reader");
        String absent = streams.name("-absent");

        Kit.refused(ResourceInUseException.class, () -> register(stream, "reader"));
        assertEquals("Stream " + absent + " under account " + stream.account() + " not found.",
                Kit.refused(ResourceNotFoundException.class, () -> client.registerStreamConsumer(
                        r -> r.streamARN(stream.arnOf(absent)).consumerName("reader"))));
        Kit.refused(ResourceNotFoundException.class, () -> client.describeStreamConsumer(
                r -> r.streamARN(stream.arn()).consumerName("nobody")));
        Kit.refused(ResourceNotFoundException.class, () -> client.listStreamConsumers(
                r -> r.streamARN(stream.arnOf(absent))));
        Kit.refused(InvalidArgumentException.class,
                () -> client.describeStreamConsumer(r -> { }));
        Kit.refused(InvalidArgumentException.class, () -> client.listStreamConsumers(
                r -> r.streamARN(stream.arn()).nextToken("AAAA")));
    }

    @Test
    void aStreamWithConsumersIsDeletedOnDemandOnly() {
        Stream stream = streams.create(1);
        String arn = register(stream, "reader");

        assertEquals("DeleteStream can't delete " + stream.account() + ":" + stream.name()
                        + " because there are consumers associated with this data stream. "
                        + "To delete " + stream.name() + " anyway, set the "
                        + "EnforceConsumerDeletion parameter to true to force the deletion of all "
                        + "the consumers that are associated with it.",
                Kit.refused(ResourceInUseException.class,
                        () -> client.deleteStream(r -> r.streamName(stream.name()))));
        client.deleteStream(r -> r.streamName(stream.name()).enforceConsumerDeletion(true));
        streams.waitGone(stream.name());
        streams.waitConsumerGone(arn);
    }
}
