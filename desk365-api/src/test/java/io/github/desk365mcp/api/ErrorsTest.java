package io.github.desk365mcp.api;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import io.github.desk365mcp.sandbox.ManualClock;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Error responses become exceptions whose messages help and disclose nothing. */
@Timeout(60)
class ErrorsTest {

    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort())
            .build();

    @AfterEach
    void every_request_was_as_described() {
        SentRequests sent = new SentRequests();
        SERVER.getAllServeEvents().stream().map(ServeEvent::getRequest).forEach(request -> {
            Map<String, List<String>> headers = new HashMap<>();
            request.getHeaders().all().forEach(header -> headers.put(header.key(), header.values()));
            sent.saw(request.getMethod().getName(), request.getUrl(), headers, request.getBody());
        });
        sent.check();
    }

    private static Desk365Client desk() {
        return Desk365Client.builder()
                .baseUrl(URI.create(SERVER.baseUrl() + "/apis"))
                .apiKey(RawServer.KEY)
                .build();
    }

    private static void answers(int status, String body, String... header) {
        ResponseDefinitionBuilder answer = aResponse().withStatus(status).withBody(body);
        if (header.length > 0) {
            answer.withHeader(header[0], header[1]);
        }
        SERVER.stubFor(any(anyUrl()).willReturn(answer));
    }

    /** A write whose query and body must not be disclosed. */
    private static Desk365Exception failure() {
        Desk365Exception failure = catchThrowableOfType(
                Desk365Exception.class,
                () -> desk().tickets()
                        .update(4052, t -> t.subject("s3cret-body").description("s3cret-body")));
        for (Throwable e = failure; e != null; e = e.getCause()) {
            assertThat(e.toString()).doesNotContain(RawServer.KEY, "s3cret", "4052");
        }
        return failure;
    }

    private static String message(int status, String body, String... header) {
        answers(status, body, header);
        return String.valueOf(failure().getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "400, ApiException",
        "401, UnauthorizedException",
        "403, ForbiddenException",
        "404, NotFoundException",
        "405, ApiException",
        "408, ApiException",
        "409, ConflictException",
        "413, ApiException",
        "418, ApiException",
        "429, RateLimitedException",
        "500, ApiException",
        "502, ApiException",
        "503, ApiException",
        "504, ApiException",
        "599, ApiException",
        "307, ApiException",
    })
    void each_status_has_its_exception(int status, String name) {
        answers(status, "{\"message\": \"The service's sentence.\"}");
        ApiException failure = (ApiException) failure();
        assertThat(failure.getClass().getSimpleName()).isEqualTo(name);
        assertThat(failure.status()).isEqualTo(status);
        assertThat(failure.serverMessage()).isEqualTo("The service's sentence.");
        // Applications log messages, and the service may quote a customer.
        assertThat(failure.getMessage())
                .startsWith("update ticket: " + status)
                .contains("the service's message is in serverMessage()")
                .doesNotContain("sentence");
    }

    @Test
    void three_statuses_come_with_a_hint() {
        assertThat(message(401, "")).contains("check the API key");
        assertThat(message(403, "")).contains("belongs to this subdomain");
        assertThat(message(405, "")).contains("required query parameter may be missing");
        assertThat(message(400, "")).isEqualTo("update ticket: 400");
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "17, 17",
                "0, 0",
                "007, 7",
                "'', none",
                "soon, none",
                "-1, none",
                "1.5, none",
                "17 s, none",
                "999999999, 31536000",
                "99999999999, 31536000",
                "99999999999999999999999999, 31536000"
            },
            nullValues = "none")
    void a_wait_in_seconds_is_told_and_is_never_too_long_to_count_with(String header, @Nullable Integer seconds) {
        answers(429, "{}", "Retry-After", header);
        assertThat(((RateLimitedException) failure()).retryAfter())
                .isEqualTo(seconds == null ? null : Duration.ofSeconds(seconds));
    }

    @Test
    void no_wait_is_told_without_a_header() {
        answers(429, "");
        assertThat(((RateLimitedException) failure()).retryAfter()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html><body><h1>502 Bad Gateway</h1></body></html>",
                "\n  <!DOCTYPE html><p>x",
                "{\"message\": \"<html><body>oops</body></html>\"}",
                "{\"message\": \"broken",
                "{\"message\": 5}",
                "{}",
                "   "
            })
    void what_is_no_sentence_is_left_out(String body) {
        answers(502, body);
        ApiException failure = (ApiException) failure();
        assertThat(failure.serverMessage()).isNull();
        assertThat(failure).hasMessage("update ticket: 502");
    }

    @Test
    void the_sentence_is_found_under_several_names_or_bare() {
        assertThat(said(400, "{\"status\": 400, \"error\": \"Bad Request\"}")).isEqualTo("Bad Request");
        assertThat(said(400, "{\"message\": \" \", \"description\": \"Wrong.\"}"))
                .isEqualTo("Wrong.");
        assertThat(said(400, "Wrong\r\n  value")).isEqualTo("Wrong value");
    }

    @Test
    void a_body_that_echoes_the_key_is_masked() {
        assertThat(said(401, "{\"message\": \"No such key: " + RawServer.KEY + "!\"}"))
                .isEqualTo("No such key: (API key)!");
        assertThat(said(500, "Authorization: " + RawServer.KEY)).isEqualTo("Authorization: (API key)");
        assertThat(said(500, "key%3D" + RawServer.KEY + "x")).isEqualTo("key%3D(API key)x");
        assertThat(said(500, " ".repeat(16 * 1024 - 5) + RawServer.KEY)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "network1, Network1 and network12 are down: network1., Network1 and network12 are down: (API key).",
        "customer, The customers of customer: \"customer\", The customers of (API key): \"(API key)\"",
        "customer, key=customer&x, key=(API key)&x",
        "customer, key%3Dcustomer%20x, key%3D(API key)%20x",
        "customer, a\\u003dcustomer, a\\u003d(API key)",
        "customer, Kundenücustomer, Kundenücustomer",
        "12345678, No ticket 123456789, No ticket 123456789",
        "a.b.c.d$e(, no a.b.c.d$e( here, no (API key) here",
    })
    void a_short_key_is_masked_where_it_stands_alone_and_no_word_is_cut(String key, String body, String says) {
        answers(400, body);
        Desk365Client desk = Desk365Client.builder()
                .baseUrl(URI.create(SERVER.baseUrl() + "/apis"))
                .apiKey(key)
                .build();
        ApiException failure =
                catchThrowableOfType(ApiException.class, () -> desk.tickets().update(4052, t -> t.subject("x")));
        assertThat(failure.serverMessage()).isEqualTo(says);
    }

    private static @Nullable String said(int status, String body) {
        answers(status, body);
        return ((ApiException) failure()).serverMessage();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "Sun, 22 Nov 2026 08:01:30 GMT  | none                          | 90",
                "Sunday, 22-Nov-26 08:01:30 GMT | none                          | 90",
                "Sun Nov 22 08:01:30 2026       | none                          | 90",
                "Sun, 22 Nov 2026 07:59:00 GMT  | none                          | 0",
                "Thu, 01 Jan 1970 00:00:00 GMT  | none                          | 0",
                "Fri, 31 Dec 9999 23:59:59 GMT  | none                          | 31536000",
                "Sun, 22 Nov 2026 08:01:30      | none                          | none",
                "tomorrow                       | none                          | none",
                "Sun, 22 Nov 2026 18:01:30 GMT  | Sun, 22 Nov 2026 18:01:00 GMT | 30",
                "Sun, 22 Nov 2026 08:01:30 GMT  | yesterday                     | 90",
            })
    void a_wait_until_a_date_is_told_by_the_time_of_the_service_or_else_by_the_clock(
            String header, @Nullable String date, @Nullable Integer seconds) throws Exception {
        for (int status : new int[] {429, 503}) {
            String[] headers = date == null
                    ? new String[] {"Retry-After: " + header}
                    : new String[] {"Retry-After: " + header, "Date: " + date};
            try (RawServer server = new RawServer(RawServer.says(status, "{}", headers))) {
                Desk365Client desk = server.builder()
                        .time(new ManualClock(NOW), Transport.Sleeper.REAL)
                        .build();
                ApiException failure = catchThrowableOfType(
                        ApiException.class, () -> desk.tickets().get(1));
                assertThat(failure.retryAfter()).isEqualTo(seconds == null ? null : Duration.ofSeconds(seconds));
                assertThat(server.requests()).hasSize(1);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "000, 0", "17, 17", "9999999, 9999999", "99999999999999999999, 31536000", "-3, none"})
    void a_fault_that_names_a_wait_is_not_repeated_by_the_http_client(String header, String seconds) throws Exception {
        try (RawServer server = new RawServer(RawServer.says(503, "{}", "Retry-After: " + header))) {
            ApiException failure = catchThrowableOfType(
                    ApiException.class, () -> server.client().tickets().get(1));
            assertThat(failure.retryAfter())
                    .isEqualTo(seconds.equals("none") ? null : Duration.ofSeconds(Long.parseLong(seconds)));
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void a_retry_waits_until_the_date() throws Exception {
        List<Duration> waits = new ArrayList<>();
        try (RawServer server = new RawServer((request, connection) -> {
            if (waits.isEmpty()) {
                connection.say(429, "{}", "Retry-After: Sun, 22 Nov 2026 08:00:09 GMT");
            } else {
                connection.say(200, "{\"ticket_number\": 1}");
            }
        })) {
            Desk365Client desk = server.builder()
                    .options(o -> o.retry(RetryPolicy.upTo(2)))
                    .time(new ManualClock(NOW), (wait, cancellation) -> waits.add(wait))
                    .build();
            desk.tickets().get(1);
            assertThat(waits).containsExactly(Duration.ofSeconds(9));
            assertThat(server.requests()).hasSize(2);
        }
    }

    /** Every operation that updates a record, called without changes. */
    static Stream<Consumer<Desk365Client>> changesOfNothing() {
        return Stream.of(
                d -> d.tickets().update(1, t -> {}),
                d -> d.tickets().update(1, t -> t.customFields(Map.of())),
                d -> d.tickets().update(1, t -> t.addWatchers().removeShares()),
                d -> d.contacts().update("a@b.example", c -> {}),
                d -> d.companies().update("Northwind", c -> {}),
                d -> d.contracts().update("Support", c -> {}),
                d -> d.contracts().updateByReferenceNumber("1", c -> {}),
                d -> d.knowledgeBase().updateArticle("VPN", a -> {}),
                d -> d.knowledgeBase().updateCategory("IT", c -> {}),
                d -> d.knowledgeBase().updateFolder("IT", "VPN", f -> {}),
                d -> d.assetLocations().update("Lab", l -> {}),
                d -> d.tickets().importConversation(1, List.of()));
    }

    @ParameterizedTest
    @MethodSource("changesOfNothing")
    void an_update_of_nothing_spends_no_call(Consumer<Desk365Client> update) throws Exception {
        try (RawServer server = new RawServer(RawServer.says(200, "{}"))) {
            Desk365Client desk = server.client();
            assertThatThrownBy(() -> update.accept(desk))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageMatching("(update \\w+ needs at least one change|import conversations needs a message)");
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void a_list_that_is_emptied_is_a_change() throws Exception {
        try (RawServer server = new RawServer(RawServer.says(200, "{\"category_name\": \"IT\"}"))) {
            server.client().knowledgeBase().updateCategory("IT", c -> c.companies());
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void a_long_body_is_cut_and_never_within_a_character() {
        assertThat(said(500, "x".repeat(50_000_000))).hasSize(501);
        assertThat(said(500, "x".repeat(499) + "\uD83D\uDE00".repeat(9))).endsWith("x…");
    }

    @Test
    void a_status_survives_a_body_that_breaks_off() throws Exception {
        try (RawServer server = new RawServer((request, connection) -> {
            connection.say("HTTP/1.1 404 Not Found\r\nContent-Length: 100\r\n\r\n{\"message\":");
            connection.close();
        })) {
            assertThatThrownBy(() -> server.client().tickets().get(1))
                    .isInstanceOf(NotFoundException.class)
                    .hasMessage("get ticket: 404");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\":                | not JSON at line 1, column 6",
                "{\"a\": s3cret}        | not JSON at line 1, column 7",
                "{\"a\": 1} trailing    | not JSON at line 1, column 10",
                "{\"a\": 1} {}          | text after the JSON value",
                "{\"a\": 1e99999999999} | JSON with a number that is too large or too small",
            })
    void broken_json_is_told_by_its_place(String body, String says) {
        assertThat(message(200, body)).isEqualTo("update ticket: the response is " + says);
    }

    @Test
    void json_that_is_too_deep_is_refused() {
        assertThat(message(200, "[".repeat(100_000)))
                .startsWith("update ticket: the response is JSON that is too deeply nested");
    }

    @Test
    void a_page_with_status_200_is_no_answer() {
        answers(200, " <html>Log in</html>");
        assertThat(failure())
                .isInstanceOf(InvalidResponseException.class)
                .hasMessage("update ticket: the response is an HTML page, not JSON");
    }

    @Test
    void an_empty_answer_is_none() {
        answers(200, "");
        assertThatThrownBy(() -> desk().tickets().get(1))
                .isInstanceOf(InvalidResponseException.class)
                .hasMessage("get ticket: the response is empty");
    }

    @Test
    void arrays_and_texts_are_put_under_a_name_and_white_space_before_does_not_matter() {
        answers(200, " ".repeat(20_000) + "[1, null]");
        assertThat(desk().send("GET", "x", Map.of(), null).toMap()).containsKey("content");
        answers(200, "\n A sentence. \n");
        assertThat(desk().ping()).isEqualTo("A sentence.");
        answers(200, "x".repeat(65_537));
        assertThatThrownBy(() -> desk().ping()).hasMessage("ping: the response is long plain text, not JSON");
    }

    @Test
    void a_text_is_no_record() {
        answers(200, "Ticket updated", "Content-Type", "text/plain");
        assertThat(failure())
                .isInstanceOfSatisfying(
                        InvalidResponseException.class,
                        e -> assertThat(e.mayHaveArrived()).isTrue())
                .hasMessage("update ticket: the response is plain text, not JSON");
        assertThatThrownBy(() -> desk().tickets().get(1))
                .hasMessage("get ticket: the response is plain text, not JSON");
        assertThat(desk().knowledgeBase().deleteArticle("VPN").message()).isEqualTo("Ticket updated");
    }

    @Test
    void bytes_that_are_no_text_are_no_answer() throws Exception {
        try (RawServer server = new RawServer((request, connection) ->
                connection.say("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n\u00fe\u00ff\0{\0}"))) {
            assertThatThrownBy(() -> server.client().knowledgeBase().deleteArticle("VPN"))
                    .isInstanceOf(InvalidResponseException.class)
                    .hasMessage("delete article: the response is neither JSON nor text in UTF-8");
        }
    }

    @Test
    void the_content_type_does_not_matter() {
        answers(200, "{\"ticket_number\": 7}", "Content-Type", "text/html");
        assertThat(desk().tickets().get(7).ticketNumber()).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"EMPTY_RESPONSE", "RANDOM_DATA_THEN_CLOSE", "MALFORMED_RESPONSE_CHUNK"})
    void garbage_is_a_transport_failure(Fault fault) {
        SERVER.stubFor(any(anyUrl()).willReturn(aResponse().withFault(fault)));
        assertThat(failure()).isInstanceOf(TransportException.class);
    }

    @Test
    void what_cannot_be_sent_is_refused_before() {
        int before = SERVER.getAllServeEvents().size();
        assertThatThrownBy(() -> desk().tickets().reply(1, "x", r -> {}, List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("add reply with attachment needs a file");
        assertThatThrownBy(() -> desk().tickets().update(1, t -> t.set("x", Double.NaN)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> desk().send("GET", "x", Map.of(), Map.of("a", 1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(SERVER.getAllServeEvents()).hasSize(before);
    }

    @Test
    void nothing_that_can_be_printed_holds_key_or_query() {
        Desk365Client desk = desk();
        assertThat(List.of(desk, desk.tickets(), desk.with(o -> o)).toString()).doesNotContain(RawServer.KEY);
    }
}
