import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Properties;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.DiscardingSink;
import software.amazon.kinesis.connectors.flink.FlinkKinesisConsumer;
import software.amazon.kinesis.connectors.flink.serialization.KinesisDeserializationSchema;

/** `start JOB STREAM POLLING|EFO [SAVEPOINT]`: reads a stream from its beginning, or on from the savepoint, and reports
    each record. */
final class Job {
    private Job() {
    }

    static JobClient start(String job, String[] words) throws Exception {
        Properties settings = Environment.client();
        settings.setProperty("flink.stream.initpos", "TRIM_HORIZON");
        settings.setProperty("flink.stream.recordpublisher", words[3]);
        settings.setProperty("flink.stream.efo.consumername", job);
        settings.setProperty("flink.shard.discovery.intervalmillis", "500");
        StreamExecutionEnvironment environment = Environment.of(2, words.length > 4 ? words[4] : null);
        environment.addSource(new FlinkKinesisConsumer<>(words[2], new Lines(job), settings)).uid("stream")
            .map(new Counted()).setParallelism(1).uid("count")
            .addSink(new DiscardingSink<>()).uid("end");
        return environment.executeAsync(job);
    }

    /** Reports each record with how many there have been, a number that lives in Flink's state. */
    private static final class Counted extends RichMapFunction<String, String> implements CheckpointedFunction {
        private transient ListState<Long> saved;
        private long count;

        @Override
        public String map(String line) {
            System.out.println(line + " " + ++count);
            return line;
        }

        @Override
        public void snapshotState(FunctionSnapshotContext context) throws Exception {
            saved.update(Collections.singletonList(count));
        }

        @Override
        public void initializeState(FunctionInitializationContext context) throws Exception {
            saved = context.getOperatorStateStore().getListState(new ListStateDescriptor<>("count", Long.class));
            for (long before : saved.get()) {
                count = before;
            }
        }
    }

    /** A record as the scenarios read it: job, shard, sequence number, sub-sequence number (none here), data; then the count. */
    private static final class Lines implements KinesisDeserializationSchema<String> {
        private final String job;

        Lines(String job) {
            this.job = job;
        }

        @Override
        public String deserialize(
                byte[] data, String key, String number, long arrival, String stream, String shard) {
            return String.join(" ", "record", job, shard, number, "0", new String(data, StandardCharsets.UTF_8));
        }

        @Override
        public TypeInformation<String> getProducedType() {
            return TypeInformation.of(String.class);
        }
    }
}
