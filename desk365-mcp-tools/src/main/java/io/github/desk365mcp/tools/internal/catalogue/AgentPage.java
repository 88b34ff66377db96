package io.github.desk365mcp.tools.internal.catalogue;

import static io.github.desk365mcp.tools.internal.core.Param.param;
import static io.github.desk365mcp.tools.internal.core.Type.ADDRESS;
import static io.github.desk365mcp.tools.internal.core.Type.ADDRESSES;

import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.api.model.Agent;
import io.github.desk365mcp.tools.internal.account.AccountVocabulary;
import io.github.desk365mcp.tools.internal.account.VocabularyKind;
import io.github.desk365mcp.tools.internal.core.Answer;
import io.github.desk365mcp.tools.internal.core.Field;
import io.github.desk365mcp.tools.internal.core.Param;
import io.github.desk365mcp.tools.internal.core.RecordMapping;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tools for support agents. */
public final class AgentPage extends CataloguePage {

    static final Param<String> EMAIL = param("agent_email", ADDRESS)
            .description("The agent.")
            .foundIn("list_all_desk_365_agents", "agents[].agent_email")
            .example("rita.solberg@desk.example")
            .about(VocabularyKind.AGENT);

    static final Param<List<String>> EMAILS = param("agent_emails", ADDRESSES)
            .shownIn("list_all_desk_365_agents", "agents[].agent_email")
            .example(List.of("rita.solberg@desk.example"))
            .about(VocabularyKind.AGENT);

    private static final RecordMapping AGENT =
            RecordMapping.of(Field.text("email").as("agent_email"), Field.text("name"));

    AgentPage() {
        super("agents");
    }

    @Override
    void write() {
        lists("list_all_desk_365_agents", "list_agents")
                .title("List agents")
                .description("Lists agents with name and address. Undocumented by Desk365, so it may fail.")
                .unverified()
                .answers(Answer.all("agents", AGENT))
                // The shape of the response is uncertain; the client looks for the list in several places.
                .handler((desk, in) -> new JsonDocument(Map.of(
                        "agents",
                        list(desk, in.call().account().words()).stream()
                                .map(JsonDocument::toMap)
                                .toList())));
    }

    /** Lists all agents and adds them to the vocabulary. */
    static List<Agent> list(Desk365Client desk, AccountVocabulary words) {
        List<Agent> agents = desk.agents().list().agents();
        Map<String, String> names = new LinkedHashMap<>();
        agents.forEach(agent -> {
            if (agent.toMap().get("email") instanceof String address) {
                names.put(address, agent.toMap().get("name") instanceof String name ? name : "");
            }
        });
        words.listed(names);
        return agents;
    }
}
