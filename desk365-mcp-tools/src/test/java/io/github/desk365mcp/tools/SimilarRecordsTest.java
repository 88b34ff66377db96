package io.github.desk365mcp.tools;

import static io.github.desk365mcp.tools.ToolExamples.with;
import static io.github.desk365mcp.tools.ToolNames.CREATE_ARTICLE;
import static io.github.desk365mcp.tools.ToolNames.CREATE_NOTE;
import static io.github.desk365mcp.tools.ToolNames.CREATE_REPLY;
import static io.github.desk365mcp.tools.ToolNames.CREATE_TICKET;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.sandbox.Fault;
import io.github.desk365mcp.sandbox.ManualClock;
import io.github.desk365mcp.tools.internal.catalogue.Catalogue;
import io.github.desk365mcp.tools.internal.core.BodyType;
import io.github.desk365mcp.tools.internal.core.Param;
import io.github.desk365mcp.tools.internal.core.Tool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A record that another agent created at the same time is not taken for a lost call's because it looks alike. */
class SimilarRecordsTest {

    private static final ManualClock CLOCK = new ManualClock();

    @RegisterExtension
    static final TestSandbox sandbox = TestSandbox.start(options -> options.clock(CLOCK));

    private static BoundTools tools() {
        return sandbox.bound(Unguarded.noticesRepeats(CLOCK));
    }

    /** The result of a repeated call if the first one never arrived and somebody else made another one. */
    private static ToolResult afterAnother(String name, Map<String, Object> sent, Map<String, Object> other) {
        BoundTools tools = tools();
        sandbox.next(Fault.dropBefore());
        assertThat(tools.call(name, sent).errorCode()).isEqualTo("unknown_outcome");
        ToolResult made = tools().call(name, other);
        assertThat(made.isError()).as(made.text()).isFalse();
        CLOCK.advance(Duration.ofSeconds(10));
        return tools.call(name, sent);
    }

    private static void assertNotFound(ToolResult result) {
        assertThat(result.structuredContent() == null ? Map.of() : result.structuredContent())
                .as(result.text())
                .doesNotContainKey("found");
    }

    private static Map<String, Object> arguments(Tool tool) {
        Map<String, Object> smallest = ToolExamples.smallest(tool);
        return tool.name().equals(CREATE_ARTICLE) ? with(smallest, "status", "published") : smallest;
    }

    /** Texts that read alike without their blanks, and bodies that differ only in an address. */
    static Stream<Arguments> alike() {
        List<Arguments> alike = new ArrayList<>();
        for (Tool tool : Catalogue.tools()) {
            for (Param<?> param : tool.params()) {
                boolean isBody = param.type() instanceof BodyType;
                if (tool.verb() != Tool.Verb.CREATES
                        || !isBody && !param.name().matches("subject|note|additional_info|.*description")) {
                    continue;
                }
                String name = tool.name();
                alike.add(Arguments.of(name, param.name(), "Pay 1 000 to him", "Pay 10 00 to him"));
                alike.add(Arguments.of(name, param.name(), "Ask therapist", "Ask the rapist"));
                if (isBody) {
                    alike.add(Arguments.of(
                            name,
                            param.name(),
                            "<p>Use <a href=\"https://good.example/pay\">this form</a> to pay.</p>",
                            "<p>Use <a href=\"https://evil.example/pay\">this form</a> to pay.</p>"));
                    alike.add(Arguments.of(
                            name,
                            param.name(),
                            "<p>Use <a href=\"https://good.example/pay\">this form</a> to pay.</p>",
                            "<p>Use this form to pay.</p>"));
                    alike.add(Arguments.of(
                            name,
                            param.name(),
                            "<a href=\"https://a.example/1\">Yes</a> or <a href=\"https://a.example/2\">no</a>",
                            "<a href=\"https://a.example/2\">Yes</a> or <a href=\"https://a.example/1\">no</a>"));
                    alike.add(Arguments.of(
                            name,
                            param.name(),
                            "<p>Scan this: <img src=\"https://a.example/1.png\"></p>",
                            "<p>Scan this: <img src=\"https://a.example/2.png\"></p>"));
                }
            }
        }
        return alike.stream();
    }

    @ParameterizedTest
    @MethodSource("alike")
    void one_that_only_looks_alike_is_not_taken_for_it(String name, String argument, String sent, String other) {
        Map<String, Object> arguments = arguments(Catalogue.get(name));

        assertNotFound(afterAnother(name, with(arguments, argument, sent), with(arguments, argument, other)));
    }

    @ParameterizedTest
    @ValueSource(strings = {CREATE_REPLY, CREATE_NOTE})
    void an_image_alone_is_not_taken_for_another(String name) {
        ToolResult second = afterAnother(
                name,
                Map.of("ticket_number", 4052, "body", "<img src=\"https://a.example/1.png\">"),
                Map.of("ticket_number", 4052, "body", "<img src=\"https://b.example/2.png\">"));

        assertNotFound(second);
        assertThat(second.text()).contains("differs in body");
    }

    @ParameterizedTest
    @CsvSource({"Oslo 1 North, Os lo1 North", "<a href='https://a.example'>x</a>, <a href='https://b.example'>x</a>"})
    void a_custom_field_that_only_looks_alike_is_another(String sent, String other) {
        Map<String, Object> ticket = ToolExamples.smallest(Catalogue.get(CREATE_TICKET));

        assertNotFound(afterAnother(
                CREATE_TICKET,
                with(ticket, "custom_fields", Map.of("cf_Site Name", sent)),
                with(ticket, "custom_fields", Map.of("cf_Site Name", other))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<div>See&nbsp; <a class=\"k\" href=\"https://a.example/f?x=1&amp;y=2\"><b>the form</b></a><br>now.</div>",
                "<p>\n See <a href='https://a.example/f?x=1&y=2' target=_blank>the form</a>\n</p><p>now.</p>",
                "See <a HREF=https://a.example/f?x=1&amp;y=2>the\u200b form</a> now."
            })
    void markup_that_the_service_may_rewrite_makes_no_difference(String stored) {
        Map<String, Object> sent = Map.of(
                "ticket_number",
                4052,
                "body",
                "<p>See <a href=\"https://a.example/f?x=1&amp;y=2\">the form</a> now.</p>");

        assertThat(afterAnother(CREATE_REPLY, sent, with(sent, "body", stored)).structuredContent())
                .containsEntry("found", true);
    }

    @ParameterizedTest
    @CsvSource({"https://a.example/f", "nora@northwind.example"})
    void an_address_that_the_service_makes_a_link_makes_no_difference(String address) {
        String link = address.contains("@") ? "mailto:" + address : address;
        Map<String, Object> sent = Map.of("ticket_number", 4052, "body", "Write to " + address + " please");

        assertThat(afterAnother(
                                CREATE_NOTE,
                                sent,
                                with(
                                        sent,
                                        "body",
                                        "<p>Write to <a href=\"" + link + "\">" + address + "</a> please</p>"))
                        .structuredContent())
                .containsEntry("found", true);
    }
}
