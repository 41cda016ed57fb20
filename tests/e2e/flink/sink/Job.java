import org.apache.flink.api.common.serialization.SimpleStringSchema;
import org.apache.flink.connector.kinesis.sink.KinesisStreamsSink;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** `start JOB STREAM COUNT`: writes so many numbered records, each `key:number`, and ends. */
final class Job {
    private static final int KEYS = 100;

    private Job() {
    }

    static JobClient start(String job, String[] words) throws Exception {
        KinesisStreamsSink<String> sink = KinesisStreamsSink.<String>builder()
            .setStreamName(words[2])
            .setKinesisClientProperties(Environment.client())
            .setSerializationSchema(new SimpleStringSchema())
            .setPartitionKeyGenerator(line -> line.substring(0, line.indexOf(':')))
            .setFailOnError(true)
            .build();
        StreamExecutionEnvironment environment = Environment.of(2, null);
        environment.fromSequence(0, Long.parseLong(words[3]) - 1).map(i -> "k" + i % KEYS + ":" + i).sinkTo(sink);
        return environment.executeAsync(job);
    }
}
