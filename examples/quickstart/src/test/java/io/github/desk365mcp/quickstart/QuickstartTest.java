package io.github.desk365mcp.quickstart;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class QuickstartTest {

    private static final List<String> logged = new CopyOnWriteArrayList<>();
    private static List<String> lines = List.of();

    @BeforeAll
    static void run() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Handler listener = new Handler() {

            @Override
            public void publish(LogRecord line) {
                logged.add(line.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger.getLogger("").addHandler(listener);

        try {
            Quickstart.run(new PrintStream(out, true, UTF_8));
        } finally {
            Logger.getLogger("").removeHandler(listener);
        }
        lines = out.toString(UTF_8).lines().toList();
    }

    @Test
    void both_jobs_are_printed_in_short_lines() {
        assertThat(logged).as("nothing is logged among the lines").isEmpty();
        assertThat(lines).allMatch(line -> line.codePointCount(0, line.length()) <= 100);
        assertThat(lines.stream().filter(line -> line.matches(" ?\\d+  \\w+")).map(line -> line.substring(4)))
                .containsExactly(
                        "list_all_desk_365_tickets",
                        "get_single_desk_365_ticket_by_id",
                        "get_single_desk_365_contact_by_id",
                        "list_all_desk_365_ticket_conversations",
                        "create_a_desk_365_ticket_reply",
                        "create_a_desk_365_ticket_reply",
                        "list_all_desk_365_tickets",
                        "list_all_desk_365_ticket_conversations",
                        "list_all_desk_365_kb_articles",
                        "get_single_desk_365_kb_article_by_id",
                        "get_single_desk_365_kb_category_by_id",
                        "create_a_desk_365_kb_article");
        assertThat(lines)
                .anyMatch(line -> line.matches("      needs_approval until .*; nothing was sent yet"))
                .contains("      mailed to nora.vance@northwind.example, seen by: customer");
        assertThat(lines.get(lines.size() - 1))
                .isEqualTo("Done in 13 API calls. A Plus plan has 50 a minute, so 37 are left.");
    }

    /** The picture in the README. Only the token and the time differ in each run. */
    @Test
    void the_picture_shows_the_output() throws IOException {
        int first = lines.indexOf(" 3  get_single_desk_365_contact_by_id");
        int last = lines.indexOf("      mailed to nora.vance@northwind.example, seen by: customer");
        String picture = OutputPicture.of(
                "Output of the quickstart: a reply to a customer is previewed, approved and sent",
                lines.subList(first, last + 1).stream()
                        .map(line -> line.replaceAll("(approval_token: ).*", "$1xYRdFrdtkEUcauJ91QAYFg")
                                .replaceAll("until \\S+Z", "until 2026-11-29T10:41:07Z"))
                        .toList());
        Path file = Path.of("../../docs/images/quickstart.svg");
        if (System.getProperty("accept") != null) {
            Files.writeString(file, picture);
        }

        assertThat(Files.readString(file))
                .as("the picture is not of this output; write it again with -Daccept")
                .isEqualTo(picture);
    }
}
