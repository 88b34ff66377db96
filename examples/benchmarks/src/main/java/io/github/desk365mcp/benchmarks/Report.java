package io.github.desk365mcp.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Tables in Markdown, and the parts of {@code docs/performance.md} that are generated. */
final class Report {

    private Report() {}

    /** {@return the rows as a table, of which the first is the head} */
    static String table(List<List<String>> rows) {
        String head = line(rows.get(0)) + "|---".repeat(rows.get(0).size()) + "|\n";
        return head + rows.stream().skip(1).map(Report::line).collect(Collectors.joining());
    }

    private static String line(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }

    /** {@return a number with three digits that count} */
    static String number(double value) {
        String format = value >= 100 ? "%,.0f" : value >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, format, value);
    }

    /** {@return how busy the machine is now} */
    static String load() {
        return number(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    /** {@return where and on what the figures were measured} */
    static String conditions(Path root, String load) throws IOException, InterruptedException {
        String commit = git(root, "rev-parse", "--short=10", "HEAD");
        boolean changed =
                !git(root, "status", "--porcelain", "--untracked-files=no").isEmpty();
        return "Measured on " + LocalDate.now(ZoneOffset.UTC) + " at commit " + commit
                + (changed ? " with changes" : "")
                + ", " + processor() + " with " + Runtime.getRuntime().availableProcessors()
                + " processors, " + System.getProperty("os.name") + ", this program on JDK "
                + Runtime.version() + ". Load of the machine before the start: " + load + ".\n";
    }

    private static String processor() throws IOException {
        Path file = Path.of("/proc/cpuinfo");
        if (!Files.exists(file)) {
            return System.getProperty("os.arch");
        }
        return Files.readAllLines(file, UTF_8).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse(System.getProperty("os.arch"));
    }

    private static String git(Path root, String... arguments) throws IOException, InterruptedException {
        List<String> command = new java.util.ArrayList<>(List.of("git", "-C", root.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
        return process.waitFor() == 0 ? printed : "unknown";
    }

    /** Replaces a part of {@code docs/performance.md}, which stands between two comments. */
    static void write(Path root, String part, String text) throws IOException {
        Path page = root.resolve("docs/performance.md");
        String old = Files.readString(page);
        String begin = "<!-- generated: " + part + " -->\n";
        String end = "<!-- end of " + part + " -->\n";
        int from = old.indexOf(begin);
        int to = old.indexOf(end);
        if (from < 0 || to < from) {
            throw new IOException(page + " has no place for " + part);
        }
        Files.writeString(page, old.substring(0, from + begin.length()) + "\n" + text + "\n" + old.substring(to));
    }
}
