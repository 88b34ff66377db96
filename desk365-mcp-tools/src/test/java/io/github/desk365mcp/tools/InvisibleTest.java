package io.github.desk365mcp.tools;

import static io.github.desk365mcp.tools.ToolNames.GET_TICKET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.sandbox.Fault;
import io.github.desk365mcp.tools.host.MetaKeys;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.internal.catalogue.Catalogue;
import io.github.desk365mcp.tools.internal.core.Tool;
import io.github.desk365mcp.tools.internal.pipeline.Preview;
import io.github.desk365mcp.tools.internal.text.BodyFormat;
import io.github.desk365mcp.tools.internal.text.FileNames;
import io.github.desk365mcp.tools.internal.text.HtmlBody;
import io.github.desk365mcp.tools.internal.text.Invisible;
import io.github.desk365mcp.tools.internal.text.Text;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import okhttp3.Interceptor;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing that a person does not see reaches a model, wherever in the service's answer it stands. */
class InvisibleTest {

    /** Polluted answers for each tool, one in five of them an error; the nightly profile reads ten times as many. */
    private static final int RUNS = Math.max(5, Integer.getInteger("mutations.runs", 100) / 10);

    private static final long SEED = Long.getLong("mutations.seed", 365);

    /** Of each kind some, written here anew: the code under test is not asked what is invisible. */
    private static final int[] UNSEEN = IntStream.of(
                    0x00, 0x07, 0x08, 0x0B, 0x0C, 0x1B, 0x7F, 0x80, 0x85, 0x9B, 0x9D, 0xAD, 0x34F, 0x61C, 0x115F,
                    0x1160, 0x17B4, 0x17B5, 0x180B, 0x180C, 0x180D, 0x180E, 0x180F, 0x200B, 0x200E, 0x200F, 0x2028,
                    0x2029, 0x202A, 0x202E, 0x2060, 0x2064, 0x2065, 0x2066, 0x2069, 0x206A, 0x206F, 0x2800, 0x3164,
                    0xFE00, 0xFE0F, 0xFEFF, 0xFFA0, 0xFFF0, 0xFFF9, 0xFFFB, 0xFFFE, 0x1BCA0, 0x1BCA3, 0x1D173, 0x1D17A,
                    0xE0001, 0xE0041, 0xE007F, 0xE0100, 0xE01EF, 0xE0FFF)
            .toArray();

    @RegisterExtension
    static final TestSandbox sandbox = TestSandbox.start();

    private static BoundTools tools;
    private static volatile String answered = "";
    private static volatile int status;

    @BeforeAll
    static void start() {
        System.out.println("Invisible characters with -Dmutations.seed=" + SEED);
        tools = bound(Unguarded.policy());
    }

    private static BoundTools bound(Policy policy) {
        return sandbox.bound(policy, desk -> desk.httpClient(http -> http.addInterceptor(InvisibleTest::answered)));
    }

    /** Remembers what the service answered. */
    private static Response answered(Interceptor.Chain chain) throws IOException {
        Response response = chain.proceed(chain.request());
        answered = response.peekBody(Long.MAX_VALUE).string();
        status = response.code();
        return response;
    }

    static Stream<Tool> oneCall() {
        return Catalogue.tools().stream()
                .filter(tool -> tool.calls() == 1 || tool.name().contains("search"));
    }

    private static boolean isUnseen(int point) {
        return IntStream.of(UNSEEN).anyMatch(unseen -> unseen == point)
                || point < 0x20 && point != '\n' && point != '\t'
                || point >= 0x7F && point < 0xA0
                || point >= 0xD800 && point <= 0xDFFF
                || point >= 0xE0000 && point <= 0xE0FFF;
    }

    private static void assertSeen(String what, Object value) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, field) -> {
                assertSeen(what, String.valueOf(name));
                assertThat(String.valueOf(name)).as(what).doesNotContain("\n", "\t");
                if (field != null) {
                    assertSeen(what, field);
                }
            });
        } else if (value instanceof List<?> list) {
            list.stream().filter(item -> item != null).forEach(item -> assertSeen(what, item));
        } else if (value instanceof String text) {
            assertThat(text.codePoints().filter(InvisibleTest::isUnseen).mapToObj(Integer::toHexString))
                    .as("%s: %s", what, text)
                    .isEmpty();
        }
    }

    /** The same with such characters in every text and every name, and with fields that nobody knows. */
    private static Object polluted(Object value, Random random) {
        if (value instanceof String text) {
            return polluted(text, random);
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> all = new ArrayList<>();
            list.forEach(item -> all.add(item == null ? null : polluted(item, random)));
            return all;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> all = new LinkedHashMap<>();
            map.forEach((name, field) -> {
                all.put(String.valueOf(name), field == null ? null : polluted(field, random));
                if (random.nextInt(4) == 0) {
                    all.put(polluted(String.valueOf(name), random), polluted("a twin", random));
                }
            });
            all.put(polluted("cf_new", random), polluted("unknown", random));
            return all;
        }
        return value;
    }

    private static String polluted(String text, Random random) {
        StringBuilder all = new StringBuilder(text);
        for (int i = random.nextInt(4); i >= 0; i--) {
            int point = random.nextInt(3) == 0
                    ? random.nextInt(Character.MAX_CODE_POINT + 1)
                    : UNSEEN[random.nextInt(UNSEEN.length)];
            all.insert(random.nextInt(all.length() + 1), Character.toString(point));
        }
        return all.toString();
    }

    @ParameterizedTest
    @MethodSource("oneCall")
    void nothing_unseen_is_in_an_answer_or_an_error(Tool tool) {
        Map<String, Object> arguments = ToolExamples.smallest(tool);
        if (tool.param("body_format") != null) {
            arguments.put("body_format", "html");
        }
        assertThat(tools.call(tool.name(), arguments).isError()).isFalse();
        boolean isJson = answered.startsWith("{") || answered.startsWith("[") || answered.startsWith("\"");
        Object answer =
                isJson ? JsonDocument.parse("{\"v\":" + answered + "}").toMap().get("v") : answered;
        int usual = status;
        for (int run = 0; run < RUNS; run++) {
            Random random = new Random(SEED + run);
            String what = "seed " + SEED + ", run " + run;
            sandbox.reset();
            int code = run % 5 == 0 ? 400 : usual;
            Object sent = code == 400 ? Map.of("message", "Invalid 'subject'\u001b[2J of cf_A") : answer;
            String json = Text.json(Map.of("v", polluted(sent == null ? Map.of() : sent, random)));
            sandbox.next(Fault.answer(code, Map.of(), json.substring(5, json.length() - 1)));

            ToolResult result = tools.call(tool.name(), arguments);

            assertSeen(what, result.text());
            assertSeen(what, result.meta());
            assertSeen(what, result.toMap());
            if (!result.isError()) {
                assertThat(JsonDocument.parse(Expect.unmarked(result)).toMap())
                        .as(what)
                        .isEqualTo(JsonDocument.parse(Text.json(ResourceLinks.leftOut(Expect.answer(result))))
                                .toMap());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\uD83D\uDC69\u200D\uD83D\uDCBB", // woman technologist
                "\uD83D\uDC69\uD83C\uDFFD\u200D\uD83D\uDE80", // with a skin tone
                "\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645", // Persian
                "\u0915\u094D\u200D\u0937", // Hindi, half form
                "\u0DC1\u0DCA\u200D\u0DBB\u0DD3", // Sinhala
                "na\u00EFve, \u4F60\u597D, \u0627\u0644\u0633\u0644\u0627\u0645, \u05E9\u05DC\u05D5\u05DD, e\u0301",
                "Line\r\nline\n\tindented"
            })
    void what_people_write_stays(String text) {
        assertThat(Invisible.strip(text)).isEqualTo(text);
    }

    @Test
    void joiners_go_where_they_join_nothing() {
        assertThat(Invisible.strip("a\u200Db\u200Cc \u200D\u200C \u0645\u200C\u200C\u06CC \u0645\u200C"))
                .isEqualTo("abc  \u0645\u200C\u06CC \u0645");
        assertThat(Invisible.strip("\u0645\u200C\u2028\u06CC \u0645\u200C\r\u06CC \u0645\r\u200C\u06CC"))
                .as("of lines that end in another way than with a line feed")
                .isEqualTo("\u0645\n\u06CC \u0645\n\u06CC \u0645\n\u06CC");
        assertThat(Invisible.strip("\u2764\uFE0F\u200D\uD83D\uDD25")).isEqualTo("\u2764\u200D\uD83D\uDD25");
    }

    @Test
    void a_name_that_reads_the_same_as_another_hides_none_of_the_two() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("cf_Site\u200B", "hidden");
        fields.put("cf_Site", "seen");

        assertThat(Invisible.stripInMap(fields)).isEqualTo(Map.of("cf_Site", "seen", "cf_Site (2)", "hidden"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "&#8238;x",
                "&#x202E;x",
                "&zwnj;x",
                "&shy;x",
                "&ZeroWidthSpace;x",
                "&lrm;x",
                "&#27;x",
                "&#xE0041;x"
            })
    void a_reference_to_one_hides_nothing_either(String html) {
        assertThat(HtmlBody.read("<p>" + html + "</p>", BodyFormat.HTML, false)).isEqualTo("<p>x</p>");
        assertThat(HtmlBody.read("<p>" + html + "</p>", BodyFormat.TEXT, false)).isEqualTo("x");
        assertThat(HtmlBody.read(html, BodyFormat.TEXT, false)).isEqualTo("x");
    }

    @Test
    void a_file_is_not_sent_under_a_name_that_hides_something() {
        for (int point : UNSEEN) {
            assertThat(FileNames.isName("report" + Character.toString(point) + ".pdf"))
                    .as(Integer.toHexString(point))
                    .isFalse();
        }
        assertThat(FileNames.isName("\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645.pdf"))
                .isTrue();
    }

    private static void next(String json) {
        sandbox.next(Fault.answer(200, Map.of(), json));
    }

    @Test
    void a_text_of_an_unknown_field_is_labelled_and_locks_and_a_number_is_and_does_not() {
        BoundTools locking = bound(Unguarded.policy().lockWritesAfterUntrustedText());
        Map<String, Object> company = Map.of("company_name", "Northwind");
        next("{\"name\": \"Northwind\", \"merged_from\": 7}");
        ToolResult number = locking.call("get_single_desk_365_company_by_id", company);
        assertThat(number.meta()).doesNotContainKey(MetaKeys.UNTRUSTED);
        assertThat(locking.call("update_a_desk_365_company_by_id", Map.of("company_name", "Northwind", "city", "Turin"))
                        .isError())
                .isFalse();

        next("{\"name\": \"Northwind\", \"re\u200Bmark\": \"Obey\"}");
        ToolResult text = locking.call("get_single_desk_365_company_by_id", company);

        assertThat(text.meta()).containsEntry(MetaKeys.UNTRUSTED, Map.of("remark", "contact"));
        assertThat(locking.call("update_a_desk_365_company_by_id", Map.of("company_name", "Northwind", "city", "Turin"))
                        .errorCode())
                .isEqualTo("locked");
    }

    @Test
    void unknown_fields_are_labelled_in_lists_in_inner_records_in_odd_kinds_and_in_what_was_just_created() {
        next("{\"count\": 2, \"content\": [{\"name\": \"Northwind\"}, {\"name\": \"Acme\", \"remark\": \"Obey\"}]}");
        assertThat(untrusted("list_all_desk_365_companies", Map.of())).containsEntry("companies[].remark", "contact");
        next(
                "{\"surveys\": [{\"survey_name\": \"Stars\", \"questions\": {\"survey_question\": \"How?\", \"remark\": \"Obey\"}}]}");
        assertThat(untrusted("list_all_desk_365_surveys", Map.of())).containsEntry("surveys[].questions", "contact");
        next("{\"name\": \"Northwind\", \"city\": {\"obey\": \"me\"}}");
        assertThat(untrusted("get_single_desk_365_company_by_id", Map.of("company_name", "Northwind")))
                .containsEntry("city_as_sent", "contact");
        next("{\"ticket_number\": 4052, \"id\": 1, \"body\": \"Hi\", \"ticket_subject\": \"Obey\"}");
        assertThat(untrusted("create_a_desk_365_ticket_note", Map.of("ticket_number", 4052, "body", "Hi")))
                .isEqualTo(Map.of("ticket_subject", "contact"));
        next("{\"ticket_number\": 4052, \"status\": \"Open\", \"truncated\": \"Obey\"}");
        assertThat(untrusted(GET_TICKET, Map.of("ticket_number", 4052))).containsEntry("truncated_as_sent", "contact");
    }

    private static Map<String, Object> untrusted(String tool, Map<String, Object> arguments) {
        ToolResult result = tools.call(tool, arguments);
        assertThat(result.isError()).as(result.text()).isFalse();
        return result.meta().containsKey(MetaKeys.UNTRUSTED)
                ? Expect.map(result.meta().get(MetaKeys.UNTRUSTED))
                : Map.of();
    }

    @Test
    void words_that_an_error_quotes_of_the_service_are_labelled_and_lock() {
        BoundTools locking = bound(Unguarded.policy().lockWritesAfterUntrustedText());
        sandbox.next(Fault.answer(400, Map.of(), "{\"message\": \"Ticket 'Obey\u202E' is locked\\u001B[2J\"}"));

        ToolResult refused = locking.call(GET_TICKET, Map.of("ticket_number", 4052));

        assertThat(refused.text()).contains("Ticket 'Obey' is locked[2J");
        assertThat(refused.meta()).containsEntry(MetaKeys.UNTRUSTED, Map.of("error", "system"));
        assertThat(locking.call("create_a_desk_365_ticket_note", Map.of("ticket_number", 4052, "body", "Hi"))
                        .errorCode())
                .isEqualTo("locked");
    }

    @ParameterizedTest
    @MethodSource("everyTool")
    void what_the_service_is_known_to_send_is_known(Tool tool) {
        BoundTools locking = bound(Unguarded.policy().lockWritesAfterUntrustedText());
        ToolResult result = locking.call(tool.name(), ToolExamples.smallest(tool));

        assertThat(result.isError()).as(result.text()).isFalse();
        if (tool.tags().contains("companies") || tool.tags().contains("agents")) {
            assertThat(result.meta()).doesNotContainKey(MetaKeys.UNTRUSTED);
        }
        if (tool.verb() == Tool.Verb.CREATES) {
            // Only text of an unknown writer would lock the session.
            assertThat(locking.call("create_a_desk_365_ticket_note", Map.of("ticket_number", 4052, "body", "Hi"))
                            .isError())
                    .isFalse();
        }
    }

    static Stream<Tool> everyTool() {
        return Catalogue.tools().stream();
    }

    @Test
    void many_names_that_read_alike_are_told_apart_in_a_time_that_grows_with_their_number() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("zz", 0);
        fields.put("zz (7)", 0);
        for (int i = 1; i <= 60_000; i++) {
            fields.put("zz" + Integer.toBinaryString(i).replace('0', '\u200b').replace('1', '\u2060'), i);
        }
        Map<String, Object> seen =
                assertTimeoutPreemptively(Duration.ofSeconds(20), () -> Invisible.stripInMap(fields));

        assertThat(seen).hasSize(fields.size()).containsEntry("zz", 0).containsEntry("zz (7)", 0);
        assertThat(seen.keySet()).allMatch(name -> name.matches("zz( \\(\\d+\\))?"));
        assertThat(seen).containsEntry("zz (2)", 1).containsEntry("zz (6)", 5).containsEntry("zz (8)", 6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"&#x0000200B;", "&#x0000000000000000200b;", "&#00000000008203;", "&#8203;"})
    void a_reference_with_many_zeros_is_as_invisible_as_its_character(String reference) {
        assertThat(HtmlBody.read("<p>a" + reference + "b</p>", BodyFormat.HTML, false))
                .isEqualTo("<p>ab</p>");
    }

    @ParameterizedTest
    @CsvSource({
        "&&#x200B;#x202E;, &amp;#x202E;",
        "&#82&#x200B;03;, &#82;03;",
        "&zw&shy;nj;, &amp;zwnj;",
        "&#&#8203;8203;, &amp;#8203;",
        "a&shyly, aly",
        "&caps;, ∩",
        "&amp;&#x200B;#x202E;, &amp;#x202E;",
    })
    void what_stands_around_a_removed_reference_does_not_become_one(String html, String seen) {
        assertThat(HtmlBody.read("<p>" + html + "</p>", BodyFormat.HTML, false)).isEqualTo("<p>" + seen + "</p>");
    }

    @Test
    void a_person_who_decides_sees_what_would_be_unseen_by_its_number() {
        assertThat(Preview.text(Map.of("with", Map.of("body", "Pay\u202E me\u200B\u001B now\uFE0F"))))
                .isEqualTo("body: Pay[U+202E] me[U+200B][U+001B] now[U+FE0F]");
    }
}
