import java.util.Properties;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Where a job runs: a small mini-cluster, in which a failure is never mended by starting again. */
final class Environment {
    private Environment() {
    }

    /** The savepoint may be null. */
    static StreamExecutionEnvironment of(int parallelism, String savepoint) {
        Configuration settings = new Configuration();
        settings.setString("taskmanager.memory.network.min", "8m");
        settings.setString("taskmanager.memory.network.max", "8m");
        settings.setString("taskmanager.memory.managed.size", "8m");
        settings.setString("restart-strategy", "none");
        settings.setString("execution.checkpointing.interval", "1s");
        if (savepoint != null) {
            settings.setString("execution.savepoint.path", savepoint);
        }
        StreamExecutionEnvironment environment =
            StreamExecutionEnvironment.createLocalEnvironment(parallelism, settings);
        environment.getConfig().disableClosureCleaner();  // Flink 1.13's cannot read what Java 17 compiles
        return environment;
    }

    /** What both connectors are told of the server. */
    static Properties client() {
        Properties client = new Properties();
        client.setProperty("aws.region", System.getenv("AWS_REGION"));
        client.setProperty("aws.endpoint", System.getenv("AWS_ENDPOINT_URL"));
        return client;
    }
}
