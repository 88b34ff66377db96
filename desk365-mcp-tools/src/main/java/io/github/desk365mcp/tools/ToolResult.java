package io.github.desk365mcp.tools;

import io.github.desk365mcp.tools.host.MetaKeys;
import io.github.desk365mcp.tools.host.ResultForm;
import io.github.desk365mcp.tools.internal.account.Account;
import io.github.desk365mcp.tools.internal.core.CallNotes;
import io.github.desk365mcp.tools.internal.core.Outcome;
import io.github.desk365mcp.tools.internal.text.Invisible;
import io.github.desk365mcp.tools.internal.text.Text;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The answer to one call, in the form of MCP's {@code CallToolResult}.
 *
 * <p>A call that was refused or failed is an answer too: {@link #isError()} is true and {@link #text()} tells the model
 * what to do next. Immutable.
 */
public final class ToolResult {

    private static final int FEW_CALLS = 5;
    private static final int LONGEST_ERROR = 999;

    private final boolean error;
    private final String text;
    private final @Nullable Map<String, Object> structured;
    private final List<Map<String, Object>> blocks;
    private final Map<String, Object> meta;
    private final ResultForm form;

    private ToolResult(
            boolean error,
            String text,
            @Nullable Map<String, Object> structured,
            List<Map<String, Object>> blocks,
            Map<String, Object> meta,
            ResultForm form) {
        this.error = error;
        this.text = text;
        this.structured = structured;
        this.blocks = blocks;
        this.meta = Collections.unmodifiableMap(meta);
        this.form = form;
    }

    static ToolResult of(Outcome outcome, CallNotes notes, ResultForm form) {
        Map<String, Object> meta = new LinkedHashMap<>();
        if (!notes.repairs().isEmpty()) {
            meta.put(MetaKeys.REPAIRS, Invisible.stripIn(notes.repairs()));
        }
        if (!notes.untrusted().isEmpty()) {
            meta.put(MetaKeys.UNTRUSTED, notes.untrusted());
        }
        Account account = notes.account();
        Integer left = account == null ? null : account.ledger().remaining();
        if (account != null && left != null) {
            meta.put(MetaKeys.RATE_LIMIT, account.ledger().figures());
        }
        if (!(outcome instanceof Outcome.Refused refused)) {
            Map<String, Object> answer = new LinkedHashMap<>(
                    outcome instanceof Outcome.Done done ? done.answer() : ((Outcome.NotExecuted) outcome).answer());
            if (!notes.shownRepairs().isEmpty()) {
                answer.put("repaired", notes.shownRepairs());
            }
            if (left != null && left < FEW_CALLS) {
                // In the answer too, since hosts do not show _meta to models, and it decides what to do next.
                answer.put("calls_left", left);
            }
            answer = Invisible.stripInMap(answer);
            String text = switch (form) {
                case BOTH, TEXT_ONLY, STRUCTURED_ONLY -> Text.json(answer);
                case SUMMARY -> Summary.of(Objects.requireNonNull(notes.tool()), outcome, answer);
            };
            List<Map<String, Object>> blocks = outcome instanceof Outcome.Done done ? done.blocks() : List.of();
            return new ToolResult(false, text, Collections.unmodifiableMap(answer), blocks, meta, form);
        }
        return error(refused, meta);
    }

    private static ToolResult error(Outcome.Refused refused, Map<String, Object> meta) {
        meta.put(MetaKeys.ERROR, Map.of("code", refused.code()));
        return new ToolResult(
                true,
                Text.cutAtWord(Invisible.strip(refused.text()), LONGEST_ERROR),
                null,
                List.of(),
                meta,
                ResultForm.BOTH);
    }

    /** Whether nothing came of the call. */
    public boolean isError() {
        return error;
    }

    /**
     * The answer as compact JSON, or the sentence that explains the error; one line with {@link ResultForm#SUMMARY}. With
     * {@link ResultForm#STRUCTURED_ONLY} it is not in {@link #content()}, and is here for hosts that know texts alone.
     */
    public String text() {
        return text;
    }

    /**
     * The answer as plain values, as the tool's output schema promises; null for an error, and with
     * {@link ResultForm#TEXT_ONLY}.
     */
    public @Nullable Map<String, Object> structuredContent() {
        return form == ResultForm.TEXT_ONLY ? null : structured;
    }

    /** What programs may want to know beside the answer; see the tool reference for the keys. */
    public Map<String, Object> meta() {
        return meta;
    }

    /** A code for the error, such as {@code not_found}; null if it is none. */
    public @Nullable String errorCode() {
        return meta.get(MetaKeys.ERROR) instanceof Map<?, ?> fields ? String.valueOf(fields.get("code")) : null;
    }

    /**
     * The content blocks as MCP has them: the text; an {@code image} with {@code data} in base64 and {@code mimeType}, if
     * the call read a picture; and a {@code resource_link} for each attachment in the answer, with its name, type and
     * size.
     */
    public List<Map<String, Object>> content() {
        List<Map<String, Object>> blocks = new ArrayList<>();
        if (error || form != ResultForm.STRUCTURED_ONLY) {
            Map<String, Object> block = new LinkedHashMap<>();
            block.put("type", "text");
            block.put("text", text);
            blocks.add(block);
        }
        blocks.addAll(this.blocks);
        if (structured != null) {
            ResourceLinks.in(structured, blocks);
        }
        return blocks;
    }

    /** The whole result as MCP has it: {@code content}, {@code structuredContent}, {@code isError}, {@code _meta}. */
    public Map<String, Object> toMap() {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("content", content());
        if (structuredContent() != null) {
            result.put("structuredContent", structuredContent());
        }
        result.put("isError", error);
        if (!meta.isEmpty()) {
            result.put("_meta", meta);
        }
        return result;
    }

    /** {@link #toMap()} as compact JSON text. */
    public String toJson() {
        return Text.json(toMap());
    }

    /** Whether it is an error, and how long the text is; the text itself may be a customer's. */
    @Override
    public String toString() {
        return "ToolResult[" + (error ? "error " + errorCode() : "ok") + ", " + text.length() + " characters]";
    }
}
