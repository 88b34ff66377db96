package io.github.desk365mcp.dist;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the image as a container engine does, and runs its entry point with the files of the image alone. */
@Timeout(300)
@EnabledOnOs(OS.LINUX)
class ImageIT {

    @TempDir
    static Path directory;

    private static JsonNode manifest;
    private static JsonNode config;

    @BeforeAll
    static void read() throws Exception {
        Programs.run(directory, "tar", "xf", Programs.made("-image.tar").toString());
        JsonNode index = json("index.json");
        manifest = blob(index.get("manifests").get(0));
        config = blob(manifest.get("config"));
    }

    @Test
    void it_is_an_oci_image_that_runs_the_server_as_nobody() {
        assertThat(json("oci-layout").get("imageLayoutVersion").asString()).isEqualTo("1.0.0");
        assertThat(config.get("os").asString()).isEqualTo("linux");
        JsonNode process = config.get("config");
        assertThat(process.get("User").asString()).isEqualTo("65532:65532");
        assertThat(process.get("ExposedPorts").has("8080/tcp")).isTrue();
        assertThat(process.get("Labels").get("org.opencontainers.image.version").asString())
                .isEqualTo(Programs.VERSION);
        assertThat(process.toString()).doesNotContain("API_KEY");
    }

    @Test
    void the_containerfile_gives_the_server_the_same_arguments() throws Exception {
        String containerfile = Files.readString(Path.of("Containerfile"));

        assertThat(containerfile.lines().filter(line -> line.startsWith("CMD ")).toList())
                .singleElement()
                .satisfies(line -> assertThat(JsonMapper.shared().readTree(line.substring("CMD ".length())))
                        .isEqualTo(config.get("config").get("Cmd")));
    }

    @Test
    void its_entry_point_serves_http_with_nothing_but_the_files_of_the_image() throws Exception {
        assumeTrue(
                new ProcessBuilder("unshare", "--mount", "true").start().waitFor() == 0,
                "only root can change the root directory");
        Path root = Files.createDirectory(directory.resolve("root"));
        for (JsonNode layer : manifest.get("layers")) {
            Programs.run(
                    root,
                    "tar",
                    "--warning=no-unknown-keyword",
                    "-xzpf",
                    file(layer).toString());
        }
        Path policy = Files.createDirectories(root.resolve("etc/desk365")).resolve("policy.json");
        Files.copy(Path.of("../mcp-server/contractor.json"), policy);
        // As a container engine does.
        for (Path path = policy; !path.equals(directory.getParent()); path = path.getParent()) {
            assertThat(path.toFile().setReadable(true, false)).isTrue();
            assertThat(!Files.isDirectory(path) || path.toFile().setExecutable(true, false))
                    .isTrue();
        }
        Files.createDirectory(root.resolve("proc"));
        Files.createDirectory(root.resolve("dev"));
        List<String> command = new ArrayList<>(List.of(
                "unshare",
                "--mount",
                "bash",
                "-c",
                "cd \"$0\" && mount -t proc proc proc && mount --bind /dev dev"
                        + " && exec chroot --userspec=\"$1\" . \"${@:2}\"",
                root.toString(),
                config.get("config").get("User").asString()));
        config.get("config").get("Entrypoint").forEach(word -> command.add(word.asString()));
        config.get("config")
                .get("Cmd")
                .forEach(word -> command.add(word.asString().replace("8080", "0")));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().put("PATH", System.getenv("PATH"));
        builder.environment().put("DESK365_SUBDOMAIN", "acme");
        builder.environment().put("DESK365_API_KEY", "a-test-key");

        Process server = builder.start();
        try (BufferedReader log = server.errorReader(UTF_8)) {
            URI address = Programs.listening(log);

            assertThat(Programs.health(address)).contains("\"ok\"");
            assertThat(HttpClient.newHttpClient()
                            .send(
                                    HttpRequest.newBuilder(address)
                                            .header("Content-Type", "application/json")
                                            .header("Accept", "application/json, text/event-stream")
                                            .POST(HttpRequest.BodyPublishers.ofString("{}"))
                                            .build(),
                                    HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(401);

            server.destroy();
            assertThat(server.waitFor()).isZero();
        } finally {
            server.destroyForcibly();
        }
    }

    private static JsonNode json(String name) {
        return JsonMapper.shared().readTree(directory.resolve(name));
    }

    private static JsonNode blob(JsonNode descriptor) {
        return JsonMapper.shared().readTree(file(descriptor));
    }

    private static Path file(JsonNode descriptor) {
        return directory
                .resolve("blobs")
                .resolve(descriptor.get("digest").asString().replace(':', '/'));
    }
}
