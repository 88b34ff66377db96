package io.github.desk365mcp.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.desk365mcp.api.model.Ticket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.ForwardingSource;
import okio.Okio;
import okio.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A response is refused before it fills the memory; realistic responses are accepted. */
@Timeout(120)
class LargeAnswerTest {

    private static final int MANY = 60_000_000;

    /** How many response bytes were read from the sockets, whose buffers hold more. */
    private final AtomicLong read = new AtomicLong();

    private Desk365Client counting(RawServer server) {
        return server.builder()
                .httpClient(http -> http.addNetworkInterceptor(chain -> {
                    Response answer = chain.proceed(chain.request());
                    ResponseBody body = answer.body();
                    Source counted = new ForwardingSource(body.source()) {
                        @Override
                        public long read(Buffer sink, long most) throws IOException {
                            long bytes = super.read(sink, most);
                            read.addAndGet(Math.max(0, bytes));
                            return bytes;
                        }
                    };
                    return answer.newBuilder()
                            .body(ResponseBody.create(Okio.buffer(counted), body.contentType(), body.contentLength()))
                            .build();
                }))
                .build();
    }

    /** Repeats a text until it has sent the given number of bytes or the client has disconnected. */
    private static RawServer.Answer endless(String start, String text, AtomicLong sent) {
        return (request, connection) -> {
            connection.say("HTTP/1.1 200 OK\r\nContent-Length: " + MANY + "\r\n\r\n" + start);
            String block = text.repeat(1 + 8192 / text.length());
            while (sent.get() < MANY) {
                connection.say(block);
                sent.addAndGet(block.length());
            }
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"{},", "[],", "0,", "\"\",", "null,", "{\"a\":0},", "[[[{}]]],", "{\"a\":{\"b\":[1.5]}},"})
    void many_small_values_are_refused_before_they_are_built(String value) throws IOException {
        AtomicLong sent = new AtomicLong();
        try (RawServer server = new RawServer(endless("{\"tickets\":[", value, sent))) {
            assertThatThrownBy(() -> counting(server).tickets().list().stream().count())
                    .isInstanceOf(InvalidResponseException.class)
                    .hasMessage("list tickets: the response is JSON that is too deeply nested or too long");
            assertThat(read.get()).isLessThan(MANY / 3);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void many_fields_of_one_object_are_refused_before_they_are_built() throws IOException {
        AtomicLong sent = new AtomicLong();
        try (RawServer server = new RawServer((request, connection) -> {
            connection.say("HTTP/1.1 200 OK\r\nContent-Length: " + MANY + "\r\n\r\n{\"A\":1");
            for (int i = 0; sent.get() < MANY; ) {
                StringBuilder block = new StringBuilder();
                while (block.length() < 8192) {
                    block.append(",\"").append(Integer.toString(i++, 36)).append("\":0");
                }
                connection.say(block.toString());
                sent.addAndGet(block.length());
            }
        })) {
            assertThatThrownBy(() -> counting(server).tickets().get(1))
                    .isInstanceOf(InvalidResponseException.class)
                    .hasMessage("get ticket: the response is JSON that is too deeply nested or too long");
            assertThat(read.get()).isLessThan(MANY / 3);
        }
    }

    @Test
    void a_hundred_tickets_with_long_bodies_and_many_fields_pass() throws IOException {
        StringBuilder ticket = new StringBuilder("{\"ticket_number\": 7, \"description\": \"")
                .append("<p>A long mail.</p>".repeat(15_000))
                .append("\", \"custom_fields\": {");
        for (int i = 0; i < 500; i++) {
            ticket.append(i == 0 ? "" : ",").append("\"cf_").append(i).append("\": \"x\"");
        }
        ticket.append("}}");
        String answer = "{\"count\": 100, \"tickets\": [" + (ticket + ",").repeat(99) + ticket + "]}";
        try (RawServer server = new RawServer(RawServer.says(200, answer))) {
            List<Ticket> tickets = server.client().tickets().list().firstPage().items();
            assertThat(tickets).hasSize(100);
            assertThat(tickets.get(99).ticketNumber()).isEqualTo(7);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "\n", "0,", "x"})
    void a_small_answer_cannot_grow_without_end_when_it_is_unpacked(String text) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            byte[] block = text.repeat(1 << 16).getBytes(ISO_8859_1);
            if (text.equals("0,")) {
                gzip.write("{\"tickets\":[".getBytes(ISO_8859_1));
            } else if (text.equals("x")) {
                gzip.write("{\"tickets\":\"".getBytes(ISO_8859_1));
            }
            for (long bytes = 0; bytes < 300_000_000; bytes += block.length) {
                gzip.write(block);
            }
        }
        try (RawServer server = new RawServer((request, connection) -> {
            connection.say("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + packed.size() + "\r\n\r\n"
                    + packed.toString(ISO_8859_1));
        })) {
            assertThat(catchThrowable(() -> server.client().tickets().get(1)))
                    .isInstanceOf(InvalidResponseException.class)
                    .hasMessageMatching("get ticket: the response is (longer than 64 MiB|JSON that is .*too long)");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[", "{\"", "{\"a", "{\"a\":", "[1,", "{\"a\":\"b"})
    void an_answer_that_breaks_off_at_any_place_did_not_come(String beginning) throws IOException {
        try (RawServer server = new RawServer((request, connection) -> {
            connection.say("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n" + beginning);
            connection.close();
        })) {
            assertThat(catchThrowable(() -> server.client().tickets().update(1, t -> t.subject("x"))))
                    .isInstanceOfSatisfying(
                            TransportException.class,
                            e -> assertThat(e.mayHaveArrived()).isTrue())
                    .hasMessage("update ticket: no response (the connection broke); it may have been carried out");
            assertThat(server.requests()).hasSize(1);
        }
    }
}
