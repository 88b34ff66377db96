package io.github.desk365mcp.tools.internal.core;

import io.github.desk365mcp.api.JsonDocument;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The answer of one call that also keeps the record before it is converted. Used by one thread. */
public final class KeptRecord implements Answer {

    private final RecordAnswer form;
    private final Set<String> leftOut;
    private @Nullable JsonDocument record;

    /**
     * Creates the answer.
     *
     * @param form of the tool; it sends no files
     * @param leftOut fields that the answer does not show, by their names in answers
     */
    public KeptRecord(Answer form, Set<String> leftOut) {
        this.form = (RecordAnswer) form;
        this.leftOut = leftOut;
    }

    /** The record as the service returned it; null if it has not. */
    @Nullable
    public JsonDocument record() {
        return record;
    }

    public RecordMapping shape() {
        return form.shape();
    }

    @Override
    public Map<String, Object> schema() {
        return form.schema();
    }

    @Override
    public Map<String, Object> convert(Object result, AnswerOptions view) {
        JsonDocument whole = (JsonDocument) result;
        record = whole;
        if (leftOut.isEmpty()) {
            return form.convert(result, view);
        }
        Map<String, Object> shown = new LinkedHashMap<>(whole.toMap());
        form.shape().fields().stream()
                .filter(field -> leftOut.contains(field.name()))
                .forEach(field -> shown.remove(field.wire()));
        return form.convert(new JsonDocument(shown), view);
    }

    @Override
    public Map<String, String> untrusted(Map<String, Object> answer) {
        return form.untrusted(answer);
    }

    @Override
    public Map<String, String> unknown(Map<String, Object> answer) {
        return form.unknown(answer);
    }
}
