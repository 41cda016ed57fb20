import software.amazon.kinesis.coordinator.CoordinatorConfig;
import software.amazon.kinesis.leases.LeaseManagementConfig;

/** What only the KCL 3 can be told; the leader's lock from 3.5 on. */
final class Tuning {
    private Tuning() {
    }

    static void apply(CoordinatorConfig coordinator, LeaseManagementConfig leases, Options options) {
        leases.leaseAssignmentIntervalMillis(2000L);
        leases.workerUtilizationAwareAssignmentConfig().varianceBalancingFrequency(1);
        // Else the place of a leader that was killed stays taken for two minutes.
        leases.dynamoDbLockBasedLeaderLeaseDurationInMillis(5000L);
        leases.dynamoDbLockBasedLeaderHeartbeatPeriodInMillis(1000L);
        leases.workerUtilizationAwareAssignmentConfig().disableWorkerMetrics(options.is("metrics", "off"));
        if (options.is("compatible", "2x")) {
            coordinator.clientVersionConfig(
                CoordinatorConfig.ClientVersionConfig.CLIENT_VERSION_CONFIG_COMPATIBLE_WITH_2X);
        }
    }
}
