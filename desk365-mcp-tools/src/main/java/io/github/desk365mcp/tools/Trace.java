package io.github.desk365mcp.tools;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the stages noted about a call, for the result's {@code _meta}. Used by one thread. */
final class Trace {

    private final List<String> repairs = new ArrayList<>();
    private @Nullable Integer status;

    void repaired(String words) {
        repairs.add(words);
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
