package io.github.desk365mcp.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A server to measure.
 *
 * @param name the head of its column
 * @param stdio the command that serves standard input and output
 * @param http the command that serves HTTP on a free port; null if it is not measured over HTTP
 * @param environment variables besides those of this process
 * @param get the parameters of a call that gets ticket 4052
 * @param list the parameters of a call that lists 30 tickets with their messages
 */
record Program(
        String name,
        List<String> stdio,
        @Nullable List<String> http,
        Map<String, String> environment,
        String get,
        String list) {

    private static final String OUR_GET = call("get_single_desk_365_ticket_by_id", "{\"ticket_number\":4052}");
    private static final String OUR_LIST = call("list_all_desk_365_tickets", "{\"include_description\":true}");

    private static String call(String tool, String arguments) {
        return "{\"name\":\"" + tool + "\",\"arguments\":" + arguments + "}";
    }

    /** {@return the server from npm; null if it is not installed} */
    static @Nullable Program peer(Path root, String helpdesk) {
        Path start = root.resolve(
                "examples/benchmarks/target/npm/node_modules/@ivotoby/openapi-mcp-server/bin/mcp-server.js");
        return !Files.exists(start)
                ? null
                : new Program(
                        "peer (node)",
                        List.of(
                                "node",
                                start.toString(),
                                "--openapi-spec",
                                root.resolve("docs/openapi/desk365-v3.yaml").toString(),
                                "--api-base-url",
                                helpdesk,
                                "--headers",
                                "Authorization:key"),
                        null,
                        Map.of(),
                        call("get-ticket", "{\"ticket_number\":4052}"),
                        call("lst-tickets", "{\"include_description\":1}"));
    }

    static Program floor(int jdk, Path home, Path root, String helpdesk) {
        Path target = root.resolve("examples/benchmarks/target");
        List<String> command = List.of(
                home.resolve("bin/java").toString(),
                "-cp",
                target.resolve("benchmarks.jar").toString(),
                Floor.class.getName());
        List<String> http = new ArrayList<>(command);
        http.add("http");
        return new Program(
                "floor, JDK " + jdk,
                command,
                http,
                Map.of("DESK365_BASE_URL", helpdesk),
                call("get", "{}"),
                call("list", "{}"));
    }

    static Program script(int jdk, Path home, Path root, Path cache, String helpdesk) throws IOException {
        Files.createDirectories(cache);
        Path server = root.resolve("examples/mcp-server");
        return ours(
                "script, JDK " + jdk,
                List.of(server.resolve("desk365-mcp-server").toString()),
                Map.of("PATH", home.resolve("bin") + ":" + System.getenv("PATH"), "XDG_CACHE_HOME", cache.toString()),
                helpdesk);
    }

    static Program jar(int jdk, Path home, Path root, String helpdesk) {
        Path jar = root.resolve("examples/mcp-server/target/desk365-mcp-server.jar");
        return ours(
                "java -jar, JDK " + jdk,
                List.of(home.resolve("bin/java").toString(), "-jar", jar.toString()),
                Map.of(),
                helpdesk);
    }

    private static Program ours(String name, List<String> command, Map<String, String> environment, String helpdesk) {
        Map<String, String> all = new TreeMap<>(environment);
        all.put("DESK365_BASE_URL", helpdesk);
        all.put("DESK365_API_KEY", "benchmark-key");
        List<String> http = new ArrayList<>(command);
        http.addAll(List.of("--http", "0"));
        return new Program(name, command, http, all, OUR_GET, OUR_LIST);
    }

    /** {@return the homes of the JDKs of this machine, by version, one of each} */
    static TreeMap<Integer, Path> jdks() throws IOException {
        TreeMap<Integer, Path> homes = new TreeMap<>();
        List<Path> candidates = new ArrayList<>();
        System.getenv().forEach((name, value) -> {
            if (name.startsWith("JAVA_HOME") && !value.isEmpty()) {
                candidates.add(Path.of(value));
            }
        });
        candidates.add(Path.of(System.getProperty("java.home")));
        Path usual = Path.of("/usr/lib/jvm");
        if (Files.isDirectory(usual)) {
            try (Stream<Path> found = Files.list(usual)) {
                candidates.addAll(found.sorted().toList());
            }
        }
        for (Path home : candidates) {
            Path release = home.resolve("release");
            if (Files.isExecutable(home.resolve("bin/java")) && Files.exists(release)) {
                Properties says = new Properties();
                try (var in = Files.newInputStream(release)) {
                    says.load(in);
                }
                String version = says.getProperty("JAVA_VERSION", "").replace("\"", "");
                if (!version.isEmpty()) {
                    homes.putIfAbsent(Runtime.Version.parse(version).feature(), home.toRealPath());
                }
            }
        }
        return homes;
    }
}
