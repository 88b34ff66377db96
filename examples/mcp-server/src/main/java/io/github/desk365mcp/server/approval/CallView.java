package io.github.desk365mcp.server.approval;

import io.github.desk365mcp.tools.host.PendingCall;
import java.net.IDN;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** The preview of a pending call, in the words and groups of the page. */
record CallView(PendingCall call) {

    /** A named value, with invisible characters marked. */
    record Row(String label, String text) {

        String brief() {
            return label.toLowerCase(Locale.ROOT) + " " + cut(text);
        }
    }

    /** A changed field; {@code from} is null if its current value is not shown. */
    record Change(String label, @Nullable String from, String to) {

        String brief() {
            return (from == null ? "" : cut(from) + " → ") + cut(to);
        }
    }

    private static final String CHANGES = "changes";
    private static final String REST = "with";
    private static final String EFFECT = "effect";
    private static final String FROM = "from";
    private static final String PUBLISHED = "published";
    private static final String TICKET_SUBJECT = "ticket_subject";
    private static final Set<String> KNOWN = Set.of("action", EFFECT, CHANGES, REST, TICKET_SUBJECT);
    private static final Set<String> WARNINGS = Set.of("markdown", "warning", "warnings", "repeats");

    /** Names that need other words. */
    private static final Map<String, String> LABELS = Map.of(
            "quotes",
            "Quoted below the text",
            "article",
            "The article now",
            "touches",
            "What this affects",
            "repeats",
            "Repeated text");

    /** What stands before the server in an address, and the server. */
    private static final Pattern SERVER = Pattern.compile("^[a-zA-Z]+://([^/?#]*@)?([^/?#:]+)");

    private static final int LONGEST = 160;

    /** How much HTML to read for the beginning of a text. */
    private static final int LONGEST_BEGINNING = 4_000;

    /** How many times longer than its text HTML is at most, about. */
    private static final int LONGEST_MARKUP = 50;

    /** The people who are reached, in the order of the page. */
    private static final Map<String, String> PEOPLE = labels();

    private static Map<String, String> labels() {
        Map<String, String> people = new LinkedHashMap<>();
        people.put("to", "To");
        people.put("cc", "Copy (cc)");
        people.put("bcc", "Hidden copy (bcc)");
        people.put("also_to", "Also to");
        people.put("also_to_note", "About these copies");
        people.put("notify", "Notified by e-mail");
        people.put("new_contact", "New contact, who gets later mail");
        people.put("shared_with", "Shared with");
        people.put("watchers", "Watchers, who get later mail");
        people.put("answered_to_primary_email", "Mail from these addresses is answered to the main address");
        people.put("named_in_messages", "Named in the messages");
        people.put(FROM, "From mailbox");
        return people;
    }

    boolean isDeletion() {
        return call.tool().startsWith("delete_");
    }

    /** Whether somebody gets mail right now. */
    boolean goesOut() {
        return !isDeletion()
                && Set.of("to", "cc", "bcc", "also_to", "notify").stream().anyMatch(call.preview()::containsKey);
    }

    /** Whether an article becomes visible. */
    private boolean publishes() {
        Object changed = inside(CHANGES).get("status") instanceof Map<?, ?> change ? change.get("to") : null;
        return call.tool().contains("_kb_")
                && (PUBLISHED.equals(changed) || PUBLISHED.equals(inside(REST).get("status")));
    }

    /** The word on the button. */
    String verb() {
        return isDeletion() ? "Delete" : goesOut() ? "Send" : publishes() ? "Publish" : "Save";
    }

    String refusal() {
        return "Don’t " + verb().toLowerCase(Locale.ROOT);
    }

    /** The word for a call that was carried out. */
    String done() {
        return isDeletion() ? "Deleted" : goesOut() ? "Sent" : publishes() ? "Published" : "Saved";
    }

    /** The title of the body. */
    String textTitle() {
        return switch (call.state()) {
            case WAITING, ACTING -> goesOut() ? "What the recipients will read" : "The text";
            case DONE -> goesOut() ? "What the recipients read" : "The text";
            default -> "The text";
        };
    }

    String effect() {
        // The effect of an update also says how fields are changed that this call does not change.
        if (!inside(CHANGES).isEmpty()) {
            return "Changes only what is listed here.";
        }
        return Visible.of(String.valueOf(call.preview().getOrDefault(EFFECT, "")));
    }

    /** The title of the people. */
    String peopleTitle() {
        boolean hasSender = call.preview().containsKey(FROM);
        return switch (call.state()) {
            case WAITING, ACTING, UNKNOWN -> hasSender ? "Who gets it, and from where" : "Who gets it";
            case DONE -> hasSender ? "Who got it, and from where" : "Who got it";
            default -> hasSender ? "Who would have got it, and from where" : "Who would have got it";
        };
    }

    /** The title of the changes. */
    String changesTitle() {
        return switch (call.state()) {
            case WAITING, ACTING, UNKNOWN -> "What changes";
            case DONE -> "What changed";
            default -> "What would have changed";
        };
    }

    String asker() {
        String caller = call.caller();
        return caller == null
                ? "an AI agent; this server does not know which person uses it"
                : Visible.of(caller) + ", through an AI agent";
    }

    List<Row> people() {
        return people(PEOPLE.keySet());
    }

    /** The people without the mailbox of the sender. */
    List<Row> reached() {
        Set<String> keys = new LinkedHashSet<>(PEOPLE.keySet());
        keys.remove(FROM);
        return people(keys);
    }

    private List<Row> people(Set<String> keys) {
        return keys.stream()
                .filter(call.preview()::containsKey)
                .map(key -> new Row(
                        PEOPLE.getOrDefault(key, key), words(call.preview().get(key))))
                .toList();
    }

    List<Row> warnings() {
        return call.preview().entrySet().stream()
                .filter(entry -> WARNINGS.contains(entry.getKey()))
                .map(entry -> new Row(label(entry.getKey()), words(entry.getValue())))
                .toList();
    }

    List<Change> changes() {
        List<Change> changes = new ArrayList<>();
        inside(CHANGES).forEach((field, value) -> {
            Map<?, ?> change = value instanceof Map<?, ?> map ? map : Map.of("to", String.valueOf(value));
            Object from = change.get("from");
            String to = words(change.get("to"));
            changes.add(
                    new Change(label(field), from == null ? null : words(from), isBody(to) ? "the text above" : to));
        });
        return changes;
    }

    /** Everything that has no place of its own. */
    List<Row> details() {
        List<Row> rows = rest();
        subject().ifPresent(rows::remove);
        return rows;
    }

    /** Everything but people, changes and the body. */
    private List<Row> rest() {
        List<Row> rows = new ArrayList<>();
        inside(REST).forEach((name, value) -> add(rows, name, value));
        call.preview().forEach((name, value) -> {
            if (!KNOWN.contains(name) && !WARNINGS.contains(name) && !PEOPLE.containsKey(name)) {
                add(rows, name, value);
            }
        });
        return rows;
    }

    private void add(List<Row> rows, String name, @Nullable Object value) {
        String text = words(value);
        if (!isBody(text)) {
            rows.add(new Row(label(name), text));
        }
    }

    private boolean isBody(String text) {
        String body = call.body();
        // A short text is not a long body, which would take long to compare.
        if (body == null || text.isBlank() || text.length() * LONGEST_MARKUP < body.length()) {
            return false;
        }
        String letters = letters(Jsoup.parse(body).text());
        return Stream.of(text, Jsoup.parse(text).text())
                .anyMatch(read -> letters(read).equals(letters));
    }

    private static String letters(String text) {
        return text.replaceAll("[\\s\\u00a0]+", "");
    }

    /** What the call is about, such as the number of a ticket. */
    Optional<Row> subject() {
        return inside(REST).entrySet().stream()
                .map(entry -> new Row(label(entry.getKey()), words(entry.getValue())))
                .filter(row -> row.text().length() <= LONGEST && !isBody(row.text()))
                .findFirst();
    }

    /** What the ticket is about. */
    Optional<Row> ticketSubject() {
        return Optional.ofNullable(call.preview().get(TICKET_SUBJECT)).map(text -> new Row("Subject", words(text)));
    }

    /** The first words of the body. */
    String beginning() {
        String body = call.body();
        return body == null
                ? ""
                : cut(Visible.of(Jsoup.parse(body.substring(0, Math.min(LONGEST_BEGINNING, body.length())))
                        .text()));
    }

    private static String cut(String text) {
        return text.length() <= LONGEST
                ? text
                : text.substring(
                                0, text.offsetByCodePoints(0, Math.min(LONGEST, text.codePointCount(0, text.length()))))
                        + "…";
    }

    /** Returns the description and the address of each image. */
    static List<Row> images(Document body) {
        return body.select("img[src]").stream()
                .map(image -> new Row(
                        image.attr("alt").isBlank() ? "(no description)" : cut(image.attr("alt")),
                        opened(image.attr("src"))))
                .distinct()
                .toList();
    }

    /** Returns an address, with the name of its server if that can be mistaken for another one. */
    private static String opened(String address) {
        String shown = Visible.of(address);
        Matcher server = SERVER.matcher(address);
        if (!server.find() || server.group(1) == null && address.chars().allMatch(letter -> letter < 0x80)) {
            return shown;
        }
        try {
            return shown + " (on the server " + Visible.of(IDN.toASCII(server.group(2))) + ")";
        } catch (IllegalArgumentException e) {
            return shown + " (on a server with an unusual name)";
        }
    }

    /** Returns the text and the address of each link, if they differ. */
    static List<Row> links(Document body) {
        List<Row> links = new ArrayList<>();
        for (Element link : body.select("a[href]")) {
            String address = opened(link.attr("href"));
            if (!link.text().strip().equals(address)) {
                links.add(new Row(link.text().isBlank() ? "(no text)" : cut(link.text()), address));
            }
        }
        return links.stream().distinct().toList();
    }

    private Map<String, Object> inside(String key) {
        Map<String, Object> inside = new LinkedHashMap<>();
        if (call.preview().get(key) instanceof Map<?, ?> map) {
            map.forEach((name, value) -> inside.put(String.valueOf(name), value));
        }
        return inside;
    }

    /** Returns a name of the API as words: {@code ticket_number} is Ticket number. */
    private static String label(String name) {
        String known = LABELS.get(name);
        if (known != null) {
            return known;
        }
        String words = Visible.of(name.replace('_', ' '));
        return words.isEmpty() ? words : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    private static String words(@Nullable Object value) {
        if (value instanceof Boolean is) {
            return is ? "yes" : "no";
        }
        if (value instanceof List<?> list) {
            boolean areShort = list.stream().allMatch(item -> item instanceof String || item instanceof Number);
            return list.isEmpty()
                    ? "nothing"
                    : list.stream().map(CallView::words).collect(Collectors.joining(areShort ? ", " : "\n"));
        }
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> label(String.valueOf(entry.getKey())) + ": " + words(entry.getValue()))
                    .collect(Collectors.joining(" · "));
        }
        return value == null ? "nothing" : Visible.of(String.valueOf(value));
    }
}
