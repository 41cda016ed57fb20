import com.amazonaws.auth.DefaultAWSCredentialsProviderChain;
import com.amazonaws.services.kinesis.clientlibrary.lib.worker.InitialPositionInStream;
import com.amazonaws.services.kinesis.clientlibrary.lib.worker.KinesisClientLibConfiguration;
import com.amazonaws.services.kinesis.clientlibrary.lib.worker.Worker;
import com.amazonaws.services.kinesis.metrics.impl.NullMetricsFactory;
import java.util.UUID;

/** Reads a stream by the KCL 1, which polls and speaks CBOR as the SDK of its time does. */
public final class Reader {
    private Reader() {
    }

    public static void main(String[] arguments) {
        Options options = new Options(arguments);
        KinesisClientLibConfiguration configuration = new KinesisClientLibConfiguration(
            options.of("application"), options.of("stream"), DefaultAWSCredentialsProviderChain.getInstance(),
            options.of("worker"))
            .withRegionName("us-east-1")
            .withKinesisEndpoint(options.of("endpoint"))
            .withDynamoDBEndpoint(options.of("endpoint"))
            .withInitialPositionInStream(InitialPositionInStream.TRIM_HORIZON)
            .withFailoverTimeMillis(options.number("failover-ms", 3000))
            .withIdleTimeBetweenReadsInMillis(200)
            .withShardSyncIntervalMillis(5000)
            .withParentShardPollIntervalMillis(1000);
        Worker worker = new Worker.Builder()
            .recordProcessorFactory(() -> new Processor(options.number("checkpoint-every", 100)))
            .config(configuration)
            .metricsFactory(new NullMetricsFactory())
            .build();
        Runtime.getRuntime().addShutdownHook(new Thread(worker::shutdown));
        Report.say("begun", UUID.randomUUID().toString());
        worker.run();
    }
}
