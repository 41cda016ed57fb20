package kinetide.conformance;

import java.io.PrintWriter;
import org.junit.platform.console.ConsoleLauncher;
import software.amazon.awssdk.core.SdkSystemSetting;

/**
 * Runs JUnit with the arguments given, once for each transport with CBOR on and off. All in one
 * process: starting one, and compiling what it runs, would take longer than the cases do.
 */
final class EveryForm {
    private EveryForm() {}

    public static void main(String[] arguments) {
        int outcome = 0;
        for (String transport : new String[] {"HTTP/1.1", "HTTP/2"}) {
            for (boolean cbor : new boolean[] {true, false}) {
                System.setProperty(Kit.TRANSPORT, transport);
                System.setProperty(SdkSystemSetting.CBOR_ENABLED.property(), String.valueOf(cbor));
                System.out.println("java: over " + transport + ", with CBOR " + cbor);
                PrintWriter out = new PrintWriter(System.out, true);
                outcome |= ConsoleLauncher.run(out, out, arguments).getExitCode();
            }
        }
        System.exit(outcome);
    }
}
