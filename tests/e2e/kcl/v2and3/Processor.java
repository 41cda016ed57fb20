import java.nio.charset.StandardCharsets;
import software.amazon.kinesis.exceptions.InvalidStateException;
import software.amazon.kinesis.exceptions.KinesisClientLibDependencyException;
import software.amazon.kinesis.exceptions.ShutdownException;
import software.amazon.kinesis.exceptions.ThrottlingException;
import software.amazon.kinesis.lifecycle.events.InitializationInput;
import software.amazon.kinesis.lifecycle.events.LeaseLostInput;
import software.amazon.kinesis.lifecycle.events.ProcessRecordsInput;
import software.amazon.kinesis.lifecycle.events.ShardEndedInput;
import software.amazon.kinesis.lifecycle.events.ShutdownRequestedInput;
import software.amazon.kinesis.processor.RecordProcessorCheckpointer;
import software.amazon.kinesis.processor.ShardRecordProcessor;
import software.amazon.kinesis.retrieval.KinesisClientRecord;

/** Reports each record of one shard, and checkpoints after so many. */
final class Processor implements ShardRecordProcessor {
    private final long checkpointEvery;
    private String shard;
    private long unsaved;

    Processor(long checkpointEvery) {
        this.checkpointEvery = checkpointEvery;
    }

    @Override
    public void initialize(InitializationInput input) {
        shard = input.shardId();
        Report.say("started", shard, input.extendedSequenceNumber().sequenceNumber());
    }

    @Override
    public void processRecords(ProcessRecordsInput input) {
        for (KinesisClientRecord record : input.records()) {
            String data = StandardCharsets.UTF_8.decode(record.data()).toString();
            Report.say("record", shard, record.sequenceNumber(), Long.toString(record.subSequenceNumber()), data);
            ++unsaved;
        }
        if (unsaved >= checkpointEvery) {
            KinesisClientRecord last = input.records().get(input.records().size() - 1);
            save(input.checkpointer(), last.sequenceNumber());
        }
    }

    @Override
    public void leaseLost(LeaseLostInput input) {
        Report.say("lost", shard);
    }

    @Override
    public void shardEnded(ShardEndedInput input) {
        save(input.checkpointer(), "SHARD_END");
        Report.say("ended", shard);
    }

    @Override
    public void shutdownRequested(ShutdownRequestedInput input) {
        save(input.checkpointer(), "LAST");
        Report.say("stopped", shard);
    }

    private void save(RecordProcessorCheckpointer checkpointer, String what) {
        try {
            checkpointer.checkpoint();
            unsaved = 0;
            Report.say("checkpoint", shard, what);
        } catch (InvalidStateException | ShutdownException | ThrottlingException
                 | KinesisClientLibDependencyException e) {
            Report.say("unsaved", shard, e.getClass().getSimpleName());
        }
    }
}
