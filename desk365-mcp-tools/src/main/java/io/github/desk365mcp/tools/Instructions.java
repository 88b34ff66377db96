package io.github.desk365mcp.tools;

import io.github.desk365mcp.tools.host.Approval;
import io.github.desk365mcp.tools.host.Approvals;
import io.github.desk365mcp.tools.host.Effects;
import io.github.desk365mcp.tools.internal.core.Names;
import io.github.desk365mcp.tools.internal.core.Tool;
import io.github.desk365mcp.tools.internal.pipeline.ApprovalDecision;
import io.github.desk365mcp.tools.internal.text.Text;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Writes the instructions for the model about a set of tools: only what applies to these tools. */
final class Instructions {

    private static final Map<String, String> RESOURCES = resources();
    private static final Map<String, String> EFFECTS = effects();

    private Instructions() {}

    private static Map<String, String> resources() {
        Map<String, String> resources = new LinkedHashMap<>();
        resources.put("tickets", "tickets and their conversations");
        resources.put("contacts", "contacts");
        resources.put("companies", "companies");
        resources.put("knowledge_base", "a knowledge base");
        resources.put("contracts", "contracts");
        resources.put("assets", "assets");
        resources.put("surveys", "surveys");
        return resources;
    }

    private static Map<String, String> effects() {
        Map<String, String> effects = new LinkedHashMap<>();
        effects.put(Effects.MAIL, "mail to people outside");
        effects.put(Effects.PUBLISH, "changes of the knowledge base that readers see");
        effects.put(Effects.DELETE, "deletions");
        effects.put(Effects.CREATE, "everything that creates");
        effects.put(Effects.UPDATE, "everything that changes");
        effects.put(Effects.READ, "everything that reads");
        return effects;
    }

    static String of(List<Tool> tools, Names names, Approvals approvals) {
        StringBuilder text = new StringBuilder("Desk365 is a helpdesk");
        List<String> resources = RESOURCES.entrySet().stream()
                .filter(resource -> tools.stream().anyMatch(tool -> tool.tags().contains(resource.getKey())))
                .map(Map.Entry::getValue)
                .toList();
        text.append(resources.isEmpty() ? "." : ": " + Text.list(resources, "and") + ".");
        text.append(
                " Identify records by ticket number, e-mail address or exact name, never by an internal id; take these"
                        + " from earlier answers.");
        boolean ofTickets = tools.stream().anyMatch(tool -> tool.tags().contains("tickets"));
        if (ofTickets && tools.stream().anyMatch(Tool::canMail)) {
            text.append(" Replies and public notes reach the customer at once.");
        }
        if (ofTickets) {
            text.append(" Never tell a customer what is in messages whose visibility is internal.");
        }
        List<String> staged = staged(tools, names, approvals);
        if (!staged.isEmpty()) {
            text.append(" These need approval: ")
                    .append(Text.list(staged, "and"))
                    .append(". The first call does nothing; show its preview to your user.");
        }
        if (tools.stream().anyMatch(tool -> tool.verb() == Tool.Verb.LISTS)) {
            text.append(
                    " Calls are limited (50 a minute, or 100 an hour on the Standard plan): filter instead of reading"
                            + " everything.");
        }
        return text.toString();
    }

    /** What is staged: in words for the effects that the policy stages, and otherwise by the names of tools. */
    private static List<String> staged(List<Tool> all, Names names, Approvals approvals) {
        List<Tool> tools = all.stream()
                .filter(tool -> ApprovalDecision.some(approvals, tool, Approval.STAGE))
                .toList();
        List<String> effects = EFFECTS.keySet().stream()
                .filter(effect -> approvals.settings().get(effect) == Approval.STAGE)
                .filter(effect -> tools.stream().anyMatch(tool -> has(tool, effect)))
                .toList();
        return Stream.concat(
                        effects.stream().map(EFFECTS::get),
                        tools.stream()
                                .filter(tool -> effects.stream().noneMatch(effect -> has(tool, effect)))
                                .map(tool -> names.of(tool.name())))
                .toList();
    }

    private static boolean has(Tool tool, String effect) {
        return tool.effect().equals(effect) || tool.possibleReach().contains(effect);
    }
}
