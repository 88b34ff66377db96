package io.github.desk365mcp.tools.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.Selection;
import io.github.desk365mcp.tools.internal.core.CallNotes;
import io.github.desk365mcp.tools.internal.core.Outcome;
import io.github.desk365mcp.tools.internal.text.Text;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What one process stores of a call, another reads unchanged. */
class StoredJsonTest {

    private static final CallContext CONTEXT = CallContext.none()
            .tenant("acme")
            .caller("nora")
            .session("s1")
            .credential("secret")
            .scope(Selection.everything()
                    .tags("Tickets")
                    .exclude("delete_ticket")
                    .withReadOnly());

    private static JsonDocument stored(@Nullable Map<String, ?> value) {
        return JsonDocument.parse(Text.json(Objects.requireNonNull(value)));
    }

    @Test
    void a_call_is_carried_out_for_the_same_tenant_caller_and_session_within_the_same_scope() {
        CallContext read = StoredJson.context(stored(StoredJson.of(CONTEXT, true)));

        assertThat(read.tenant()).isEqualTo("acme");
        assertThat(read.caller()).isEqualTo("nora");
        assertThat(read.session()).isEqualTo("s1");
        assertThat(read.credential()).isEqualTo("secret");
        assertThat(read.scope()).isEqualTo(CONTEXT.scope());
    }

    @Test
    void a_credential_is_stored_only_if_it_is_asked_for() {
        assertThat(StoredJson.context(stored(StoredJson.of(CONTEXT, false))).credential())
                .isNull();
    }

    @Test
    void nothing_is_added_to_a_call_without_a_context() {
        assertThat(StoredJson.of(StoredJson.context(stored(StoredJson.of(CallContext.none(), true))), true))
                .isEqualTo(StoredJson.of(CallContext.none(), true));
    }

    @Test
    void an_outcome_keeps_its_answer_and_blocks() {
        Outcome done = new Outcome.Done(Map.of("ticket_number", 4052), List.of(Map.of("type", "text", "text", "one")));

        assertThat(StoredJson.outcome(stored(StoredJson.of(done)))).isEqualTo(done);
    }

    @Test
    void texts_keep_the_labels_of_who_wrote_them() {
        CallNotes.Labels labels = new CallNotes.Labels(Map.of("subject", "contact"), Set.of("body"));

        assertThat(StoredJson.labels(stored(StoredJson.of(labels)).toMap())).isEqualTo(labels);
    }
}
