package io.github.desk365mcp.evaluation;

import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/** Writes results as a table of text. */
final class Report {

    private static final String ROW = "%-28s %-6s %6s %7s %12s %13s %13s %7s%n";

    private Report() {}

    static String of(List<Result> results) {
        StringBuilder table = new StringBuilder(
                row("task", "right", "calls", "errors", "tokens read", "tokens written", "answers, KB", "untrue"));
        for (Result result : results) {
            table.append(row(
                    result.task,
                    result.isRight() ? "yes" : "NO",
                    result.calls,
                    result.errors,
                    result.read,
                    result.written,
                    kilobytes(result.answers),
                    result.untrue.size()));
            result.problems.forEach(
                    problem -> table.append("    ").append(problem).append('\n'));
            result.untrue.forEach(
                    claim -> table.append("    untrue: ").append(claim).append('\n'));
        }
        return table.append(row(
                        "all " + results.size(),
                        results.stream().filter(Result::isRight).count(),
                        sum(results, result -> result.calls),
                        sum(results, result -> result.errors),
                        sum(results, result -> result.read),
                        sum(results, result -> result.written),
                        kilobytes(sum(results, result -> result.answers)),
                        sum(results, result -> result.untrue.size())))
                .toString();
    }

    private static String row(Object... cells) {
        return String.format(Locale.ROOT, ROW, cells);
    }

    private static String kilobytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f", bytes / 1000.0);
    }

    private static long sum(List<Result> results, ToLongFunction<Result> of) {
        return results.stream().mapToLong(of).sum();
    }
}
