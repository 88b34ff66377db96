package io.github.desk365mcp.server;

import static io.github.desk365mcp.tools.ToolNames.GET_TICKET;
import static io.github.desk365mcp.tools.ToolNames.LIST_TICKETS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import io.github.desk365mcp.tools.BoundTools;
import io.github.desk365mcp.tools.TestSandbox;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.Selection;
import java.lang.management.ManagementFactory;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Limits the bytes that a call allocates, from the arguments to the JSON of its result, at about one and a half times what
 * it was when this was written. Unlike times, they are the same on a busy machine.
 */
class AllocationTest {

    private static final int WARM_UP = 20;
    private static final int CALLS = 10;

    @RegisterExtension
    static final TestSandbox sandbox = TestSandbox.start();

    private final BoundTools tools = sandbox.bound(Policy.of(Selection.everything()));

    private long bytes(String tool, Map<String, Object> arguments) {
        assumeTrue(
                ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads
                        && threads.isThreadAllocatedMemoryEnabled(),
                "this virtual machine does not count allocations");
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long self = Thread.currentThread().getId();
        long before = 0;
        for (int i = 0; i < WARM_UP + CALLS; i++) {
            if (i == WARM_UP) {
                before = threads.getThreadAllocatedBytes(self);
            }
            assertThat(tools.call(tool, arguments).toJson()).contains("\"isError\":false");
        }
        return (threads.getThreadAllocatedBytes(self) - before) / CALLS;
    }

    @Test
    void a_get_allocates_little() {
        assertThat(bytes(GET_TICKET, Map.of("ticket_number", 4052))).isLessThan(230_000);
    }

    @Test
    void a_list_of_thirty_allocates_little() {
        assertThat(bytes(LIST_TICKETS, Map.of())).isLessThan(850_000);
    }
}
