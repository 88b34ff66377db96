package io.github.desk365mcp.hosts.quarkus;

import io.github.desk365mcp.hosts.TenCalls;
import io.github.desk365mcp.tools.BoundTools;
import io.github.desk365mcp.tools.ToolDefinition;
import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.CallerAuthenticator;
import io.quarkiverse.mcp.server.FilterContext;
import io.quarkiverse.mcp.server.ToolFilter;
import io.quarkiverse.mcp.server.ToolManager;
import io.quarkiverse.mcp.server.ToolManager.ToolInfo;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Registers the tools at the start, and filters each listing by the caller's token, as an application does. */
@ApplicationScoped
class Startup implements ToolFilter {

    static final String TOKEN = "the token of ada";
    static final Set<String> SESSIONS = ConcurrentHashMap.newKeySet();

    private static final CallerAuthenticator TOKENS =
            CallerAuthenticator.tokens(Map.of(CallerAuthenticator.hash(TOKEN), "ada"));

    private final TenCalls ten = TenCalls.start();
    private final BoundTools tools = ten.tools(policy -> policy.authenticator(Startup::authenticate));

    // README
    @Inject
    CurrentVertxRequest request;

    private Set<String> ours = Set.of();

    void register(@Observes StartupEvent start, ToolManager server) {
        Desk365Registration.register(server, tools, call -> context());
        ours = tools.allDefinitions().stream().map(ToolDefinition::name).collect(Collectors.toSet());
    }

    @Override
    public boolean test(ToolInfo tool, FilterContext asked) {
        return !ours.contains(tool.name()) || tools.lists(tool.name(), context());
    }

    private CallContext context() {
        CallContext known = CallContext.none().tenant("acme");
        String header = request.getCurrent().request().getHeader("Authorization");
        return header != null && header.startsWith("Bearer ")
                ? known.credential(header.substring("Bearer ".length()))
                : known;
    }
    // README end

    private static @Nullable String authenticate(CallContext context) {
        if (context.session() != null) {
            SESSIONS.add(context.session());
        }
        return TOKENS.authenticate(context);
    }

    @Produces
    @Singleton
    TenCalls ten() {
        return ten;
    }
}
