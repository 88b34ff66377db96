package io.github.desk365mcp.server;

import io.github.desk365mcp.tools.AuditListener;
import io.github.desk365mcp.tools.BoundTools;
import io.github.desk365mcp.tools.CallContext;
import io.github.desk365mcp.tools.Desk365Tools;
import io.github.desk365mcp.tools.Naming;
import io.github.desk365mcp.tools.Policy;
import io.github.desk365mcp.tools.Profile;
import io.github.desk365mcp.tools.Selection;
import io.github.desk365mcp.tools.mcp.McpTools;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServer.SyncSpecification;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.transport.StdioServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The command line: one server on standard input and output, or on HTTP. */
@Command(
        name = "desk365-mcp-server",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        customSynopsis = "java -jar desk365-mcp-server.jar [OPTIONS]",
        sortOptions = false,
        description = "Gives an MCP client the Desk365 helpdesk as tools, over standard input and output.",
        footerHeading = "%nEnvironment:%n",
        footer = {
            "  DESK365_SUBDOMAIN  acme, for the helpdesk at acme.desk365.io",
            "  DESK365_BASE_URL   or its whole address, such as https://acme.desk365.io/apis",
            "  DESK365_API_KEY    from Settings > Integrations > API",
            "  DESK365_PLAN       standard, plus or premium: calls beyond the plan are refused before they leave",
            "  DESK365_MCP_TOKEN  the caller's token, where --config checks callers and there is no HTTP",
            "With none of them, the tools work on a sandbox that forgets everything when it ends."
        })
public final class Main implements Callable<Integer> {

    private static final String INSTRUCTIONS =
            "Desk365 is a helpdesk: tickets and their conversations, contacts, companies, and a knowledge base. Records"
                    + " are known by ticket number, e-mail address or exact name, never by an internal id: take these"
                    + " from earlier answers. Replies and public notes reach the customer at once, and messages whose"
                    + " visibility is internal must never be told to a customer. Where an answer says needs_approval,"
                    + " nothing was done yet: show its preview to the person you work for. Calls are few (50 a minute, or 100"
                    + " an hour on the Standard plan), so filter rather than read everything.";

    /** How long answers may still come after the client has closed its side. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Map<String, String> environment;
    private final InputStream input;
    private final PrintStream output;
    private final PrintStream error;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--http",
            paramLabel = "PORT",
            description = "Speak streamable HTTP at http://127.0.0.1:PORT/mcp instead; 0 takes any free port.")
    private @Nullable Integer port;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Read from a JSON file what is allowed, until when, and to whom; it goes without"
                    + " --methods, --tags, --tools, --exclude and --read-only.")
    private @Nullable Path config;

    @Option(names = "--audit", description = "Write a line to standard error for every call, without texts.")
    private boolean audit;

    @Option(
            names = "--methods",
            paramLabel = "NAME,..",
            hideParamSyntax = true,
            split = ",",
            description = "Only tools that do this: read, write, list, get, create, update, delete, custom.")
    private String[] methods = {};

    @Option(
            names = "--tags",
            paramLabel = "NAME,..",
            hideParamSyntax = true,
            split = ",",
            description = "Only tools with one of these, such as tickets,contacts.")
    private String[] tags = {};

    @Option(
            names = "--tools",
            paramLabel = "NAME,..",
            hideParamSyntax = true,
            split = ",",
            description = "These tools by name, beside what methods and tags select.")
    private String[] tools = {};

    @Option(
            names = "--exclude",
            paramLabel = "NAME,..",
            hideParamSyntax = true,
            split = ",",
            description = "None of these tools, by name or tag.")
    private String[] excluded = {};

    @Option(names = "--read-only", description = "No tool that changes anything, whatever else is said.")
    private boolean readOnly;

    @Option(
            names = "--approval",
            paramLabel = "WHAT=HOW,..",
            hideParamSyntax = true,
            split = ",",
            description =
                    "What must happen before a call acts: allow, stage (a preview first), confirm (a person agrees)"
                            + " or deny, for read, create, update, delete, mail (e-mails a customer) or the name of a tool."
                            + " Default: mail=stage,delete=stage.")
    private Map<String, String> approval = Map.of();

    @Mixin
    private final AttachOptions attach = new AttachOptions();

    @Option(
            names = "--names",
            paramLabel = "NAMING",
            description = "full (get_single_desk_365_ticket_by_id) or short (get_ticket). Default: full.")
    private Naming names = Naming.FULL;

    @Option(names = "--list", description = "Print the definitions of the tools as JSON, and exit.")
    private boolean list;

    @Option(
            names = "--profile",
            paramLabel = "PROFILE",
            description = "For --list: mcp, openai-strict, openai, anthropic, gemini. Default: mcp.")
    private @Nullable Profile profile;

    private Main(Map<String, String> environment, InputStream input, PrintStream output, PrintStream error) {
        this.environment = environment;
        this.input = input;
        this.output = output;
        this.error = error;
    }

    /** Runs until the client closes standard input or, with {@code --http}, until the process is ended. */
    @SuppressWarnings("SystemOut")
    public static void main(String... arguments) {
        PrintStream protocol = System.out;
        // Whatever a library prints must not get between the messages.
        System.setOut(System.err);
        System.exit(run(System.getenv(), System.in, protocol, System.err, arguments));
    }

    /** Does all that {@link #main} does, and answers the exit code. */
    static int run(
            Map<String, String> environment,
            InputStream input,
            PrintStream output,
            PrintStream error,
            String... arguments) {
        return new CommandLine(new Main(environment, input, output, error))
                .registerConverter(Naming.class, words(Naming.class))
                .registerConverter(Profile.class, words(Profile.class))
                .setOut(new PrintWriter(output, true, StandardCharsets.UTF_8))
                .setParameterExceptionHandler((wrong, given) -> {
                    error.println(wrong.getMessage());
                    return ExitCode.USAGE;
                })
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    if (failure instanceof IOException) {
                        error.println(failure.getMessage());
                    } else {
                        failure.printStackTrace(error);
                    }
                    return ExitCode.SOFTWARE;
                })
                .execute(arguments);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        check(profile == null || list, "--profile goes with --list.");
        check(port == null || port >= 0 && port <= 65_535, "--http takes a port between 0 and 65535.");
        Desk365Tools chosen = orExplain(() -> Desk365Tools.with(policy()).named(names));
        if (list) {
            // Not through the stream's own encoding, which is the platform's.
            output.write(
                    (chosen.toJson(profile == null ? Profile.MCP : profile) + "\n").getBytes(StandardCharsets.UTF_8));
            output.flush();
            return ExitCode.OK;
        }
        try (Helpdesk helpdesk = orExplain(() -> Helpdesk.of(environment))) {
            if (helpdesk.sandbox() != null) {
                error.println("No account is set: this is the sandbox at "
                        + helpdesk.sandbox().baseUrl()
                        + ", which forgets everything when it ends. For your helpdesk set "
                        + Helpdesk.SUBDOMAIN + " and " + Helpdesk.API_KEY + ".");
            }
            BoundTools bound = chosen.bind(helpdesk.client());
            if (port == null) {
                serveStdio(bound);
            } else {
                serveHttp(bound, port);
            }
        }
        return ExitCode.OK;
    }

    private Policy policy() {
        Policy policy = config == null ? Policy.of(selection()) : Policy.fromJson(read(config));
        check(
                config == null || selection().equals(Selection.everything()),
                "--config goes without --methods, --tags, --tools, --exclude and --read-only.");
        policy = attach.on(policy.approvals(policy.approvals().with(approval)));
        return audit ? policy.audit(AuditListener.logger("desk365.audit")) : policy;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalArgumentException("The file " + file + " cannot be read", e);
        }
    }

    private Selection selection() {
        Selection selection =
                Selection.everything().methods(methods).tags(tags).tools(tools).exclude(excluded);
        return readOnly ? selection.withReadOnly() : selection;
    }

    private void serveStdio(BoundTools bound) throws InterruptedException {
        String token = environment.get("DESK365_MCP_TOKEN");
        CallContext caller =
                token == null ? CallContext.none() : CallContext.none().credential(token);
        check(bound.admits(caller), "The configuration asks for a token: set DESK365_MCP_TOKEN to one that it knows.");
        McpJsonMapper json = McpJsonDefaults.getMapper();
        StdioLines lines = new StdioLines(input, output, json, PATIENCE);
        // No limit: past it the transport would stop reading, and the process that it serves is trusted.
        McpSyncServer server = server(
                McpServer.sync(
                        new StdioServerTransportProvider(json, lines.input(), lines.output(), Integer.MAX_VALUE)),
                bound,
                transport -> caller);
        lines.awaitEnd();
        server.closeGracefully();
    }

    private void serveHttp(BoundTools bound, int port) throws IOException, InterruptedException {
        McpJsonMapper json = McpJsonDefaults.getMapper();
        try (HttpServer http = HttpServer.start(
                port, json, bound::admits, transport -> server(McpServer.sync(transport), bound, HttpServer::caller))) {
            error.println("Listening at " + http.address());
            http.awaitClose();
        }
    }

    private static McpSyncServer server(
            SyncSpecification<?> specification, BoundTools bound, Function<McpTransportContext, CallContext> caller) {
        return specification
                .serverInfo("desk365", version())
                .instructions(INSTRUCTIONS)
                .capabilities(ServerCapabilities.builder().tools(false).build())
                .validateToolInputs(false)
                .tools(McpTools.sync(bound, caller))
                .addToolFilter(McpTools.filter(bound, caller))
                .build();
    }

    private void check(boolean holds, String sentence) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), sentence);
        }
    }

    private <T> T orExplain(Supplier<T> maker) {
        try {
            return maker.get();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    /** Reads the constants of an enum as words: {@code OPENAI_STRICT} is {@code openai-strict}. */
    private static <E extends Enum<E>> ITypeConverter<E> words(Class<E> type) {
        Map<String, E> words = new LinkedHashMap<>();
        for (E constant : type.getEnumConstants()) {
            words.put(constant.name().toLowerCase(Locale.ROOT).replace('_', '-'), constant);
        }
        return word -> {
            E constant = words.get(word.toLowerCase(Locale.ROOT));
            if (constant == null) {
                throw new TypeConversionException(word + " is none of " + String.join(", ", words.keySet()));
            }
            return constant;
        };
    }

    /** The version in the jar's manifest. */
    private static String version() {
        String version = Main.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            return new String[] {"desk365-mcp-server " + version()};
        }
    }
}
