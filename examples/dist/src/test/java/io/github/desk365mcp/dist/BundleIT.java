package io.github.desk365mcp.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Checks the bundle with the official tool, and starts it as a desktop client does. */
@Timeout(600)
class BundleIT {

    private static final Path NPM = Programs.TARGET.resolve("npm");
    private static final String MCPB = "node_modules/@anthropic-ai/mcpb/dist/cli/cli.js";

    @TempDir
    static Path bundles;

    private static Path bundle;

    @BeforeAll
    static void unpack() throws Exception {
        assumeTrue(Programs.isThere("npm"), "npm is not here: the checks of the bundle are skipped");
        Files.createDirectories(NPM);
        for (String file : List.of("package.json", "package-lock.json")) {
            Files.copy(Path.of("src/test/npm", file), NPM.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        Programs.run(NPM, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
        bundle = bundles.resolve("a folder with spaces").resolve("desk365");
        Programs.run(NPM, "node", MCPB, "unpack", Programs.made(".mcpb").toString(), bundle.toString());
    }

    @Test
    void the_official_tool_accepts_the_manifest() throws Exception {
        assertThat(Programs.run(
                        NPM,
                        "node",
                        MCPB,
                        "validate",
                        bundle.resolve("manifest.json").toString()))
                .contains("Manifest schema validation passes");
    }

    @Test
    void it_lists_the_tools_of_the_chosen_preset_without_the_java_of_the_computer() {
        List<String> tools = namesOfTools(Map.of(
                "subdomain", "acme", "api_key", "a-test-key", "preset", "read_only", "approval", "mail=confirm"));

        assertThat(tools).contains("get_ticket", "list_tickets").doesNotContain("create_ticket");
        assertThat(bundle.resolve("runtime/bin/java")).isExecutable();
    }

    @Test
    void it_starts_with_the_defaults_of_its_settings_and_keeps_loaded_classes_for_the_next_start() {
        Map<String, String> settings = new LinkedHashMap<>(Map.of("subdomain", "acme", "api_key", "a-test-key"));
        for (Map.Entry<String, JsonNode> setting : manifest().get("user_config").properties()) {
            JsonNode value = setting.getValue().get("default");
            if (value != null) {
                settings.put(setting.getKey(), value.asString());
            }
        }

        assertThat(namesOfTools(settings)).contains("get_ticket", "reply_to_ticket");
        // Closing the client only tells the server to end.
        ProcessHandle.current().children().forEach(server -> server.onExit().join());
        assertThat(bundle.resolve("classes.jsa")).exists();
    }

    @Test
    void only_the_key_is_a_secret_and_every_setting_is_used() {
        JsonNode manifest = manifest();
        String launch = manifest.get("server").get("mcp_config").toString();

        assertThat(manifest.get("user_config").properties()).allSatisfy(setting -> {
            assertThat(setting.getValue().path("sensitive").asBoolean(false))
                    .isEqualTo(setting.getKey().equals("api_key"));
            assertThat(launch).contains("${user_config." + setting.getKey() + "}");
        });
        assertThat(manifest.get("server").get("mcp_config").get("args").toString())
                .doesNotContain("api_key");
    }

    @Test
    void the_runtime_has_every_module_that_the_server_needs() throws Exception {
        String needed = Programs.run(
                Programs.TARGET,
                System.getProperty("dist.jdk") + "/bin/jdeps",
                "--multi-release",
                "17",
                "--ignore-missing-deps",
                "--print-module-deps",
                System.getProperty("dist.server.jar"));

        assertThat(Set.of(System.getProperty("dist.modules").split(",")))
                .containsAll(new TreeSet<>(List.of(needed.strip().split(","))));
    }

    @Test
    void the_entry_for_the_registry_names_exactly_this_bundle() throws Exception {
        JsonNode entry = JsonMapper.shared().readTree(Programs.TARGET.resolve("server.json"));
        JsonNode file = entry.get("packages").get(0);
        Path made = Programs.made(".mcpb");

        assertThat(file.get("fileSha256").asString())
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(made))));
        assertThat(file.get("identifier").asString()).endsWith("/v" + Programs.VERSION + "/" + made.getFileName());
        assertThat(entry.get("version").asString()).isEqualTo(Programs.VERSION);
        // The limit of the registry's schema.
        assertThat(entry.get("description").asString()).hasSizeLessThanOrEqualTo(100);
    }

    @Test
    void the_entry_for_the_registry_fits_its_schema() throws Exception {
        String schema = System.getProperty("server.schema", "");
        assumeTrue(!schema.isEmpty(), "no -Dserver.schema: the entry is not compared with the registry's schema");

        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                        .getSchema(Files.readString(Path.of(schema)))
                        .validate(Files.readString(Programs.TARGET.resolve("server.json")), InputFormat.JSON))
                .isEmpty();
    }

    private static JsonNode manifest() {
        return JsonMapper.shared().readTree(bundle.resolve("manifest.json"));
    }

    /** Starts the server as the manifest says, with these settings, and returns the names of its tools. */
    private static List<String> namesOfTools(Map<String, String> settings) {
        JsonNode launch = manifest().get("server").get("mcp_config");
        List<String> arguments = new ArrayList<>();
        launch.get("args").forEach(argument -> arguments.add(replaced(argument.asString(), settings)));
        Map<String, String> environment = new LinkedHashMap<>();
        launch.get("env")
                .properties()
                .forEach(variable -> environment.put(
                        variable.getKey(), replaced(variable.getValue().asString(), settings)));
        ServerParameters server = ServerParameters.builder(
                        replaced(launch.get("command").asString(), settings))
                .args(arguments)
                .env(environment)
                .build();
        try (McpSyncClient client = McpClient.sync(new StdioClientTransport(server, McpJsonDefaults.getMapper()))
                .initializationTimeout(Duration.ofMinutes(5))
                .requestTimeout(Duration.ofMinutes(5))
                .build()) {
            client.initialize();
            return client.listTools().tools().stream().map(Tool::name).toList();
        }
    }

    private static String replaced(String text, Map<String, String> settings) {
        String replaced = text.replace("${__dirname}", bundle.toString());
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            replaced = replaced.replace("${user_config." + setting.getKey() + "}", setting.getValue());
        }
        assertThat(replaced).doesNotContain("${");
        return replaced;
    }

    @Test
    void no_file_is_a_link_because_some_unpackers_lose_links() throws Exception {
        try (Stream<Path> files = Files.walk(bundle)) {
            assertThat(files.filter(Files::isSymbolicLink)).isEmpty();
        }
        assertThat(bundle.resolve("runtime/legal/java.base/LICENSE")).isNotEmptyFile();
        assertThat(bundle.resolve("NOTICE")).isNotEmptyFile();
    }
}
