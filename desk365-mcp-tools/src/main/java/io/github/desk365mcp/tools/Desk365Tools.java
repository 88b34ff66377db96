package io.github.desk365mcp.tools;

import io.github.desk365mcp.api.Desk365Client;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The Desk365 helpdesk as a set of tools.
 *
 * <pre>{@code
 * Desk365Tools tools = Desk365Tools.select(Selection.everything().tags("tickets", "contacts"));
 * BoundTools bound = tools.bind(Desk365Client.connect("acme", apiKey));
 * for (ToolDefinition tool : bound.definitions()) {
 *     server.register(tool.toMap(), arguments -> bound.call(tool.name(), arguments).toMap());
 * }
 * }</pre>
 *
 * <p>Without a client, {@link #definitions()} gives the schemas alone. Immutable and thread-safe.
 */
public final class Desk365Tools {

    private final List<Tool> tools;
    private final Naming naming;
    private final Names names;

    private Desk365Tools(List<Tool> tools, Naming naming) {
        this.tools = tools;
        this.naming = naming;
        this.names = new Names(
                naming, Catalogue.tools(), tools.stream().map(Tool::name).collect(Collectors.toSet()));
    }

    /** The whole catalogue. */
    public static Desk365Tools all() {
        return select(Selection.everything());
    }

    /**
     * A part of the catalogue.
     *
     * @throws IllegalArgumentException if the selection has a word that means nothing, or selects nothing
     */
    public static Desk365Tools select(Selection selection) {
        return new Desk365Tools(selection.of(Catalogue.tools()), Naming.FULL);
    }

    /** The same tools under other names. */
    public Desk365Tools named(Naming newNaming) {
        return new Desk365Tools(tools, newNaming);
    }

    /** What a host lists, always in the same order. */
    public List<ToolDefinition> definitions() {
        return tools.stream().map(tool -> ToolDefinition.of(tool, names)).toList();
    }

    /** The definitions in the form that a model's API takes, as JSON: {@code {"tools": […]}}. */
    public String toJson(Profile profile) {
        Map<String, Object> list = new LinkedHashMap<>();
        list.put(
                "tools", definitions().stream().map(tool -> tool.toMap(profile)).toList());
        return Text.json(list);
    }

    /** The tools on a helpdesk. Nothing is called yet. */
    public BoundTools bind(Desk365Client desk) {
        return new BoundTools(this, desk);
    }

    List<Tool> tools() {
        return tools;
    }

    Names names() {
        return names;
    }

    /** How many tools, under which naming. */
    @Override
    public String toString() {
        return "Desk365Tools[" + tools.size() + " tools, " + naming + "]";
    }
}
