package io.github.desk365mcp.tools;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a test takes for granted, and fails without. */
final class Expect {

    private Expect() {}

    /** The structure of an answer that is no error. */
    static Map<String, Object> answer(ToolResult result) {
        return Objects.requireNonNull(result.structuredContent(), result.text());
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(@Nullable Object value) {
        return (Map<String, Object>) Objects.requireNonNull(value);
    }

    @SuppressWarnings("unchecked")
    static List<Object> list(@Nullable Object value) {
        return (List<Object>) Objects.requireNonNull(value);
    }
}
