package kinetide.conformance;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.kinesis.model.StartingPosition;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardEvent;

/** Follows shards to their ends and then their children, and queues what it finds. */
final class Follower {
    /** Nobody may take a subscription over before 5 s are past. */
    private static final int SECURE_MS = 5100;

    /** A record, or what went wrong. */
    record Found(Record record, Throwable trouble) {
        Record get() {
            if (trouble != null) throw new AssertionError(trouble);
            return record;
        }
    }

    final LinkedBlockingQueue<Found> found = new LinkedBlockingQueue<>();
    private final KinesisAsyncClient client;
    private final String consumer;

    Follower(KinesisAsyncClient client, String consumer) {
        this.client = client;
        this.consumer = consumer;
    }

    /** If it is to be interrupted, the first subscription is given up after its first records. */
    void follow(String shard, boolean interrupted) {
        follow(shard, Subscription.from(ShardIteratorType.TRIM_HORIZON), interrupted);
    }

    private void follow(String shard, StartingPosition position, boolean interrupted) {
        Subscription.start(client, consumer, shard, position, event -> {
            event.records().forEach(record -> found.add(new Found(record, null)));
            return !interrupted || event.records().isEmpty();
        }).ended.thenAccept(last -> goOn(shard, last, interrupted)).exceptionally(error -> {
            found.add(new Found(null, error));
            return null;
        });
    }

    private void goOn(String shard, SubscribeToShardEvent last, boolean interrupted) {
        String number = last.continuationSequenceNumber();
        if ((number == null) != last.hasChildShards()) {
            throw new AssertionError("child shards and where to go on, or neither: " + last);
        }
        if (number == null) {
            last.childShards().forEach(child -> follow(child.shardId(), false));
            return;
        }
        StartingPosition next = Subscription.from(ShardIteratorType.AFTER_SEQUENCE_NUMBER, number);
        CompletableFuture.delayedExecutor(interrupted ? SECURE_MS : 0, TimeUnit.MILLISECONDS)
                .execute(() -> follow(shard, next, false));
    }
}
