import software.amazon.kinesis.coordinator.CoordinatorConfig;
import software.amazon.kinesis.leases.LeaseManagementConfig;

/** The KCL 2 has nothing more to be told. */
final class Tuning {
    private Tuning() {
    }

    static void apply(CoordinatorConfig coordinator, LeaseManagementConfig leases, Options options) {
    }
}
