package io.github.desk365mcp.hosts.quarkus;

import io.github.desk365mcp.api.Cancellation;
import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.tools.BoundTools;
import io.github.desk365mcp.tools.ToolDefinition;
import io.github.desk365mcp.tools.ToolResult;
import io.github.desk365mcp.tools.UnknownToolException;
import io.github.desk365mcp.tools.host.CallContext;
import io.quarkiverse.mcp.server.Content;
import io.quarkiverse.mcp.server.EmbeddedResource;
import io.quarkiverse.mcp.server.ImageContent;
import io.quarkiverse.mcp.server.MetaKey;
import io.quarkiverse.mcp.server.ProgressNotification;
import io.quarkiverse.mcp.server.ResourceLink;
import io.quarkiverse.mcp.server.Role;
import io.quarkiverse.mcp.server.TextContent;
import io.quarkiverse.mcp.server.TextResourceContents;
import io.quarkiverse.mcp.server.ToolManager;
import io.quarkiverse.mcp.server.ToolManager.ToolAnnotations;
import io.quarkiverse.mcp.server.ToolManager.ToolArguments;
import io.quarkiverse.mcp.server.ToolResponse;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** Registers the tools with a Quarkus MCP server. */
public final class Desk365Registration {

    private static final long CHECK_MILLIS = 250;

    private Desk365Registration() {}

    /**
     * Registers all tools that the policy allows. Call it when the application starts. A {@code ToolFilter} with
     * {@link BoundTools#lists} hides the tools that a caller may not use.
     *
     * @param contexts returns the caller and the tenant of a call, such as {@code call -> CallContext.none()}.
     *     Cancellation
     *     and progress are those of the client, and so is the session if the context has none
     */
    public static void register(ToolManager server, BoundTools tools, Function<ToolArguments, CallContext> contexts) {
        for (ToolDefinition tool : tools.allDefinitions()) {
            ToolManager.ToolDefinition definition = server.newTool(tool.name())
                    .setTitle(tool.title())
                    .setDescription(tool.description())
                    .setInputSchema(json(tool.inputSchema()))
                    .setAnnotations(annotations(tool))
                    .setMetadata(meta(tool.meta()))
                    .setHandler(call -> call(tools, tool.name(), call, contexts.apply(call)));
            Map<String, Object> answer = tool.outputSchema();
            if (answer != null) {
                definition.setOutputSchema(json(answer));
            }
            definition.register();
        }
    }

    private static JsonObject json(Map<String, Object> schema) {
        return new JsonObject(new JsonDocument(schema).toJson());
    }

    private static ToolAnnotations annotations(ToolDefinition tool) {
        Map<String, Object> hints = tool.annotations();
        return new ToolAnnotations(
                null,
                Boolean.TRUE.equals(hints.get("readOnlyHint")),
                Boolean.TRUE.equals(hints.get("destructiveHint")),
                Boolean.TRUE.equals(hints.get("idempotentHint")),
                Boolean.TRUE.equals(hints.get("openWorldHint")));
    }

    private static Map<MetaKey, Object> meta(Map<String, Object> meta) {
        Map<MetaKey, Object> keys = new LinkedHashMap<>();
        meta.forEach((key, value) -> keys.put(MetaKey.from(key), value));
        return keys;
    }

    private static ToolResponse call(BoundTools tools, String name, ToolArguments call, CallContext context) {
        Cancellation stop = new Cancellation();
        CallContext known =
                context.session() == null ? context.session(call.connection().id()) : context;
        CallContext withProgress = call.progress().token().isPresent()
                ? known.progress((done, total) -> progress(call, done, total))
                : known;
        Vertx vertx = Vertx.currentContext().owner();
        // Quarkus does not notify of a cancellation, so it must be polled.
        long timer = vertx.setPeriodic(CHECK_MILLIS, tick -> {
            if (call.cancellation().check().isRequested()) {
                stop.cancel();
            }
        });
        try {
            ToolResult result = tools.call(name, call.args(), withProgress.cancellation(stop));
            // If the client has canceled, throws an exception with which Quarkus sends an empty response.
            call.cancellation().skipProcessingIfCancelled();
            return response(result);
        } catch (UnknownToolException notForThisCaller) {
            return ToolResponse.error("There is no tool with this name.");
        } finally {
            vertx.cancelTimer(timer);
        }
    }

    private static void progress(ToolArguments call, long done, long total) {
        ProgressNotification.Builder progress =
                call.progress().notificationBuilder().setProgress(done);
        (total < 0 ? progress : progress.setTotal(total)).build().sendAndForget();
    }

    private static ToolResponse response(ToolResult result) {
        List<Content> content = new ArrayList<>();
        for (Map<String, Object> block : result.content()) {
            content.add(
                    switch (String.valueOf(block.get("type"))) {
                        case "text" -> new TextContent(result.text());
                        case "image" -> new ImageContent((String) block.get("data"), (String) block.get("mimeType"));
                        case "resource" -> chart((Map<?, ?>) Objects.requireNonNull(block.get("resource")));
                        default -> link(block);
                    });
        }
        return new ToolResponse(result.isError(), content, result.structuredContent(), meta(result.meta()));
    }

    /** A chart, which is for people. */
    private static EmbeddedResource chart(Map<?, ?> image) {
        return new EmbeddedResource(
                new TextResourceContents(
                        (String) image.get("uri"), (String) image.get("text"), (String) image.get("mimeType")),
                null,
                new Content.Annotations(Role.USER, null, null));
    }

    private static ResourceLink link(Map<String, Object> block) {
        return new ResourceLink(
                (String) block.get("uri"),
                (String) block.get("mimeType"),
                (String) block.get("name"),
                null,
                (String) block.get("description"),
                block.get("size") instanceof Number size ? Math.toIntExact(size.longValue()) : null,
                null,
                null);
    }
}
