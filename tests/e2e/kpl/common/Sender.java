import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** What all generations of the KPL do; their classes are of different packages, the result R among them. */
abstract class Sender<R> {
    abstract ListenableFuture<R> add(String partitionKey, ByteBuffer data);

    abstract String shardOf(R result);

    abstract void flush();

    abstract void close();

    /** `done` gets the shard that took the record, or null when it was given up. */
    final void send(String partitionKey, String data, Consumer<String> done) {
        ByteBuffer bytes = ByteBuffer.wrap(data.getBytes(StandardCharsets.UTF_8));
        Futures.addCallback(add(partitionKey, bytes), new FutureCallback<>() {
            @Override
            public void onSuccess(R result) {
                done.accept(shardOf(result));
            }

            @Override
            public void onFailure(Throwable why) {
                done.accept(null);
            }
        }, MoreExecutors.directExecutor());
    }
}
