package kinetide.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Assumptions;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.waiters.Waiter;
import software.amazon.awssdk.core.waiters.WaiterAcceptor;
import software.amazon.awssdk.core.waiters.WaiterOverrideConfiguration;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisBaseClientBuilder;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.ChildShard;
import software.amazon.awssdk.services.kinesis.model.ConsumerStatus;
import software.amazon.awssdk.services.kinesis.model.CreateStreamRequest;
import software.amazon.awssdk.services.kinesis.model.DescribeStreamConsumerResponse;
import software.amazon.awssdk.services.kinesis.model.GetRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.kinesis.model.KinesisException;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.RegisterStreamConsumerRequest;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.kinesis.model.StreamDescriptionSummary;

/** What every case needs: a client, streams that are always deleted, reading a shard to its end. */
final class Kit {
    static final int MIB = 1024 * 1024;
    /** The system property that says which client the cases get: "HTTP/1.1" or "HTTP/2". */
    static final String TRANSPORT = "kinetide.transport";
    private static final int PAGES_MAX = 500;
    /** For all clients: one that has its own waits two seconds for it when it is closed. */
    private static final SdkEventLoopGroup LOOPS = SdkEventLoopGroup.builder().build();

    /** The content types seen on the wire, so that a case can tell which form was spoken. */
    static final class WireForm implements ExecutionInterceptor {
        volatile String request;
        volatile String response;

        @Override
        public void beforeTransmission(Context.BeforeTransmission c, ExecutionAttributes a) {
            request = c.httpRequest().firstMatchingHeader("Content-Type").orElse(null);
        }

        @Override
        public void afterTransmission(Context.AfterTransmission c, ExecutionAttributes a) {
            response = c.httpResponse().firstMatchingHeader("Content-Type").orElse(null);
        }
    }

    static final WireForm wire = new WireForm();

    private Kit() {}

    static boolean cbor() {
        return SdkSystemSetting.CBOR_ENABLED.getBooleanValueOrThrow();
    }

    /** An account that nobody else uses. AWS has no accounts that are made up. */
    static String strangeAccount() {
        String host = URI.create(System.getenv("KINETIDE_ENDPOINT")).getHost();
        Assumptions.assumeFalse(host.contains(".amazonaws.com") || host.endsWith(".api.aws"));
        return String.valueOf(100_000_000_000L
                + (long) (new SecureRandom().nextDouble() * 900_000_000_000L));
    }

    static KinesisClient connect() {
        return connect(null);
    }

    /** Speaks for an account, given by its 12 digits, as emulators understand it. */
    static KinesisClient connect(String account) {
        if (System.getProperty(TRANSPORT, "HTTP/1.1").equals("HTTP/2")) {
            return OverHttp2.of(connectAsync(account));
        }
        return configure(KinesisClient.builder(), account)
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .socketTimeout(Duration.ofSeconds(120)))
                .build();
    }

    /** Always HTTP/2: so the SDK sets up its asynchronous client for this service. */
    static KinesisAsyncClient connectAsync(String account) {
        return configure(KinesisAsyncClient.builder(), account)
                .httpClientBuilder(NettyNioAsyncHttpClient.builder()
                        .eventLoopGroup(LOOPS)
                        .readTimeout(Duration.ofSeconds(120)))
                .build();
    }

    private static <B extends KinesisBaseClientBuilder<B, ?>> B configure(B builder,
            String account) {
        String endpoint = System.getenv("KINETIDE_ENDPOINT");
        if (endpoint == null || endpoint.isEmpty()) {
            throw new IllegalStateException(
                    "KINETIDE_ENDPOINT is not set: set it to the server's address, "
                            + "e.g. http://127.0.0.1:4567");
        }
        builder.endpointOverride(URI.create(endpoint))
                .region(Region.of(environment("AWS_REGION",
                        environment("AWS_DEFAULT_REGION", "us-east-1"))))
                .overrideConfiguration(o -> o.addExecutionInterceptor(wire));
        if (account != null || System.getenv("AWS_ACCESS_KEY_ID") == null
                && System.getenv("AWS_PROFILE") == null) {
            builder.credentialsProvider(StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(account == null ? "test" : account, "test")));
        }
        return builder;
    }

    private static String environment(String name, String otherwise) {
        String value = System.getenv(name);
        return value == null || value.isEmpty() ? otherwise : value;
    }

    /** The SDK's own waiters, only less patient. */
    static WaiterOverrideConfiguration poll() {
        return WaiterOverrideConfiguration.builder()
                .maxAttempts(2400)
                .backoffStrategyV2(BackoffStrategy.fixedDelayWithoutJitter(Duration.ofMillis(50)))
                .build();
    }

    record Stream(String name, String arn) {
        String account() {
            return arn.split(":")[4];
        }

        /** The ARN that a stream of this name would have beside this one. */
        String arnOf(String other) {
            return arn.substring(0, arn.lastIndexOf('/') + 1) + other;
        }
    }

    /** Streams of one class: close() deletes every one of them. */
    static final class Streams implements AutoCloseable {
        final KinesisClient client;
        final String prefix;
        private final List<String> made = new ArrayList<>();

        Streams(KinesisClient client) {
            this.client = client;
            byte[] random = new byte[4];
            new SecureRandom().nextBytes(random);
            prefix = "kt-java-" + HexFormat.of().formatHex(random);
        }

        String name(String suffix) {
            String name = prefix + "-" + made.size() + suffix;
            made.add(name);
            return name;
        }

        Stream create(int shards) {
            return create(r -> r.shardCount(shards), "");
        }

        Stream create(Consumer<CreateStreamRequest.Builder> how, String suffix) {
            String name = name(suffix);
            client.createStream(r -> how.accept(r.streamName(name)));
            waitActive(name);
            return new Stream(name, summary(name).streamARN());
        }

        StreamDescriptionSummary summary(String name) {
            return client.describeStreamSummary(r -> r.streamName(name)).streamDescriptionSummary();
        }

        void waitActive(String name) {
            try (var waiter = client.waiter()) {
                waiter.waitUntilStreamExists(r -> r.streamName(name), o -> {
                    o.maxAttempts(poll().maxAttempts().orElseThrow());
                    o.backoffStrategyV2(poll().backoffStrategyV2().orElseThrow());
                });
            }
        }

        void waitGone(String name) {
            try (var waiter = client.waiter()) {
                waiter.waitUntilStreamNotExists(r -> r.streamName(name), o -> {
                    o.maxAttempts(poll().maxAttempts().orElseThrow());
                    o.backoffStrategyV2(poll().backoffStrategyV2().orElseThrow());
                });
            }
        }

        /** A consumer's ARN, once the consumer is ACTIVE. */
        String register(Stream stream, String consumer,
                Consumer<RegisterStreamConsumerRequest.Builder> more) {
            String arn = client.registerStreamConsumer(r -> more.accept(
                    r.streamARN(stream.arn()).consumerName(consumer))).consumer().consumerARN();
            waitConsumer(arn, WaiterAcceptor.successOnResponseAcceptor(answer ->
                    answer.consumerDescription().consumerStatus() == ConsumerStatus.ACTIVE));
            return arn;
        }

        void waitConsumerGone(String arn) {
            waitConsumer(arn, WaiterAcceptor.successOnExceptionAcceptor(
                    error -> error instanceof ResourceNotFoundException));
        }

        /** The SDK has no waiters for consumers, but the means to make them. */
        private void waitConsumer(String arn,
                WaiterAcceptor<DescribeStreamConsumerResponse> success) {
            Waiter.builder(DescribeStreamConsumerResponse.class)
                    .overrideConfiguration(poll())
                    .addAcceptor(success)
                    .addAcceptor(WaiterAcceptor.retryOnResponseAcceptor(answer -> true))
                    .build()
                    .run(() -> client.describeStreamConsumer(r -> r.consumerARN(arn)));
        }

        @Override
        public void close() {
            for (String name : made) {
                try {
                    client.deleteStream(r -> r.streamName(name).enforceConsumerDeletion(true));
                } catch (ResourceNotFoundException gone) {
                    // never made, or deleted by its case
                }
            }
        }
    }

    static String shardId(int index) {
        return String.format("shardId-%012d", index);
    }

    static SdkBytes bytes(String text) {
        return SdkBytes.fromUtf8String(text);
    }

    static String iterator(KinesisClient client, String stream, int shard, ShardIteratorType type) {
        return iterator(client, stream, shard, r -> r.shardIteratorType(type));
    }

    static String iterator(KinesisClient client, String stream, int shard,
            Consumer<GetShardIteratorRequest.Builder> more) {
        return client.getShardIterator(
                r -> more.accept(r.streamName(stream).shardId(shardId(shard)))).shardIterator();
    }

    /** Hands over records until the reader has caught up with the tip, or the shard has ended. */
    static void forEach(KinesisClient client, String iterator, Integer limit,
            Consumer<Record> use) {
        for (int page = 0; page < PAGES_MAX; ++page) {
            GetRecordsResponse answer = client.getRecords(GetRecordsRequest.builder()
                    .shardIterator(iterator).limit(limit).build());
            answer.records().forEach(use);
            iterator = answer.nextShardIterator();
            if (iterator == null || answer.millisBehindLatest() == 0) return;
        }
        throw new AssertionError("shard not read to its end in " + PAGES_MAX + " pages");
    }

    static List<Record> read(KinesisClient client, String iterator) {
        return read(client, iterator, null);
    }

    static List<Record> read(KinesisClient client, String iterator, Integer limit) {
        List<Record> found = new ArrayList<>();
        forEach(client, iterator, limit, found::add);
        return found;
    }

    /** The rest of a shard that was split or merged; the shards that follow it are added. */
    static List<Record> readToEnd(KinesisClient client, String iterator,
            List<ChildShard> children) {
        List<Record> found = new ArrayList<>();
        for (int page = 0; page < PAGES_MAX; ++page) {
            String position = iterator;
            GetRecordsResponse answer = client.getRecords(r -> r.shardIterator(position));
            found.addAll(answer.records());
            iterator = answer.nextShardIterator();
            assertEquals(iterator == null, answer.hasChildShards());
            if (iterator == null) {
                children.addAll(answer.childShards());
                return found;
            }
        }
        throw new AssertionError("closed shard not read to its end in " + PAGES_MAX + " pages");
    }

    /** Records by shard, led by child shards alone: from the first shards on, parents first. */
    static Map<String, List<Record>> readThrough(KinesisClient client, String stream) {
        Map<String, Shard> shards = new LinkedHashMap<>();
        client.listShards(r -> r.streamName(stream)).shards()
                .forEach(shard -> shards.put(shard.shardId(), shard));
        List<String> due = new ArrayList<>();
        shards.values().stream().filter(shard -> shard.parentShardId() == null)
                .forEach(shard -> due.add(shard.shardId()));
        Map<String, List<Record>> found = new LinkedHashMap<>();
        while (!due.isEmpty()) {
            String id = due.remove(0);
            String start = client.getShardIterator(r -> r.streamName(stream).shardId(id)
                    .shardIteratorType(ShardIteratorType.TRIM_HORIZON)).shardIterator();
            if (shards.get(id).sequenceNumberRange().endingSequenceNumber() == null) {
                found.put(id, read(client, start));
                continue;
            }
            List<ChildShard> children = new ArrayList<>();
            found.put(id, readToEnd(client, start, children));
            for (ChildShard child : children) {
                if (found.keySet().containsAll(child.parentShards())
                        && !due.contains(child.shardId())) {
                    due.add(child.shardId());
                }
            }
        }
        assertEquals(shards.keySet(), found.keySet());
        return found;
    }

    static List<String> texts(List<Record> records) {
        return records.stream().map(record -> record.data().asUtf8String()).toList();
    }

    /** The call must be refused with this exception; returns the service's own text. */
    static <E extends KinesisException> String refused(Class<E> kind, Runnable call) {
        E caught = assertThrows(kind, call::run);
        assertEquals(400, caught.statusCode());
        assertEquals(kind == KinesisException.class ? caught.awsErrorDetails().errorCode()
                : kind.getSimpleName(), caught.awsErrorDetails().errorCode());
        return caught.awsErrorDetails().errorMessage();
    }
}
