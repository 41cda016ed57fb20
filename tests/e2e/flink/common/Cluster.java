import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.core.execution.JobClient;

/** Runs jobs as its standard input says, a line each, until that ends; each has a mini-cluster of its own. */
public final class Cluster {
    private final Map<String, JobClient> running = new ConcurrentHashMap<>();

    private void carryOut(String command, String job, String[] words) throws Exception {
        if (command.equals("start")) {
            JobClient client = Job.start(job, words);
            running.put(job, client);
            report("finished", job, client.getJobExecutionResult().thenApply(result -> ""));
        } else {
            report("saved", job, stopped(running.remove(job), words[2]));
        }
    }

    /** Gives the savepoint.  (Flink's own stop with one can wait for ever for a consumer of records that flow.) */
    @SuppressWarnings("deprecation")  // in 1.15, not in 1.13
    private static CompletableFuture<String> stopped(JobClient client, String folder) {
        return client.triggerSavepoint(folder).thenCompose(savepoint ->
            client.cancel().thenCompose(nothing -> client.getJobExecutionResult())
                .handle((result, cancelled) -> savepoint));
    }

    private void report(String word, String job, CompletableFuture<String> what) {
        what.whenComplete((value, failure) -> {
            if (failure == null) {
                System.out.println(word + " " + job + " " + value);
            } else if (running.remove(job) != null || !word.equals("finished")) {  // else it was told to end
                System.out.println("failed " + job + " " + failure);
            }
        });
    }

    public static void main(String[] arguments) throws IOException {
        Cluster cluster = new Cluster();
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            String[] words = line.split(" ");
            try {
                cluster.carryOut(words[0], words[1], words);
            } catch (Exception | LinkageError e) {
                cluster.report("start", words[1], CompletableFuture.failedFuture(e));
            }
        }
        System.exit(0);  // jobs that still run have threads of their own
    }
}
