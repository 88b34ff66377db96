package io.github.desk365mcp.tools.internal.core;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The form of a tool's answer: its schema, and the conversion to it. */
public interface Answer {

    /** The field that says what an answer leaves out and how to get it. */
    String TRUNCATED = "truncated";

    /** The suffix of a field's name if its value has an unexpected type; the value is passed on unchanged. */
    String AS_SENT = "_as_sent";

    /**
     * An object schema that is shallow, requires nothing and allows more, because a host discards an answer that
     * violates its schema.
     */
    Map<String, Object> schema();

    /** Converts what the handler returned to the answer. */
    Map<String, Object> convert(Object result, AnswerOptions view);

    /** The arguments that select the form of the answer, for a tool that only reads. */
    default List<Param<?>> takes() {
        return List.of();
    }

    /** The texts in an answer that outsiders wrote: paths with their writers. */
    default Map<String, String> untrusted(Map<String, Object> answer) {
        return Map.of();
    }

    /**
     * Content blocks beside the answer, from what the handler got: an image, for example.
     *
     * @param withCharts whether the host shows charts
     */
    default List<Map<String, Object>> blocks(Object result, boolean withCharts) {
        return List.of();
    }

    /** Those of the untrusted texts whose writer is unknown; a new record may have some that its creator did not write. */
    default Map<String, String> unknown(Map<String, Object> answer) {
        return Map.of();
    }

    /** One record. */
    static Answer one(RecordMapping shape) {
        return new RecordAnswer(shape, false);
    }

    /** One record and the files sent with it, from {@link Uploaded}. */
    static Answer uploaded(RecordMapping shape) {
        return new RecordAnswer(shape, true);
    }

    /** A page of records, from a {@link io.github.desk365mcp.api.Page}. */
    static ListAnswer page(String items, RecordMapping shape) {
        return new ListAnswer(items, null, shape);
    }

    /** Records that the service returns all at once, under the same name as in the answer. */
    static ListAnswer all(String items, RecordMapping shape) {
        return new ListAnswer(items, items, shape);
    }

    /** Adds the field that says what was left out. */
    static Map<String, Object> truncated(Map<String, Object> answer) {
        Map<String, Object> truncated = new LinkedHashMap<>();
        answer.put(TRUNCATED, truncated);
        return truncated;
    }

    static Map<String, Object> array(String items) {
        Map<String, Object> array = new LinkedHashMap<>();
        array.put("type", "array");
        array.put("items", Map.of("type", items));
        return array;
    }

    static Map<String, Object> schemaOf(Map<String, Object> properties) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", properties);
        return schema;
    }
}
