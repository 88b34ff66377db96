package io.github.desk365mcp.tools.internal.core;

import io.github.desk365mcp.api.JsonDocument;
import java.util.List;
import java.util.Map;

/** The service's response to an upload, with the files that were sent, so that a file cut short is noticed. */
public record Uploaded(JsonDocument answer, List<Map<String, Object>> files) {}
