package io.github.desk365mcp.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.desk365mcp.sandbox.Desk365Sandbox;
import io.github.desk365mcp.sandbox.ManualClock;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UploadProgressTest {

    private static Desk365Client desk(Desk365Sandbox sandbox) {
        return Desk365Client.builder()
                .baseUrl(sandbox.baseUrl())
                .apiKey(sandbox.apiKey())
                .build();
    }

    @Test
    void an_upload_tells_how_far_it_is_until_all_is_sent() throws IOException {
        List<Long> sent = new ArrayList<>();
        List<Long> totals = new ArrayList<>();
        try (RawServer server = new RawServer(RawServer.succeeds(201))) {
            server.client()
                    .with(o -> o.progress((bytes, total) -> {
                        sent.add(bytes);
                        totals.add(total);
                    }))
                    .tickets()
                    .note(1, "x", n -> {}, List.of(Attachment.of("a", "a/b", new byte[1_000_000])));

            long length = Long.parseLong(server.requests().get(0).header("Content-Length"));
            assertThat(sent).isSorted().hasSizeGreaterThan(10).endsWith(length);
            assertThat(totals).containsOnly(length);
        }
    }

    @Test
    void each_attempt_is_counted_anew() throws IOException {
        List<Long> sent = new ArrayList<>();
        List<Integer> statuses = new ArrayList<>(List.of(429, 201));
        try (RawServer server = new RawServer((request, connection) ->
                connection.say(statuses.remove(0), RawServer.record(request), "Retry-After: 0"))) {
            server.builder()
                    .options(o -> o.retry(RetryPolicy.upTo(2)).progress((bytes, total) -> sent.add(bytes)))
                    .time(new ManualClock(), (wait, cancellation) -> {})
                    .build()
                    .tickets()
                    .note(1, "x", n -> {}, List.of(Attachment.of("a", "a/b", new byte[10])));
        }
        assertThat(sent).hasSize(2);
        assertThat(sent.get(0)).isEqualTo(sent.get(1));
    }

    @Test
    void what_it_throws_ends_the_call() {
        try (Desk365Sandbox sandbox = Desk365Sandbox.start()) {
            Desk365Client stopped = desk(sandbox)
                    .with(o -> o.progress((bytes, total) -> {
                        throw new IllegalStateException("enough");
                    }));
            Attachment file = Attachment.of("a", "a/b", new byte[1_000_000]);

            assertThatThrownBy(() -> stopped.tickets().note(4052, "x", n -> {}, List.of(file)))
                    .isInstanceOf(TransportException.class)
                    .hasRootCauseMessage("enough");
        }
    }

    @Test
    void a_stream_of_unknown_length_is_sent_in_chunks() {
        List<Long> totals = new ArrayList<>();
        byte[] bytes = new byte[100_000];
        try (Desk365Sandbox sandbox = Desk365Sandbox.start()) {
            Attachment file = Attachment.of("a.bin", "application/octet-stream", () -> new ByteArrayInputStream(bytes));

            desk(sandbox)
                    .with(o -> o.progress((sent, total) -> totals.add(total)))
                    .tickets()
                    .note(4052, "x", n -> {}, List.of(file));

            assertThat(file.hasLength()).isFalse();
            assertThat(file).hasToString("Attachment[application/octet-stream, length unknown]");
            assertThat(totals).containsOnly(-1L);
            assertThat(sandbox.exchanges().get(0).headers()).containsEntry("transfer-encoding", List.of("chunked"));
            assertThat(sandbox.exchanges().get(0).parts())
                    .singleElement()
                    .satisfies(part -> assertThat(part.size()).isEqualTo(100_000));
        }
    }
}
