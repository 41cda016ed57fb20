package kinetide.conformance;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Predicate;
import org.reactivestreams.Subscriber;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.kinesis.model.StartingPosition;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardEvent;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardResponseHandler;

/** One subscription to a shard, one event after the other, as long as more of them is wanted. */
final class Subscription implements Subscriber<SubscribeToShardEvent> {
    /** Done when the service has answered, or refused. */
    final CompletableFuture<Void> established = new CompletableFuture<>();
    /** Done with the last event that was used. */
    final CompletableFuture<SubscribeToShardEvent> ended = new CompletableFuture<>();

    private final Predicate<SubscribeToShardEvent> more;
    private org.reactivestreams.Subscription events;
    private SubscribeToShardEvent last;

    private Subscription(Predicate<SubscribeToShardEvent> more) {
        this.more = more;
    }

    static Subscription start(KinesisAsyncClient client, String consumer, String shard,
            StartingPosition position, Predicate<SubscribeToShardEvent> more) {
        var made = new Subscription(more);
        client.subscribeToShard(
                r -> r.consumerARN(consumer).shardId(shard).startingPosition(position),
                SubscribeToShardResponseHandler.builder()
                        .onResponse(answer -> made.established.complete(null))
                        .onEventStream(all -> all.filter(SubscribeToShardEvent.class)
                                .subscribe(made))
                        .build())
                .whenComplete((nothing, error) -> made.end(error));
        return made;
    }

    static StartingPosition from(ShardIteratorType type) {
        return from(type, null);
    }

    static StartingPosition from(ShardIteratorType type, String number) {
        return StartingPosition.builder().type(type).sequenceNumber(number).build();
    }

    static StartingPosition at(Instant time) {
        return StartingPosition.builder()
                .type(ShardIteratorType.AT_TIMESTAMP).timestamp(time).build();
    }

    private void end(Throwable error) {
        if (error == null) {
            ended.complete(last);
            return;
        }
        Throwable cause = error instanceof CompletionException ? error.getCause() : error;
        established.completeExceptionally(cause);
        ended.completeExceptionally(cause);
    }

    @Override
    public void onSubscribe(org.reactivestreams.Subscription subscription) {
        events = subscription;
        events.request(1);
    }

    @Override
    public void onNext(SubscribeToShardEvent event) {
        last = event;
        if (more.test(event)) {
            events.request(1);
        } else {
            events.cancel();
            end(null);
        }
    }

    @Override
    public void onError(Throwable error) {
        end(error);
    }

    @Override
    public void onComplete() {
        end(null);
    }
}
