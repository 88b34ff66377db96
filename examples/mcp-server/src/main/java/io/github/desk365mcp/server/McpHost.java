package io.github.desk365mcp.server;

import io.github.desk365mcp.tools.BoundTools;
import io.github.desk365mcp.tools.CallQueue;
import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.mcp.McpApprovals;
import io.github.desk365mcp.tools.mcp.McpTools;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator.ValidationResponse;
import io.modelcontextprotocol.modern.server.McpRequestManager;
import io.modelcontextprotocol.server.McpAsyncListFilter;
import io.modelcontextprotocol.server.McpAsyncServer;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServer.AsyncSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.AsyncToolSpecification;
import io.modelcontextprotocol.server.McpStatelessAsyncServer;
import io.modelcontextprotocol.server.McpStatelessServerFeatures;
import io.modelcontextprotocol.server.transport.HttpServletStatelessServerTransport;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema.Implementation;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/** Serves the tools through the official SDK, over standard input and output or over HTTP. */
final class McpHost {

    /** How long each answer may take after standard input has ended. */
    private static final Duration PATIENCE_AT_END = Duration.ofMinutes(1);

    /** How long answers may take when the process is told to end. After a longer time it would probably be killed. */
    private static final Duration PATIENCE_AT_SHUTDOWN = Duration.ofSeconds(10);

    private static final ServerCapabilities CAPABILITIES = ServerCapabilities.builder()
            .tools(false)
            .resources(false, false)
            .prompts(false)
            .completions()
            .build();

    /**
     * The SDK's own would load a library, check the schema of each tool at the start, and check each answer. The tests
     * check both.
     */
    private static final JsonSchemaValidator UNCHECKED = (schema, value) -> ValidationResponse.asValid(null);

    private final BoundTools tools;
    private final int mostCalls;
    private final CallQueue queue;
    private final Implementation info;
    private final boolean isSandbox;

    /** @param isSandbox whether the helpdesk is the sandbox; clients and models are told so */
    McpHost(BoundTools tools, CallOptions calls, String version, boolean isSandbox) {
        this.tools = tools;
        this.mostCalls = calls.most();
        this.queue = calls.queue();
        this.isSandbox = isSandbox;
        this.info = isSandbox
                ? Implementation.builder("desk365-sandbox", version)
                        .title("Desk365 sandbox: invented data")
                        .build()
                : Implementation.builder("desk365", version).build();
    }

    /**
     * Serves one client until it closes standard input or the process is told to end. Running calls finish first.
     *
     * @param endOfPage ends the approval page; called before the process ends, perhaps more than once
     * @throws IOException if the server cannot go on
     */
    void serveStdio(CallContext caller, InputStream input, PrintStream output, Runnable endOfPage)
            throws IOException, InterruptedException {
        ToolNames names = new ToolNames(tools);
        StdioTransport client = new StdioTransport(
                input,
                output,
                StrictJson.MAPPER,
                message -> names.check(message, caller),
                Runtime.getRuntime().maxMemory());
        Runnable finish = () -> {
            client.awaitAnswers(PATIENCE_AT_SHUTDOWN);
            endOfPage.run();
        };
        Runtime.getRuntime().addShutdownHook(new Thread(finish, "desk365-mcp-server-close"));
        EndSignal.onEnd(() -> {
            finish.run();
            System.exit(0);
        });
        List<McpAsyncServer> servers = new ArrayList<>();
        servers.add(server(McpServer.async(client), transport -> caller, false, true));
        if (tools.hasApprovalCards()) {
            servers.add(server(McpServer.async(client.cards()), transport -> caller, true, true));
        }
        client.setModern(() -> modern(transport -> caller, true));
        client.serve(PATIENCE_AT_END);
        servers.forEach(server -> server.closeGracefully().block());
    }

    /**
     * Serves all callers that the policy admits until the process is told to end.
     *
     * @param parts what is served besides the tools
     */
    void serveHttp(int port, HttpOptions options, HttpServer.Parts parts, PrintStream error)
            throws IOException, InterruptedException {
        try (HttpServer http =
                HttpServer.start(port, options, tools, parts, mostCalls, new HttpServers(parts.page() == null))) {
            error.println("Listening at " + http.address() + Gate.MCP);
            if (parts.page() != null) {
                error.println("Approvers sign in at "
                        + (options.publicUrl() == null ? http.address() : options.publicUrl()) + Gate.APPROVALS);
            }
            if (parts.servers() != null) {
                error.println("Admins create servers at "
                        + (options.publicUrl() == null ? http.address() : options.publicUrl()) + Gate.ADMIN);
            }
            EndSignal.onEnd(http::close);
            http.awaitClose();
        }
    }

    /** The servers at one address. */
    private final class HttpServers implements HttpServer.Maker {

        private final boolean forms;

        HttpServers(boolean forms) {
            this.forms = forms;
        }

        @Override
        public McpAsyncServer make(HttpServletStreamableServerTransportProvider transport, boolean cards) {
            return server(McpServer.async(transport), Gate::caller, cards, forms);
        }

        @Override
        public McpStatelessAsyncServer make(HttpServletStatelessServerTransport transport) {
            return stateless(transport, Gate::caller);
        }

        @Override
        public McpRequestManager makeModern() {
            return modern(Gate::caller, forms);
        }
    }

    private McpStatelessAsyncServer stateless(
            HttpServletStatelessServerTransport transport, Function<McpTransportContext, CallContext> caller) {
        List<McpStatelessServerFeatures.AsyncToolSpecification> specifications =
                McpTools.statelessAsync(tools, caller, queue);
        McpServer.StatelessAsyncSpecification server = McpServer.async(transport)
                .serverInfo(info)
                .instructions(instructions())
                .capabilities(CAPABILITIES)
                .validateToolInputs(false)
                .jsonSchemaValidator(UNCHECKED)
                .tools(isSandbox ? Sandboxed.markedStateless(specifications) : specifications)
                .addToolFilter(McpAsyncListFilter.fromSync(McpTools.filter(tools, caller), true));
        McpTools.addResources(server, tools, caller, queue);
        return server.build();
    }

    /** @param forms as for {@link #server} */
    private McpRequestManager modern(Function<McpTransportContext, CallContext> caller, boolean forms) {
        McpRequestManager server = McpTools.modern(tools, caller)
                .queue(queue)
                .approvals(approvals(forms))
                .server(StrictJson.MAPPER)
                .serverInfo(io.modelcontextprotocol.modern.McpSchema.Implementation.builder(info.name(), info.version())
                        .title(info.title())
                        .build())
                .instructions(instructions())
                .build();
        return isSandbox ? Sandboxed.marked(server) : server;
    }

    private String instructions() {
        return isSandbox ? Sandboxed.INSTRUCTIONS + tools.instructions() : tools.instructions();
    }

    private McpApprovals approvals(boolean forms) {
        McpApprovals elicitation = McpApprovals.elicitation(tools);
        return forms ? elicitation : elicitation.withoutForms();
    }

    /**
     * Creates the MCP server on a transport.
     *
     * @param cards whether the server is for clients that show approval cards
     * @param forms whether a client may ask its user with a form: not if approvers sign in, since a caller can play a
     *     client
     */
    private McpAsyncServer server(
            AsyncSpecification<?> specification,
            Function<McpTransportContext, CallContext> caller,
            boolean cards,
            boolean forms) {
        CompletableFuture<McpAsyncServer> made = new CompletableFuture<>();
        McpApprovals approvals = approvals(forms)
                .completion((session, ended) ->
                        Mono.fromFuture(made).flatMap(server -> server.sendElicitationComplete(session, ended)));
        List<AsyncToolSpecification> specifications = cards
                ? McpTools.asyncCards(tools, caller, queue, approvals)
                : McpTools.asyncAsking(tools, caller, queue, approvals);
        specification
                .serverInfo(info)
                .instructions(instructions())
                .capabilities(CAPABILITIES)
                .validateToolInputs(false)
                .jsonSchemaValidator(UNCHECKED)
                // The SDK waits only for answers of people.
                .requestTimeout(tools.approvalsLast().plus(PATIENCE_AT_SHUTDOWN))
                .tools(isSandbox ? Sandboxed.marked(specifications) : specifications)
                .resources(cards ? List.of(McpTools.cardsAsync()) : List.of())
                .addToolFilter(McpAsyncListFilter.fromSync(McpTools.filter(tools, caller), true));
        McpTools.addResources(specification, tools, caller, queue);
        McpAsyncServer server = specification.build();
        made.complete(server);
        return server;
    }
}
