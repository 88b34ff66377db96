package io.github.desk365mcp.tools.internal.catalogue;

import io.github.desk365mcp.tools.internal.core.Tool;
import io.github.desk365mcp.tools.internal.core.ToolBuilder;
import java.util.ArrayList;
import java.util.List;

/** Defines the tools of one resource of the helpdesk. */
public abstract class CataloguePage {

    private final String resource;
    private final List<Tool> tools = new ArrayList<>();

    /** @param resource the tag that selects the page's tools */
    CataloguePage(String resource) {
        this.resource = resource;
    }

    abstract void write();

    /** Returns the tools in the order of their definition. */
    final List<Tool> tools() {
        if (tools.isEmpty()) {
            write();
        }
        return List.copyOf(tools);
    }

    final ToolBuilder lists(String name, String shortName) {
        return tool(Tool.Verb.LISTS, name, shortName);
    }

    final ToolBuilder gets(String name, String shortName) {
        return tool(Tool.Verb.GETS, name, shortName);
    }

    final ToolBuilder creates(String name, String shortName) {
        return tool(Tool.Verb.CREATES, name, shortName);
    }

    final ToolBuilder updates(String name, String shortName) {
        return tool(Tool.Verb.UPDATES, name, shortName);
    }

    final ToolBuilder deletes(String name, String shortName) {
        return tool(Tool.Verb.DELETES, name, shortName);
    }

    private ToolBuilder tool(Tool.Verb verb, String name, String shortName) {
        return new ToolBuilder(tools, verb, name, shortName, resource, resource + "." + method(name));
    }

    /** Returns {@code create} for create_a_desk_365_ticket, {@code search} for desk_365_tickets_search. */
    private String method(String name) {
        String custom = "desk_365_";
        if (!name.startsWith(custom)) {
            return name.substring(0, name.indexOf('_'));
        }
        String rest = name.substring(custom.length());
        return rest.replaceFirst("^(ticket_replies|ticket_notes|" + resource + ")_", "");
    }
}
