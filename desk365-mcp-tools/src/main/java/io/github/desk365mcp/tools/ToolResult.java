package io.github.desk365mcp.tools;

import io.github.desk365mcp.tools.host.MetaKeys;
import io.github.desk365mcp.tools.host.Outcomes;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.ResultForm;
import io.github.desk365mcp.tools.internal.account.Account;
import io.github.desk365mcp.tools.internal.core.CallNotes;
import io.github.desk365mcp.tools.internal.core.Outcome;
import io.github.desk365mcp.tools.internal.core.OutsideMarks;
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
 * The result of one call, in the format of MCP's {@code CallToolResult}.
 *
 * <p>A call that was refused or failed has a result too: {@link #isError()} is true, and {@link #text()} tells the
 * model what to do next.
 *
 * <p>May be used by many threads. {@link #structuredContent()} and {@link #meta()} cannot be changed, and
 * {@link #content()}, {@link #toMap()} and {@link #toResource} return a new list or map each time. Do not change what they
 * contain: the maps and lists inside them are not copied.
 */
public final class ToolResult {

    private static final int FEW_CALLS = 10;
    private static final int LONGEST_ERROR = 999;
    private static final int ROOM_FOR_MARKS = 149;
    private static final String PLAIN = "text/plain";

    private final boolean error;
    private final String text;
    private final @Nullable Map<String, Object> structured;
    private final List<Map<String, Object>> blocks;
    private final Map<String, Object> meta;
    private final ResultForm form;
    private final @Nullable String pending;

    private ToolResult(
            boolean error,
            String text,
            @Nullable Map<String, Object> structured,
            List<Map<String, Object>> blocks,
            Map<String, Object> meta,
            ResultForm form,
            @Nullable String pending) {
        this.error = error;
        this.text = text;
        this.structured = structured;
        this.blocks = blocks;
        this.meta = Collections.unmodifiableMap(meta);
        this.form = form;
        this.pending = pending;
    }

    static ToolResult of(Outcome outcome, CallNotes notes, Policy policy) {
        ResultForm form = policy.resultForm();
        boolean marks = policy.marksOutsideText();
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
                // In the answer too: hosts do not show _meta to models, and a model must know when few calls are left.
                answer.put("calls_left", left);
            }
            answer = Invisible.stripInMap(answer);
            List<Map<String, Object>> given = outcome instanceof Outcome.Done done ? done.blocks() : List.of();
            List<Map<String, Object>> blocks = new ArrayList<>(given);
            ResourceLinks.in(answer, blocks);
            boolean hasLinks = blocks.size() > given.size();
            Map<String, Object> shown = hasLinks && form == ResultForm.BOTH && notes.areFilesReadable()
                    ? ResourceLinks.leftOut(answer)
                    : answer;
            String text = form == ResultForm.SUMMARY
                    ? Summary.of(Objects.requireNonNull(notes.tool()), outcome, answer)
                    : Text.json(marks ? OutsideMarks.mark(shown, notes.untrusted(), hasImage(given)) : shown);
            return new ToolResult(
                    false, text, Collections.unmodifiableMap(answer), blocks, meta, form, notes.pending());
        }
        return error(refused, marks ? notes.quotes() : List.of(), meta);
    }

    private static boolean hasImage(List<Map<String, Object>> blocks) {
        return blocks.stream().anyMatch(block -> OutsideMarks.IMAGE.equals(block.get("type")));
    }

    private static ToolResult error(Outcome.Refused refused, List<String> quotes, Map<String, Object> meta) {
        meta.put(MetaKeys.ERROR, Map.of("code", refused.code()));
        String whole = Invisible.strip(refused.text());
        String shown = Text.cutAtWord(whole, quotes.isEmpty() ? LONGEST_ERROR : LONGEST_ERROR - ROOM_FOR_MARKS);
        String text = OutsideMarks.error(shown, whole, quotes);
        return new ToolResult(true, text, null, List.of(), meta, ResultForm.BOTH, null);
    }

    /** {@return whether the call was refused or failed} */
    public boolean isError() {
        return error;
    }

    /**
     * {@return the answer as compact JSON, or as one line with {@link ResultForm#SUMMARY}; for an error, the message}
     * In the JSON and in an error, what people outside the helpdesk wrote is marked, and a sentence explains the marks;
     * see {@link Policy#withoutOutsideMarks}. With {@link ResultForm#BOTH} the links of a record's files are left out if
     * the caller has the tool that reads files by name: {@link #content()} has a block for each. Otherwise the JSON equals
     * {@link #structuredContent()}, which is never marked. With {@link ResultForm#STRUCTURED_ONLY} the text is not part
     * of {@link #content()}; it is here for hosts that pass on only text.
     */
    public String text() {
        return text;
    }

    /**
     * {@return the answer as plain values that match the tool's output schema; null for an error, and with
     * {@link ResultForm#TEXT_ONLY}}
     */
    public @Nullable Map<String, Object> structuredContent() {
        return form == ResultForm.TEXT_ONLY ? null : structured;
    }

    /** {@return facts for programs, under {@link MetaKeys}; the tool reference describes the values} */
    public Map<String, Object> meta() {
        return meta;
    }

    /**
     * {@return the identifier of the {@link io.github.desk365mcp.tools.host.PendingCall} that this call waits as; null if
     * it does not wait} It is in no text and not in {@link #toMap}, because who has it can decide: a host may give it to
     * the person, but never to the model.
     */
    public @Nullable String pendingCall() {
        return pending;
    }

    /**
     * {@return the code of the error, from {@link io.github.desk365mcp.tools.host.ErrorCodes} or {@link Outcomes}; null
     * if the call succeeded}
     */
    public @Nullable String errorCode() {
        return meta.get(MetaKeys.ERROR) instanceof Map<?, ?> fields ? String.valueOf(fields.get("code")) : null;
    }

    /**
     * {@return the content blocks in MCP's format: the text; an {@code image} with {@code data} in base64 and
     * {@code mimeType}, if the call read an image; a {@code resource} with the chart of a report, if the policy has
     * {@link Policy#charts}; and a {@code resource_link} with name, type and size for each attachment in the answer}
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
        return blocks;
    }

    /**
     * {@return the whole result in MCP's format: {@code content}, {@code structuredContent}, {@code isError},
     * {@code _meta}}
     */
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

    /**
     * {@return the {@link #text()} in MCP's format of a resource: {@code contents} and {@code _meta}} For an answer of
     * {@link BoundTools#readResource}; a host responds to an error with a protocol error.
     *
     * @param uri the URI of the resource
     */
    public Map<String, Object> toResource(String uri) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("uri", uri);
        content.put("mimeType", error ? PLAIN : textType(form));
        content.put("text", text);
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("contents", List.of(content));
        if (!meta.isEmpty()) {
            result.put("_meta", meta);
        }
        return result;
    }

    /** Returns the media type of the text of answers in this form. */
    static String textType(ResultForm form) {
        return form == ResultForm.SUMMARY ? PLAIN : "application/json";
    }

    /** {@return {@link #toMap()} as compact JSON text} */
    public String toJson() {
        return Text.json(toMap());
    }

    /** {@return the kind of result and the length of its text, but not the text, which may be a customer's} */
    @Override
    public String toString() {
        return "ToolResult[" + (error ? "error " + errorCode() : Outcomes.OK) + ", " + text.length() + " characters]";
    }
}
