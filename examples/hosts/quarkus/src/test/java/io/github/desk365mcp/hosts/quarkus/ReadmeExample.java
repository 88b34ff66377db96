package io.github.desk365mcp.hosts.quarkus;

import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.tools.BoundTools;
import io.github.desk365mcp.tools.Desk365Tools;
import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.Selection;
import io.quarkiverse.mcp.server.FilterContext;
import io.quarkiverse.mcp.server.ToolFilter;
import io.quarkiverse.mcp.server.ToolManager;
import io.quarkiverse.mcp.server.ToolManager.ToolInfo;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** Compiles the Java of the README. No inner class is a bean, so it is not part of the application under test. */
@SuppressWarnings("ClassCanBeStatic")
final class ReadmeExample {

    private static final String apiKey = "key";
    private static final Policy policy = Policy.of(Selection.triage());

    private ReadmeExample() {}

    static final class AtStart {

        // README
        void register(@Observes StartupEvent start, ToolManager server) {
            BoundTools tools = Desk365Tools.select(Selection.triage()).bind(Desk365Client.connect("acme", apiKey));
            Desk365Registration.register(server, tools, call -> CallContext.none());
        }
        // README end
    }

    // README
    @ApplicationScoped
    class Helpdesk implements ToolFilter {

        @Inject
        CurrentVertxRequest request;

        private final BoundTools tools = Desk365Tools.with(policy).bind(Desk365Client.connect("acme", apiKey));

        void register(@Observes StartupEvent start, ToolManager server) {
            Desk365Registration.register(server, tools, call -> caller());
        }

        @Override
        public boolean test(ToolInfo tool, FilterContext asked) {
            return tools.lists(tool.name(), caller());
        }

        private CallContext caller() {
            String header = request.getCurrent().request().getHeader("Authorization");
            return header == null
                    ? CallContext.none()
                    : CallContext.none().credential(header.substring("Bearer ".length()));
        }
    }
    // README end
}
