package io.github.desk365mcp.tools.mcp;

import io.github.desk365mcp.tools.BoundTools;
import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.MetaKeys;
import io.github.desk365mcp.tools.host.PendingCall;
import io.github.desk365mcp.tools.host.PendingCalls;
import io.github.desk365mcp.tools.internal.text.Ascii;
import io.github.desk365mcp.tools.internal.text.BodyFormat;
import io.github.desk365mcp.tools.internal.text.HtmlBody;
import io.github.desk365mcp.tools.internal.text.Invisible;
import io.github.desk365mcp.tools.internal.text.PlainBody;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ClientCapabilities;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceResult;
import io.modelcontextprotocol.spec.McpSchema.Resource;
import io.modelcontextprotocol.spec.McpSchema.TextResourceContents;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import io.modelcontextprotocol.spec.McpSchema.ToolAnnotations;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jsoup.Jsoup;
import org.jspecify.annotations.Nullable;

/**
 * The card of MCP Apps (extension {@code io.modelcontextprotocol/ui}, 2026-01-26) on which a user decides on a pending
 * call: the view, the tool that it calls, and what tools and results say about it.
 */
final class McpCards {

    static final String VIEW = "ui://desk365/approval.html";
    static final String DECIDES = "decide_desk_365_pending_call";

    private static final String EXTENSION = "io.modelcontextprotocol/ui";
    private static final String MIME = "text/html;profile=mcp-app";
    private static final String UI = "ui";
    private static final String CHANNEL = "card";
    private static final String ID = "id";
    private static final String APPROVE = "approve";
    private static final String WORDS = "words";

    private McpCards() {}

    /** Whether the client shows views of this type. */
    static boolean areOffered(@Nullable ClientCapabilities client) {
        Map<String, Object> offer = client == null || client.extensions() == null
                ? null
                : client.extensions().get(EXTENSION);
        return offer != null && offer.get("mimeTypes") instanceof List<?> types && types.contains(MIME);
    }

    /** Returns the {@code _meta} of a tool whose calls the card shows. */
    static Map<String, Object> withView(Map<String, Object> meta) {
        Map<String, Object> shown = new LinkedHashMap<>(meta);
        shown.put(UI, Map.of("resourceUri", VIEW));
        return shown;
    }

    /** Returns what the card needs, for the {@code _meta} of a result. The model does not see it. */
    static Map<String, Object> of(PendingCall call) {
        Map<String, Object> card = new LinkedHashMap<>();
        card.put(ID, call.id());
        card.put("title", call.title());
        card.put("expires_on", call.expiresAt().truncatedTo(ChronoUnit.SECONDS).toString());
        // The whole preview: the one for the model may be shortened.
        card.put("preview", shown(call.preview(), call.body()));
        return Map.of(MetaKeys.PENDING_CALL, card);
    }

    /** Shows the body as text, with the addresses of its links, and invisible characters by their codes. */
    private static Object shown(@Nullable Object value, @Nullable String body) {
        if (value instanceof Map<?, ?> fields) {
            Map<String, Object> shown = new LinkedHashMap<>();
            fields.forEach((name, field) -> shown.put(Invisible.markName(String.valueOf(name)), shown(field, body)));
            return shown;
        }
        if (value instanceof List<?> items) {
            return items.stream().map(item -> shown(item, body)).toList();
        }
        if (!(value instanceof String given)) {
            return Objects.requireNonNullElse(value, "");
        }
        String text = Invisible.mark(given);
        return body != null && PlainBody.isHtml(text) && letters(text).equals(letters(body))
                ? HtmlBody.read(body, BodyFormat.TEXT, false)
                : text;
    }

    private static String letters(String html) {
        return Jsoup.parse(html).text().replace(" ", "");
    }

    static Resource resource() {
        return Resource.builder(VIEW, "approval")
                .title("Approval card")
                .description("Shows a call that waits for a person, with buttons to approve and to decline it.")
                .mimeType(MIME)
                .build();
    }

    static ReadResourceResult view() {
        return ReadResourceResult.builder(List.of(TextResourceContents.builder(VIEW, html())
                        .mimeType(MIME)
                        .meta(Map.of(UI, Map.of("prefersBorder", true)))
                        .build()))
                .build();
    }

    private static String html() {
        try (InputStream file = Objects.requireNonNull(McpCards.class.getResourceAsStream("approval.html"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The tool that the view calls, and that hosts hide from the model. */
    static Tool decidingTool() {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put(ID, property("string", "The identifier in the _meta of the result that waits."));
        properties.put(APPROVE, property("boolean", "Whether the person approves the call."));
        properties.put(WORDS, property("string", "If not approved: what to tell the model."));
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", properties);
        schema.put("required", List.of(ID, APPROVE));
        schema.put("additionalProperties", false);
        return Tool.builder(DECIDES, schema)
                .title("Decide on a pending call")
                .description("For the approval card only: passes on what the person decided about a call that waits.")
                .annotations(ToolAnnotations.builder()
                        .readOnlyHint(false)
                        .destructiveHint(true)
                        .idempotentHint(true)
                        .openWorldHint(true)
                        .build())
                .meta(Map.of(UI, Map.of("visibility", List.of("app"))))
                .build();
    }

    private static Map<String, Object> property(String type, String description) {
        Map<String, Object> property = new LinkedHashMap<>();
        property.put("type", type);
        property.put("description", description);
        return property;
    }

    /** Decides on a call of this caller, and returns what came of it. */
    static CallToolResult decide(BoundTools tools, CallContext context, CallToolRequest request) {
        Map<String, Object> given = Objects.requireNonNullElse(request.arguments(), Map.of());
        if (!(given.get(ID) instanceof String id)
                || !(given.get(APPROVE) instanceof Boolean approves)
                || !(Objects.requireNonNullElse(given.get(WORDS), "") instanceof String words)) {
            return error("Nothing was done. id must be a string, approve true or false, and words a string.");
        }
        PendingCalls own = tools.pendingCalls(context);
        PendingCall call = own.find(id).orElse(null);
        if (call == null) {
            return error("Nothing was done. This call is unknown here; it may have been decided long ago.");
        }
        String by = Objects.requireNonNullElse(call.caller(), "unknown");
        PendingCall decided = approves ? own.approve(id, by, CHANNEL) : own.decline(id, by, CHANNEL, words);
        Map<String, Object> outcome = new LinkedHashMap<>();
        outcome.put("state", Ascii.lower(decided.state().name()));
        if (decided.message() != null) {
            outcome.put("message", decided.message());
        }
        return CallToolResult.builder()
                .addTextContent(decided.state() + (decided.message() == null ? "" : ": " + decided.message()))
                .structuredContent(outcome)
                .isError(false)
                .build();
    }

    private static CallToolResult error(String sentence) {
        return CallToolResult.builder().addTextContent(sentence).isError(true).build();
    }
}
