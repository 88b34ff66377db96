package io.github.desk365mcp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.sandbox.Desk365Sandbox;
import io.github.desk365mcp.sandbox.Fault;
import io.github.desk365mcp.sandbox.junit.Desk365SandboxExtension;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Compiles the Java of the sandbox's README, which the sandbox itself cannot: it has no client. */
@SuppressWarnings("ClassCanBeStatic")
final class SandboxReadmeExamples {

    private SandboxReadmeExamples() {}

    static void start() {
        // README
        try (Desk365Sandbox sandbox = Desk365Sandbox.start()) {
            URI base = sandbox.baseUrl(); // http://127.0.0.1:34567/apis
            String key = sandbox.apiKey(); // sandbox-key
            yourProgram(base, key);
            assertThat(sandbox.violations()).isEmpty();
        }
        // README end
    }

    private static void yourProgram(URI base, String key) {
        assertThat(base.getPath()).isEqualTo("/apis");
        assertThat(key).isNotEmpty();
    }

    // README
    @ExtendWith(Desk365SandboxExtension.class)
    class NoteTest {

        @Test
        void the_note_arrives(Desk365Sandbox sandbox) {
            Desk365Client desk = Desk365Client.builder()
                    .baseUrl(sandbox.baseUrl())
                    .apiKey(sandbox.apiKey())
                    .build();
            desk.tickets().note(4052, "Called back.");
            assertTrue(sandbox.exchanges().get(0).text().contains("Called back."));
        }
    }
    // README end

    static void faults(Desk365Sandbox sandbox) {
        // README
        // Does nothing, and sends this response.
        sandbox.next(Fault.answer(503, Map.of("Retry-After", "3"), "<h1>busy</h1>"));
        // Carries out the request, and sends this response instead.
        sandbox.next(Fault.replaceAnswer(200, Map.of(), ""));
        // Carries out the request, and breaks the connection.
        sandbox.next("createTicket", Fault.loseAnswer());
        // Does nothing, and breaks the connection.
        sandbox.next(Fault.dropBefore());
        // Carries out the request, and delays the response until it is released.
        Fault stall = Fault.stall();
        sandbox.next("addReply", stall);
        stall.release();
        // README end
    }
}
