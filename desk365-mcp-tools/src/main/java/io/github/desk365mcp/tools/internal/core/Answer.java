package io.github.desk365mcp.tools.internal.core;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a tool answers: the schema that promises it, and the conversion that keeps the promise. */
public interface Answer {

    /** Where an answer says what it leaves out, and how to get that. */
    String TRUNCATED = "truncated";

    /** Ends the name of a value that is of another kind than was ever seen. */
    String AS_SENT = "_as_sent";

    /** An object schema that is shallow, requires nothing and allows more: a broken promise would cost the answer. */
    Map<String, Object> schema();

    /** The answer, from what the handler got. */
    Map<String, Object> convert(Object result, AnswerOptions view);

    /** Which arguments say how the answer is wanted, in a tool that only reads. */
    default List<Param<?>> takes() {
        return List.of();
    }

    /** The texts in an answer that somebody outside wrote: path to writer. */
    default Map<String, String> untrusted(Map<String, Object> answer) {
        return Map.of();
    }

    /** Content blocks beside the answer, from what the handler got: an image, for example. */
    default List<Map<String, Object>> blocks(Object result) {
        return List.of();
    }

    /** Those of them that nobody knows the writer of: what was just created may have them too. */
    default Map<String, String> unknown(Map<String, Object> answer) {
        return Map.of();
    }

    /** One record. */
    static Answer one(RecordMapping shape) {
        return new RecordAnswer(shape, false);
    }

    /** One record, and the files that were sent with it, from {@link Uploaded}. */
    static Answer uploaded(RecordMapping shape) {
        return new RecordAnswer(shape, true);
    }

    /** A page of records, from a {@link io.github.desk365mcp.api.Page}. */
    static ListAnswer page(String items, RecordMapping shape) {
        return new ListAnswer(items, null, shape);
    }

    /** Records that all come at once, under the same name as here. */
    static ListAnswer all(String items, RecordMapping shape) {
        return new ListAnswer(items, items, shape);
    }

    /** What was left out, in the answer. */
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
