package io.github.desk365mcp.tools.internal.pipeline;

import io.github.desk365mcp.tools.host.Effects;
import io.github.desk365mcp.tools.host.OwnTool;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.internal.catalogue.Catalogue;
import io.github.desk365mcp.tools.internal.core.OwnAnswer;
import io.github.desk365mcp.tools.internal.core.OwnRow;
import io.github.desk365mcp.tools.internal.core.Tool;
import io.github.desk365mcp.tools.internal.core.ToolBuilder;
import io.github.desk365mcp.tools.internal.repair.OwnSchemas;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The catalogue and the host's own tools, in the order in which they are listed. */
public record KnownTools(List<Tool> tools) {

    /**
     * Returns the tools that exist under a policy.
     *
     * @throws IllegalArgumentException if an own tool has the name of another tool, or a schema that is not valid
     * @throws IllegalStateException if there is an own tool, but no validator
     */
    static KnownTools of(Policy policy) {
        if (policy.ownTools().isEmpty()) {
            return new KnownTools(Catalogue.tools());
        }
        KnownTools known = new KnownTools(new ArrayList<>(Catalogue.tools()));
        for (OwnTool own : policy.ownTools()) {
            if (known.find(own.name()) != null) {
                throw new IllegalArgumentException("There are two tools " + own.name() + "; give yours another name");
            }
            known.tools.add(row(own));
        }
        return new KnownTools(List.copyOf(known.tools));
    }

    private static Tool row(OwnTool own) {
        Tool.Verb verb = switch (own.effect()) {
            case Effects.READ -> Tool.Verb.GETS;
            case Effects.CREATE -> Tool.Verb.CREATES;
            case Effects.UPDATE -> Tool.Verb.UPDATES;
            default -> Tool.Verb.DELETES;
        };
        ToolBuilder row = new ToolBuilder(
                verb, new OwnRow(own, own.inputSchema(), OwnSchemas.check(own.name(), own.inputSchema())));
        if (own.canMail()) {
            row.reachesCustomer(
                    in -> !own.recipients(OwnRow.arguments(in.toMap())).isEmpty());
        }
        if (own.canPublish()) {
            row.publishes();
        }
        return row.build(new OwnAnswer(own.trusted()), (desk, in) -> {
            throw new IllegalStateException("Its handler is called by OwnToolInvoker");
        });
    }

    /** Finds a tool by full or short name; null if there is none. */
    public @Nullable Tool find(String name) {
        return tools.stream()
                .filter(tool -> tool.name().equals(name) || tool.shortName().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** Returns the full names of all tools, keyed by full and by short name. */
    Map<String, String> fullNames() {
        Map<String, String> names = new LinkedHashMap<>();
        tools.forEach(tool -> {
            names.put(tool.name(), tool.name());
            names.put(tool.shortName(), tool.name());
        });
        return names;
    }
}
