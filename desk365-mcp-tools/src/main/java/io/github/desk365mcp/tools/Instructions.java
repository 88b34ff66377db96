package io.github.desk365mcp.tools;

import io.github.desk365mcp.tools.host.Approval;
import io.github.desk365mcp.tools.host.Approvals;
import io.github.desk365mcp.tools.internal.core.Tool;
import io.github.desk365mcp.tools.internal.pipeline.ApprovalDecision;
import io.github.desk365mcp.tools.internal.text.Text;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes the instructions for the model about a set of tools: only what applies to these tools. */
final class Instructions {

    private static final Map<String, String> RESOURCES = resources();

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

    static String of(List<Tool> tools, Approvals approvals) {
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
        if (tools.stream().anyMatch(tool -> ApprovalDecision.some(approvals, tool, Approval.STAGE))) {
            text.append(" If an answer says needs_approval, nothing has been done yet: show its preview to your user.");
        }
        if (tools.stream().anyMatch(tool -> tool.verb() == Tool.Verb.LISTS)) {
            text.append(
                    " Calls are limited (50 a minute, or 100 an hour on the Standard plan): filter instead of reading"
                            + " everything.");
        }
        return text.toString();
    }
}
