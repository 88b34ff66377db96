package io.github.desk365mcp.server;

import io.github.desk365mcp.tools.host.SharedState;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Opens a state that this server does not know itself. The server finds implementations on its class path with
 * {@link java.util.ServiceLoader}, and asks them before it reads {@code --state} as a database or a file.
 */
public interface StateProvider {

    /**
     * {@return the state; null if the place is not one of this provider's} The server closes the state at its end if it
     * is {@link AutoCloseable}.
     *
     * @param place the value of {@code --state}, such as {@code redis://127.0.0.1:6379}
     * @param environment the environment of the process, for example for a password
     * @throws RuntimeException if the place is this provider's and cannot be opened
     */
    @Nullable
    SharedState open(String place, Map<String, String> environment);
}
