package io.github.desk365mcp.hosts.quarkus;

import io.github.desk365mcp.hosts.TenCalls;
import io.github.desk365mcp.tools.CallContext;
import io.quarkiverse.mcp.server.ToolManager;
import io.quarkiverse.mcp.server.ToolManager.ToolArguments;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** What an application does when it starts. */
@ApplicationScoped
class Startup {

    private final TenCalls ten = TenCalls.start();

    void register(@Observes StartupEvent start, ToolManager server) {
        Desk365Registration.register(server, ten.tools(), Startup::context);
    }

    private static CallContext context(ToolArguments call) {
        String client = call.connection().initialRequest().implementation().name();
        return CallContext.none().caller(client).tenant("acme");
    }

    @Produces
    @Singleton
    TenCalls ten() {
        return ten;
    }
}
