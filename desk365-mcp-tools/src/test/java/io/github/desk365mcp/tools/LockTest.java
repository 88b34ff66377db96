package io.github.desk365mcp.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.sandbox.ManualClock;
import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.Selection;
import io.github.desk365mcp.tools.internal.account.Account;
import io.github.desk365mcp.tools.internal.catalogue.Catalogue;
import io.github.desk365mcp.tools.internal.core.Outcome;
import io.github.desk365mcp.tools.internal.core.Stage;
import io.github.desk365mcp.tools.internal.core.Tool;
import io.github.desk365mcp.tools.internal.pipeline.LockStage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LockTest {

    private static final CallContext RITA =
            CallContext.none().tenant("acme").caller("rita").session("morning");

    private final ManualClock clock = new ManualClock();
    private final LockStage lock = new LockStage(clock);

    /** Reading a ticket shows a customer's text; reading an agent's address does not. */
    private final Stage.Next work = lock.around(call -> {
        if (call.tool().name().equals("get_single_desk_365_ticket_by_id")) {
            call.notes().untrusted("subject", "contact");
        }
        return new Outcome.Done(Map.of());
    });

    private Outcome call(String name, CallContext context) {
        Tool tool = Catalogue.tools().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
        Account helpdesk = Account.of(
                null,
                Desk365Client.connect("acme", "a-test-key"),
                Policy.of(Selection.everything()).clock(clock));
        return work.run(AdmittedCall.of(tool, Map.of(), context, helpdesk));
    }

    private Outcome reads(CallContext context) {
        return call("get_single_desk_365_ticket_by_id", context);
    }

    private String writes(CallContext context) {
        return call("create_a_desk_365_ticket_note", context) instanceof Outcome.Refused refused
                ? refused.code()
                : "done";
    }

    @Test
    void a_session_that_read_untrusted_text_reads_on_and_writes_no_more() {
        assertThat(writes(RITA)).isEqualTo("done");
        call("list_all_desk_365_agents", RITA);
        assertThat(writes(RITA)).isEqualTo("done");

        reads(RITA);

        assertThat(writes(RITA)).isEqualTo("locked");
        assertThat(reads(RITA)).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void other_sessions_tenants_and_callers_are_not_locked() {
        reads(RITA);

        assertThat(writes(RITA.session("evening"))).isEqualTo("done");
        assertThat(writes(RITA.tenant("globex"))).isEqualTo("done");
        reads(CallContext.none().caller("tom"));
        assertThat(writes(CallContext.none().caller("tom"))).isEqualTo("locked");
        assertThat(writes(CallContext.none().caller("ada"))).isEqualTo("done");
    }

    @Test
    void a_person_releases_it_until_it_reads_again() {
        reads(RITA);

        lock.release(List.of("acme", "rita", "morning"));

        assertThat(writes(RITA)).isEqualTo("done");
        reads(RITA);
        assertThat(writes(RITA)).isEqualTo("locked");
    }

    @Test
    void a_session_is_forgotten_a_day_after_it_read_last() {
        reads(RITA);
        clock.advance(Duration.ofHours(24).minusMillis(1));
        assertThat(writes(RITA)).isEqualTo("locked");

        clock.advance(Duration.ofMillis(1));

        assertThat(writes(RITA)).isEqualTo("done");
    }

    @Test
    void memory_is_bounded_and_what_read_last_stays_locked() {
        reads(RITA);
        for (int session = 0; session < 10_000; session++) {
            reads(RITA.session("session " + session));
        }

        assertThat(writes(RITA)).isEqualTo("done");
        assertThat(writes(RITA.session("session 0"))).isEqualTo("locked");
    }
}
