import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/** Writes numbered user records by the KPL and tells what became of them. */
public final class Writer {
    private static final int KEYS = 500;
    private static final int UNDER_WAY_MAX = 10_000;

    private final Sender<?> sender;
    private final Semaphore places = new Semaphore(UNDER_WAY_MAX);
    private final AtomicLong failed = new AtomicLong();

    private Writer(Sender<?> sender) {
        this.sender = sender;
    }

    /** As scenarios.py knows it. */
    private static String data(int number) {
        return "k" + number % KEYS + ":" + number + ":" + Integer.toString(number).repeat(number % 7 + 1);
    }

    private void send(int number) throws InterruptedException {
        places.acquire();
        sender.send("k" + number % KEYS, data(number), shard -> {
            if (shard == null) {
                failed.incrementAndGet();
            }
            places.release();
        });
    }

    private void await() throws InterruptedException {
        sender.flush();
        places.acquire(UNDER_WAY_MAX);
        places.release(UNDER_WAY_MAX);
    }

    public static void main(String[] arguments) throws InterruptedException {
        Options options = new Options(arguments);
        Writer writer = new Writer(new Kpl(options));
        // The KPL aggregates only what it sends after it has learned the shards.
        writer.send(0);
        writer.await();
        Report.say("begun");
        long count = options.number("count", 1_000);
        long pauseMs = options.number("pause-ms", 0);
        for (int number = 1; number < count; ++number) {
            writer.send(number);
            if (pauseMs != 0 && number % 250 == 0) {
                Thread.sleep(pauseMs);
            }
        }
        writer.await();
        Report.say("sent", Long.toString(count), Long.toString(writer.failed.get()));
        // Its metrics go out once more while it lives.
        Thread.sleep(options.number("stay-ms", 0));
        writer.sender.close();
    }
}
