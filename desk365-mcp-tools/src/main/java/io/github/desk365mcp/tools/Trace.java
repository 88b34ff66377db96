package io.github.desk365mcp.tools;

import java.util.ArrayList;
import java.util.List;

/** What the stages noted about a call, for the result's {@code _meta}. Used by one thread. */
final class Trace {

    private final List<String> repairs = new ArrayList<>();

    void repaired(String words) {
        repairs.add(words);
    }

    List<String> repairs() {
        return List.copyOf(repairs);
    }
}
