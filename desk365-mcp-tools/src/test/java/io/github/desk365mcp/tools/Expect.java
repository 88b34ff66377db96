package io.github.desk365mcp.tools;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a test takes for granted, and fails without. */
final class Expect {

    private static final Pattern EXPLANATION =
            Pattern.compile("\"outside_*\":\"Text between \\(\\*(\\d+): and :\\1\\*\\) [^\"]+\","
                    + "| Text between \\(\\*(\\d+): and :\\2\\*\\) [^\"]+$");

    private Expect() {}

    /** The number of a result's marks; empty if it has none. */
    static String nonce(ToolResult result) {
        Matcher explanation = EXPLANATION.matcher(result.text());
        return !explanation.find() ? "" : result.isError() ? explanation.group(2) : explanation.group(1);
    }

    /** The text of a result without its marks and their explanation. */
    static String unmarked(ToolResult result) {
        String nonce = nonce(result);
        return nonce.isEmpty()
                ? result.text()
                : EXPLANATION
                        .matcher(result.text())
                        .replaceFirst("")
                        .replace("(*" + nonce + ":", "")
                        .replace(":" + nonce + "*)", "");
    }

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
