package io.github.desk365mcp.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.tools.Desk365Tools;
import io.github.desk365mcp.tools.Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisabledOnOs(OS.WINDOWS)
@Timeout(300)
class StartScriptIT {

    /** Stores a file where an archive or an AOT cache belongs. */
    private static final String STORES = "for argument; do case $argument in"
            + " -XX:AOTCacheOutput=* | -XX:ArchiveClassesAtExit=*) echo stored >\"${argument#*=}\" ;; esac; done";

    private static final Path INSTALLED = Path.of("/usr/lib/jvm");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path cache;

    static List<Path> jdks() throws IOException {
        List<Path> homes = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"))));
        String named = System.getenv("JAVA_HOME_25");
        if (named != null && !named.isEmpty()) {
            homes.add(Path.of(named));
        } else if (Files.isDirectory(INSTALLED)) {
            try (Stream<Path> found = Files.list(INSTALLED)) {
                found.filter(home -> home.getFileName().toString().contains("25"))
                        .filter(home -> Files.isExecutable(home.resolve("bin/java")))
                        .findFirst()
                        .ifPresent(homes::add);
            }
        }
        return homes.stream().distinct().toList();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void the_first_start_stores_what_later_ones_load_and_the_script_itself_prints_nothing(Path jdk) throws Exception {
        String definitions = Desk365Tools.all().toJson(Profile.MCP) + "\n";

        assertThat(list(jdk)).isEqualTo(definitions);
        Path stored = stored();
        assertThat(stored).isNotEmptyFile();
        String classes = Files.readString(stored, ISO_8859_1);
        assertThat(classes.contains("sun/security/ssl/TrustStoreManager$TrustAnchorManager"))
                .as("has what https needs, although the sandbox does not use it")
                .isTrue();
        assertThat(classes.contains("io/github/desk365mcp/tools/mcp/McpModern$Repository"))
                .as("has what modern clients need")
                .isTrue();
        FileTime first = Files.getLastModifiedTime(stored);
        assertThat(list(jdk)).isEqualTo(definitions);
        assertThat(stored()).isEqualTo(stored);
        assertThat(Files.getLastModifiedTime(stored)).isEqualTo(first);

        Files.delete(stored);
        Files.writeString(stored, "of another Java");
        later(stored);
        assertThat(list(jdk)).isEqualTo(definitions);
    }

    @Test
    void a_changed_jar_gets_a_new_one() throws Exception {
        Path java = java("25.0.1", STORES);
        list(java);
        Path jar = Files.writeString(cache.resolve("changed.jar"), "");
        Path stored = stored();
        Files.setLastModifiedTime(stored, FileTime.from(Instant.EPOCH));

        ProcessBuilder changed = script("./desk365-mcp-server", cache.toString(), java);
        changed.environment().put("DESK365_MCP_JAR", jar.toString());
        run(changed);

        assertThat(Files.getLastModifiedTime(stored())).isGreaterThanOrEqualTo(Files.getLastModifiedTime(jar));
    }

    @Test
    void a_named_jar_that_is_not_there_is_not_replaced_by_another_one() throws Exception {
        ProcessBuilder script = script("./desk365-mcp-server", cache.toString());
        script.environment().put("DESK365_MCP_JAR", cache.resolve("missing.jar").toString());
        Process process = script.redirectErrorStream(true).start();

        assertThat(new String(process.getInputStream().readAllBytes(), UTF_8))
                .isEqualTo("There is no server here: " + cache.resolve("missing.jar") + "\n");
        assertThat(process.waitFor()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DESK365_STATE_KEY", "DESK365_STATE_PASSWORD", "DESK365_MCP_TOKEN", "DESK365_BASE_URL"})
    void what_is_stored_does_not_depend_on_the_settings_of_the_environment(String variable) throws Exception {
        ProcessBuilder script = script("./desk365-mcp-server", cache.toString());
        script.environment().put(variable, "any");
        Process process = script.redirectErrorStream(true).start();
        process.getInputStream().readAllBytes();
        process.waitFor();

        assertThat(Files.readString(stored(), ISO_8859_1))
                .contains("io/github/desk365mcp/tools/mcp/McpModern$Repository");
    }

    @Test
    void another_version_of_java_gets_one_of_its_own() throws Exception {
        list(java("17.0.15", STORES));
        Path older = stored();
        list(java("17.0.16", STORES));

        assertThat(stored()).isNotEqualTo(older);
    }

    @Test
    void two_first_starts_at_once_leave_one_file() throws Exception {
        Path java = java("25.0.1", STORES);
        Process other = script("./desk365-mcp-server", cache.toString(), java)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();

        list(java);
        assertThat(other.waitFor()).isZero();
        assertThat(stored()).hasContent("stored\n");
    }

    @Test
    void a_java_that_stores_nothing_is_not_asked_again() throws Exception {
        Path calls = cache.resolve("calls");
        Path java = java("25.0.1", "echo \"$@\" >>" + calls);

        list(java);
        list(java);

        assertThat(Files.readAllLines(calls))
                .satisfiesExactly(
                        first -> assertThat(first).contains("-XX:AOTCacheOutput=", "-XX:-AOTRecordTraining"),
                        second -> assertThat(second).contains("-XX:AOTCache=", "--list"),
                        third -> assertThat(third).contains("-XX:AOTCache=", "--list"));
    }

    @Test
    void only_a_server_of_one_client_has_little_room_for_new_objects_and_one_thread_that_compiles() throws Exception {
        Path java = java("25.0.1", "echo \"$@\"");

        assertThat(list(java))
                .contains(
                        "TieredStopAtLevel=1",
                        "CompileThresholdScaling=0.1",
                        "UseSerialGC",
                        "-Xmn32m",
                        "CICompilerCount=1");
        for (List<String> many : List.of(List.of("--http", "8080"), List.of("--http=0"), List.of("@server.args"))) {
            ProcessBuilder script = script("./desk365-mcp-server", cache.toString(), java);
            script.command().addAll(many);
            assertThat(run(script))
                    .contains("TieredStopAtLevel=1", "UseSerialGC")
                    .doesNotContain("-Xmn", "CICompilerCount");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"})
    void a_collector_that_the_environment_names_is_kept(String variable) throws Exception {
        ProcessBuilder script = script("./desk365-mcp-server", cache.toString(), java("25.0.1", "echo \"$@\""));
        script.environment().put(variable, "-Dname=value -XX:+UseZGC");

        assertThat(run(script)).contains("TieredStopAtLevel=1").doesNotContain("UseSerialGC");
    }

    @Test
    void both_compilers_that_the_environment_asks_for_start() throws Exception {
        ProcessBuilder script = script("./desk365-mcp-server", cache.toString());
        script.environment().put("_JAVA_OPTIONS", "-XX:TieredStopAtLevel=4");

        assertThat(run(script)).isEqualTo(Desk365Tools.all().toJson(Profile.MCP) + "\n");
    }

    @Test
    void it_starts_even_if_the_archive_cannot_be_stored() throws Exception {
        String definitions = Desk365Tools.all().toJson(Profile.MCP) + "\n";
        Path file = Files.writeString(cache.resolve("file"), "");

        assertThat(run(script("./desk365-mcp-server", file.resolve("below").toString())))
                .isEqualTo(definitions);
        ProcessBuilder homeless = script("./desk365-mcp-server", "");
        homeless.environment().remove("HOME");
        assertThat(run(homeless)).isEqualTo(definitions);
    }

    @Test
    void through_a_symbolic_link_it_finds_the_jar_next_to_the_script() throws Exception {
        Path there = Files.createDirectory(cache.resolve("there"));
        Path script =
                Files.copy(Path.of("desk365-mcp-server"), there.resolve("script"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.createSymbolicLink(
                there.resolve("desk365-mcp-server.jar"),
                Path.of(System.getProperty("server.jar")).toAbsolutePath());
        Path link = Files.createSymbolicLink(cache.resolve("link"), Path.of("there", "script"));
        Path linked = Files.createSymbolicLink(cache.resolve("linked"), link);
        assertThat(script).isExecutable();

        ProcessBuilder builder = script(linked.toString(), "");
        builder.environment().remove("HOME");
        builder.environment().remove("DESK365_MCP_JAR");
        assertThat(run(builder)).isEqualTo(Desk365Tools.all().toJson(Profile.MCP) + "\n");
    }

    @Test
    void without_options_the_command_line_is_not_read_by_reflection() throws Exception {
        Path classes = cache.resolve("classes");
        ProcessBuilder server = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load:file=" + classes,
                "-jar",
                System.getProperty("server.jar"));

        run(server.redirectInput(Files.createFile(cache.resolve("empty")).toFile()));

        assertThat(Files.readAllLines(classes))
                .anyMatch(line -> line.contains("io.github.desk365mcp.server.StdioTransport "))
                .noneMatch(line -> line.contains("picocli.CommandLine$Model$CommandSpec "));
    }

    private String list(Path jdk) throws IOException, InterruptedException {
        return run(script("./desk365-mcp-server", cache.toString(), jdk));
    }

    /** {@return the home of a Java that only runs some shell commands} */
    private Path java(String version, String commands) throws IOException {
        Path home = cache.resolve("java");
        Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\n" + commands + "\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"Test\"\nJAVA_VERSION=\"" + version + "\"\n");
        return home;
    }

    /** The one file that the script has stored. */
    private Path stored() throws IOException {
        try (Stream<Path> files = Files.list(cache)) {
            List<Path> found = files.filter(
                            file -> file.getFileName().toString().startsWith("desk365-mcp-server"))
                    .toList();
            assertThat(found).hasSize(1);
            return found.get(0);
        }
    }

    private static void later(Path file) {
        assertThat(file.toFile().setLastModified(Instant.now().plusSeconds(60).toEpochMilli()))
                .isTrue();
    }

    private static ProcessBuilder script(String path, String cache, Path jdk) {
        ProcessBuilder script = script(path, cache);
        script.environment().merge("PATH", jdk.resolve("bin").toString(), (old, first) -> first + ":" + old);
        return script;
    }

    private static ProcessBuilder script(String path, String cache) {
        ProcessBuilder script = new ProcessBuilder(new ArrayList<>(List.of(path, "--list")));
        script.environment().put("XDG_CACHE_HOME", cache);
        script.environment().put("DESK365_MCP_JAR", System.getProperty("server.jar"));
        return script;
    }

    private static String run(ProcessBuilder script) throws IOException, InterruptedException {
        Process process = script.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).isZero();
        return printed;
    }
}
