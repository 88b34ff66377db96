package io.github.desk365mcp.tools.internal.catalogue;

import static io.github.desk365mcp.tools.internal.core.Param.param;
import static io.github.desk365mcp.tools.internal.core.Type.ADDRESSES;
import static io.github.desk365mcp.tools.internal.core.Type.TEXT;

import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.api.model.Agent;
import io.github.desk365mcp.tools.host.Topic;
import io.github.desk365mcp.tools.internal.account.Words;
import io.github.desk365mcp.tools.internal.core.Answer;
import io.github.desk365mcp.tools.internal.core.Field;
import io.github.desk365mcp.tools.internal.core.Param;
import io.github.desk365mcp.tools.internal.core.Shape;
import java.util.List;
import java.util.Map;

/** The people who answer tickets. */
public final class AgentPage extends CataloguePage {

    static final Param<String> EMAIL = param("agent_email", TEXT)
            .says("The agent.")
            .foundIn("list_all_desk_365_agents", "agents[].agent_email")
            .example("rita.solberg@desk.example")
            .about(Topic.AGENT);

    static final Param<List<String>> EMAILS = param("agent_emails", ADDRESSES)
            .shownIn("list_all_desk_365_agents", "agents[].agent_email")
            .example(List.of("rita.solberg@desk.example"))
            .about(Topic.AGENT);

    private static final Shape AGENT = Shape.of(Field.text("email").as("agent_email"), Field.text("name"));

    AgentPage() {
        super("agents");
    }

    @Override
    void write() {
        lists("list_all_desk_365_agents", "list_agents")
                .title("List agents")
                .says("Lists agents by name and address. Undocumented by Desk365: it may fail.")
                .unverified()
                .answers(Answer.all("agents", AGENT))
                // Where the service puts them is uncertain; the client looks at several places.
                .does((desk, in) -> new JsonDocument(Map.of(
                        "agents",
                        list(desk, in.call().helpdesk().words()).stream()
                                .map(JsonDocument::toMap)
                                .toList())));
    }

    /** All agents, whose addresses are known from then on. */
    static List<Agent> list(Desk365Client desk, Words words) {
        List<Agent> agents = desk.agents().list().agents();
        words.listed(agents.stream()
                .map(agent -> agent.toMap().get("email"))
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .toList());
        return agents;
    }
}
