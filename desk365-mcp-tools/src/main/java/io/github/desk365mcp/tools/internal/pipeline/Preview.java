package io.github.desk365mcp.tools.internal.pipeline;

import io.github.desk365mcp.tools.host.ErrorCodes;
import io.github.desk365mcp.tools.internal.catalogue.ArticlePage;
import io.github.desk365mcp.tools.internal.catalogue.MessagePage;
import io.github.desk365mcp.tools.internal.catalogue.Recipients;
import io.github.desk365mcp.tools.internal.catalogue.TicketPage;
import io.github.desk365mcp.tools.internal.catalogue.TicketsUpdatePage;
import io.github.desk365mcp.tools.internal.core.Answer;
import io.github.desk365mcp.tools.internal.core.Arguments;
import io.github.desk365mcp.tools.internal.core.Call;
import io.github.desk365mcp.tools.internal.core.CallNotes;
import io.github.desk365mcp.tools.internal.core.Field;
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
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Describes what a call would do. {@link #full} is for the person who approves it; {@link #forModel} is the same without
 * what a model need not read again or must not read here.
 */
public final class Preview {

    private static final String TICKET = TicketPage.NUMBER.name();
    private static final String PUBLIC_NOTE = "E-mails the note to the customer immediately; this cannot be undone.";
    private static final String PRIVATE_NOTE =
            "Adds a note that only agents see. The agents under notify get an e-mail.";
    private static final int LONG = 100;
    private static final int LAST_ASCII = 0x7F;
    private static final String WARNINGS = "warnings";

    /** The recipients of the mail. */
    private static final String TO = "to";

    /** What the ticket is about, for a person: the model has read it, and the contact wrote it. */
    private static final String SUBJECT = "ticket_subject";

    /** Earlier copies of the ticket, which also get the mail. */
    private static final String ALSO_TO = "also_to";

    private static final String CHANGES = "changes";
    private static final String MARKDOWN = "markdown";
    private static final String FROM = "from";

    /** The new text of a passage without the words around it. */
    private static final String GIVEN = "given";

    /** What the mail quotes of the ticket's conversation, and the newest of these messages. */
    private static final String QUOTES = "quotes";

    private static final String NEWEST = "newest";

    /** What the text repeats of internal notes and of other customers. */
    private static final String REPEATS = "repeats";

    static final String ORIGINAL = "original";

    private static final String MESSAGES = "list_all_desk_365_ticket_conversations";

    /** A read for {@link #QUOTES} alone is left out if it could take the calls that the mail itself needs. */
    private static final int CALLS_TO_SEND = 3;

    // A longer text is shown to the model by its beginning and its end.
    private static final int WHOLE_TEXT = 600;
    private static final int BEGINNING = 300;
    private static final int ENDING = 150;

    /** Characters of a list of records that the model is shown. */
    private static final int WHOLE_LIST = 3_000;

    /** The arguments that have no entry of their own; an approved call must repeat all of them, not just these. */
    private static final String REST = "with";

    private final Map<String, Object> full;
    private final Map<String, Object> recipients;

    /** The changed fields whose current values people outside wrote. */
    private final Set<String> outsideBefore;

    private Preview(Map<String, Object> full, Map<String, Object> recipients, Set<String> outsideBefore) {
        this.full = full;
        this.recipients = recipients;
        this.outsideBefore = outsideBefore;
    }

    /** This preview as JSON, for the shared state. */
    Map<String, Object> toMap() {
        return Map.of("full", full, "recipients", recipients, "outside_before", List.copyOf(outsideBefore));
    }

    /** The inverse of {@link #toMap}. */
    @SuppressWarnings("unchecked") // Written by toMap.
    static Preview of(Map<String, ?> stored) {
        return new Preview(
                (Map<String, Object>) Objects.requireNonNull(stored.get("full")),
                (Map<String, Object>) Objects.requireNonNull(stored.get("recipients")),
                Set.copyOf((List<String>) Objects.requireNonNull(stored.get("outside_before"))));
    }

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
     * Describes the content, sender, recipients and changes of a call. Looking up a recipient, the conversation or the
     * current state of a record costs a call each.
     *
     * @param measured the files
     * @param inside the inner stages, used for look-ups
     * @throws RefusedException if the recipient is not found
     */
    static Preview of(Call call, List<Map<String, Object>> measured, Stage.Next inside) {
        Tool tool = call.tool();
        if (tool.own() != null) {
            return ofOwn(call);
        }
        Map<String, Object> left = new LinkedHashMap<>(call.arguments());
        Map<String, Object> preview = new LinkedHashMap<>();
        Map<String, Object> recipients = new LinkedHashMap<>();
        Set<String> outsideBefore = new HashSet<>();
        preview.put("action", tool.title());
        preview.put("effect", tool.param(MessagePage.PRIVATE.name()) == null ? tool.purpose() : ofNote(call));
        Map<String, Object> current = Map.of();
        if (goesToContact(call)) {
            Map<String, Object> ticket = read(call, TicketPage.contactReader(), inside);
            putSubject(ticket, preview);
            recipients.put(TO, List.of(contact(ticket)));
            current = ticket;
        }
        preview.putAll(recipients);
        preview.putAll(Recipients.of(call));
        if (tool.verb() != Tool.Verb.UPDATES) {
            left.keySet().removeAll(Recipients.arguments(tool));
        }
        readThread(call, preview, recipients, inside);
        if (tool.param(MessagePage.FROM_EMAIL.name()) != null) {
            preview.put(FROM, "the account's default mailbox");
            move(left, MessagePage.FROM_EMAIL, preview, FROM);
        }
        if (tool.reader() != null) {
            RecordBefore before = RecordBefore.of(call, inside);
            Param<?> argument = PassageEdits.argument(call);
            PassageEdits edits = argument == null ? null : PassageEdits.of(call, argument, before);
            if (call.arguments().containsKey(TICKET)) {
                putSubject(before.answer(), preview);
            }
            describeArticle(tool, before.answer(), preview);
            if (tool.verb() == Tool.Verb.UPDATES) {
                Map<String, Object> kept = ChangeStage.kept(tool, call.arguments(), before);
                Map<String, Object> changes =
                        changes(tool, before.key(), before.answer(), before.notes(), left, outsideBefore);
                if (!kept.isEmpty()) {
                    recipients.put(ChangeStage.BEFORE, kept);
                }
                if (argument != null && edits != null) {
                    left.remove(argument.name());
                    recipients.put(PassageEdits.VERSION, edits.version());
                    show(edits, before, changes, outsideBefore, preview);
                }
                preview.put(CHANGES, changes);
            }
        } else if (tool.name().equals(TicketsUpdatePage.MANY)) {
            describeTickets(call, inside, preview, left);
        } else if (tool.name().equals(ArticlePage.CREATE)) {
            left.putIfAbsent("status", "draft");
        }
        String touched = Touched.by(call, inside);
        if (touched != null) {
            preview.put("touches", touched);
        }
        Call followUp = call.notes().followUp();
        if (followUp != null) {
            left.remove(Tool.THEN);
            preview.put(Tool.THEN, ThenStage.shown(followUp, current));
        }
        warnOfLookAlikes(call, preview);
        readBodies(tool, left, preview);
        if (left.get(Uploader.ARGUMENT) instanceof List<?> files) {
            List<Map<String, Object>> shown = new ArrayList<>();
            for (int i = 0; i < files.size(); i++) {
                shown.add(file(files.get(i), measured.get(i)));
            }
            left.put(Uploader.ARGUMENT, shown);
        }
        warnOfRepeats(call, preview);
        preview.put(REST, left);
        return new Preview(preview, recipients, outsideBefore);
    }

    /** Describes a call of a host's own tool, of which only the arguments and the recipients are known. */
    private static Preview ofOwn(Call call) {
        Map<String, Object> preview = new LinkedHashMap<>();
        preview.put("action", call.tool().title());
        preview.put("effect", call.tool().purpose());
        preview.putAll(Recipients.of(call));
        warnOfLookAlikes(call, preview);
        warnOfRepeats(call, preview);
        preview.put(REST, call.arguments());
        return new Preview(preview, Map.of(), Set.of());
    }

    private static void warnOfRepeats(Call call, Map<String, Object> preview) {
        List<Map<String, Object>> repeated = call.notes().repeated();
        if (!repeated.isEmpty()) {
            preview.put(REPEATS, repeated);
            preview.put(
                    "warning",
                    "The text repeats what was read in places that are not for this recipient; see " + REPEATS
                            + ". Check it before it is sent.");
        }
    }

    /** Everything, for a person. Unmodifiable. */
    public Map<String, Object> full() {
        return Collections.unmodifiableMap(full);
    }

    /**
     * The same for a model: long texts are shown by their beginning, end and length, since the model wrote them itself,
     * and current values that people outside wrote are left out. Of other texts from outside, the notes get the paths in
     * an answer that has this as its preview; if reading them would lock the session, they are left out.
     */
    Map<String, Object> forModel(CallNotes notes) {
        Map<String, Object> brief = new LinkedHashMap<>(full);
        brief.remove(SUBJECT);
        brief.replaceAll((name, value) -> switch (name) {
            case CHANGES -> changesForModel((Map<?, ?>) value);
            case REST -> shortened(value);
            default -> value;
        });
        boolean mayReadOutside = !notes.isLockedByReading();
        if (mayReadOutside) {
            outside().forEach(path -> notes.untrusted("preview." + path, Field.Writer.CONTACT.word()));
        } else {
            brief.computeIfPresent(QUOTES, (name, quotes) -> without(NEWEST, quotes));
            brief.computeIfPresent(
                    REPEATS,
                    (name, passages) -> ((List<?>) passages)
                            .stream().map(passage -> without(ORIGINAL, passage)).toList());
        }
        return brief;
    }

    private static Object without(String field, Object value) {
        if (!(value instanceof Map<?, ?> fields)) {
            return value;
        }
        Map<Object, Object> rest = new LinkedHashMap<>(fields);
        rest.remove(field);
        return rest;
    }

    private Map<Object, Object> changesForModel(Map<?, ?> changes) {
        Map<Object, Object> shown = new LinkedHashMap<>();
        changes.forEach((name, change) -> {
            Map<Object, Object> values = new LinkedHashMap<>((Map<?, ?>) change);
            Object given = values.remove(GIVEN);
            if (outsideBefore.contains(String.valueOf(name))) {
                values.remove(FROM);
                if (given != null) {
                    values.put("to", given);
                }
            }
            shown.put(name, shortened(values));
        });
        return shown;
    }

    /** The paths in {@link #forModel} of texts that people outside wrote. */
    private List<String> outside() {
        List<String> paths = new ArrayList<>();
        if (full.get(QUOTES) instanceof Map<?, ?> quotes && quotes.containsKey(NEWEST)) {
            paths.add(QUOTES + "." + NEWEST);
        }
        if (full.containsKey(REPEATS)) {
            paths.add(REPEATS + "[]." + ORIGINAL);
        }
        return paths;
    }

    private static @Nullable Object shortened(@Nullable Object value) {
        if (value instanceof String text && text.length() > WHOLE_TEXT) {
            String end = text.substring(text.length() - ENDING);
            return Text.cut(text, BEGINNING)
                    + "\n[" + (text.length() - BEGINNING - ENDING) + " of " + text.length()
                    + " characters are not repeated here]\n…"
                    + (Character.isLowSurrogate(end.charAt(0)) ? end.substring(1) : end);
        }
        if (value instanceof Map<?, ?> fields) {
            Map<Object, @Nullable Object> shown = new LinkedHashMap<>();
            fields.forEach((name, field) -> shown.put(name, shortened(field)));
            return shown;
        }
        if (value instanceof List<?> items && items.stream().anyMatch(Map.class::isInstance)) {
            List<@Nullable Object> shown = new ArrayList<>();
            int room = WHOLE_LIST;
            for (Object item : items) {
                Object one = shortened(item);
                room -= word(one).length();
                if (room < 0 && !shown.isEmpty()) {
                    shown.add((items.size() - shown.size()) + " of " + items.size() + " are not repeated here");
                    break;
                }
                shown.add(one);
            }
            return shown;
        }
        return value;
    }

    /**
     * Adds what a reply takes from the conversation: whom it also copies, and what it quotes. One read shows both. If it
     * fails, the preview says that they are unknown.
     */
    private static void readThread(
            Call call, Map<String, Object> preview, Map<String, Object> recipients, Stage.Next inside) {
        boolean copies = Boolean.TRUE.equals(call.arguments().get(MessagePage.PREVIOUS_CCS.name()));
        boolean quotes = Boolean.TRUE.equals(call.arguments().get(MessagePage.PREVIOUS_MESSAGES.name()));
        if (!copies && !quotes) {
            return;
        }
        Map<String, Object> thread = null;
        Integer left = call.account().ledger().remaining();
        if (copies || left == null || left > CALLS_TO_SEND) {
            try {
                thread = read(call, MessagePage.threadReader(), inside);
            } catch (RefusedException unreadable) {
                // The preview says so.
            }
        }
        if (copies) {
            preview.put(ALSO_TO, "everyone previously in copy; who that is could not be read");
            if (thread != null) {
                List<Object> earlier = copies(thread);
                recipients.put(ALSO_TO, earlier);
                preview.put(ALSO_TO, earlier.isEmpty() ? "nobody: no message of this ticket shows a copy" : earlier);
                preview.put(
                        "also_to_note", "The copies that its messages show; whether Desk365 adds others is unknown.");
            }
        }
        if (quotes) {
            preview.put(
                    QUOTES,
                    thread == null || !call.names().isVisible(MESSAGES)
                            ? "the thread, which could not be read for this preview"
                            : quoted(thread));
        }
    }

    private static List<Object> copies(Map<String, Object> thread) {
        return thread.get("copies") instanceof List<?> earlier ? List.copyOf(earlier) : List.of();
    }

    private static Map<String, Object> quoted(Map<String, Object> thread) {
        Map<String, Object> quoted = new LinkedHashMap<>(thread);
        Object internal = quoted.remove("internal");
        quoted.remove("copies");
        quoted.putIfAbsent("messages", 0);
        quoted.put(
                "note",
                "Messages that the customer can see. How many of them Desk365 quotes, and whether it leaves out the "
                        + (internal == null ? 0 : internal) + " internal ones, is unverified.");
        return quoted;
    }

    /** Adds the change, and for each ticket what it would change there, as far as the caller may read it. */
    private static void describeTickets(
            Call call, Stage.Next inside, Map<String, Object> preview, Map<String, Object> left) {
        String numbers = TicketsUpdatePage.NUMBERS.name();
        Map<String, Object> key =
                Map.of(numbers, Objects.requireNonNull(call.arguments().get(numbers)));
        Call look = call.of(TicketsUpdatePage.reader());
        preview.put(CHANGES, changes(call.tool(), key, Map.of(), look.notes(), left, new HashSet<>()));
        if (call.names().isVisible(TicketPage.GET) && inside.run(look) instanceof Outcome.Done done) {
            preview.putAll(done.answer());
        } else {
            preview.put("tickets", "their values could not be read for this preview");
        }
    }

    /** Adds where an article is, and whether customers see it. */
    private static void describeArticle(Tool tool, Map<String, Object> now, Map<String, Object> preview) {
        if (!ArticlePage.READER.equals(tool.reader())) {
            return;
        }
        Map<String, Object> article = new LinkedHashMap<>();
        for (String field : List.of("category_name", "folder_name", "status")) {
            Object value = now.get(field);
            if (value != null) {
                article.put(field, value);
            }
        }
        preview.put("article", article.isEmpty() ? "unknown: only published articles can be read" : article);
    }

    /** Warns of addresses that may only look like others. */
    private static void warnOfLookAlikes(Call call, Map<String, Object> preview) {
        Recipients.of(call).values().stream()
                .flatMap(List::stream)
                .filter(address -> address.chars().anyMatch(letter -> letter > LAST_ASCII))
                .forEach(address -> warn(
                        preview,
                        "An address has unusual letters, shown here by their codes, and may only look like another"
                                + " address: "
                                + address.codePoints()
                                        .mapToObj(letter -> letter > LAST_ASCII
                                                ? String.format("[U+%04X]", letter)
                                                : Character.toString(letter))
                                        .collect(Collectors.joining())
                                + "."));
    }

    private static void warn(Map<String, Object> preview, String warning) {
        preview.merge(WARNINGS, warning, (first, second) -> first + " " + second);
    }

    /** Shows bodies as people will read them, and warns of Markdown, which nobody converts. */
    private static void readBodies(Tool tool, Map<String, Object> left, Map<String, Object> preview) {
        for (Param<?> param : tool.params()) {
            if (param.type() == Type.BODY && left.get(param.name()) instanceof String body) {
                String text = WrittenBody.asRead(body);
                left.put(param.name(), text);
                if (PreviewHtml.leavesOut(body)) {
                    warn(
                            preview,
                            "The text has HTML that this preview leaves out, such as forms, unusual links, or styles that"
                                    + " hide words. Readers may see more or less than is shown here.");
                }
                String struck = PreviewHtml.struck(body);
                if (!struck.isEmpty()) {
                    warn(preview, "Readers see these words struck out: " + struck + ".");
                }
                String markdown = WrittenBody.markdown(text);
                if (markdown != null) {
                    preview.put(MARKDOWN, "not converted; readers see " + markdown);
                }
            }
        }
    }

    private static String ofNote(Call call) {
        return goesToContact(call) ? PUBLIC_NOTE : PRIVATE_NOTE;
    }

    /** Whether the ticket's contact gets the mail, not only the recipients that the call names. */
    private static boolean goesToContact(Call call) {
        return call.tool().own() == null && call.tool().alwaysMails()
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
        Map<?, ?> shown = (Map<?, ?>) to;
        if (goesToContact(call)
                && !List.of(contact(read(call, TicketPage.contactReader(), inside)))
                        .equals(shown.get(TO))) {
            return true;
        }
        return shown.get(ALSO_TO) instanceof List<?> copies
                && !Set.copyOf(copies).equals(Set.copyOf(copies(read(call, MessagePage.threadReader(), inside))));
    }

    /** The recipients that were looked up for the preview, for {@link #isOutdated}. */
    Object to() {
        return recipients;
    }

    private static void putSubject(Map<String, Object> ticket, Map<String, Object> preview) {
        Object subject = ticket.get("subject");
        if (subject != null) {
            preview.put(SUBJECT, subject);
        }
    }

    private static Object contact(Map<String, Object> ticket) {
        Object email = ticket.get("contact_email");
        return email == null ? "the ticket's contact, whose address Desk365 does not return" : email;
    }

    /**
     * Reads something about the ticket of a call.
     *
     * @throws RefusedException if it cannot be read; nothing was sent then
     */
    private static Map<String, Object> read(Call call, Tool reader, Stage.Next inside) {
        Object number = Objects.requireNonNull(call.arguments().get(TICKET));
        Call look = call.aside(reader, Map.of(TICKET, number));
        Outcome outcome = inside.run(look);
        if (outcome instanceof Outcome.Refused refused) {
            call.notes().quoted(look.notes());
            // A failed read leaves no doubt that the mail was not sent.
            throw refused.isOpen()
                    ? new RefusedException(
                            ErrorCodes.NO_PREVIEW,
                            "Nothing was sent: the recipients could not be looked up. " + refused.message())
                    : new RefusedException(refused.code(), refused.message());
        }
        Map<String, Object> answer = ((Outcome.Done) outcome).answer();
        if (answer.containsKey(Answer.TRUNCATED)) {
            // What is left out may be a recipient.
            throw new RefusedException(
                    ErrorCodes.NO_PREVIEW, "Nothing was sent: the ticket has too many recipients to look them up.");
        }
        return answer;
    }

    /** Shows each changed passage of a body, with a few words around it. */
    private static void show(
            PassageEdits edits,
            RecordBefore before,
            Map<String, Object> changes,
            Set<String> outsideBefore,
            Map<String, Object> preview) {
        for (PassageEdits.Passage passage : edits.passages()) {
            String name = edits.passages().size() == 1
                    ? edits.field()
                    : edits.field() + " " + (edits.passages().indexOf(passage) + 1);
            Map<String, Object> change = new LinkedHashMap<>();
            change.put(FROM, passage.from());
            change.put("to", passage.to());
            change.put(GIVEN, passage.given());
            changes.put(name, change);
            if (before.notes().untrusted().containsKey(edits.field())) {
                outsideBefore.add(name);
            }
            String markdown = WrittenBody.markdown(passage.given());
            if (markdown != null) {
                preview.put(MARKDOWN, "not converted; readers see " + markdown);
            }
        }
    }

    /**
     * Returns each changed field with its new and current value.
     *
     * @param key the arguments that name the record
     * @param answer the record before
     * @param notes of the call that read it
     * @param left the arguments, of which the changes are removed
     * @param outsideBefore receives the names of those whose current values people outside wrote
     */
    private static Map<String, Object> changes(
            Tool tool,
            Map<String, Object> key,
            Map<String, Object> answer,
            CallNotes notes,
            Map<String, Object> left,
            Set<String> outsideBefore) {
        Map<String, Object> changes = new LinkedHashMap<>();
        for (String name : List.copyOf(left.keySet())) {
            if (key.containsKey(name)
                    || Objects.requireNonNull(tool.param(name)).change() == Param.Change.EDITS) {
                continue;
            }
            Map<String, Object> change = new LinkedHashMap<>();
            Param<?> param = Objects.requireNonNull(tool.param(name));
            String field = param.field();
            Object now = answer.get(field);
            if (param.change() == Param.Change.SETS && now != null) {
                change.put(FROM, now);
                if (notes.untrusted().containsKey(field)) {
                    outsideBefore.add(name);
                }
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

    /** Returns everything as lines for a person; see {@link #text(Map)}. */
    public String text() {
        return text(full);
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
            if (name.equals(REST)) {
                ((Map<?, ?>) value).forEach((field, given) -> lines.add(line(String.valueOf(field), given)));
            } else if (name.equals(CHANGES)) {
                ((Map<?, ?>) value)
                        .forEach((field, change) -> lines.add(line(String.valueOf(field), fromTo((Map<?, ?>) change))));
            } else if (name.equals(REPEATS)) {
                ((List<?>) value).forEach(passage -> lines.add(line(name, repeats((Map<?, ?>) passage))));
            } else if (value instanceof Map<?, ?> parts) {
                parts.forEach((part, given) -> lines.add(line(name + " " + part, given)));
            } else {
                lines.add(line(name, value));
            }
        });
        return lines;
    }

    private static String repeats(Map<?, ?> passage) {
        return passage.get("text") + "\nread in " + passage.get("read_in") + ": " + passage.get(ORIGINAL);
    }

    private static String fromTo(Map<?, ?> change) {
        Object from = change.get(FROM);
        return (from == null ? "" : plain(from) + " → ") + plain(change.get("to"));
    }

    private static Line line(String name, @Nullable Object value) {
        return new Line(Invisible.markName(name), Invisible.mark(plain(value)).replace("\r\n", "\n"));
    }

    private static String plain(@Nullable Object value) {
        String text;
        if (value instanceof List<?> words && words.stream().allMatch(String.class::isInstance)) {
            text = String.join(", ", words.stream().map(String::valueOf).toList());
        } else {
            text = word(value);
        }
        return text;
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
