package io.github.desk365mcp.hosts.quarkus;

import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.sandbox.Desk365Sandbox;
import io.github.desk365mcp.tools.BoundTools;
import io.github.desk365mcp.tools.Desk365Tools;
import io.github.desk365mcp.tools.host.CallContext;
import io.quarkiverse.mcp.server.ToolManager;
import io.quarkus.arc.profile.UnlessBuildProfile;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.annotations.QuarkusMain;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Registers the tools of a sandbox; an application binds its own helpdesk. */
@QuarkusMain
@ApplicationScoped
@UnlessBuildProfile("test")
public class SandboxServer {

    /** Starts the server. */
    public static void main(String... arguments) {
        Quarkus.run(arguments);
    }

    void register(@Observes StartupEvent start, ToolManager server) {
        Desk365Sandbox sandbox = Desk365Sandbox.start();
        BoundTools tools = Desk365Tools.all()
                .bind(Desk365Client.builder()
                        .baseUrl(sandbox.baseUrl())
                        .apiKey(sandbox.apiKey())
                        .build());
        Desk365Registration.register(server, tools, call -> CallContext.none());
    }
}
