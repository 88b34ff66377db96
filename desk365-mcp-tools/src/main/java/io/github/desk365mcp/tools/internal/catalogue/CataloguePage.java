package io.github.desk365mcp.tools.internal.catalogue;

import io.github.desk365mcp.tools.internal.core.Tool;
import io.github.desk365mcp.tools.internal.core.ToolBuilder;
import java.util.ArrayList;
import java.util.List;

/** One resource of the helpdesk: a page of sentences, a sentence a tool. */
public abstract class CataloguePage {

    private final String resource;
    private final List<Tool> tools = new ArrayList<>();

    /** The resource is the tag that selects the page's tools. */
    CataloguePage(String resource) {
        this.resource = resource;
    }

    abstract void write();

    /** The tools in the order in which they are written. */
    final List<Tool> tools() {
        if (tools.isEmpty()) {
            write();
        }
        return List.copyOf(tools);
    }

    final ToolBuilder lists(String name, String shortName) {
        return sentence(Tool.Verb.LISTS, name, shortName);
    }

    final ToolBuilder gets(String name, String shortName) {
        return sentence(Tool.Verb.GETS, name, shortName);
    }

    final ToolBuilder creates(String name, String shortName) {
        return sentence(Tool.Verb.CREATES, name, shortName);
    }

    final ToolBuilder updates(String name, String shortName) {
        return sentence(Tool.Verb.UPDATES, name, shortName);
    }

    final ToolBuilder deletes(String name, String shortName) {
        return sentence(Tool.Verb.DELETES, name, shortName);
    }

    private ToolBuilder sentence(Tool.Verb verb, String name, String shortName) {
        return new ToolBuilder(tools, verb, name, shortName, resource, resource + "." + method(name));
    }

    /** {@code create} of create_a_desk_365_ticket, {@code search} of desk_365_tickets_search. */
    private String method(String name) {
        String custom = "desk_365_";
        if (!name.startsWith(custom)) {
            return name.substring(0, name.indexOf('_'));
        }
        String rest = name.substring(custom.length());
        return rest.replaceFirst("^(ticket_replies|ticket_notes|" + resource + ")_", "");
    }
}
