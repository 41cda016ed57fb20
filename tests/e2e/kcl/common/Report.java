/** What the program says, a line each; the scenarios read it. */
final class Report {
    private Report() {
    }

    static synchronized void say(String... words) {
        System.out.println(String.join(" ", words));
        System.out.flush();
    }
}
