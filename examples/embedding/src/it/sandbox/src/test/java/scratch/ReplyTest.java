package scratch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.sandbox.Desk365Sandbox;
import io.github.desk365mcp.sandbox.junit.Desk365SandboxExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Desk365SandboxExtension.class)
class ReplyTest {

    @Test
    void a_reply_is_one_call(Desk365Sandbox sandbox) {
        Desk365Client desk = Desk365Client.builder()
                .baseUrl(sandbox.baseUrl())
                .apiKey(sandbox.apiKey())
                .build();

        desk.tickets().reply(4052, "We are on it.");

        assertEquals(1, sandbox.exchanges().size());
    }
}
