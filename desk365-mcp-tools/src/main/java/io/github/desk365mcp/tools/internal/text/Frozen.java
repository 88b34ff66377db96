package io.github.desk365mcp.tools.internal.text;

import io.github.desk365mcp.api.JsonDocument;
import java.util.Map;

/** Makes immutable copies of plain JSON values. */
public final class Frozen {

    private Frozen() {}

    public static Map<String, Object> map(Map<String, ?> map) {
        return new JsonDocument(map).toMap();
    }
}
