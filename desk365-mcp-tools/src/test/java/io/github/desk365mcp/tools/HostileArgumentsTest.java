package io.github.desk365mcp.tools;

import static io.github.desk365mcp.tools.ToolExamples.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.github.desk365mcp.tools.host.Approval;
import io.github.desk365mcp.tools.host.Approvals;
import io.github.desk365mcp.tools.internal.account.VocabularyKind;
import io.github.desk365mcp.tools.internal.catalogue.Catalogue;
import io.github.desk365mcp.tools.internal.core.Param;
import io.github.desk365mcp.tools.internal.core.Tool;
import io.github.desk365mcp.tools.internal.text.Text;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever stands in the arguments, reading them takes time with their size at the most, and errors stay short. */
class HostileArgumentsTest {

    /** Characters; {@code -Dgrowth.size=1000000} gives longer ones, as the nightly profile does. */
    private static final int LARGE = Integer.getInteger("growth.size", 50_000);

    /** Nanoseconds of processor time. A call takes milliseconds; a quadratic one takes a minute. */
    private static final long BOUND = 10_000_000_000L;

    /** Ends a call that hangs, on a busy machine too. */
    private static final Duration HANGS = Duration.ofMinutes(3);

    private static final int LONGEST_ERROR = 4_000;

    /** Nanoseconds; below, it is the time of a call, and not of what it reads. */
    private static final long LITTLE_TIME = 40_000_000;

    /** Linear work grows fourfold, and quadratic work sixteenfold. */
    private static final int MOST_GROWTH = 12;

    private static final int TRIES = 5;

    @RegisterExtension
    static final TestSandbox sandbox = TestSandbox.start();

    private static final BoundTools tools = sandbox.bound(Unguarded.policy().approvals(staged()));

    @BeforeAll
    static void start() {
        // Known words take part in repairs and suggestions.
        for (String list : List.of("tickets", "contacts", "companies", "agents")) {
            String name = "list_all_desk_365_" + list;
            String token =
                    String.valueOf(Expect.answer(tools.call(name, Map.of())).get("approval_token"));
            assertThat(tools.call(name, Map.of("approval_token", token)).isError())
                    .isFalse();
        }
    }

    /** What gets through is previewed, so that nothing of a test's size is sent. */
    private static Approvals staged() {
        return Approvals.defaults()
                .reads(Approval.STAGE)
                .creates(Approval.STAGE)
                .updates(Approval.STAGE);
    }

    /** Texts of some length that are hard for some way of reading texts. */
    static Map<String, String> nastyTexts(int length) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (String one :
                List.of("İ", "ŉ", "a", "9", "#", "-", ".", ",", ";", ":", "/", "@", "<", "&", "\"", "'", "[", "{")) {
            texts.put("many " + one, one.repeat(length));
        }
        for (String one :
                List.of("a,", "a@b.example,", "<a@", "a=\"", "<b>", "&amp", "1.0", "\uD800", "\u200B", "aA")) {
            texts.put("many " + one, one.repeat(length / one.length()));
        }
        texts.put("a ticket far from its number", "ticket" + " ".repeat(length) + "x");
        texts.put("a time far from its zone", "2026-11-22T10:00" + " ".repeat(length) + "x");
        texts.put("a day far from its time", "2026-11-22" + " ".repeat(length) + "x");
        texts.put("a no far from its word", "not" + " ".repeat(length) + "-");
        texts.put("a name before an open bracket", "x, <" + "@".repeat(length));
        texts.put("a link", "https://acme.desk365.io/" + "/tickets/".repeat(length / 9));
        texts.put("a link with ports", "https://" + ":1".repeat(length / 2));
        texts.put("a broken list", "[\"a\"" + ",\"a\"".repeat(length / 4));
        texts.put("a list", "[\"a\"" + ",\"a\"".repeat(length / 4) + "]");
        texts.put("a deep list", "[".repeat(length / 2) + "]".repeat(length / 2));
        texts.put("an object of a long name", "{\"cf_" + "İ".repeat(length) + "\":1}");
        texts.put("a number", "1".repeat(length));
        texts.put("a small number", "1." + "0".repeat(length));
        texts.put("a data URI", "data:text/plain;base64," + "A".repeat(length));
        texts.put("percent escapes", "data:," + "%41".repeat(length / 3));
        texts.put("a word and blanks", "Open" + " ".repeat(length));
        return texts;
    }

    /** Each kind of argument in the catalogue, once. */
    static Stream<Arguments> everyKind() {
        Map<Object, Arguments> kinds = new LinkedHashMap<>();
        for (Tool tool : Catalogue.tools()) {
            for (Param<?> param : tool.params()) {
                Map<String, Object> schema = param.type().schema();
                List<String> kind = List.of(
                        param.type().getClass().getName(),
                        schema.get("items") instanceof Map<?, ?> items ? String.valueOf(items.keySet()) : "",
                        String.valueOf(param.topic() == null),
                        String.valueOf(param.topic() == VocabularyKind.COMPANY),
                        String.valueOf(param.name().equals("ticket_number")));
                kinds.putIfAbsent(kind, Arguments.of(tool.name(), param.name()));
            }
        }
        return kinds.values().stream();
    }

    private static ToolResult quick(String what, Supplier<ToolResult> call) {
        return timed(what, call).result();
    }

    private record Timed(ToolResult result, long nanos) {}

    private static Timed timed(String what, Supplier<ToolResult> call) {
        Timed timed = assertTimeoutPreemptively(
                HANGS,
                () -> {
                    long before = ProcessorTime.used();
                    ToolResult result = call.get();
                    return new Timed(result, ProcessorTime.used() - before);
                },
                () -> what);
        assertThat(timed.nanos()).as(what).isLessThan(BOUND);
        ToolResult result = timed.result();
        assertThat(String.valueOf(result.meta()).length()).as(what).isLessThan(2 * LONGEST_ERROR);
        if (result.isError()) {
            assertThat(result.text().length()).as(what).isLessThan(LONGEST_ERROR);
        }
        return timed;
    }

    private static ToolResult quick(String what, String tool, Map<String, ?> arguments) {
        return quick(tool + ": " + what, () -> tools.call(tool, arguments));
    }

    /**
     * Of several tries the quickest counts, because compilation and garbage collection take time too; a quadratic one is
     * never quick. A text that takes little time at its full length is not compared with a shorter one.
     */
    @ParameterizedTest
    @MethodSource("everyKind")
    void a_long_text_is_read_at_once_and_in_about_four_times_the_time_of_a_quarter_of_it(String name, String param) {
        Map<String, Object> smallest = ToolExamples.smallest(Catalogue.get(name));
        Map<String, String> shorter = nastyTexts(LARGE / 4);
        nastyTexts(LARGE).forEach((what, text) -> {
            long four = time(what, name, with(smallest, param, text));
            long once = LITTLE_TIME;
            for (int i = 0; i < TRIES && four > MOST_GROWTH * once; i++) {
                String shortText = Objects.requireNonNull(shorter.get(what));
                long again = time(what, name, with(smallest, param, shortText));
                once = Math.max(LITTLE_TIME, i == 0 ? again : Math.min(once, again));
                four = Math.min(four, time(what, name, with(smallest, param, text)));
            }
            assertThat(four).as(param + " of " + what).isLessThanOrEqualTo(MOST_GROWTH * once);
        });
    }

    private static long time(String what, String tool, Map<String, ?> arguments) {
        return timed(tool + ": " + what, () -> tools.call(tool, arguments)).nanos();
    }

    static Stream<String> names() {
        return Stream.of("İ", "x", "aA", "cf_", "CF_", " ", "-", "\uD800", "status ", "[", "{")
                .map(one -> one.repeat(LARGE / one.length()));
    }

    @ParameterizedTest
    @MethodSource("names")
    void a_long_name_is_refused_at_once_wherever_it_stands(String name) {
        for (String lengthy : List.of(name, "cf_" + name)) {
            for (Map<String, ?> arguments : List.<Map<String, ?>>of(
                    Map.of(lengthy, 1),
                    Map.of("custom_fields", Map.of(lengthy, 1)),
                    Map.of("filters", Map.of(lengthy, 1)),
                    Map.of("filters", Map.of("custom_fields", Map.of(lengthy, 1))))) {
                ToolResult result = quick("a long name", "list_all_desk_365_tickets", arguments);

                assertThat(result.errorCode()).isEqualTo("invalid_arguments");
                assertThat(result.text()).contains("characters, but at most 200 are allowed");
            }
            quick("a long name in a text", "list_all_desk_365_tickets", Map.of("filters", "{\"" + lengthy + "\":1}"));
            quick(
                    "a long name in a text",
                    "list_all_desk_365_tickets",
                    Map.of("custom_fields", "{\"" + lengthy + "\":1}"));
        }
    }

    private static Map<String, Object> many(String prefix, int count) {
        Map<String, Object> many = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            many.put(prefix + i, "a value");
        }
        return many;
    }

    @ParameterizedTest
    @ValueSource(strings = {"cf_", "CF_", "x", "status", "İ"})
    void very_many_arguments_are_refused_at_once(String prefix) {
        ToolResult result = quick("many", "list_all_desk_365_tickets", many(prefix, 20_000));

        assertThat(result.errorCode()).isEqualTo("invalid_arguments");
        assertThat(result.text())
                .isEqualTo("Nothing was done. There are 20000 arguments, but a call has at most 200; put all"
                        + " custom fields into the one argument custom_fields.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cf_", "CF_", "x", "İ"})
    void so_many_as_there_may_be_are_read_at_once(String prefix) {
        Map<String, Object> most = many(prefix, LARGE / 4);
        String create = "create_a_desk_365_ticket";
        Map<String, Object> ticket = ToolExamples.smallest(Catalogue.get(create));
        quick("beside", create, many(prefix, 200));
        quick("inside", create, with(ticket, "custom_fields", most));
        quick("inside a text", create, with(ticket, "custom_fields", Text.json(most)));
        // Only a list has filters; its custom fields are read by the same code.
        String list = "list_all_desk_365_tickets";
        quick("beside", list, many(prefix, 200));
        quick("inside", list, Map.of("custom_fields", most));
        quick("in filters", list, Map.of("filters", most));
    }

    @Test
    void one_argument_in_many_spellings_is_read_once() {
        String text = "x".repeat(LARGE);
        Map<String, Object> spellings =
                new LinkedHashMap<>(ToolExamples.smallest(Catalogue.get("create_a_desk_365_ticket")));
        spellings.put("description", text + " ");
        String name = "description";
        for (int i = 1; i < name.length(); i++) {
            spellings.put(name.substring(0, i).toUpperCase(Locale.ROOT) + name.substring(i), text + i);
            spellings.put(
                    Character.toUpperCase(name.charAt(0))
                            + name.substring(1, i).toUpperCase(Locale.ROOT)
                            + name.substring(i),
                    text + i);
        }

        assertThat(quick("spellings", "create_a_desk_365_ticket", spellings).text())
                .contains("but its alias");
    }

    static Stream<Arguments> everyKindOfList() {
        return everyKind().filter(kind -> {
            Param<?> param = Catalogue.get(String.valueOf(kind.get()[0])).param(String.valueOf(kind.get()[1]));
            return param != null && "array".equals(param.type().schema().get("type"));
        });
    }

    @ParameterizedTest
    @MethodSource("everyKindOfList")
    void a_long_list_is_read_at_once_and_its_mistakes_are_told_in_short(String name, String param) {
        Map<String, Object> smallest = ToolExamples.smallest(Catalogue.get(name));
        for (Object item : List.of("Opne", "ab", 7, Map.of("x", 1), List.of("a"), "tom.becker@desk.exampel")) {
            List<Object> items = new ArrayList<>(Collections.nCopies(30_000, item));
            items.replaceAll(one -> one instanceof String text ? text + items.size() : one);
            quick(param + " of many " + item, name, with(smallest, param, items));
        }
    }

    @Test
    void what_is_nested_deeply_is_refused() {
        Object deep = "a";
        for (int level = 0; level < 400; level++) {
            deep = level % 2 == 0 ? List.of(deep) : Map.of("a", deep);
        }

        ToolResult result = quick("deep", "list_all_desk_365_tickets", Map.of("status", deep));

        assertThat(result.text()).contains("nested deeper than 50 levels");
    }

    @Test
    void a_number_of_very_many_digits_is_refused() {
        for (Number number :
                List.of(BigInteger.TEN.pow(200_000), new BigDecimal("1e1000000"), new BigDecimal("1e-1000000"))) {
            ToolResult result = quick("digits", "get_single_desk_365_ticket_by_id", Map.of("ticket_number", number));

            assertThat(result.text()).contains("ticket_number has a number of more than 300 digits");
        }
    }
}
