package io.github.desk365mcp.tools.internal.pipeline;

import io.github.desk365mcp.tools.internal.core.CallNotes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The labels of an answer as JSON, for the shared state. */
final class StoredLabels {

    private static final String UNTRUSTED = "untrusted";
    private static final String WRITTEN = "written";

    private StoredLabels() {}

    static Map<String, Object> value(CallNotes.Labels labels) {
        return Map.of(UNTRUSTED, labels.untrusted(), WRITTEN, List.copyOf(labels.written()));
    }

    static CallNotes.Labels read(Map<String, @Nullable Object> value) {
        Map<String, String> untrusted = new HashMap<>();
        if (value.get(UNTRUSTED) instanceof Map<?, ?> paths) {
            paths.forEach((path, writer) -> untrusted.put(String.valueOf(path), String.valueOf(writer)));
        }
        Set<String> written = new HashSet<>();
        if (value.get(WRITTEN) instanceof List<?> paths) {
            paths.forEach(path -> written.add(String.valueOf(path)));
        }
        return new CallNotes.Labels(Map.copyOf(untrusted), Set.copyOf(written));
    }
}
