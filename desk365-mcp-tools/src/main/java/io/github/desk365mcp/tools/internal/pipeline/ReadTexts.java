package io.github.desk365mcp.tools.internal.pipeline;

import io.github.desk365mcp.tools.internal.text.Ascii;
import io.github.desk365mcp.tools.internal.text.Passages;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The texts of tickets that one session has read, and what a message to a customer repeats of them. The oldest texts are
 * forgotten first. Thread-safe.
 *
 * <p>Internal notes are for no customer. What a customer wrote is not for customers of other tickets. Of what agents wrote
 * to another customer, only numbers and identifiers count: agents give many customers the same answer.
 */
final class ReadTexts {

    /** Of one text; what follows is not remembered. */
    private static final int LONGEST = 20_000;

    /** What follows in a message to a customer is not compared. */
    private static final int LONGEST_MESSAGE = 200_000;

    /** What a text takes besides its characters, counted as characters. */
    private static final int OVERHEAD = 200;

    /** Tickets whose contacts are known. */
    private static final int MOST_TICKETS = 5_000;

    private static final int MOST_CHARACTERS = 400_000;

    /** What is in public texts of so many tickets is a greeting, a signature or a disclaimer. */
    private static final int COMMON = 3;

    /** The fields of a ticket that may repeat what its contact wrote. */
    private static final List<String> OF_CONTACT = List.of("contact_email", "subject", "description", "custom_fields");

    private static final int MOST_FINDINGS = 3;
    private static final int QUOTE = 120;

    /**
     * The one that was read longest ago first. In access order, a text that is read again keeps its entry. An entry that is
     * removed and added each time would make a chain of garbage, which young collections keep. A get would change the order.
     */
    private final Map<Source, String> texts = new LinkedHashMap<>(16, 0.75f, true);

    private final Map<Long, String> contacts = new HashMap<>();
    private final Set<Long> whole = new HashSet<>();
    private final LongAdder charactersOfAll;
    private int characters;
    private boolean isForgotten;

    private enum Kind {
        INTERNAL,
        OF_CUSTOMER,
        OF_AGENT
    }

    /** Where a text is, in words. */
    private record Source(long ticket, Kind kind, String place, int hash) {

        // Written out, with every component: the JDK generates them at the first call, which takes milliseconds.

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Source same
                    && ticket == same.ticket
                    && hash == same.hash
                    && kind == same.kind
                    && place.equals(same.place);
        }

        @Override
        public int hashCode() {
            return 31 * (31 * (31 * Long.hashCode(ticket) + kind.ordinal()) + place.hashCode()) + hash;
        }
    }

    /** A text that a message repeats something of. */
    private record Suspect(Source source, String text, Set<String> shared) {}

    /** What a message repeats: its words, where they were read, and the words there. */
    record Finding(String repeats, String place, String original) {}

    /** @param charactersOfAll the size of the texts of all sessions */
    ReadTexts(LongAdder charactersOfAll) {
        this.charactersOfAll = charactersOfAll;
    }

    /** Remembers a ticket without its conversation. */
    synchronized void ticket(Map<?, ?> ticket, @Nullable Long asked) {
        Long number = number(ticket, asked);
        if (number == null) {
            return;
        }
        if (contacts.size() >= MOST_TICKETS) {
            contacts.clear();
            whole.clear();
        }
        if (ticket.get("contact_email") instanceof String contact) {
            contacts.put(number, contact);
        }
        if (ticket.containsKey("description")) {
            whole.add(number);
        }
        List<String> text = new ArrayList<>();
        for (String field : OF_CONTACT) {
            if (ticket.get(field) != null) {
                text.add(String.valueOf(ticket.get(field)));
            }
        }
        if (!text.isEmpty()) {
            remember(number, Kind.OF_CUSTOMER, "ticket " + number, String.join("\n", text));
        }
    }

    /** Remembers a message of a ticket. */
    synchronized void message(Map<?, ?> message, @Nullable Long asked) {
        Long number = number(message, asked);
        if (number == null || !(message.get("body") instanceof String body)) {
            return;
        }
        boolean isByContact = "contact".equals(message.get("sender_type"));
        // Of unknown visibility: forwards, and notes of which only some fields were asked for.
        boolean isPublic = isByContact || "customer".equals(message.get("visibility"));
        String place = (isPublic ? "message" : "internal note") + " in ticket " + number
                + (message.get("created_on") instanceof String time ? " of " + time : "");
        remember(number, isByContact ? Kind.OF_CUSTOMER : isPublic ? Kind.OF_AGENT : Kind.INTERNAL, place, body);
    }

    private static @Nullable Long number(Map<?, ?> record, @Nullable Long asked) {
        return record.get("ticket_number") instanceof Number number ? Long.valueOf(number.longValue()) : asked;
    }

    private void remember(long ticket, Kind kind, String place, String text) {
        String kept = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        Source source = new Source(ticket, kind, place, kept.hashCode());
        String before = texts.put(source, kept);
        int grown = size(kept) - (before == null ? 0 : size(before));
        Iterator<String> oldest = texts.values().iterator();
        while (characters + grown > MOST_CHARACTERS) {
            grown -= size(oldest.next());
            oldest.remove();
        }
        characters += grown;
        if (!isForgotten) {
            charactersOfAll.add(grown);
        }
    }

    private static int size(String text) {
        return text.length() + OVERHEAD;
    }

    /** Takes the texts out of the size of all; a call that still uses them adds nothing to it. */
    synchronized void forget() {
        if (!isForgotten) {
            isForgotten = true;
            charactersOfAll.add(-characters);
        }
    }

    /** Whether the description of the ticket was read, so that what its contact wrote is known. */
    synchronized boolean knows(long ticket) {
        return whole.contains(ticket);
    }

    /**
     * Returns what a message to the contact of a ticket repeats of texts that are not for them.
     *
     * @param addresses of other recipients, which the message may contain
     */
    synchronized List<Finding> repeated(String message, long ticket, Set<String> addresses) {
        Passages written =
                Passages.of(message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE) : message);
        List<Suspect> suspects = new ArrayList<>();
        Map<String, Set<Long>> tickets = new HashMap<>();
        Set<String> harmless = new HashSet<>();
        addresses.forEach(address -> harmless.add(Ascii.lower(address)));
        texts.forEach((source, text) -> {
            Passages read = written.in(text);
            Set<String> runs = read.runs();
            Set<String> identifiers = read.identifiers();
            if (isForContact(source, ticket)) {
                harmless.addAll(runs);
                harmless.addAll(identifiers);
                return;
            }
            Set<String> all = new HashSet<>(identifiers);
            if (source.kind() == Kind.OF_AGENT) {
                harmless.addAll(runs);
            } else {
                all.addAll(runs);
            }
            if (!all.isEmpty()) {
                suspects.add(new Suspect(source, text, all));
                if (source.kind() != Kind.INTERNAL) {
                    all.forEach(one -> tickets.computeIfAbsent(one, none -> new HashSet<>())
                            .add(source.ticket()));
                }
            }
        });
        List<Finding> findings = new ArrayList<>();
        suspects.forEach(suspect -> {
            Source source = suspect.source();
            Set<String> shared = suspect.shared();
            shared.removeIf(one -> harmless.contains(one)
                    || source.kind() != Kind.INTERNAL
                            && Objects.requireNonNull(tickets.get(one)).size() >= COMMON);
            if (!shared.isEmpty() && findings.size() < MOST_FINDINGS) {
                findings.add(new Finding(
                        written.quote(shared, QUOTE),
                        source.place(),
                        written.in(suspect.text()).quoteInContext(shared, QUOTE)));
            }
        });
        return findings;
    }

    /** Whether the contact of a ticket wrote or got the text. */
    private boolean isForContact(Source source, long ticket) {
        String contact = contacts.get(ticket);
        return source.kind() != Kind.INTERNAL
                && (source.ticket() == ticket || contact != null && contact.equals(contacts.get(source.ticket())));
    }
}
