package io.github.desk365mcp.evaluation;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs the tasks from the command line. */
@Command(
        name = "desk365-evaluation",
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = {
            "Gives a model tasks for a helpdesk, with the tools of an MCP server, and checks what it did and said.",
            "The helpdesk is a sandbox on this computer. Each task begins with the same data.",
            "The key of the model's API is read from the variable MODEL_API_KEY."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {" 0:all tasks were right", " 1:some were not", " 2:the arguments are wrong"})
@SuppressWarnings({"NullAway.Init", "SystemOut"}) // Picocli sets the fields, and prints to the console.
public final class Main implements Callable<Integer> {

    private enum Api {
        openai,
        anthropic
    }

    private static final Logger MCP_CLIENT = Logger.getLogger("io.modelcontextprotocol");

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "A running server. Its helpdesk must be the sandbox: see --port.")
    private @Nullable URI url;

    @Parameters(
            paramLabel = "COMMAND",
            arity = "0..*",
            description = {
                "After --, the command of a server on standard input. It is started for each task, with the sandbox in"
                        + " DESK365_BASE_URL and DESK365_API_KEY."
            })
    private @Nullable List<String> command;

    @Option(names = "--api", required = true, description = "The kind of the model's API: ${COMPLETION-CANDIDATES}.")
    private Api api;

    @Option(
            names = "--api-url",
            paramLabel = "URL",
            description = "The address of the model's API. By default, that of the company of that name.")
    private @Nullable URI apiUrl;

    @Option(names = "--model", required = true, description = "The model, by the API's name for it.")
    private String model;

    @Option(
            names = "--tasks",
            paramLabel = "FILE",
            description = "A file of tasks. By default, the twelve that come along.")
    private @Nullable Path tasks;

    @Option(names = "--only", paramLabel = "NAME", split = ",", description = "Only the tasks with these names.")
    private @Nullable List<String> only;

    @Option(
            names = "--port",
            defaultValue = "0",
            description = "The port of the sandbox. By default, any free one; a running server needs a fixed one.")
    private int port;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help, and exit.")
    @SuppressWarnings("UnusedVariable") // Picocli reads it.
    private boolean help;

    @Option(names = "--json", paramLabel = "FILE", description = "Also writes the results to this file.")
    private @Nullable Path json;

    /** Runs the tasks, and exits. */
    public static void main(String... arguments) {
        // The report is what counts, not each start of a server.
        MCP_CLIENT.setLevel(Level.WARNING);
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main());
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if ((url == null) == (command == null)) {
            System.err.println("Name one server: --url, or a command after --.");
            return CommandLine.ExitCode.USAGE;
        }
        List<Task> chosen = new ArrayList<>(tasks == null ? included() : Task.read(tasks));
        if (only != null) {
            chosen.removeIf(task -> !only.contains(task.name()));
        }
        if (chosen.isEmpty()) {
            System.err.println("No task has such a name.");
            return CommandLine.ExitCode.USAGE;
        }
        String key = Objects.requireNonNullElse(System.getenv("MODEL_API_KEY"), "");
        Model spoken = switch (api) {
            case openai -> new OpenAi(apiUrl("https://api.openai.com"), key, model);
            case anthropic -> new Anthropic(apiUrl("https://api.anthropic.com"), key, model);
        };
        List<Result> results = new ArrayList<>();
        try (Helpdesk helpdesk = new Helpdesk(port)) {
            Evaluation evaluation = new Evaluation(helpdesk, endpoints(helpdesk), spoken);
            for (Task task : chosen) {
                results.add(evaluation.run(task));
            }
        }
        System.out.print(Report.of(results));
        if (json != null) {
            Files.writeString(
                    json,
                    ModelApi.JSON.writeValueAsString(
                            results.stream().map(Result::toMap).toList()));
        }
        return results.stream().allMatch(Result::isRight) ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private URI apiUrl(String standard) {
        return apiUrl == null ? URI.create(standard) : apiUrl;
    }

    private Supplier<Endpoint> endpoints(Helpdesk helpdesk) {
        URI running = url;
        return running == null
                ? () -> Endpoint.start(Objects.requireNonNull(command), helpdesk.environment())
                : () -> Endpoint.connect(running);
    }

    static List<Task> included() throws IOException {
        try (InputStream in = Objects.requireNonNull(Main.class.getResourceAsStream("/tasks.yaml"))) {
            return Task.read(new String(in.readAllBytes(), StandardCharsets.UTF_8), "tasks.yaml");
        }
    }
}
