package io.github.desk365mcp.server;

import io.github.desk365mcp.tools.host.Policy;
import java.io.PrintStream;
import picocli.CommandLine.Option;

/** The options for lines on standard error. */
final class LogOptions {

    enum Format {
        TEXT,
        JSON
    }

    @Option(
            names = "--log-format",
            paramLabel = "FORMAT",
            description = "The form of the lines on standard error: text or json. Default: text.")
    private Format format = Format.TEXT;

    /** {@return a stream whose lines have the chosen form} From now on, the lines of all loggers have it too. */
    PrintStream on(PrintStream error) {
        Logs.use(format);
        return format == Format.JSON ? Logs.jsonLines(error) : error;
    }

    /** {@return the policy; its audit has the chosen form} */
    Policy on(Policy policy, PrintStream error) {
        return format == Format.JSON && policy.audit() != null ? policy.audit(Logs.jsonAudit(error)) : policy;
    }
}
