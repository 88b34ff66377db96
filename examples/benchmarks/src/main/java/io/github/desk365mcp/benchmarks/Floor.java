package io.github.desk365mcp.benchmarks;

import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.server.transport.StdioServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;

/** The smallest server on the official SDK: each of its two tools fetches one answer, and passes the text on. */
final class Floor {

    private static final ServerCapabilities CAPABILITIES =
            ServerCapabilities.builder().tools(false).build();

    private final OkHttpClient http = new OkHttpClient.Builder()
            .connectionPool(new ConnectionPool(64, 5, TimeUnit.MINUTES))
            .build();
    private final String helpdesk;

    private Floor(String helpdesk) {
        this.helpdesk = helpdesk;
    }

    /** Serves standard input, or HTTP on a free port if an argument is given. Prints the port on standard error. */
    public static void main(String... arguments) throws Exception {
        Floor floor = new Floor(System.getenv("DESK365_BASE_URL"));
        if (arguments.length == 0) {
            floor.serveStdio();
        } else {
            floor.serveHttp();
        }
        new CountDownLatch(1).await();
    }

    private void serveStdio() throws IOException {
        McpServer.sync(new StdioServerTransportProvider(McpJsonDefaults.getMapper()))
                .serverInfo("floor", "1")
                .validateToolInputs(false)
                .capabilities(CAPABILITIES)
                .tools(tool("get", "/v3/tickets/details?ticket_number=4052"), tool("list", "/v3/tickets"))
                .build();
    }

    private void serveHttp() throws IOException, LifecycleException {
        HttpServletStreamableServerTransportProvider servlet = HttpServletStreamableServerTransportProvider.builder()
                .jsonMapper(McpJsonDefaults.getMapper())
                .mcpEndpoint("/mcp")
                .build();
        McpServer.sync(servlet)
                .serverInfo("floor", "1")
                .validateToolInputs(false)
                .capabilities(CAPABILITIES)
                .tools(tool("get", "/v3/tickets/details?ticket_number=4052"), tool("list", "/v3/tickets"))
                .build();
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(System.getProperty("java.io.tmpdir"));
        Connector connector = new Connector();
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        tomcat.setConnector(connector);
        StandardContext context = (StandardContext) tomcat.addContext("", null);
        Wrapper wrapper = Tomcat.addServlet(context, "mcp", servlet);
        wrapper.setAsyncSupported(true);
        context.addServletMapping("/mcp/*", "mcp");
        tomcat.start();
        System.err.println("Listening at http://127.0.0.1:" + connector.getLocalPort() + "/mcp");
    }

    private SyncToolSpecification tool(String name, String path) throws IOException {
        McpJsonMapper json = McpJsonDefaults.getMapper();
        Tool tool = json.readValue(
                "{\"name\":\"" + name + "\",\"description\":\"" + name + "\",\"inputSchema\":{\"type\":\"object\","
                        + "\"properties\":{\"ticket_number\":{\"type\":\"integer\"}},\"additionalProperties\":false}}",
                Tool.class);
        return new SyncToolSpecification(
                tool,
                (exchange, request) ->
                        CallToolResult.builder().addTextContent(fetch(path)).build());
    }

    private String fetch(String path) {
        Request request = new Request.Builder()
                .url(helpdesk + path)
                .header("Authorization", "key")
                .build();
        try (Response response = http.newCall(request).execute()) {
            return response.body().string();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
