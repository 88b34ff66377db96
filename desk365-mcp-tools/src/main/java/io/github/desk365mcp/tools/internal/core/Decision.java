package io.github.desk365mcp.tools.internal.core;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A person's decision on a call. A pending call runs through the stages again with it.
 *
 * @param approves whether the person approved the call
 * @param by who decided; null if the channel does not tell
 * @param channel how the person decided
 * @param words what the person who declined tells the model; may be empty
 * @param took how long the call waited for the decision
 * @param fingerprint of exactly what was previewed
 * @param to the recipients that the preview showed
 * @param files the files that the preview showed
 */
public record Decision(
        boolean approves,
        @Nullable String by,
        String channel,
        String words,
        Duration took,
        String fingerprint,
        Object to,
        List<Map<String, Object>> files) {}
