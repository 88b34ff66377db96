package io.github.desk365mcp.tools.internal.pipeline;

import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.tools.internal.catalogue.Catalogue;
import io.github.desk365mcp.tools.internal.core.AnswerOptions;
import io.github.desk365mcp.tools.internal.core.Call;
import io.github.desk365mcp.tools.internal.core.CallNotes;
import io.github.desk365mcp.tools.internal.core.KeptRecord;
import io.github.desk365mcp.tools.internal.core.Outcome;
import io.github.desk365mcp.tools.internal.core.RecordMapping;
import io.github.desk365mcp.tools.internal.core.Stage;
import io.github.desk365mcp.tools.internal.core.Tool;
import io.github.desk365mcp.tools.internal.text.Invisible;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The record that a call changes, as it is before the call.
 *
 * @param key the arguments that name it
 * @param answer as the reading tool shows it; empty if it cannot be read, such as a draft, or if the caller may not read it
 * @param notes of the reading call: which texts of the answer people outside wrote, or what a refusal quotes
 * @param record as the service returned it; null if it could not be read
 * @param shape the mapping of the record
 * @param refused why it could not be read; null if it was, or if the caller may not read it
 */
record RecordBefore(
        Map<String, Object> key,
        Map<String, Object> answer,
        CallNotes notes,
        @Nullable JsonDocument record,
        RecordMapping shape,
        Outcome.@Nullable Refused refused) {

    /** Reads the record, which costs a call, unless the caller may not read it. */
    static RecordBefore of(Call call, Stage.Next inside) {
        Tool reader = Catalogue.get(Objects.requireNonNull(call.tool().reader()));
        Map<String, Object> key = new LinkedHashMap<>(call.arguments());
        key.keySet().removeIf(name -> reader.param(name) == null);
        KeptRecord kept = new KeptRecord(reader.answer(), Set.of());
        Call look = call.aside(reader.toBuilder().build(kept, reader.handler()), key);
        Outcome outcome = mayRead(call) ? inside.run(look) : null;
        if (outcome instanceof Outcome.Done done) {
            return new RecordBefore(key, done.answer(), look.notes(), kept.record(), kept.shape(), null);
        }
        Outcome.Refused refused = outcome instanceof Outcome.Refused failed ? failed : null;
        return new RecordBefore(key, Map.of(), look.notes(), null, kept.shape(), refused);
    }

    /** Whether the caller of an update may read the record. */
    static boolean mayRead(Call call) {
        return call.names().isVisible(Objects.requireNonNull(call.tool().reader()));
    }

    /** Returns a later state of the record as the reading tool would show it, whatever its size. */
    static Map<String, Object> shown(Call call, JsonDocument record, RecordMapping shape) {
        Call look = call.aside(Catalogue.get(Objects.requireNonNull(call.tool().reader())), Map.of());
        AnswerOptions view = AnswerOptions.of(look, AnswerOptions.EVERYTHING.size());
        return Invisible.stripInMap(shape.convert(record.toMap(), view));
    }
}
