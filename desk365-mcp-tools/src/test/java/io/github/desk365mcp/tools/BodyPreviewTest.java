package io.github.desk365mcp.tools;

import static io.github.desk365mcp.tools.ToolNames.CREATE_REPLY;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.tools.host.MetaKeys;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.Selection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The preview of a message shows what people will read. */
class BodyPreviewTest {

    @RegisterExtension
    static final TestSandbox sandbox = TestSandbox.start();

    private final BoundTools tools = sandbox.bound(Policy.of(Selection.everything()));

    private Map<String, Object> preview(String body) {
        return Expect.map(Expect.answer(reply(body)).get("preview"));
    }

    private ToolResult reply(String body) {
        return tools.call(CREATE_REPLY, Map.of("ticket_number", 4052, "body", body));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Tom &amp; Jerry                     | Tom & Jerry",
                "5 &lt; 6 and 7 &gt; 6               | 5 < 6 and 7 > 6",
                "Caf&eacute; &#8364; 5               | Café € 5",
                "Write &amp;amp; in HTML             | Write &amp; in HTML",
                "See https://x.example/?a=1&copy=2   | See https://x.example/?a=1&copy=2",
                "Ann <ann@x.example> & Bob           | Ann <ann@x.example> & Bob"
            })
    void entities_are_shown_as_they_are_read_and_the_conversion_is_said(String body, String read) {
        ToolResult staged = reply(body);
        Map<String, Object> approved = new LinkedHashMap<>(Map.of("ticket_number", 4052, "body", body));
        approved.put("approval_token", Expect.answer(staged).get("approval_token"));

        assertThat(Expect.map(preview(body).get("with"))).containsEntry("body", read);
        assertThat(String.valueOf(staged.meta().get(MetaKeys.REPAIRS)))
                .contains("body was converted from plain text to HTML");
        assertThat(tools.call(CREATE_REPLY, approved).isError()).isFalse();
        String sent = sandbox.writes().get(0).text();
        assertThat(Jsoup.parse(String.valueOf(io.github.desk365mcp.api.JsonDocument.parse(sent)
                                .get("body")))
                        .text())
                .isEqualTo(read);
    }

    @Test
    void lines_are_shown_as_lines() {
        assertThat(Expect.map(preview("Dear Nora,\n\nplease\nwait.").get("with")))
                .containsEntry("body", "Dear Nora,\n\nplease\nwait.");
    }

    @Test
    void html_is_shown_as_html() {
        assertThat(Expect.map(preview("<p>Dear <b>Nora</b></p>").get("with")))
                .containsEntry("body", "<p>Dear <b>Nora</b></p>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Please restart **now**",
                "__now__ please",
                "# Steps\nRestart",
                "Run `ipconfig`",
                "See [the guide](https://x.example/g)",
                "~~Monday~~ Tuesday",
                "| a | b |\n|---|---|\n| 1 | 2 |"
            })
    void markdown_is_not_converted_and_the_preview_says_so(String body) {
        assertThat(preview(body))
                .hasEntrySatisfying(
                        "markdown",
                        line -> assertThat(String.valueOf(line))
                                .startsWith("not converted; readers see ")
                                .hasSizeLessThan(80));
    }

    @ParameterizedTest
    @ValueSource(strings = {"- one\n- two", "2 * 3 * 4", "snake_case_name", "Ticket #4052", "a ** b", "<b>**</b>"})
    void ordinary_text_is_no_markdown(String body) {
        assertThat(preview(body)).doesNotContainKey("markdown");
    }

    @Test
    void the_sentence_for_a_person_has_the_line_too() {
        List<String> shown = new java.util.ArrayList<>();
        shown.add(reply("Please restart **now**").text());

        assertThat(shown.get(0)).contains("**now**");
    }
}
