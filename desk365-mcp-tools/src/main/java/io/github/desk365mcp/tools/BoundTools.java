package io.github.desk365mcp.tools;

import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.api.JsonDocument;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tools that can be called: a set of definitions on one helpdesk.
 *
 * <p>A call blocks until the helpdesk has answered. Whatever goes wrong in it is a result for the model, with
 * {@link ToolResult#isError()}; only a name that was not listed, or a fault of this library, is an exception.
 * Thread-safe.
 */
public final class BoundTools {

    private final List<ToolDefinition> definitions;
    private final Map<String, Tool> byName = new LinkedHashMap<>();
    private final Set<String> visible;
    private final Stage.Next pipeline;

    BoundTools(Desk365Tools tools, Desk365Client desk) {
        this.definitions = tools.definitions();
        this.visible = tools.tools().stream().map(Tool::name).collect(Collectors.toUnmodifiableSet());
        for (Tool tool : tools.tools()) {
            byName.put(tool.name(), tool);
            byName.put(tool.shortName(), tool);
        }
        Stage.Next rings = new InvokeStage(desk, tools.names());
        for (Stage stage : List.of(new ValidateStage(tools.names()), new RepairStage())) {
            rings = stage.around(rings);
        }
        this.pipeline = rings;
    }

    /** What a host lists, always in the same order. */
    public List<ToolDefinition> definitions() {
        return definitions;
    }

    /**
     * Calls a tool.
     *
     * @param name as listed
     * @param arguments plain JSON values, left as they are; null for none
     * @throws UnknownToolException if no such tool was listed
     */
    public ToolResult call(String name, @Nullable Map<String, ?> arguments) {
        return call(name, arguments, CallContext.none());
    }

    /** Calls a tool, with what the host knows about the call. */
    public ToolResult call(String name, @Nullable Map<String, ?> arguments, CallContext context) {
        Tool tool = byName.get(name);
        if (tool == null) {
            throw new UnknownToolException(name);
        }
        Trace trace = new Trace();
        Map<String, Object> copy = arguments == null ? Map.of() : Frozen.map(arguments);
        return ToolResult.of(pipeline.run(new Call(tool, copy, context, trace, visible)), trace);
    }

    /** Calls a tool with arguments as JSON text; a text that is no JSON object is a result that says so. */
    public ToolResult call(String name, String argumentsJson, CallContext context) {
        Map<String, Object> arguments;
        try {
            arguments = argumentsJson.isBlank()
                    ? Map.of()
                    : JsonDocument.parse(argumentsJson).toMap();
        } catch (IllegalArgumentException e) {
            return ToolResult.of(
                    new Outcome.Refused("invalid_arguments", "Nothing was done. The arguments must be a JSON object."),
                    new Trace());
        }
        return call(name, arguments, context);
    }
}
