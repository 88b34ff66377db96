package io.github.desk365mcp.hosts.springboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.hosts.Features;
import io.github.desk365mcp.hosts.TenCalls;
import io.github.desk365mcp.tools.BoundTools;
import io.github.desk365mcp.tools.host.CallContext;
import io.micrometer.observation.ObservationRegistry;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;

/** Tests the application on a port of its own, with the official client. */
class Desk365ApplicationTest {

    private static TenCalls ten;

    private final BlockingQueue<Double> progress = new LinkedBlockingQueue<>();

    @BeforeAll
    static void start() {
        ten = TenCalls.start();
    }

    @AfterAll
    static void stop() {
        ten.close();
    }

    @BeforeEach
    void startOver() {
        ten.startOver();
    }

    @Test
    void a_client_lists_and_calls_the_tools_that_the_properties_allow() throws Exception {
        try (ConfigurableApplicationContext application = run(
                new SpringApplication(Desk365Application.class),
                "--desk365.base-url=" + ten.sandbox().baseUrl(),
                "--desk365.api-key=" + ten.sandbox().apiKey(),
                "--desk365.policy.preset=triage",
                "--desk365.policy.exclude=create_a_desk_365_ticket_note",
                "--desk365.policy.plan=plus",
                "--desk365.policy.approval[create_a_desk_365_ticket_reply]=confirm")) {
            try (McpSyncClient client = client(application)) {
                assertThat(client.initialize().instructions()).contains("Desk365");
                assertThat(client.listTools().tools())
                        .extracting(Tool::name)
                        .contains("create_a_desk_365_ticket_reply")
                        .doesNotContain("create_a_desk_365_ticket_note", "delete_a_desk_365_kb_article_by_id");

                CallToolResult repaired =
                        client.callTool(request("get_single_desk_365_ticket_by_id", Map.of("ticket_number", "#4052")));
                CallToolResult refused = client.callTool(
                        request("create_a_desk_365_ticket_reply", Map.of("ticket_number", 4052, "body", "No.")));

                assertThat(repaired.isError()).isFalse();
                assertThat(refused.isError()).isTrue();
            }
            assertThat(read(application, "/actuator/health")).contains("\"status\":\"UP\"");
            assertThat(read(application, "/actuator/prometheus"))
                    .containsPattern("mcp_server_operation_duration_seconds_count\\{.*desk365_outcome=\"ok\".*} 1")
                    .containsPattern(
                            "mcp_server_operation_duration_seconds_count\\{.*desk365_outcome=\"not_confirmed\".*} 1")
                    .containsPattern("mcp_server_operation_duration_seconds_bucket\\{.*le=\"0.05\".*}")
                    .containsPattern("http_client_request_duration_seconds_count\\{.*tickets/details.*} 1")
                    .contains("desk365_calls_left 49.0", "desk365_approvals_waiting 0.0")
                    .contains("mcp_server_operation_duration_active_seconds_count 0");
        }
    }

    @Test
    void springs_mcp_server_makes_the_ten_calls() throws Exception {
        SpringApplication application = new SpringApplication(Desk365Application.class, Callers.class);
        application.addInitializers(
                context -> ((GenericApplicationContext) context).registerBean(BoundTools.class, () -> ten.tools()));
        try (ConfigurableApplicationContext running =
                        run(application, "--desk365.subdomain=acme", "--desk365.api-key=not-asked-here");
                McpSyncClient client = client(running)) {
            client.initialize();
            List<Map<String, Object>> listed = new ArrayList<>();
            for (Tool tool : client.listTools().tools()) {
                listed.add(plain(tool));
            }
            Features features = Features.of("Spring AI, MCP server")
                    .client(ten, listed, call -> plain(client.callTool(request(call.tool(), call.map()))))
                    .context(ten.audit());
            client.callTool(CallToolRequest.builder(TenCalls.UPLOAD.tool())
                    .arguments(TenCalls.UPLOAD.map())
                    .meta(Map.of("progressToken", "upload-1"))
                    .build());
            Double reported = progress.poll(20, TimeUnit.SECONDS);
            features.progress(reported == null ? List.of() : List.of(reported)).compare("spring-ai-mcp-server");
        }
    }

    @Test
    void without_an_address_the_start_fails_and_no_text_has_the_key() {
        Desk365Properties.Allowed policy =
                new Desk365Properties.Allowed(null, null, null, null, null, null, null, null, Map.of());
        Desk365Properties properties = new Desk365Properties(null, null, "s3cret-key", policy);

        assertThatThrownBy(() -> new Desk365AutoConfiguration().desk365Client(properties, ObservationRegistry.NOOP))
                .hasMessage("A client needs a subdomain or a base URL, and an API key");
        assertThat(properties).hasToString("Desk365Properties[null]");
    }

    @Test
    void an_address_without_a_key_is_not_answered_by_a_sandbox() {
        assertThatThrownBy(() -> run(new SpringApplication(Desk365Application.class), "--desk365.subdomain=acme"))
                .hasRootCauseMessage("A client needs a subdomain or a base URL, and an API key");
    }

    @Test
    void without_any_property_the_start_fails_instead_of_serving_a_sandbox() {
        assertThatThrownBy(() -> run(new SpringApplication(Desk365Application.class)))
                .hasRootCauseMessage("A client needs a subdomain or a base URL, and an API key");
    }

    @Test
    void a_web_page_whose_name_has_the_address_of_this_machine_is_refused() throws Exception {
        try (ConfigurableApplicationContext application = run(
                new SpringApplication(Desk365Application.class),
                "--desk365.base-url=" + ten.sandbox().baseUrl(),
                "--desk365.api-key=" + ten.sandbox().apiKey())) {
            assertThat(status(application, "Host: localhost")).contains(" 200 ");
            assertThat(status(application, "Host: localhost\r\nOrigin: http://localhost:6274"))
                    .contains(" 200 ");
            assertThat(status(application, "Host: evil.example")).contains(" 403 ");
            assertThat(status(application, "Host: localhost\r\nOrigin: https://evil.example"))
                    .contains(" 403 ");
            assertThat(status(application, "Host: localhost\r\nOrigin: null")).contains(" 403 ");
        }
    }

    /** Java's HTTP client does not let one choose the host. */
    private static String status(ConfigurableApplicationContext application, String headers) throws IOException {
        try (Socket socket =
                new Socket("127.0.0.1", URI.create(address(application)).getPort())) {
            socket.getOutputStream()
                    .write(("GET /actuator/health HTTP/1.1\r\nConnection: close\r\n" + headers + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .orElse("");
        }
    }

    /** An application that knows its callers. */
    @Configuration
    static class Callers {

        @Bean
        Function<McpTransportContext, CallContext> callers() {
            return transport -> CallContext.none().caller("ada").tenant("acme");
        }
    }

    private static ConfigurableApplicationContext run(SpringApplication application, String... arguments) {
        return application.run(
                Stream.concat(Stream.of("--server.port=0", "--logging.level.root=WARN"), Stream.of(arguments))
                        .toArray(String[]::new));
    }

    private McpSyncClient client(ConfigurableApplicationContext application) {
        return McpClient.sync(HttpClientStreamableHttpTransport.builder(address(application))
                        .build())
                .progressConsumer(reported -> progress.add(reported.progress()))
                .build();
    }

    private static String address(ConfigurableApplicationContext application) {
        return "http://127.0.0.1:" + application.getEnvironment().getRequiredProperty("local.server.port");
    }

    private static CallToolRequest request(String tool, Map<String, Object> arguments) {
        return CallToolRequest.builder(tool).arguments(arguments).build();
    }

    private static String read(ConfigurableApplicationContext application, String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(address(application) + path))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }

    private static Map<String, Object> plain(Object value) throws IOException {
        return JsonDocument.parse(McpJsonDefaults.getMapper().writeValueAsString(value))
                .toMap();
    }
}
