package io.github.desk365mcp.replicas;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Server processes with one state behind nginx, and their helpdesk in a process of its own. */
final class Replicas implements AutoCloseable {

    static final int MANY = 3;

    static final Path SERVER =
            Path.of(System.getProperty("server.jar", "../mcp-server/target/desk365-mcp-server.jar"));

    private static final Path NGINX_CONF = Path.of("nginx.conf");
    private static final List<Path> NGINX =
            List.of(Path.of("/usr/sbin/nginx"), Path.of("/usr/local/bin/nginx"), Path.of("/opt/homebrew/bin/nginx"));

    /** The ports in nginx.conf: that of nginx, then those of the replicas. */
    private static final int FIRST_PORT = 8080;

    private static final Duration LONGEST_START = Duration.ofMinutes(5);

    /**
     * What to run.
     *
     * @param plan of the helpdesk, as {@link HelpdeskProcess} knows it
     * @param servePlan of the servers; null for none
     * @param tokens of the callers, with their names
     * @param faultsEach how many milliseconds pass between two faults of the helpdesk; 0 for none
     */
    record Setup(
            String state,
            String plan,
            @Nullable String servePlan,
            Map<String, String> tokens,
            long seed,
            int faultsEach) {}

    /** What the helpdesk has counted: calls, calls that its plan refused, and the records of each mark. */
    record Counted(int calls, int overPlan, Map<String, Integer> records) {}

    private final Setup setup;
    private final Path folder;
    private final int[] ports;
    private final Process helpdesk;
    private final BufferedReader counted;
    private final BufferedWriter commands;
    private final String baseUrl;
    private final Process[] servers = new Process[MANY];
    private final Process nginx;

    /** {@return nginx, or null if it is not installed} */
    static @Nullable Path nginx() {
        return NGINX.stream().filter(Files::isExecutable).findFirst().orElse(null);
    }

    Replicas(Setup setup) throws Exception {
        this.setup = setup;
        this.folder = Files.createTempDirectory("desk365-replicas");
        this.ports = new int[MANY + 1];
        for (int i = 0; i < ports.length; i++) {
            ports[i] = TestStores.freePort();
        }
        helpdesk = new ProcessBuilder(java(
                        List.of("-cp", System.getProperty("java.class.path"), HelpdeskProcess.class.getName()),
                        setup.plan(),
                        String.valueOf(setup.seed()),
                        String.valueOf(setup.faultsEach())))
                .redirectError(folder.resolve("helpdesk.log").toFile())
                .start();
        counted = helpdesk.inputReader(UTF_8);
        commands = helpdesk.outputWriter(UTF_8);
        String line = counted.readLine();
        if (line == null) {
            throw new IOException("The helpdesk ended: " + Files.readString(folder.resolve("helpdesk.log")));
        }
        baseUrl = line;
        Files.writeString(folder.resolve("policy.json"), policy(setup.tokens()));
        for (int i = 0; i < MANY; i++) {
            start(i);
        }
        nginx = startNginx();
        for (int i = 0; i < MANY; i++) {
            awaitStart(i);
        }
    }

    private static String policy(Map<String, String> tokens) {
        return "{\"preset\": \"everything\", \"require_api_token_auth\": true, \"tokens\": {"
                + tokens.entrySet().stream()
                        .map(token -> '"' + hash(token.getKey()) + "\": \"" + token.getValue() + '"')
                        .collect(Collectors.joining(", "))
                + "}}";
    }

    private static String hash(String token) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> java(List<String> what, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC"));
        command.addAll(what);
        command.addAll(List.of(arguments));
        return command;
    }

    /** Starts a replica, without waiting for it. */
    void start(int replica) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "--http",
                String.valueOf(ports[replica + 1]),
                "--stateless",
                "--config",
                folder.resolve("policy.json").toString(),
                "--state",
                setup.state()));
        ProcessBuilder builder = new ProcessBuilder(java(
                List.of("-cp", classPath(), "io.github.desk365mcp.server.Main"), arguments.toArray(String[]::new)));
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("DESK365_")
                || name.toLowerCase(Locale.ROOT).endsWith("_proxy"));
        environment.put("DESK365_BASE_URL", baseUrl);
        environment.put("DESK365_API_KEY", "sandbox-key");
        environment.put("DESK365_STATE_USER", "postgres");
        environment.put("DESK365_STATE_KEY", "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=");
        if (setup.servePlan() != null) {
            environment.put("DESK365_PLAN", setup.servePlan());
        }
        File log = folder.resolve("server-" + replica + ".log").toFile();
        servers[replica] = builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                .start();
    }

    /** The jar, with the adapter for Redis and its libraries. */
    private static String classPath() {
        return Stream.concat(
                        Stream.of(SERVER.toString()),
                        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                                .filter(path -> path.matches(
                                        ".*(replicas[/\\\\]target[/\\\\].*classes|jedis|commons-pool2|gson|redis-authx|[/\\\\]json-2).*")))
                .filter(path -> !path.contains("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Waits until a replica accepts connections. */
    private void awaitStart(int replica) throws Exception {
        long end = System.nanoTime() + LONGEST_START.toNanos();
        while (!TestStores.accepts(ports[replica + 1])) {
            if (servers[replica].waitFor(50, TimeUnit.MILLISECONDS) || System.nanoTime() > end) {
                throw new IOException("A server does not start: " + log(replica));
            }
        }
    }

    /** {@return which replicas accept connections} */
    List<Integer> serving() {
        List<Integer> serving = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            if (TestStores.accepts(ports[i + 1])) {
                serving.add(i);
            }
        }
        return serving;
    }

    private String log(int replica) throws IOException {
        return Files.readString(folder.resolve("server-" + replica + ".log"));
    }

    /** Kills a replica with SIGKILL, and waits for its end. */
    void kill(int replica) {
        servers[replica].destroyForcibly();
        servers[replica].onExit().join();
    }

    private Process startNginx() throws Exception {
        String conf = Files.readString(NGINX_CONF);
        for (int i = 0; i < ports.length; i++) {
            conf = conf.replace("127.0.0.1:" + (FIRST_PORT + i), "127.0.0.1:" + ports[i]);
        }
        StringBuilder places = new StringBuilder("http {");
        for (String kind : List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")) {
            places.append("\n    ").append(kind).append("_temp_path ").append(folder.resolve(kind)).append(';');
        }
        Files.writeString(folder.resolve("nginx.conf"), conf.replace("http {", places));
        String user = System.getProperty("user.name").equals("root") ? " user root;" : "";
        Process process = new ProcessBuilder(
                        String.valueOf(nginx()),
                        "-p",
                        folder.toString(),
                        "-e",
                        folder.resolve("nginx.log").toString(),
                        "-c",
                        folder.resolve("nginx.conf").toString(),
                        "-g",
                        "daemon off; pid " + folder.resolve("nginx.pid") + ";" + user)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("nginx.out").toFile())
                .start();
        while (!TestStores.accepts(ports[0])) {
            if (process.waitFor(20, TimeUnit.MILLISECONDS)) {
                throw new IOException("nginx ended: " + Files.readString(folder.resolve("nginx.out")));
            }
        }
        return process;
    }

    /** {@return the address of nginx} */
    String address() {
        return "http://127.0.0.1:" + ports[0];
    }

    /** Ends the faults of the helpdesk. */
    void makeWell() throws IOException {
        tell("well");
    }

    private void tell(String command) throws IOException {
        commands.write(command);
        commands.newLine();
        commands.flush();
    }

    Counted counted() throws IOException {
        tell("report");
        String line = counted.readLine();
        if (line == null) {
            throw new IOException("The helpdesk ended: " + Files.readString(folder.resolve("helpdesk.log")));
        }
        String[] words = line.split(" ");
        Map<String, Integer> records = new HashMap<>();
        for (int i = 2; i < words.length; i++) {
            String[] record = words[i].split("=");
            records.put(record[0], Integer.valueOf(record[1]));
        }
        return new Counted(Integer.parseInt(words[0]), Integer.parseInt(words[1]), records);
    }

    @Override
    public void close() throws IOException {
        for (Process server : servers) {
            if (server != null) {
                server.destroyForcibly();
            }
        }
        for (Process process : new Process[] {nginx, helpdesk}) {
            process.destroy();
            process.onExit().join();
        }
        if (!Boolean.getBoolean("replicas.keep")) {
            Folders.delete(folder);
        }
    }
}
