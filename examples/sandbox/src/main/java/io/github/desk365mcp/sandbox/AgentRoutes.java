package io.github.desk365mcp.sandbox;

/** The list of agents, which is undocumented but in use. */
final class AgentRoutes {

    private final Helpdesk helpdesk;

    AgentRoutes(Helpdesk helpdesk) {
        this.helpdesk = helpdesk;
    }

    void addTo(Routes routes) {
        routes.get("/agents", this::list);
    }

    private Answer list(Request request) {
        return Answer.ok(Json.object().set("content", helpdesk.account().agents()));
    }
}
