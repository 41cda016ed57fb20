import software.amazon.kinesis.coordinator.CoordinatorConfig;
import software.amazon.kinesis.leases.LeaseManagementConfig;

/** What only the KCL 3 can be told, up to 3.4. */
final class Tuning {
    private Tuning() {
    }

    static void apply(CoordinatorConfig coordinator, LeaseManagementConfig leases, Options options) {
        leases.leaseAssignmentIntervalMillis(2000L);
        leases.workerUtilizationAwareAssignmentConfig().varianceBalancingFrequency(1);
        leases.workerUtilizationAwareAssignmentConfig().disableWorkerMetrics(options.is("metrics", "off"));
        if (options.is("compatible", "2x")) {
            coordinator.clientVersionConfig(
                CoordinatorConfig.ClientVersionConfig.CLIENT_VERSION_CONFIG_COMPATIBLE_WITH_2X);
        }
    }
}
