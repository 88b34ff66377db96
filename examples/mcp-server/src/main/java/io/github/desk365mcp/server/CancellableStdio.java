package io.github.desk365mcp.server;

import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpServerSession;
import io.modelcontextprotocol.spec.McpServerTransport;
import io.modelcontextprotocol.spec.McpServerTransportProvider;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** A transport whose client can cancel calls, which the SDK's own sessions do not hear. */
final class CancellableStdio implements McpServerTransportProvider {

    static final String CANCELLED = "notifications/cancelled";

    private final McpServerTransportProvider provider;

    CancellableStdio(McpServerTransportProvider provider) {
        this.provider = provider;
    }

    @Override
    public void setSessionFactory(McpServerSession.Factory factory) {
        provider.setSessionFactory(transport -> new Session(factory.create(transport), transport));
    }

    @Override
    public Mono<Void> notifyClients(String method, Object params) {
        return provider.notifyClients(method, params);
    }

    @Override
    public Mono<Void> notifyClient(String sessionId, String method, Object params) {
        return provider.notifyClient(sessionId, method, params);
    }

    @Override
    public void close() {
        provider.close();
    }

    @Override
    public Mono<Void> closeGracefully() {
        return provider.closeGracefully();
    }

    @Override
    public List<String> protocolVersions() {
        return provider.protocolVersions();
    }

    /** The SDK's session, of which it is only asked to handle messages and to close. */
    private static final class Session extends McpServerSession {

        private final McpServerSession session;
        private final Map<Object, Sinks.Empty<Void>> underWay = new ConcurrentHashMap<>();

        Session(McpServerSession session, McpServerTransport transport) {
            super(session.getId(), Duration.ZERO, transport, request -> Mono.empty(), Map.of(), Map.of());
            this.session = session;
        }

        @Override
        public Mono<Void> handle(JSONRPCMessage message) {
            if (message instanceof JSONRPCRequest request && request.method().equals(McpSchema.METHOD_TOOLS_CALL)) {
                return Mono.defer(() -> {
                    Sinks.Empty<Void> cancelled = Sinks.empty();
                    underWay.put(request.id(), cancelled);
                    return session.handle(message)
                            .takeUntilOther(cancelled.asMono())
                            .doFinally(end -> underWay.remove(request.id(), cancelled));
                });
            }
            if (message instanceof JSONRPCNotification told && told.method().equals(CANCELLED)) {
                return Mono.fromRunnable(() -> cancel(told));
            }
            return session.handle(message);
        }

        private void cancel(JSONRPCNotification told) {
            Object id = told.params() instanceof Map<?, ?> params ? params.get("requestId") : null;
            Sinks.Empty<Void> cancelled = id == null ? null : underWay.get(id);
            if (cancelled != null) {
                cancelled.tryEmitEmpty();
            }
        }

        @Override
        public Mono<Void> sendNotification(String method, Object params) {
            return session.sendNotification(method, params);
        }

        @Override
        public Mono<Void> closeGracefully() {
            return session.closeGracefully();
        }

        @Override
        public void close() {
            session.close();
        }
    }
}
