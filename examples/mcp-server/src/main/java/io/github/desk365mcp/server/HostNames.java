package io.github.desk365mcp.server;

import io.modelcontextprotocol.server.transport.DefaultServerTransportSecurityValidator;
import io.modelcontextprotocol.server.transport.HeaderAccessor;
import io.modelcontextprotocol.server.transport.ServerHttpHeaderValidator;
import io.modelcontextprotocol.server.transport.ServerTransportSecurityException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Refuses requests for other host names, and from other origins. This prevents DNS rebinding: a web page must not reach
 * this server through its own host name.
 */
final class HostNames implements ServerHttpHeaderValidator {

    private final ServerHttpHeaderValidator names;

    private HostNames(ServerHttpHeaderValidator names) {
        this.names = names;
    }

    /** Returns the names that the options allow. */
    static HostNames of(HttpOptions options) {
        return new HostNames(
                options.allowedHosts().isEmpty()
                        ? NOOP
                        : DefaultServerTransportSecurityValidator.builder()
                                .allowedHosts(options.allowedHosts())
                                .allowedOrigins(options.allowedOrigins())
                                .build());
    }

    @Override
    public void validate(HeaderAccessor headers) throws ServerTransportSecurityException {
        names.validate(inLowerCase(headers));
    }

    /** Checks a request. */
    boolean allow(HttpServletRequest request) {
        try {
            validate(new HeaderAccessor() {

                @Override
                public List<String> getHeader(String name) {
                    return Collections.list(request.getHeaders(name));
                }

                @Override
                public List<String> getHeaderNames() {
                    return Collections.list(request.getHeaderNames());
                }
            });
            return true;
        } catch (ServerTransportSecurityException e) {
            return false;
        }
    }

    /** Host names are compared without regard to case. */
    private static HeaderAccessor inLowerCase(HeaderAccessor headers) {
        return new HeaderAccessor() {

            @Override
            public List<String> getHeader(String name) {
                return headers.getHeader(name).stream()
                        .map(value -> value.toLowerCase(Locale.ROOT))
                        .toList();
            }

            @Override
            public List<String> getHeaderNames() {
                return headers.getHeaderNames();
            }
        };
    }
}
