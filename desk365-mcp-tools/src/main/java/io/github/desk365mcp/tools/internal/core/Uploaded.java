package io.github.desk365mcp.tools.internal.core;

import io.github.desk365mcp.api.JsonDocument;
import java.util.List;
import java.util.Map;

/** What was uploaded, beside what the service answered: a file that arrived short is noticed. */
public record Uploaded(JsonDocument answer, List<Map<String, Object>> files) {}
