package io.github.desk365mcp.tools.host;

import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.api.JsonDocument;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A tool of the host's own. Its calls go through the same stages as those of the other tools: selection, check of
 * arguments, duplicates, approval, call budget, size and marks of the answer, audit.
 *
 * <pre>{@code
 * OwnTool escalate = OwnTool.updates("escalate_ticket", "Raises a ticket to urgent, and notes why.", schema, Escalation::run)
 *         .tags("tickets")
 *         .calls(2)
 *         .mails(in -> in.texts("notify"));
 * Desk365Tools tools = Desk365Tools.with(Policy.of(Selection.core()).ownTool(escalate));
 * }</pre>
 *
 * <p>The arguments are checked against the schema by networknt's validator, {@code com.networknt:json-schema-validator}
 * 3.x, which the host adds; {@link io.github.desk365mcp.tools.Desk365Tools#with} fails without it. They are not
 * repaired. Immutable; each method that takes a value returns a copy.
 */
public final class OwnTool {

    /** The tag that every own tool has. */
    public static final String TAG = "own";

    private static final int LONGEST_DESCRIPTION = 1_024;
    private static final int MOST_CALLS = 1_000;
    private static final String TOKEN = "approval_token";
    private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

    private final Row row;

    /** Carries out the calls of a tool. Called by many threads. */
    @FunctionalInterface
    public interface Handler {

        /**
         * Carries out a call.
         *
         * <p>A failure of the client may be thrown on; it is reported as for the other tools. If a tool that writes
         * throws after its first write was sent, the model is told that a part may have been done. So do first what
         * fails most, and catch exceptions of what is done after it if the answer can say what is missing. Requests to
         * other systems are not known here: make them last.
         *
         * @param desk the client of the caller's helpdesk; its requests end if the call is cancelled
         * @param arguments valid by the tool's schema
         * @param context who calls, and how to report progress
         * @return the answer: a {@link JsonDocument} such as a record of the client, a map, or null for an empty answer; a
         *     string, number, boolean or list becomes the field {@code result}. Maps and lists contain these too, and
         *     nothing else: write enums and times with {@code toString()}. Any other value is a fault of the handler,
         *     which shows only after its writes were made
         * @throws CallRefusedException to end the call with a message for the model
         * @throws Exception in a tool that reads, a fault of the host, which {@code BoundTools.call} throws; in one that
         *     writes, the outcome of the call is unknown
         */
        @Nullable
        Object handle(Desk365Client desk, JsonDocument arguments, CallContext context) throws Exception;
    }

    private OwnTool(Row row) {
        this.row = row;
    }

    /** The values; copied for each change, and not changed afterwards. */
    private static final class Row implements Cloneable {

        private final String name;
        private final String effect;
        private final String description;
        private final JsonDocument inputSchema;
        private final Handler handler;
        private String title;
        private Set<String> tags = Set.of(TAG);
        private int calls = 1;
        private @Nullable Function<JsonDocument, List<String>> recipients;
        private boolean publishes;
        private Set<String> trusted = Set.of();

        Row(String effect, String name, String description, JsonDocument inputSchema, Handler handler) {
            this.effect = effect;
            this.name = name;
            this.description = description;
            this.inputSchema = inputSchema;
            this.handler = handler;
            String words = name.replaceAll("[_-]+", " ").strip();
            this.title = (char) (words.charAt(0) - 'a' + 'A') + words.substring(1);
        }

        @Override
        protected Row clone() {
            try {
                return (Row) super.clone();
            } catch (CloneNotSupportedException e) {
                throw new AssertionError(e);
            }
        }
    }

    private OwnTool with(Consumer<Row> change) {
        Row changed = row.clone();
        change.accept(changed);
        return new OwnTool(changed);
    }

    /**
     * {@return a tool that only reads}
     *
     * @param name letters in lower case, digits, {@code _} and {@code -}, at most 64; no other tool may have it, and
     *     it is not an effect in {@link Approvals}, such as {@code mail}
     * @param description for the model, at most 1,024 characters
     * @param inputSchema a JSON Schema (2020-12) of type {@code object}, as JSON text
     * @param handler carries out the calls
     * @throws IllegalArgumentException if the name, the description or the schema is not valid; more of the schema is
     *     checked by {@link io.github.desk365mcp.tools.Desk365Tools#with}
     */
    public static OwnTool reads(String name, String description, String inputSchema, Handler handler) {
        return of(Effects.READ, name, description, inputSchema, handler);
    }

    /**
     * {@return a tool that adds something} An equal call within {@link Policy#duplicates(java.time.Duration)} gets the
     * result of the first.
     *
     * @param name as in {@link #reads}
     * @param description for the model, at most 1,024 characters
     * @param inputSchema a JSON Schema (2020-12) of type {@code object}, as JSON text
     * @param handler carries out the calls
     * @throws IllegalArgumentException as in {@link #reads}
     */
    public static OwnTool creates(String name, String description, String inputSchema, Handler handler) {
        return of(Effects.CREATE, name, description, inputSchema, handler);
    }

    /**
     * {@return a tool that changes something}
     *
     * @param name as in {@link #reads}
     * @param description for the model, at most 1,024 characters
     * @param inputSchema a JSON Schema (2020-12) of type {@code object}, as JSON text
     * @param handler carries out the calls
     * @throws IllegalArgumentException as in {@link #reads}
     */
    public static OwnTool updates(String name, String description, String inputSchema, Handler handler) {
        return of(Effects.UPDATE, name, description, inputSchema, handler);
    }

    /**
     * {@return a tool that deletes something}
     *
     * @param name as in {@link #reads}
     * @param description for the model, at most 1,024 characters
     * @param inputSchema a JSON Schema (2020-12) of type {@code object}, as JSON text
     * @param handler carries out the calls
     * @throws IllegalArgumentException as in {@link #reads}
     */
    public static OwnTool deletes(String name, String description, String inputSchema, Handler handler) {
        return of(Effects.DELETE, name, description, inputSchema, handler);
    }

    private static OwnTool of(String effect, String name, String description, String inputSchema, Handler handler) {
        if (!name.matches("[a-z][a-z0-9_-]{0,63}")) {
            throw new IllegalArgumentException("The name of a tool has 1 to 64 letters in lower case, digits, _ and -,"
                    + " and begins with a letter: " + name);
        }
        if (Approvals.METHODS.containsKey(name)) {
            throw new IllegalArgumentException(
                    "A tool cannot be called " + name + ": in Approvals, that is what calls do");
        }
        if (description.isBlank() || description.length() > LONGEST_DESCRIPTION) {
            throw new IllegalArgumentException("The description of " + name + " must have 1 to " + LONGEST_DESCRIPTION
                    + " characters, not " + description.strip().length());
        }
        return new OwnTool(new Row(effect, name, description, schema(name, inputSchema), handler));
    }

    private static JsonDocument schema(String name, String json) {
        JsonDocument schema;
        try {
            schema = JsonDocument.parse(json);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("The schema of " + name + ": " + e.getMessage(), e);
        }
        if (!"object".equals(schema.get("type"))) {
            throw new IllegalArgumentException("The schema of " + name + " must have \"type\": \"object\" at its root");
        }
        if (!DIALECT.equals(Objects.requireNonNullElse(schema.get("$schema"), DIALECT))) {
            throw new IllegalArgumentException("The schema of " + name + " must be of JSON Schema 2020-12: " + DIALECT);
        }
        Object properties = schema.get("properties");
        if (properties != null && !(properties instanceof Map)) {
            throw new IllegalArgumentException("The properties of the schema of " + name + " must be an object");
        }
        if (properties instanceof Map<?, ?> known && known.containsKey(TOKEN)) {
            throw new IllegalArgumentException("The schema of " + name + " has the property " + TOKEN
                    + ", which calls that need approval have already");
        }
        return schema;
    }

    /**
     * {@return a copy with this title for people; the default is the name in words}
     *
     * @param words not blank
     * @throws IllegalArgumentException if it is blank
     */
    public OwnTool title(String words) {
        if (words.isBlank()) {
            throw new IllegalArgumentException("The title of " + row.name + " is blank");
        }
        return with(changed -> changed.title = words);
    }

    /**
     * {@return a copy with these tags, by which selections find it, and with {@link #TAG}}
     *
     * @param names such as {@code tickets}: letters in lower case, digits, {@code _} and {@code .}
     * @throws IllegalArgumentException if a tag has other characters
     */
    public OwnTool tags(String... names) {
        Set<String> all = new LinkedHashSet<>(List.of(names));
        all.add(TAG);
        for (String tag : all) {
            if (!tag.matches("[a-z0-9_.]+")) {
                throw new IllegalArgumentException(
                        "A tag of " + row.name + " has letters in lower case, digits, _ and . only: " + tag);
            }
        }
        return with(changed -> changed.tags = Collections.unmodifiableSet(all));
    }

    /**
     * {@return a copy whose calls cost this many calls of the service's rate limit} They are reserved before the handler
     * runs, and returned if it makes no request. Further requests are counted, but not refused.
     *
     * @param most how many requests the handler makes at most, from 0 to 1,000; the default is 1
     * @throws IllegalArgumentException if it is out of range
     */
    public OwnTool calls(int most) {
        if (most < 0 || most > MOST_CALLS) {
            throw new IllegalArgumentException(
                    "The calls of " + row.name + " must be 0 to " + MOST_CALLS + ", not " + most);
        }
        return with(changed -> changed.calls = most);
    }

    /**
     * {@return a copy whose calls e-mail people, so that {@link Approvals#customerMail} applies to them} Previews show
     * whom. Agents count too: the host decides whether to name them.
     *
     * @param recipientsOf returns the addresses that a call with these arguments e-mails; empty for none. It is called
     *     several times for a call, and must not call the service
     */
    public OwnTool mails(Function<JsonDocument, List<String>> recipientsOf) {
        return with(changed -> changed.recipients = recipientsOf);
    }

    /**
     * {@return a copy whose calls change what customers see in the knowledge base, so that {@link Approvals#publish}
     * applies to them}
     */
    public OwnTool publishes() {
        return with(changed -> changed.publishes = true);
    }

    /**
     * {@return a copy whose answers have these fields without marks of text from outside} All other texts in its answers
     * are marked, since customers may have written them.
     *
     * @param fields fields at the root of the answer, whose text the handler has written itself
     */
    public OwnTool trusted(String... fields) {
        return with(changed -> changed.trusted = Set.of(fields));
    }

    /** {@return the name that calls use} */
    public String name() {
        return row.name;
    }

    /** {@return what it does: {@link Effects#READ}, {@code CREATE}, {@code UPDATE} or {@code DELETE}} */
    public String effect() {
        return row.effect;
    }

    /** {@return the description for the model} */
    public String description() {
        return row.description;
    }

    /** {@return the schema of the arguments, unmodifiable} */
    public Map<String, @Nullable Object> inputSchema() {
        return row.inputSchema.toMap();
    }

    /** {@return what carries out the calls} */
    public Handler handler() {
        return row.handler;
    }

    /** {@return the title for people} */
    public String title() {
        return row.title;
    }

    /** {@return the tags, with {@link #TAG}} */
    public Set<String> tags() {
        return row.tags;
    }

    /** {@return how many calls of the rate limit a call costs at most} */
    public int calls() {
        return row.calls;
    }

    /** {@return whether some of its calls e-mail people; see {@link #mails}} */
    public boolean canMail() {
        return row.recipients != null;
    }

    /**
     * {@return whom a call with these arguments e-mails; see {@link #mails}}
     *
     * @param arguments valid by the schema
     */
    public List<String> recipients(JsonDocument arguments) {
        Function<JsonDocument, List<String>> of = row.recipients;
        return of == null ? List.of() : List.copyOf(of.apply(arguments));
    }

    /** {@return whether {@link #publishes()} is set} */
    public boolean canPublish() {
        return row.publishes;
    }

    /** {@return the fields of its answers that are not marked; see {@link #trusted(String...)}} */
    public Set<String> trusted() {
        return row.trusted;
    }

    /** {@return name and effect} */
    @Override
    public String toString() {
        return "OwnTool[" + row.name + ", " + row.effect + "]";
    }
}
