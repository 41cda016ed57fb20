import com.amazonaws.services.kinesis.producer.KinesisProducer;
import com.amazonaws.services.kinesis.producer.KinesisProducerConfiguration;
import com.amazonaws.services.kinesis.producer.UserRecordResult;
import com.google.common.util.concurrent.ListenableFuture;
import java.nio.ByteBuffer;

/** The KPL at a local server: TLS, whose certificate it is told not to judge. */
final class Kpl extends Sender<UserRecordResult> {
    private final KinesisProducer producer;
    private final String stream;

    Kpl(Options options) {
        stream = options.of("stream");
        long port = options.number("port", 4567);
        producer = new KinesisProducer(new KinesisProducerConfiguration()
            .setRegion("us-east-1")
            .setKinesisEndpoint("localhost")
            .setKinesisPort(port)
            .setCloudwatchEndpoint("localhost")
            .setCloudwatchPort(port)
            // It asks who it is, and ends when nobody says.
            .setStsEndpoint("localhost")
            .setStsPort(port)
            .setVerifyCertificate(false)
            .setMetricsNamespace(stream)
            .setMetricsUploadDelay(1000));
    }

    @Override
    ListenableFuture<UserRecordResult> add(String partitionKey, ByteBuffer data) {
        return producer.addUserRecord(stream, partitionKey, data);
    }

    @Override
    String shardOf(UserRecordResult result) {
        return result.getShardId();
    }

    @Override
    void flush() {
        producer.flushSync();
    }

    @Override
    void close() {
        producer.destroy();
    }
}
