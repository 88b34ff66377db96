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

    void repaired(String words) {
        repairs.add(words);
    }

    /** At this path of the answer stands what somebody wrote: a contact, an agent or the system. */
    void untrusted(String path, String origin) {
        untrusted.put(path, origin);
    }

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

    List<String> repairs() {
        return List.copyOf(repairs);
    }
}
