package io.github.desk365mcp.replicas;

import io.github.desk365mcp.server.StateProvider;
import io.github.desk365mcp.tools.host.SharedState;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lets the server's jar take {@code --state redis://…} when this class is on its class path. */
public final class RedisStates implements StateProvider {

    @Override
    public @Nullable SharedState open(String place, Map<String, String> environment) {
        return place.startsWith("redis://") || place.startsWith("rediss://") ? new RedisState(URI.create(place)) : null;
    }
}
