import java.util.UUID;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.services.cloudwatch.CloudWatchAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.kinesis.common.ConfigsBuilder;
import software.amazon.kinesis.common.InitialPositionInStream;
import software.amazon.kinesis.common.InitialPositionInStreamExtended;
import software.amazon.kinesis.common.KinesisClientUtil;
import software.amazon.kinesis.coordinator.CoordinatorConfig;
import software.amazon.kinesis.coordinator.Scheduler;
import software.amazon.kinesis.leases.LeaseManagementConfig;
import software.amazon.kinesis.metrics.MetricsConfig;
import software.amazon.kinesis.metrics.NullMetricsFactory;
import software.amazon.kinesis.retrieval.RetrievalConfig;
import software.amazon.kinesis.retrieval.RetrievalSpecificConfig;
import software.amazon.kinesis.retrieval.fanout.FanOutConfig;
import software.amazon.kinesis.retrieval.polling.PollingConfig;

/** Reads a stream by the KCL 2 or 3 and reports each record, until it is told to end. */
public final class Reader {
    private static final InitialPositionInStreamExtended START =
        InitialPositionInStreamExtended.newInitialPosition(InitialPositionInStream.TRIM_HORIZON);

    private final Options options;
    private final KinesisAsyncClient kinesis;

    private Reader(Options options) {
        this.options = options;
        kinesis = KinesisClientUtil.createKinesisAsyncClient(at(KinesisAsyncClient.builder()));
    }

    private <B extends AwsClientBuilder<B, ?>> B at(B builder) {
        return options.endpoint() == null ? builder : builder.endpointOverride(options.endpoint());
    }

    private RetrievalSpecificConfig retrieval() {
        String stream = options.of("stream");
        if (options.is("mode", "polling")) {
            PollingConfig polling = new PollingConfig(stream, kinesis);
            polling.idleTimeBetweenReadsInMillis(200);
            return polling;
        }
        return new FanOutConfig(kinesis).streamName(stream).applicationName(options.of("application"));
    }

    private Scheduler scheduler() {
        ConfigsBuilder configs = new ConfigsBuilder(
            options.of("stream"), options.of("application"), kinesis,
            at(DynamoDbAsyncClient.builder()).build(), at(CloudWatchAsyncClient.builder()).build(),
            options.of("worker"), () -> new Processor(options.number("checkpoint-every", 100)));
        CoordinatorConfig coordinator = configs.coordinatorConfig().parentShardPollIntervalMillis(1000);
        LeaseManagementConfig leases = configs.leaseManagementConfig()
            .failoverTimeMillis(options.number("failover-ms", 3000))
            .shardSyncIntervalMillis(5000)
            .initialPositionInStream(START);
        Tuning.apply(coordinator, leases, options);
        MetricsConfig metrics = configs.metricsConfig();
        if (options.is("metrics", "off")) {
            metrics.metricsFactory(new NullMetricsFactory());
        }
        RetrievalConfig retrieval = configs.retrievalConfig()
            .retrievalSpecificConfig(retrieval())
            .initialPositionInStreamExtended(START);
        return new Scheduler(
            configs.checkpointConfig(), coordinator, leases, configs.lifecycleConfig(), metrics,
            configs.processorConfig(), retrieval);
    }

    public static void main(String[] arguments) {
        Scheduler scheduler = new Reader(new Options(arguments)).scheduler();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                scheduler.startGracefulShutdown().get(20, TimeUnit.SECONDS);
            } catch (Exception e) {
                Report.say("shutdown", e.getClass().getSimpleName());
            }
        }));
        Report.say("begun", UUID.randomUUID().toString());
        scheduler.run();
    }
}
