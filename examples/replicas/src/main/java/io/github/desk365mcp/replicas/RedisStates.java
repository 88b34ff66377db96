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
        return place.startsWith("redis://") || place.startsWith("rediss://") ? state(place) : null;
    }

    private static RedisState state(String place) {
        try {
            URI address = URI.create(place);
            if (address.getHost() != null) {
                return new RedisState(address);
            }
        } catch (RuntimeException e) {
            // Without the cause, whose message may contain the password.
        }
        throw new IllegalArgumentException("the address of Redis is not a valid URL. Write it as"
                + " redis://user:password@host:port, and special characters of the password as %25, %2F and so on.");
    }
}
