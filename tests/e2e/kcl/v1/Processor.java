import com.amazonaws.services.kinesis.clientlibrary.exceptions.InvalidStateException;
import com.amazonaws.services.kinesis.clientlibrary.exceptions.KinesisClientLibDependencyException;
import com.amazonaws.services.kinesis.clientlibrary.exceptions.ShutdownException;
import com.amazonaws.services.kinesis.clientlibrary.exceptions.ThrottlingException;
import com.amazonaws.services.kinesis.clientlibrary.interfaces.IRecordProcessorCheckpointer;
import com.amazonaws.services.kinesis.clientlibrary.interfaces.v2.IRecordProcessor;
import com.amazonaws.services.kinesis.clientlibrary.lib.worker.ShutdownReason;
import com.amazonaws.services.kinesis.clientlibrary.types.InitializationInput;
import com.amazonaws.services.kinesis.clientlibrary.types.ProcessRecordsInput;
import com.amazonaws.services.kinesis.clientlibrary.types.ShutdownInput;
import com.amazonaws.services.kinesis.model.Record;
import java.nio.charset.StandardCharsets;

/** Reports each record of one shard, and checkpoints after so many. */
final class Processor implements IRecordProcessor {
    private final long checkpointEvery;
    private String shard;
    private long unsaved;

    Processor(long checkpointEvery) {
        this.checkpointEvery = checkpointEvery;
    }

    @Override
    public void initialize(InitializationInput input) {
        shard = input.getShardId();
        Report.say("started", shard, input.getExtendedSequenceNumber().getSequenceNumber());
    }

    @Override
    public void processRecords(ProcessRecordsInput input) {
        for (Record record : input.getRecords()) {
            String data = StandardCharsets.UTF_8.decode(record.getData()).toString();
            Report.say("record", shard, record.getSequenceNumber(), "0", data);
            ++unsaved;
        }
        if (unsaved >= checkpointEvery) {
            Record last = input.getRecords().get(input.getRecords().size() - 1);
            save(input.getCheckpointer(), last.getSequenceNumber());
        }
    }

    @Override
    public void shutdown(ShutdownInput input) {
        if (input.getShutdownReason() == ShutdownReason.TERMINATE) {
            save(input.getCheckpointer(), "SHARD_END");
            Report.say("ended", shard);
        } else {
            Report.say("lost", shard);
        }
    }

    private void save(IRecordProcessorCheckpointer checkpointer, String what) {
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
