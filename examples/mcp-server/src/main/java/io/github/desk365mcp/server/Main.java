package io.github.desk365mcp.server;

import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.api.Plan;
import io.github.desk365mcp.server.approval.ApprovalServlet;
import io.github.desk365mcp.server.approval.Approvers;
import io.github.desk365mcp.server.oauth.ProtectedResource;
import io.github.desk365mcp.tools.BoundTools;
import io.github.desk365mcp.tools.Desk365Tools;
import io.github.desk365mcp.tools.Naming;
import io.github.desk365mcp.tools.Profile;
import io.github.desk365mcp.tools.ToolDefinition;
import io.github.desk365mcp.tools.host.Approval;
import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.Policy;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The command line of the MCP server, which serves standard input and output or HTTP. */
@Command(
        name = "desk365-mcp-server",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        customSynopsis = "java -jar desk365-mcp-server.jar [OPTIONS]",
        sortOptions = false,
        description = "An MCP server that offers a Desk365 helpdesk as tools, over standard input and output.",
        footerHeading = "%nEnvironment:%n",
        footer = {
            "  DESK365_SUBDOMAIN  acme, for the helpdesk at acme.desk365.io",
            "  DESK365_BASE_URL   the whole address instead, such as https://acme.desk365.io/apis",
            "  DESK365_API_KEY    from Settings > Integrations > API",
            "  DESK365_PLAN       standard, plus or premium: calls that exceed the plan are not sent",
            "  DESK365_MCP_TOKEN  the caller's token, if callers are checked and --http is not used",
            "  HTTPS_PROXY        a proxy to the helpdesk: http://user:password@proxy.example:3128",
            "  NO_PROXY           host names to reach without the proxy, separated by commas",
            "If no address and no key are set, the tools use a sandbox that forgets everything at the end; with --http",
            "or --doctor, only if --sandbox is given."
        })
public final class Main implements Callable<Integer> {

    static final String OUT_OF_MEMORY =
            "The server has run out of memory and ends. Give it more memory, for example with -Xmx512m.";

    /** The system property that the start script sets while it stores the classes that later starts load. */
    private static final String STORING = "desk365.storing";

    private final Map<String, String> environment;
    private final InputStream input;
    private final PrintStream output;
    private PrintStream error;

    @Mixin
    private final HttpOptions http = new HttpOptions();

    @Mixin
    private final OAuthOptions oauth = new OAuthOptions();

    @Mixin
    private final LogOptions log = new LogOptions();

    @Mixin
    private final CallOptions calls = new CallOptions();

    @Mixin
    private final PolicyOptions allowed = new PolicyOptions();

    @Mixin
    private final StateOptions state = new StateOptions();

    @Mixin
    private final AdminOptions admin = new AdminOptions();

    @Option(
            names = "--no-approval-page",
            description = "Over standard input and output, do not open a page in the browser of this computer when a"
                    + " call needs confirmation and the client cannot ask. Such calls are refused then.")
    private boolean noApprovalPage;

    @Option(
            names = "--names",
            paramLabel = "NAMING",
            description = "full (get_single_desk_365_ticket_by_id) or short (get_ticket). Default: full.")
    private Naming names = Naming.FULL;

    @Option(
            names = "--sandbox",
            description = "Use the sandbox, with invented data that is forgotten at the end, instead of a helpdesk.")
    private boolean sandbox;

    @Option(
            names = "--doctor",
            description = "Check the account, the connection, the plan, each kind of list, and the other options; say"
                    + " what to fix, and exit.")
    private boolean doctor;

    @Option(names = "--list", description = "Print the definitions of the selected tools as JSON, and exit.")
    private boolean list;

    @Option(
            names = "--profile",
            paramLabel = "PROFILE",
            description = "The format for --list: mcp, openai-strict, openai (Responses API), openai-chat-strict,"
                    + " openai-chat (Chat Completions API), anthropic or gemini. Default: mcp.")
    private @Nullable Profile profile;

    private final Thread messages;

    private @Nullable Approvers approvers;
    private @Nullable DesktopApprovals desktop;

    private Main(
            Map<String, String> environment,
            InputStream input,
            PrintStream output,
            PrintStream error,
            Thread messages) {
        this.messages = messages;
        this.environment = environment;
        this.input = input;
        this.output = output;
        this.error = error;
    }

    /** Runs until the client closes standard input or, with {@code --http}, until the process is told to end. */
    @SuppressWarnings("SystemOut")
    public static void main(String... arguments) {
        PrintStream protocol = System.out;
        // Output of libraries must not get between the messages.
        System.setOut(System.err);
        if (System.getProperty("java.awt.headless") == null) {
            // Images are scaled, never shown: on a Mac, Java would put an icon into the Dock.
            System.setProperty("java.awt.headless", "true");
        }
        Thread.setDefaultUncaughtExceptionHandler(Main::endOrReport);
        Logs.install(System.err);
        EndSignal.install();
        System.exit(run(System.getenv(), System.in, protocol, System.err, arguments));
    }

    /** Ends the process if memory has run out: without the thread that failed, it may never answer again. */
    private static void endOrReport(Thread thread, Throwable fault) {
        if (!(fault instanceof OutOfMemoryError)) {
            fault.printStackTrace();
            return;
        }
        try {
            System.err.println(OUT_OF_MEMORY);
            System.exit(ExitCode.SOFTWARE);
        } finally {
            Runtime.getRuntime().halt(ExitCode.SOFTWARE);
        }
    }

    /** Does the work of {@link #main}, and returns the exit code. */
    static int run(
            Map<String, String> environment,
            InputStream input,
            PrintStream output,
            PrintStream error,
            String... arguments) {
        // While the options are read and the tools made.
        Thread messages = ahead(StrictJson::prepare);
        Main server = new Main(environment, input, output, error, messages);
        // To read the annotations takes about a sixth of the start.
        return arguments.length == 0 ? server.call() : commandLine(server).execute(arguments);
    }

    private static CommandLine commandLine(Main server) {
        return new CommandLine(server)
                .registerConverter(Naming.class, words(Naming.class))
                .registerConverter(Profile.class, words(Profile.class))
                .registerConverter(LogOptions.Format.class, words(LogOptions.Format.class))
                .setOut(new PrintWriter(server.output, true, StandardCharsets.UTF_8))
                .setParameterExceptionHandler((wrong, given) -> {
                    server.error.println(wrong.getMessage());
                    return ExitCode.USAGE;
                });
    }

    /** Loads the classes for https: while the script stores classes, it serves the sandbox, which uses plain http. */
    private static void loadHttps() {
        Desk365Client.builder().subdomain("none").apiKey("none-none").build().prepare();
    }

    /** Does work on a second processor that would otherwise be done at the first message. */
    private static Thread ahead(Runnable work) {
        Thread thread = new Thread(work, "desk365-ahead");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** {@return the exit code} */
    @Override
    public Integer call() {
        PrintStream plain = error;
        try {
            return serve();
        } catch (WrongUseException e) {
            plain.println(e.getMessage());
            return ExitCode.USAGE;
        } catch (IOException e) {
            plain.println(e.getMessage());
            return ExitCode.SOFTWARE;
        } catch (Exception e) {
            e.printStackTrace(plain);
            return ExitCode.SOFTWARE;
        }
    }

    private int serve() throws IOException, InterruptedException {
        error = log.on(error);
        check(profile == null || list, "--profile can be used only with --list.");
        Integer port = http.port();
        check(port == null || port >= 0 && port <= 65_535, "--http takes a port from 0 to 65535.");
        orExplain(() -> {
            http.check();
            oauth.check(http);
            calls.check();
            return true;
        });
        Policy given = log.on(orExplain(allowed::policy), error);
        Policy policy = admin.on(withPage(oauth.on(given), port));
        check(
                !http.isStateless() || !policy.hasApprovalCards(),
                "Approval cards need sessions, so they cannot be used with --stateless: leave out --approval-cards, or"
                        + " approval_cards in the file of --config.");
        Approvers admins = admins(port);
        Desk365Tools chosen = orExplain(() -> Desk365Tools.with(policy).named(names));
        if (list) {
            // As bytes, because the stream itself uses the encoding of the platform.
            output.write(
                    (chosen.toJson(profile == null ? Profile.MCP : profile) + "\n").getBytes(StandardCharsets.UTF_8));
            output.flush();
            return ExitCode.OK;
        }
        String plan = environment.getOrDefault(ConfiguredHelpdesk.PLAN, "").strip();
        check(allowed.plan() == null || plan.isEmpty(), "--plan and DESK365_PLAN are both set; keep one.");
        // Kept for later; made now, while the other thread works.
        List<ToolDefinition> unused = chosen.definitions();
        // Two threads that load the same classes first could wait for each other.
        messages.join();
        try (StateOptions opened = state;
                ConfiguredHelpdesk helpdesk =
                        orExplain(() -> ConfiguredHelpdesk.of(environment, sandbox, port == null && !doctor))) {
            Policy kept = kept(policy, opened);
            if (helpdesk.sandbox() != null) {
                error.println((sandbox ? "This" : "No account is set, so this") + " server uses the sandbox at "
                        + helpdesk.sandbox().baseUrl()
                        + ", which forgets everything when the server ends. To use your helpdesk, set "
                        + ConfiguredHelpdesk.SUBDOMAIN + " and " + ConfiguredHelpdesk.API_KEY + "."
                        + ConfiguredHelpdesk.unknown(environment));
            }
            Desk365Tools offered = kept == policy
                    ? chosen
                    : orExplain(() -> Desk365Tools.with(kept).named(names));
            Desk365Client desk = helpdesk.client().with(options -> options.timeout(calls.timeout()));
            BoundTools tools = offered.bind(desk);
            CallContext caller = admitted(tools, port);
            if (doctor) {
                Plan configured = policy.plan();
                String named = configured == null ? plan : configured.name().toLowerCase(Locale.ROOT);
                ProtectedResource resource = oauth.resource(tools.allDefinitions(), environment);
                return new Doctor(helpdesk, desk, tools, policy, named, resource, output).isWell()
                        ? ExitCode.OK
                        : ExitCode.SOFTWARE;
            }
            if (policy.hasEnded()) {
                error.println("The access has ended: expires_at in the file of --config is in the past. No tool is"
                        + " listed, and every call is refused.");
            }
            if (Boolean.getBoolean(STORING)) {
                loadHttps();
            }
            ahead(helpdesk.client()::prepare);
            McpHost host = new McpHost(tools, calls, version(), helpdesk.sandbox() != null);
            if (port == null) {
                serveStdio(host, tools, caller);
            } else {
                BearerTokens tokens = oauth.tokens(tools.allDefinitions(), given.authenticator(), environment);
                Readiness readiness = Readiness.of(kept, helpdesk.client());
                ServerAdmin servers = admins == null
                        ? null
                        : ServerAdmin.of(
                                tools,
                                AdminOptions.servers(tools, helpdesk, tokens != null || given.authenticator() != null),
                                admins,
                                http.publicUrl());
                if (servers != null && kept.state() == null) {
                    error.println("Without --state, the servers that admins create end with this process.");
                }
                host.serveHttp(
                        port, http, new HttpServer.Parts(page(tools, tokens), tokens, readiness, servers), error);
            }
        }
        return ExitCode.OK;
    }

    /** The policy with the state of {@code --state}. */
    private Policy kept(Policy policy, StateOptions opened) throws IOException {
        Policy kept;
        try {
            kept = opened.on(policy, environment);
        } catch (IllegalArgumentException e) {
            throw new WrongUseException(e.getMessage(), e);
        }
        if (StateOptions.keepsNoText(kept)) {
            error.println(
                    "Without " + StateOptions.KEY + ", --state keeps no text: approvals end with this process, and a"
                            + " repeated create gets no copy of the first result.");
        }
        return kept;
    }

    /** Lets calls that need a person wait, if there is a page where people can decide. */
    private Policy withPage(Policy policy, @Nullable Integer port) {
        Map<String, String> names = orExplain(allowed::approvers);
        check(port == null || !noApprovalPage, "--no-approval-page cannot be used with --http.");
        // A list of tools is the same for every file that has this policy.
        check(
                port != null || list || names.isEmpty(),
                "--approver-token-hash, and approvers in the file of --config, can be used only with --http. Over standard"
                        + " input and output, the approval page opens in the browser of this computer.");
        if (port == null) {
            boolean asks = policy.approvals().settings().containsValue(Approval.CONFIRM);
            if (noApprovalPage || !asks) {
                return policy;
            }
            desktop = new DesktopApprovals(
                    Browser.find(System.getProperty("os.name", ""), environment), error, policy.approvalsLast());
            return desktop.on(policy);
        }
        if (!names.isEmpty()) {
            approvers = orExplain(() -> Approvers.tokens(names));
        } else if (!oauth.hasApprovers()) {
            return policy;
        }
        check(
                http.publicUrl() != null || !orExplain(http::reachesOut),
                "People need an address for the approval page: add --public-url, such as https://desk.example.com.");
        return policy.approvalPlace(http.approvalPlace());
    }

    /** {@return who may create servers on demand; null if nobody} */
    private @Nullable Approvers admins(@Nullable Integer port) {
        if (!admin.isOn()) {
            return null;
        }
        check(port != null, "--admin-token-hash can be used only with --http.");
        check(
                http.publicUrl() != null || !orExplain(http::reachesOut),
                "Clients need an address for the servers that admins create: add --public-url, such as"
                        + " https://desk.example.com.");
        return orExplain(() -> admin.admins(allowed.callers()));
    }

    /** Checks that callers need a token if they should, and returns the caller over standard input. */
    private CallContext admitted(BoundTools tools, @Nullable Integer port) {
        if (port != null) {
            check(
                    !orExplain(http::reachesOut) || !tools.admits(CallContext.none()),
                    "This server can be reached from other computers, so callers must show a token: add"
                            + " --token-hash, or tokens in the file of --config.");
            return CallContext.none();
        }
        String token = environment.get("DESK365_MCP_TOKEN");
        CallContext caller =
                token == null ? CallContext.none() : CallContext.none().credential(token);
        check(
                tools.admits(caller),
                "Callers must show a token: set DESK365_MCP_TOKEN to a token that the policy accepts.");
        return caller;
    }

    private void serveStdio(McpHost host, BoundTools tools, CallContext caller)
            throws IOException, InterruptedException {
        if (desktop == null) {
            host.serveStdio(caller, input, output, () -> {});
        } else {
            try (DesktopApprovals page = desktop) {
                page.serve(tools.pendingCalls());
                host.serveStdio(caller, input, output, page::close);
            }
        }
    }

    private @Nullable ApprovalServlet page(BoundTools tools, @Nullable BearerTokens tokens) {
        Approvers deciding = tokens == null || !oauth.hasApprovers() ? approvers : tokens.approvers(approvers);
        String address = http.publicUrl();
        return deciding == null
                ? null
                : new ApprovalServlet(
                        tools.pendingCalls(),
                        deciding,
                        address == null ? null : URI.create(address + Gate.APPROVALS),
                        Clock.systemUTC());
    }

    private void check(boolean holds, String sentence) {
        if (!holds) {
            throw new WrongUseException(sentence, null);
        }
    }

    private <T> T orExplain(Supplier<T> maker) {
        try {
            return maker.get();
        } catch (IllegalArgumentException e) {
            throw new WrongUseException(e.getMessage(), e);
        }
    }

    /**
     * Returns a converter that reads the constants of an enum as words: {@code openai-strict} is {@code OPENAI_STRICT}.
     */
    private static <E extends Enum<E>> ITypeConverter<E> words(Class<E> type) {
        Map<String, E> words = new LinkedHashMap<>();
        for (E constant : type.getEnumConstants()) {
            words.put(constant.name().toLowerCase(Locale.ROOT).replace('_', '-'), constant);
        }
        return word -> {
            E constant = words.get(word.toLowerCase(Locale.ROOT));
            if (constant == null) {
                throw new TypeConversionException(word + " is not one of " + String.join(", ", words.keySet()));
            }
            return constant;
        };
    }

    /** {@return the version in the jar's manifest} */
    private static String version() {
        String version = Main.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    /** The options or the environment are wrong; the message is one sentence for the user. */
    private static final class WrongUseException extends RuntimeException {

        private static final long serialVersionUID = 1;

        WrongUseException(@Nullable String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            return new String[] {"desk365-mcp-server " + version()};
        }
    }
}
