package io.github.desk365mcp.tools;

import static io.github.desk365mcp.tools.ToolExamples.with;
import static io.github.desk365mcp.tools.ToolNames.CREATE_NOTE;
import static io.github.desk365mcp.tools.ToolNames.CREATE_REPLY;
import static io.github.desk365mcp.tools.ToolNames.CREATE_TICKET;
import static io.github.desk365mcp.tools.ToolNames.IMPORT_CONVERSATIONS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.sandbox.Fault;
import io.github.desk365mcp.sandbox.ManualClock;
import io.github.desk365mcp.tools.internal.catalogue.Catalogue;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Looking for a lost call's record on a service with wrong clocks, short pages and long conversations. */
class LookUpTest {

    private static final Map<String, Object> TICKET = ToolExamples.smallest(Catalogue.get(CREATE_TICKET));
    private static final Map<String, Object> ENTRY =
            Map.of("ticket_number", 4052, "time_spent_in_minutes", 25, "note", "Ours");
    private static final String CREATE_ENTRY = "create_a_desk_365_time_entry";

    private static final ManualClock CLOCK = new ManualClock();

    @RegisterExtension
    static final TestSandbox sandbox = TestSandbox.start(options -> options.clock(CLOCK));

    private static BoundTools tools(Interceptor interceptor) {
        return sandbox.bound(
                Unguarded.noticesRepeats(CLOCK), desk -> desk.httpClient(http -> http.addInterceptor(interceptor)));
    }

    private static BoundTools tools() {
        return tools(chain -> chain.proceed(chain.request()));
    }

    private static void lost(BoundTools tools, String name, Map<String, Object> arguments, Fault fault) {
        sandbox.next(fault);
        ToolResult lost = tools.call(name, arguments);
        assertThat(lost.errorCode()).as(lost.text()).isIn("unknown_outcome", "unavailable");
    }

    private static void assertUnclear(ToolResult result) {
        assertThat(result.errorCode()).as(result.text()).isEqualTo("unknown_outcome");
        assertThat(result.text()).contains("Nothing was sent now").containsIgnoringCase("a person must check");
    }

    private static Interceptor dated(AtomicLong secondsAhead) {
        return chain -> {
            Response response = chain.proceed(chain.request());
            String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(Instant.now(Clock.systemUTC())
                    .plusSeconds(secondsAhead.get())
                    .atZone(ZoneOffset.UTC));
            return response.newBuilder().header("Date", date).build();
        };
    }

    @ParameterizedTest
    @CsvSource({
        "-3600, true, true",
        "-3600, true, false",
        "3600, true, true",
        "3600, true, false",
        "-3600, false, true",
        "3600, false, true",
        "-120, true, true",
        "120, true, true"
    })
    void one_wrong_date_makes_nothing_found_and_nothing_sent_twice(long wrong, boolean atLookUp, boolean isKnown) {
        AtomicLong ahead = new AtomicLong();
        BoundTools tools = tools(dated(ahead));
        tools().call(CREATE_TICKET, with(TICKET, "subject", "Theirs"));
        CLOCK.advance(Duration.ofSeconds(Math.abs(wrong)));
        if (isKnown) {
            tools.call("get_single_desk_365_ticket_by_id", Map.of("ticket_number", 4052));
        }
        ahead.set(atLookUp ? 0 : wrong);
        lost(tools, CREATE_TICKET, TICKET, Fault.replaceAnswer(503, Map.of(), "{}"));
        lost(tools, CREATE_TICKET, with(TICKET, "subject", "Theirs"), Fault.answer(503, Map.of(), "{}"));
        CLOCK.advance(Duration.ofSeconds(10));
        ahead.set(atLookUp ? wrong : 0);

        ToolResult ours = tools.call(CREATE_TICKET, TICKET);
        ToolResult theirs = tools.call(CREATE_TICKET, with(TICKET, "subject", "Theirs"));

        assertUnclear(ours);
        assertThat(theirs.structuredContent() == null ? Map.of() : theirs.structuredContent())
                .as(theirs.text())
                .doesNotContainKey("found");
    }

    /** Ignores the requested page size, and gives the length of the page as the total. */
    private static Response inSmallPages(Interceptor.Chain chain, String argument, int rows, boolean ignoresOffset)
            throws IOException {
        Request request = chain.request();
        HttpUrl url = request.url();
        if (url.queryParameter(argument) == null) {
            return chain.proceed(request);
        }
        HttpUrl.Builder small = url.newBuilder().setQueryParameter(argument, String.valueOf(rows));
        if (ignoresOffset) {
            small.setQueryParameter("offset", "0");
        }
        Response response =
                chain.proceed(request.newBuilder().url(small.build()).build());
        String body = response.body().string();
        int count = body.split("\"ticket_number\"", -1).length - 1;
        return response.newBuilder()
                .removeHeader("Content-Length")
                .body(ResponseBody.create(
                        body.replaceFirst("\"(count)\"\\s*:\\s*\\d+", "\"$1\":" + count),
                        response.body().contentType()))
                .build();
    }

    @ParameterizedTest
    @ValueSource(ints = {30, 50, 100})
    void a_total_that_is_only_the_length_of_a_page_does_not_end_the_search(int rows) {
        BoundTools tools = tools(chain -> inSmallPages(chain, "ticket_count", rows, false));
        lost(tools, CREATE_TICKET, TICKET, Fault.loseAnswer());
        CLOCK.advance(Duration.ofSeconds(30));
        Desk365Client desk = sandbox.client();
        IntStream.range(0, rows + 5)
                .forEach(i ->
                        desk.tickets().create("giulia.ferraro@northwind.example", "Ticket " + i, "Text", more -> {}));
        sandbox.forget();

        ToolResult second = tools.call(CREATE_TICKET, TICKET);

        assertThat(second.structuredContent()).as(second.text()).containsEntry("found", true);
        assertThat(sandbox.writes()).isEmpty();
    }

    @Test
    void a_time_entry_on_a_later_page_is_found() {
        BoundTools tools = tools(chain -> inSmallPages(chain, "time_entries_count", 30, false));
        Desk365Client desk = sandbox.client();
        IntStream.range(0, 35).forEach(i -> desk.timeEntries().create(4052, more -> more.minutes(1)));
        lost(tools, CREATE_ENTRY, ENTRY, Fault.loseAnswer());
        IntStream.range(0, 35).forEach(i -> desk.timeEntries().create(4052, more -> more.minutes(1)));
        sandbox.forget();

        ToolResult second = tools.call(CREATE_ENTRY, ENTRY);

        assertThat(second.structuredContent()).as(second.text()).containsEntry("found", true);
        assertThat(sandbox.writes()).isEmpty();
    }

    @Test
    void a_list_that_cannot_be_paged_is_left_to_a_person() {
        BoundTools tools = tools(chain -> inSmallPages(chain, "ticket_count", 30, true));
        lost(tools, CREATE_TICKET, TICKET, Fault.loseAnswer());
        CLOCK.advance(Duration.ofSeconds(30));
        Desk365Client desk = sandbox.client();
        IntStream.range(0, 35)
                .forEach(i -> desk.tickets()
                        .create(String.valueOf(TICKET.get("contact_email")), "Ticket " + i, "Text", more -> {}));
        sandbox.forget();

        assertUnclear(tools.call(CREATE_TICKET, TICKET));
        assertThat(sandbox.writes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {CREATE_NOTE, CREATE_REPLY, IMPORT_CONVERSATIONS})
    void a_conversation_with_fewer_messages_than_it_counts_is_left_to_a_person(String name) {
        Map<String, Object> arguments = name.equals(IMPORT_CONVERSATIONS)
                ? Map.of("ticket_number", 4052, "conversations", List.of(Map.of("type", "note", "body", "Old.")))
                : Map.of("ticket_number", 4052, "body", "Called her back.");
        BoundTools tools = tools();
        lost(tools, name, arguments, Fault.loseAnswer());
        CLOCK.advance(Duration.ofSeconds(10));
        sandbox.next(
                "listConversations",
                Fault.answer(200, Map.of(), "{\"ticket_number\":4052,\"count\":9,\"conversations\":[]}"));

        assertUnclear(tools.call(name, arguments));
        assertThat(sandbox.writes()).hasSize(1);
    }

    private static Map<String, Object> imports(String text, int count) {
        return Map.of(
                "ticket_number",
                4052,
                "conversations",
                IntStream.range(0, count)
                        .mapToObj(i -> Map.of(
                                "type", "note", "body", "<p>" + text + " " + i + " " + "w ".repeat(500) + "</p>"))
                        .toList());
    }

    @Test
    void the_time_to_look_for_an_import_is_linear_in_its_messages() {
        BoundTools tools = tools();
        lost(tools, IMPORT_CONVERSATIONS, imports("Ours", 600), Fault.dropBefore());
        tools().call(IMPORT_CONVERSATIONS, imports("Theirs", 600));

        ToolResult second = assertTimeoutPreemptively(
                Duration.ofSeconds(30), () -> tools.call(IMPORT_CONVERSATIONS, imports("Ours", 600)));

        assertThat(second.text()).contains("nothing was found so far");
    }

    @Test
    void a_long_reply_is_read_once_however_many_messages_there_are() {
        BoundTools tools = tools();
        String body = "<p>" + "word ".repeat(80_000) + "</p>";
        lost(tools, CREATE_REPLY, Map.of("ticket_number", 4052, "body", body), Fault.dropBefore());
        Desk365Client desk = sandbox.client();
        IntStream.range(0, 400).forEach(i -> desk.tickets().reply(4052, "<p>Message " + i + "</p>"));

        ToolResult second = assertTimeoutPreemptively(
                Duration.ofSeconds(10), () -> tools.call(CREATE_REPLY, Map.of("ticket_number", 4052, "body", body)));

        assertThat(second.text()).contains("nothing was found so far");
    }
}
