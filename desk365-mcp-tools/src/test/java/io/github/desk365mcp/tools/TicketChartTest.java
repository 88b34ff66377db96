package io.github.desk365mcp.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.sandbox.ManualClock;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.ResultForm;
import io.github.desk365mcp.tools.internal.text.Text;
import java.io.StringReader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** The chart of a report: the figures of its table, as an image that any program can show safely. */
class TicketChartTest {

    private static final String REPORT = "desk_365_tickets_report";
    private static final ManualClock clock = new ManualClock(Instant.parse("2026-11-23T09:00:00Z"));

    @RegisterExtension
    static final TestSandbox sandbox = TestSandbox.start(options -> options.clock(clock));

    /** @param parts by name; empty if the report has one grouping */
    private record Bar(String name, int tickets, Map<String, Integer> parts) {}

    private static ToolResult report(UnaryOperator<Policy> changes, Map<String, Object> arguments) {
        return sandbox.bound(changes.apply(Unguarded.policy().clock(clock))).call(REPORT, arguments);
    }

    private static List<Map<String, Object>> charts(ToolResult result) {
        return result.content().stream()
                .filter(block -> "resource".equals(block.get("type")))
                .toList();
    }

    private static String svg(ToolResult result) {
        assertThat(charts(result)).as(result.text()).hasSize(1);
        return String.valueOf(Expect.map(charts(result).get(0).get("resource")).get("text"));
    }

    private static Document parsed(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }

    /** The bars as a person reads them: a name, and the number after its bar; names of parts are indented. */
    private static List<Bar> bars(String svg) throws Exception {
        List<Bar> bars = new ArrayList<>();
        NodeList names = parsed(svg).getDocumentElement().getElementsByTagName("svg");
        for (int i = 0; i < names.getLength(); i++) {
            Element name = (Element) Objects.requireNonNull(names.item(i).getFirstChild());
            Element bar = (Element) names.item(i).getNextSibling();
            int tickets = Integer.parseInt(bar.getNextSibling().getTextContent());
            if (name.getAttribute("x").equals("16")) {
                bars.add(new Bar(name.getTextContent(), tickets, new LinkedHashMap<>()));
            } else {
                bars.get(bars.size() - 1).parts().put(name.getTextContent(), tickets);
            }
        }
        return bars;
    }

    private static Stream<List<Object>> rows(ToolResult report) {
        return Expect.list(Expect.answer(report).get("rows")).stream().map(Expect::list);
    }

    private static String text(Document chart, String element) {
        return chart.getElementsByTagName(element).item(0).getTextContent();
    }

    private static Map<String, Object> ticket(int number, String... fields) {
        Map<String, Object> ticket = new LinkedHashMap<>(Map.of("ticket_number", number, "status", "Open"));
        for (int i = 0; i < fields.length; i += 2) {
            ticket.put(fields[i], fields[i + 1]);
        }
        return ticket;
    }

    /** A report on these tickets. */
    private static ToolResult report(List<Map<String, Object>> tickets, String... groupBy) {
        Desk365Client desk =
                Desk365Client.fake((operation, query, body) -> Map.of("count", tickets.size(), "tickets", tickets));
        return Desk365Tools.with(Unguarded.policy().clock(clock).charts())
                .bind(desk)
                .call(REPORT, Map.of("group_by", List.of(groupBy)));
    }

    private static List<Map<String, Object>> tickets(int many, IntFunction<Map<String, Object>> ticket) {
        return IntStream.rangeClosed(1, many).mapToObj(ticket).toList();
    }

    @Test
    void bars_are_the_rows_of_the_table() throws Exception {
        for (long seed = 1; seed <= 3; seed++) {
            Random random = new Random(seed);
            List<Map<String, Object>> some = tickets(
                    90,
                    number -> ticket(
                            number, "group", "Group " + random.nextInt(7), "category", "Kind " + random.nextInt(5)));

            ToolResult byGroup = report(some, "group");
            assertThat(bars(svg(byGroup)))
                    .as("with new Random(%d)", seed)
                    .hasSizeGreaterThan(1)
                    .isEqualTo(rows(byGroup)
                            .map(row -> new Bar((String) row.get(0), (Integer) row.get(1), Map.of()))
                            .toList());

            ToolResult byBoth = report(some, "group", "category");
            List<Bar> bars = bars(svg(byBoth));
            assertThat(bars).isSortedAccordingTo(Comparator.comparing(bar -> -bar.tickets()));
            assertThat(bars).allSatisfy(TicketChartTest::isSumOfItsParts);
            assertThat(bars.stream()
                            .flatMap(bar -> bar.parts().entrySet().stream()
                                    .map(part -> List.<Object>of(bar.name(), part.getKey(), part.getValue()))))
                    .as("with new Random(%d)", seed)
                    .containsExactlyInAnyOrderElementsOf(rows(byBoth).toList());
        }
    }

    private static void isSumOfItsParts(Bar bar) {
        assertThat(bar.parts().values().stream().mapToInt(part -> part).sum()).isEqualTo(bar.tickets());
    }

    @Test
    void many_groups_are_summed_up_as_others() throws Exception {
        List<Map<String, Object>> some = tickets(
                95, number -> ticket(number, "group", "Group " + number % 40, "category", "Kind " + number % 9));

        List<Bar> bars = bars(svg(report(some, "group")));
        assertThat(bars).hasSize(21);
        assertThat(bars.get(20).name()).isEqualTo("20 others");
        assertThat(bars.stream().mapToInt(Bar::tickets).sum()).isEqualTo(95);

        List<Bar> divided = bars(svg(report(some, "group", "category")));
        assertThat(divided).hasSize(9).allSatisfy(TicketChartTest::isSumOfItsParts);
        assertThat(divided.get(8).name()).isEqualTo("32 others");
        assertThat(divided.get(8).parts()).hasSize(6).containsKey("4 others");
        assertThat(divided.stream().mapToInt(Bar::tickets).sum()).isEqualTo(95);
    }

    @Test
    void times_stay_in_order_and_the_earliest_are_summed_up() throws Exception {
        List<Bar> bars = bars(svg(report(
                tickets(30, number -> ticket(number, "created_on", "2026-10-%02d 08:00:00".formatted(31 - number))),
                "day")));

        assertThat(bars.subList(0, 20).stream().map(Bar::name))
                .isSorted()
                .startsWith("2026-10-11")
                .endsWith("2026-10-30");
        assertThat(bars.get(20)).isEqualTo(new Bar("10 earlier", 10, Map.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "</text><script>alert(1)</script>",
                "]]>&lt;&#0;<!DOCTYPE x [<!ENTITY y SYSTEM \"file:///etc/passwd\">]>&y;",
                "\" onload=\"alert(1)\" x=\"'",
                "a\u202Eb\u0001cd\uFFFEe\nf",
                "%s %n %1$d"
            })
    void a_name_is_text_whatever_it_contains(String name) throws Exception {
        String svg = svg(report(List.of(ticket(1, "group", name)), "group"));
        Document chart = parsed(svg);

        List<String> elements = new ArrayList<>();
        NodeList all = chart.getElementsByTagName("*");
        IntStream.range(0, all.getLength())
                .forEach(i -> elements.add(all.item(i).getNodeName()));
        assertThat(elements).containsOnly("svg", "title", "desc", "rect", "text");
        assertThat(svg).doesNotContain("\u202E", "\u0001", "\uFFFE", "<!", "onload=\"");
        assertThat(text(chart, "desc"))
                .contains(Text.cut(name.replaceAll("[\u202E\u0001\uFFFE]", "").replace('\n', ' '), 28));
    }

    @ParameterizedTest
    @ValueSource(strings = {"&", "\"", "W", "漢", "😀"})
    void a_chart_is_small_whatever_the_names_are(String letter) {
        List<Map<String, Object>> some = tickets(
                99,
                number -> ticket(
                        number,
                        "group",
                        number % 30 + letter.repeat(500),
                        "category",
                        number % 7 + letter.repeat(500)));

        assertThat(svg(report(some, "group", "category"))).hasSizeLessThan(30_000);
        assertThat(svg(report(some, "group"))).hasSizeLessThan(30_000);
    }

    @Test
    void the_picture_in_the_documentation_is_a_chart_of_the_sandbox() throws Exception {
        Accepted.compare(
                Path.of("../docs/images/report-chart.svg"),
                svg(report(Policy::charts, Map.of("group_by", List.of("group", "status")))));
    }

    @Test
    void a_chart_says_in_words_what_it_covers_and_shows() throws Exception {
        ToolResult report = report(Policy::charts, Map.of("group_by", List.of("week"), "time", "resolved"));
        Document chart = parsed(svg(report));

        assertThat(chart.getDocumentElement().getAttribute("role")).isEqualTo("img");
        assertThat(text(chart, "title")).isEqualTo("Tickets by week resolved");
        assertThat(text(chart, "desc"))
                .isEqualTo(Expect.answer(report).get("covers") + " "
                        + rows(report)
                                .map(row -> row.get(0) + ": " + row.get(1))
                                .collect(Collectors.joining("; ")));
    }

    @Test
    void nobody_gets_a_chart_who_has_not_asked_for_it() {
        ToolResult without = report(policy -> policy, Map.of("group_by", List.of("status")));

        assertThat(without.content()).hasSize(1);
        assertThat(without.toJson()).doesNotContain("svg");
        assertThat(report(Policy::charts, Map.of("group_by", List.of("status"))).text())
                .isEqualTo(without.text());
    }

    @ParameterizedTest
    @EnumSource(ResultForm.class)
    void a_chart_is_a_block_of_its_own_for_people(ResultForm form) {
        ToolResult report = report(policy -> policy.charts().results(form), Map.of("group_by", List.of("status")));

        assertThat(charts(report)).singleElement().satisfies(block -> {
            assertThat(block).containsEntry("annotations", Map.of("audience", List.of("user")));
            assertThat(Expect.map(block.get("resource"))).containsEntry("mimeType", "image/svg+xml");
        });
        assertThat(report.text() + report.structuredContent()).doesNotContain("<svg");
    }

    @Test
    void without_groups_or_tickets_there_is_no_chart() {
        assertThat(charts(report(Policy::charts, Map.of()))).isEmpty();
        assertThat(charts(report(Policy::charts, Map.of("group_by", "status", "after", "2099-01-01T00:00:00Z"))))
                .isEmpty();
    }
}
