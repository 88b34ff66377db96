package io.github.desk365mcp.tools;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** docs/reliability.md: each test writes its own section, with {@code -Daccept}, and with the run that made the figures. */
public final class ReliabilityPage {

    static final Path FILE = file();

    private static final List<String> TITLES =
            List.of("Faults", "Calls during random faults", "Many callers at once", "Many sessions over HTTP");

    /** What differs in each run. */
    private static final Pattern RUN = Pattern.compile("(?m)^\\| (commit|machine) \\| .*\\|$");

    private ReliabilityPage() {}

    private static Path file() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("docs/reliability.md"))) {
            folder = Objects.requireNonNull(folder.getParent());
        }
        return folder.resolve("docs/reliability.md");
    }

    /** Returns the rows of a table with the commit and the machine of this run. */
    public static String run() {
        // The other tests of the same run have changed the page.
        boolean isChanged = !git("status", "--porcelain", "--untracked-files=no", "--", ":/", ":!/docs/reliability.md")
                .isEmpty();
        return "| commit | " + git("describe", "--always") + (isChanged ? " with changes" : "") + " |\n| machine | "
                + Runtime.getRuntime().availableProcessors() + " processors, " + System.getProperty("os.name") + " "
                + System.getProperty("os.arch") + ", Java " + Runtime.version() + " |\n";
    }

    private static String git(String... arguments) {
        List<String> command = new ArrayList<>(List.of(arguments));
        command.add(0, "git");
        try {
            return new String(
                            new ProcessBuilder(command).start().getInputStream().readAllBytes(), UTF_8)
                    .strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the text with the commit and the machine that the page has in this section. */
    static String withRunOf(String section, String text) {
        Matcher known = RUN.matcher(section);
        return RUN.matcher(text).replaceAll(row -> known.find() ? Matcher.quoteReplacement(known.group()) : "");
    }

    /** Returns what the page has before the first section, or from its title to the next one; empty if nothing. */
    static String section(String title) throws IOException {
        return part(Files.readString(FILE), title);
    }

    private static String part(String page, String title) {
        int from = title.isEmpty() ? 0 : page.indexOf("\n## " + title + "\n");
        int until = page.indexOf("\n## ", from + 1);
        return from < 0 ? "" : page.substring(from, until < 0 ? page.length() : until);
    }

    /** Writes a section. The others stay as they are, also if another process writes one now. */
    public static void write(String title, String text) throws IOException {
        String section = title.isEmpty() ? text : "\n## " + title + "\n\n" + text;
        Path guard = Path.of(System.getProperty("java.io.tmpdir"), "desk365-reliability.lock");
        try (FileChannel lock = FileChannel.open(guard, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            lock.lock();
            String page = Files.readString(FILE);
            Files.writeString(
                    FILE,
                    (title.isEmpty() ? section : part(page, ""))
                            + TITLES.stream()
                                    .map(other -> other.equals(title) ? section : part(page, other))
                                    .collect(Collectors.joining()));
        }
    }
}
