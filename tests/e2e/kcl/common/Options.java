import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/** The program's arguments, each NAME=VALUE. */
final class Options {
    private final Map<String, String> given = new HashMap<>();

    Options(String[] arguments) {
        for (String argument : arguments) {
            String[] parts = argument.split("=", 2);
            given.put(parts[0], parts[1]);
        }
    }

    String of(String name) {
        String value = given.get(name);
        if (value == null) {
            throw new IllegalArgumentException("missing argument " + name + "=...");
        }
        return value;
    }

    boolean is(String name, String value) {
        return value.equals(given.get(name));
    }

    long number(String name, long otherwise) {
        return Long.parseLong(given.getOrDefault(name, Long.toString(otherwise)));
    }

    /** For libraries too old to take it from the environment; else null. */
    URI endpoint() {
        String value = given.get("endpoint");
        return value == null ? null : URI.create(value);
    }
}
