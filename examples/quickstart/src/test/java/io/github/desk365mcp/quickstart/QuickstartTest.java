package io.github.desk365mcp.quickstart;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class QuickstartTest {

    @Test
    void both_jobs_are_printed_in_short_lines() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<String> logged = new CopyOnWriteArrayList<>();
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

        assertThat(logged).as("nothing is logged among the lines").isEmpty();
        List<String> lines = out.toString(UTF_8).lines().toList();
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
}
