package io.github.desk365mcp.tools;

import io.github.desk365mcp.api.JsonDocument;
import java.util.Map;

/** Plain JSON values that nobody can change. */
final class Frozen {

    private Frozen() {}

    static Map<String, Object> map(Map<String, ?> map) {
        return new JsonDocument(map).toMap();
    }
}
