package io.github.desk365mcp.hosts.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.hosts.Features;
import io.github.desk365mcp.hosts.TenCalls;
import io.github.desk365mcp.hosts.TenCalls.Call;
import io.github.desk365mcp.tools.BoundTools;
import io.github.desk365mcp.tools.ToolResult;
import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.ResultForm;
import io.github.desk365mcp.tools.mcp.McpTools;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.transport.HttpServletStatelessServerTransport;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests the tools on each kind of server, over real HTTP and in a separate process, with the SDK's own client. */
class OfficialSdkTest {

    private static final McpJsonMapper JSON = McpJsonDefaults.getMapper();

    /** Reads the caller from the host's own headers. */
    private static final Function<McpTransportContext, CallContext> CALLER = transport -> CallContext.none()
            .caller(String.valueOf(transport.get("user")))
            .tenant(String.valueOf(transport.get("organization")));

    private final BlockingQueue<Double> progress = new LinkedBlockingQueue<>();
    private final Tomcat tomcat = new Tomcat();
    private TenCalls ten;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @BeforeEach
    void start() {
        ten = TenCalls.start();
    }

    @AfterEach
    void stop() throws Exception {
        tomcat.stop();
        tomcat.destroy();
        ten.close();
    }

    @Test
    void streamable_http_supports_everything_except_cancellation() throws Exception {
        HttpServletStreamableServerTransportProvider transport = HttpServletStreamableServerTransportProvider.builder()
                .jsonMapper(JSON)
                .mcpEndpoint("/mcp")
                .contextExtractor(OfficialSdkTest::context)
                .build();
        McpServer.sync(transport)
                .validateToolInputs(false)
                .tools(McpTools.sync(ten.tools(), CALLER))
                .build();

        seen("Official Java SDK, streamable HTTP", connect(transport), true)
                .context(ten.audit())
                .compare("official-sdk-streamable");
    }

    @Test
    void stateless_http_supports_everything_except_cancellation_and_progress() throws Exception {
        HttpServletStatelessServerTransport transport = HttpServletStatelessServerTransport.builder()
                .jsonMapper(JSON)
                .messageEndpoint("/mcp")
                .contextExtractor(OfficialSdkTest::context)
                .build();
        McpServer.sync(transport)
                .validateToolInputs(false)
                .tools(McpTools.stateless(ten.tools(), CALLER))
                .build();

        seen("Official Java SDK, stateless HTTP", connect(transport), false)
                .context(ten.audit())
                .compare("official-sdk-stateless");
    }

    @Test
    void standard_input_and_output_support_everything_except_cancellation() throws Exception {
        ServerParameters command = ServerParameters.builder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString())
                .args("-cp", System.getProperty("java.class.path"), StdioHost.class.getName())
                .addEnvVar("HELPDESK", ten.sandbox().baseUrl().toString())
                .addEnvVar("HELPDESK_KEY", ten.sandbox().apiKey())
                .addEnvVar("HELPDESK_USER", "ada")
                .addEnvVar("HELPDESK_TENANT", "acme")
                .build();
        StdioClientTransport transport = new StdioClientTransport(command, JSON);
        CompletableFuture<String> heard = new CompletableFuture<>();
        transport.setStdErrorHandler(line -> {
            if (line.startsWith("heard ")) {
                heard.complete(line);
            }
        });

        Features seen = seen("Official Java SDK, stdio", transport, true);

        assertThat(heard.get(20, TimeUnit.SECONDS)).isEqualTo("heard ada of acme");
        seen.context("ada", "acme").compare("official-sdk-stdio");
    }

    @ParameterizedTest
    @EnumSource
    void answers_arrive_in_the_form_that_the_policy_sets(ResultForm form) throws Exception {
        List<ToolResult> sent = TenCalls.CALLS.stream()
                .map(call -> tools(form).call(call.tool(), call.map()))
                .toList();
        ten.startOver();
        HttpServletStatelessServerTransport transport = HttpServletStatelessServerTransport.builder()
                .jsonMapper(JSON)
                .messageEndpoint("/mcp")
                .build();
        McpServer.sync(transport)
                .validateToolInputs(false)
                .tools(McpTools.stateless(tools(form), user -> CallContext.none()))
                .build();

        try (McpSyncClient client = McpClient.sync(connect(transport)).build()) {
            client.initialize();
            for (int i = 0; i < sent.size(); i++) {
                Map<String, Object> expected = new LinkedHashMap<>(sent.get(i).toMap());
                if (sent.get(i).content().isEmpty()) {
                    assertThat(form).isEqualTo(ResultForm.STRUCTURED_ONLY);
                    expected.put("content", List.of(Map.of("type", "text", "text", "See structuredContent.")));
                }
                assertThat(new JsonDocument(plain(client.callTool(request(TenCalls.CALLS.get(i))))))
                        .isEqualTo(JsonDocument.parse(new JsonDocument(expected).toJson()));
            }
        }
    }

    private BoundTools tools(ResultForm form) {
        return TenCalls.tools(ten.sandbox().baseUrl(), ten.sandbox().apiKey(), policy -> policy.results(form));
    }

    private static McpTransportContext context(HttpServletRequest request) {
        return McpTransportContext.create(
                Map.of("user", request.getHeader("X-User"), "organization", request.getHeader("X-Organization")));
    }

    private Features seen(String host, McpClientTransport transport, boolean sendsProgress) throws Exception {
        Features features = Features.of(host);
        try (McpSyncClient client = McpClient.sync(transport)
                // A process starts slowly on a busy machine.
                .initializationTimeout(Duration.ofMinutes(1))
                .progressConsumer(reported -> progress.add(reported.progress()))
                .build()) {
            client.initialize();
            List<Map<String, Object>> listed = new ArrayList<>();
            for (Object tool : client.listTools().tools()) {
                listed.add(plain(tool));
            }
            features.client(ten, listed, call -> plain(client.callTool(request(call))));
            assertThat(client.callTool(CallToolRequest.builder(TenCalls.UPLOAD.tool())
                                    .arguments(TenCalls.UPLOAD.map())
                                    .meta(Map.of("progressToken", "upload-1"))
                                    .build())
                            .isError())
                    .isFalse();
            // The client may deliver it after the result.
            Double reported = sendsProgress ? progress.poll(20, TimeUnit.SECONDS) : progress.poll();
            features.progress(reported == null ? List.of() : List.of(reported));
        }
        return features;
    }

    private McpClientTransport connect(HttpServlet servlet) throws Exception {
        tomcat.setBaseDir(directory.toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        Context web = tomcat.addContext("", directory.toString());
        Tomcat.addServlet(web, "mcp", servlet).setAsyncSupported(true);
        web.addServletMapping("/mcp", "mcp");
        tomcat.start();
        return HttpClientStreamableHttpTransport.builder(
                        "http://127.0.0.1:" + tomcat.getConnector().getLocalPort())
                .endpoint("/mcp")
                .addHttpRequestCustomizer((builder, method, uri, body, context) ->
                        builder.header("X-User", "ada").header("X-Organization", "acme"))
                .build();
    }

    private static CallToolRequest request(Call call) {
        return CallToolRequest.builder(call.tool()).arguments(call.map()).build();
    }

    private static Map<String, Object> plain(Object value) throws IOException {
        return JsonDocument.parse(JSON.writeValueAsString(value)).toMap();
    }
}
