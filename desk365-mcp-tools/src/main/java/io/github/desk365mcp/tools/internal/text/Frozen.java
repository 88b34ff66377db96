package io.github.desk365mcp.tools.internal.text;

import io.github.desk365mcp.api.JsonDocument;
import java.util.Map;

/** Plain JSON values that nobody can change. */
public final class Frozen {

    private Frozen() {}

    public static Map<String, Object> map(Map<String, ?> map) {
        return new JsonDocument(map).toMap();
    }
}
