package io.github.desk365mcp.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.desk365mcp.sandbox.Caller.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FaultsTest {

    private final Desk365Sandbox sandbox = Desk365Sandbox.start();
    private final Caller caller = new Caller(sandbox);

    @AfterEach
    void close() {
        sandbox.close();
    }

    private Reply addNote() {
        return caller.post("/tickets/add_note", "{'body': 'x'}", "ticket_number", "4088");
    }

    private int notes() {
        return caller.get("/tickets/conversations", "ticket_number", "4088")
                .json()
                .path("count")
                .asInt();
    }

    @Test
    void a_planned_response_replaces_only_the_next_one() {
        sandbox.next(Fault.answer(503, Map.of("Retry-After", "3", "Content-Type", "text/html"), "<h1>busy</h1>"));

        Reply broken = addNote();

        assertThat(broken.status()).isEqualTo(503);
        assertThat(broken.text()).isEqualTo("<h1>busy</h1>");
        assertThat(broken.header("Retry-After")).isEqualTo("3");
        assertThat(broken.header("Content-Type")).isEqualTo("text/html");
        assertThat(notes()).isZero();
    }

    @Test
    void a_dropped_request_does_nothing() {
        sandbox.next(Fault.dropBefore());

        assertThatThrownBy(this::addNote).isInstanceOf(UncheckedIOException.class);
        assertThat(notes()).isZero();
        assertThat(sandbox.exchanges().get(0).status()).isZero();
    }

    @Test
    void a_lost_response_does_not_undo_the_request() {
        sandbox.next(Fault.loseAnswer());

        assertThatThrownBy(this::addNote).isInstanceOf(UncheckedIOException.class);
        assertThat(notes()).isEqualTo(1);
    }

    @Test
    void a_replaced_response_does_not_undo_the_request() {
        sandbox.next(Fault.replaceAnswer(408, Map.of(), "too late"));

        Reply replaced = addNote();

        assertThat(replaced.status()).isEqualTo(408);
        assertThat(replaced.text()).isEqualTo("too late");
        assertThat(notes()).isEqualTo(1);
    }

    @Test
    void a_dropped_connection_ends_without_a_byte() throws IOException {
        sandbox.next(Fault.dropBefore());
        try (Socket socket = new Socket("127.0.0.1", sandbox.baseUrl().getPort())) {
            socket.getOutputStream()
                    .write("GET /apis/v3/ping HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void a_stalled_response_is_sent_when_it_is_released_and_does_not_block_others() throws Exception {
        Fault stall = Fault.stall();
        sandbox.next("addNote", stall);

        CompletableFuture<Reply> held = CompletableFuture.supplyAsync(this::addNote);
        while (notes() == 0) {
            Thread.onSpinWait();
        }
        assertThat(held).isNotDone();

        stall.release();
        assertThat(held.get(10, TimeUnit.SECONDS).status()).isEqualTo(201);
    }

    @Test
    void closing_the_sandbox_breaks_a_stalled_connection() {
        sandbox.next(Fault.stall());
        CompletableFuture<Reply> held = CompletableFuture.supplyAsync(this::addNote);
        while (sandbox.exchanges().isEmpty()) {
            Thread.onSpinWait();
        }

        sandbox.close();

        assertThat(held).failsWithin(10, TimeUnit.SECONDS);
    }

    @Test
    void a_fault_waits_for_its_operation() {
        sandbox.next("getTicket", Fault.answer(500, Map.of(), "{}"));

        assertThat(caller.get("/agents").status()).isEqualTo(200);
        assertThat(caller.get("/tickets/details", "ticket_number", "4001").status())
                .isEqualTo(500);
        assertThat(caller.get("/tickets/details", "ticket_number", "4001").status())
                .isEqualTo(200);
    }

    @Test
    void faults_occur_in_the_order_in_which_they_were_planned() {
        sandbox.next(Fault.answer(500, Map.of(), "{}"));
        sandbox.next(Fault.answer(502, Map.of(), "{}"));

        assertThat(caller.get("/agents").status()).isEqualTo(500);
        assertThat(caller.get("/agents").status()).isEqualTo(502);
        assertThat(caller.get("/agents").status()).isEqualTo(200);
    }

    @Test
    void a_reset_forgets_planned_faults() {
        sandbox.next(Fault.answer(500, Map.of(), "{}"));
        sandbox.reset();

        assertThat(caller.get("/agents").status()).isEqualTo(200);
    }

    @Test
    void an_operation_that_does_not_exist_cannot_be_planned_for() {
        assertThatThrownBy(() -> sandbox.next("getTickets", Fault.stall()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("getTickets");
    }
}
