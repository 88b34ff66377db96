package io.github.desk365mcp.tools;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the stages noted about a call, for the result's {@code _meta}. Used by one thread. */
final class Trace {

    private final List<String> repairs = new ArrayList<>();
    private final Map<String, String> untrusted = new LinkedHashMap<>();
    private @Nullable Integer status;
    private int calls;
    private boolean sentNothing;

    void repaired(String words) {
        repairs.add(words);
    }

    /** A text of the answer that somebody outside wrote. */
    void untrusted(String path, String writer) {
        untrusted.put(path, writer);
    }

    /** Paths in the answer, and who wrote what is there: contact, agent or system. */
    Map<String, String> untrusted() {
        return Collections.unmodifiableMap(untrusted);
    }

    void refusedWith(int httpStatus) {
        status = httpStatus;
    }

    /** The HTTP status of the error that the service answered; null if it answered none. */
    @Nullable
    Integer status() {
        return status;
    }

    /** How many calls of the rate limit it has cost so far. */
    void cost(int count) {
        calls = count;
    }

    int calls() {
        return calls;
    }

    /** The call was given up before anything left for the service. */
    void sentNothing() {
        sentNothing = true;
    }

    boolean hasSentNothing() {
        return sentNothing;
    }

    List<String> repairs() {
        return List.copyOf(repairs);
    }
}
