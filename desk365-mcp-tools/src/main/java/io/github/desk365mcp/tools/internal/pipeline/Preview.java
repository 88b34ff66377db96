package io.github.desk365mcp.tools.internal.pipeline;

import io.github.desk365mcp.tools.host.ErrorCodes;
import io.github.desk365mcp.tools.internal.catalogue.Catalogue;
import io.github.desk365mcp.tools.internal.catalogue.MessagePage;
import io.github.desk365mcp.tools.internal.catalogue.Recipients;
import io.github.desk365mcp.tools.internal.catalogue.TicketPage;
import io.github.desk365mcp.tools.internal.core.Arguments;
import io.github.desk365mcp.tools.internal.core.Call;
import io.github.desk365mcp.tools.internal.core.Outcome;
import io.github.desk365mcp.tools.internal.core.Param;
import io.github.desk365mcp.tools.internal.core.RefusedException;
import io.github.desk365mcp.tools.internal.core.Stage;
import io.github.desk365mcp.tools.internal.core.Tool;
import io.github.desk365mcp.tools.internal.core.Type;
import io.github.desk365mcp.tools.internal.core.Uploader;
import io.github.desk365mcp.tools.internal.text.Invisible;
import io.github.desk365mcp.tools.internal.text.Text;
import io.github.desk365mcp.tools.internal.text.WrittenBody;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Describes what a call would do, for the person who approves it. */
public final class Preview {

    private static final String TICKET = TicketPage.NUMBER.name();
    private static final String PUBLIC_NOTE = "E-mails the note to the customer immediately; this cannot be undone.";
    private static final String PRIVATE_NOTE =
            "Adds a note that only agents see. The agents under notify get an e-mail.";
    private static final int LONG = 100;

    /** The recipients of the mail. */
    private static final String TO = "to";

    /** The arguments that have no entry of their own; an approved call must repeat all of them, not just these. */
    private static final String REST = "with";

    private Preview() {}

    /**
     * Reads the files of a call, and returns their names, types, sizes and hashes; an empty list if it has none.
     *
     * @throws RefusedException if one cannot be read
     */
    static List<Map<String, Object>> files(Call call) {
        return call.tool().param(Uploader.ARGUMENT) == null || call.arguments().get(Uploader.ARGUMENT) == null
                ? List.of()
                : call.uploader().measure(new Arguments(call));
    }

    /**
     * Returns the content, sender, recipients and changes of a call. Looking up a recipient or the current state of a
     * record costs a call.
     *
     * @param measured the files
     * @param inside the inner stages, used for look-ups
     * @throws RefusedException if the recipient is not found
     */
    static Map<String, Object> of(Call call, List<Map<String, Object>> measured, Stage.Next inside) {
        Tool tool = call.tool();
        Map<String, Object> left = new LinkedHashMap<>(call.arguments());
        Map<String, Object> preview = new LinkedHashMap<>();
        preview.put("action", tool.title());
        preview.put("effect", tool.param(MessagePage.PRIVATE.name()) == null ? tool.purpose() : ofNote(call));
        if (goesToContact(call)) {
            preview.put(TO, List.of(contact(call, inside)));
        }
        preview.putAll(Recipients.of(call));
        if (tool.verb() != Tool.Verb.UPDATES) {
            left.keySet().removeAll(Recipients.arguments(tool));
        }
        if (Boolean.TRUE.equals(left.get(MessagePage.PREVIOUS_CCS.name()))) {
            preview.put("also_to", "everyone previously in copy");
        }
        if (tool.param(MessagePage.FROM_EMAIL.name()) != null) {
            preview.put("from", "the account's default mailbox");
            move(left, MessagePage.FROM_EMAIL, preview, "from");
        }
        if (tool.verb() == Tool.Verb.UPDATES) {
            preview.put("changes", changes(call, left, inside));
        }
        readBodies(tool, left, preview);
        if (left.get(Uploader.ARGUMENT) instanceof List<?> files) {
            List<Map<String, Object>> shown = new ArrayList<>();
            for (int i = 0; i < files.size(); i++) {
                shown.add(file(files.get(i), measured.get(i)));
            }
            left.put(Uploader.ARGUMENT, shown);
        }
        preview.put(REST, left);
        return preview;
    }

    /** Shows bodies as people will read them, and warns of Markdown, which nobody converts. */
    private static void readBodies(Tool tool, Map<String, Object> left, Map<String, Object> preview) {
        for (Param<?> param : tool.params()) {
            if (param.type() == Type.BODY && left.get(param.name()) instanceof String body) {
                String text = WrittenBody.asRead(body);
                left.put(param.name(), text);
                String markdown = WrittenBody.markdown(text);
                if (markdown != null) {
                    preview.put("markdown", "not converted; readers see " + markdown);
                }
            }
        }
    }

    private static String ofNote(Call call) {
        return goesToContact(call) ? PUBLIC_NOTE : PRIVATE_NOTE;
    }

    /** Whether the ticket's contact gets the mail, not only the recipients that the call names. */
    private static boolean goesToContact(Call call) {
        return call.tool().alwaysMails()
                || call.tool().param(MessagePage.PRIVATE.name()) != null && MessagePage.isPublic(new Arguments(call));
    }

    private static void move(Map<String, Object> from, Param<?> param, Map<String, Object> to, String name) {
        Object value = from.remove(param.name());
        if (value != null) {
            to.put(name, value);
        }
    }

    /** Whether the mail would now go to another recipient than the preview showed. */
    static boolean isOutdated(Object to, Call call, Stage.Next inside) {
        return goesToContact(call) && !to.equals(List.of(contact(call, inside)));
    }

    /** Returns the recipients that the preview shows; an empty list if nothing is mailed. */
    static Object to(Map<String, Object> preview) {
        return preview.getOrDefault(TO, List.of());
    }

    private static Object contact(Call call, Stage.Next inside) {
        Object number = Objects.requireNonNull(call.arguments().get(TICKET));
        Call look = call.aside(TicketPage.contactReader(), Map.of(TICKET, number));
        Outcome outcome = inside.run(look);
        if (outcome instanceof Outcome.Refused refused) {
            call.notes().quoted(look.notes());
            // A failed read leaves no doubt that the mail was not sent.
            throw refused.isOpen()
                    ? new RefusedException(
                            ErrorCodes.NO_PREVIEW,
                            "Nothing was sent: the recipient could not be looked up. " + refused.message())
                    : new RefusedException(refused.code(), refused.message());
        }
        Object email = ((Outcome.Done) outcome).answer().get("contact_email");
        return email == null ? "the ticket's contact, whose address Desk365 does not return" : email;
    }

    /**
     * Returns each changed field with its new and current value; current values that are untrusted text are left out.
     */
    private static Map<String, Object> changes(Call call, Map<String, Object> left, Stage.Next inside) {
        Tool reader = Catalogue.get(Objects.requireNonNull(call.tool().reader()));
        Map<String, Object> key = new LinkedHashMap<>(left);
        key.keySet().removeIf(name -> reader.param(name) == null);
        Call look = call.aside(reader, key);
        // Current values are left out if the record cannot be read, such as a draft, or if the caller may not read it.
        boolean isReadable = call.names().isVisible(reader.name());
        Map<String, Object> now =
                isReadable && inside.run(look) instanceof Outcome.Done done ? done.answer() : Map.of();
        Map<String, Object> changes = new LinkedHashMap<>();
        for (String name : List.copyOf(left.keySet())) {
            if (key.containsKey(name)) {
                continue;
            }
            Map<String, Object> change = new LinkedHashMap<>();
            Param<?> param = Objects.requireNonNull(call.tool().param(name));
            String field = param.field();
            if (param.change() == Param.Change.SETS
                    && now.get(field) != null
                    && !look.notes().untrusted().containsKey(field)) {
                change.put("from", now.get(field));
            }
            change.put("to", left.remove(name));
            changes.put(name, change);
        }
        return changes;
    }

    /** Returns a file's reference, shortened because encoded data tells a person nothing, and what the file is now. */
    private static Map<String, Object> file(Object file, Map<String, Object> measured) {
        Map<String, Object> shown = new LinkedHashMap<>();
        if (file instanceof Map<?, ?> fields) {
            fields.forEach((name, value) -> shown.put(String.valueOf(name), brief(value)));
        }
        shown.putAll(measured);
        return shown;
    }

    private static Object brief(Object value) {
        return value instanceof String text && text.length() > LONG
                ? text.substring(0, LONG / 2) + "… (" + text.length() + " characters)"
                : value;
    }

    /** A part of a preview for a person. */
    record Line(String name, String value) {}

    /** Returns the preview as lines for a person. Text within a value is indented, so it cannot imitate a line. */
    public static String text(Map<String, Object> preview) {
        return String.join(
                "\n",
                lines(preview).stream()
                        .map(line -> line.name()
                                + (line.value().contains("\n") || line.value().length() > LONG
                                        ? ":\n  " + line.value().replace("\n", "\n  ")
                                        : ": " + line.value()))
                        .toList());
    }

    /** Returns the parts of the preview, with invisible characters marked. */
    static List<Line> lines(Map<String, Object> preview) {
        List<Line> lines = new ArrayList<>();
        preview.forEach((name, value) -> {
            if (name.equals(REST) || name.equals("changes")) {
                ((Map<?, ?>) value).forEach((field, given) -> lines.add(line(String.valueOf(field), given)));
            } else {
                lines.add(line(name, value));
            }
        });
        return lines;
    }

    private static Line line(String name, @Nullable Object value) {
        String text;
        if (value instanceof Map<?, ?> change && change.containsKey("to") && change.size() <= 2) {
            Object from = change.get("from");
            text = (from == null ? "" : word(from) + " → ") + word(change.get("to"));
        } else if (value instanceof List<?> words && words.stream().allMatch(String.class::isInstance)) {
            text = String.join(", ", words.stream().map(String::valueOf).toList());
        } else {
            text = word(value);
        }
        return new Line(name, Invisible.mark(text).replace("\r\n", "\n"));
    }

    private static String word(@Nullable Object value) {
        if (value instanceof String text) {
            return text;
        }
        return value instanceof Number || value instanceof Boolean
                ? String.valueOf(value)
                : Text.json(Map.of("value", Objects.requireNonNullElse(value, "")))
                        .replaceAll("^\\{\"value\":|}$", "");
    }
}
