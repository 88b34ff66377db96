package io.github.desk365mcp.replicas;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/** A real PostgreSQL and a real Redis on loopback, started once for all tests of this process and stopped at its end. */
final class TestStores {

    private static final List<Path> REDIS_SERVERS = List.of(
            Path.of("/usr/bin/redis-server"), Path.of("/usr/bin/valkey-server"), Path.of("/usr/local/bin/redis-server"),
            Path.of("/opt/homebrew/bin/redis-server"));

    private static @Nullable EmbeddedPostgres postgres;
    private static @Nullable Integer redisPort;

    private TestStores() {}

    /** Returns a PostgreSQL from the binaries on Maven Central, or skips the test and says why. */
    static synchronized EmbeddedPostgres postgres() {
        EmbeddedPostgres started = postgres;
        if (started == null) {
            try {
                // It refuses to run as root. The library then runs it in a user namespace, with `unshare -U`.
                started = EmbeddedPostgres.builder()
                        .setServerConfig("max_connections", "100")
                        .start();
            } catch (IOException | IllegalStateException e) {
                throw skipped("PostgreSQL does not start here (" + e.getMessage() + ")");
            }
            postgres = started;
        }
        return started;
    }

    /** Returns the address of a database for the driver. */
    static String postgresUrl() {
        return postgres().getJdbcUrl("postgres", "postgres");
    }

    /** Returns the address of a Redis that writes each change to its disk, or skips the test and says why. */
    static synchronized String redisUrl() throws Exception {
        if (redisPort == null) {
            Path program = installedRedis();
            if (program == null) {
                throw skipped("redis-server is not installed");
            }
            redisPort = startRedis(program);
        }
        return "redis://127.0.0.1:" + redisPort;
    }

    private static @Nullable Path installedRedis() {
        return REDIS_SERVERS.stream().filter(Files::isExecutable).findFirst().orElse(null);
    }

    private static int startRedis(Path program) throws Exception {
        int port = freePort();
        Path folder = Files.createTempDirectory("desk365-redis");
        Process redis = new ProcessBuilder(
                        program.toString(),
                        "--port",
                        String.valueOf(port),
                        "--bind",
                        "127.0.0.1",
                        "--dir",
                        folder.toString(),
                        "--appendonly",
                        "yes",
                        "--appendfsync",
                        "always",
                        "--maxmemory-policy",
                        "noeviction",
                        "--save",
                        "")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(redis, folder)));
        while (!accepts(port)) {
            if (redis.waitFor(20, TimeUnit.MILLISECONDS)) {
                throw new IOException("Redis ended: " + Files.readString(folder.resolve("log")));
            }
        }
        return port;
    }

    private static void end(Process redis, Path folder) {
        redis.destroy();
        redis.onExit().join();
        Folders.delete(folder);
    }

    static boolean accepts(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Returns what skips a test, and says so where nobody can miss it. */
    @SuppressWarnings("SystemOut")
    static TestAbortedException skipped(String why) {
        System.err.println("SKIPPED: " + why + ", so the tests with it do not run");
        return new TestAbortedException(why);
    }
}
