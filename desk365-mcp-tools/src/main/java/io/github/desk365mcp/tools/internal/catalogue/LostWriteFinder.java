package io.github.desk365mcp.tools.internal.catalogue;

import static io.github.desk365mcp.tools.internal.catalogue.RecordDifferences.folded;
import static io.github.desk365mcp.tools.internal.catalogue.RecordDifferences.letters;

import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.api.NotFoundException;
import io.github.desk365mcp.api.Page;
import io.github.desk365mcp.api.Paged;
import io.github.desk365mcp.api.model.ArticleStatus;
import io.github.desk365mcp.api.model.Message;
import io.github.desk365mcp.api.model.Ticket;
import io.github.desk365mcp.api.model.TicketQuery;
import io.github.desk365mcp.api.model.TimeEntry;
import io.github.desk365mcp.tools.host.ErrorCodes;
import io.github.desk365mcp.tools.internal.attachments.AttachmentForms;
import io.github.desk365mcp.tools.internal.core.Arguments;
import io.github.desk365mcp.tools.internal.core.LostCall;
import io.github.desk365mcp.tools.internal.core.RecordMapping;
import io.github.desk365mcp.tools.internal.core.RefusedException;
import io.github.desk365mcp.tools.internal.core.Tool;
import io.github.desk365mcp.tools.internal.text.Text;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Where to look for what a call made that got no answer. Found is what shows all that was sent, as far as the service
 * shows it, and was made at the time of the call by the service's own clock. What cannot be told from that of somebody
 * else is left to a person.
 */
public final class LostWriteFinder {

    private static final int LARGEST_PAGE = 100;

    /** So many pages are looked through, each for a call of the rate limit. */
    private static final int MOST_PAGES = 3;

    /** So many tickets are compared in full, each for a call of the rate limit. */
    private static final int MOST_RECORDS = 5;

    /** A text of so many letters is hardly the beginning of another. */
    private static final int TELLING = 20;

    /** Compared elsewhere. */
    private static final String ELSEWHERE = "";

    private static final Map<String, String> IN_TICKETS = Map.of(
            TicketPage.CONTACT_EMAIL.name(), ELSEWHERE,
            TicketPage.SUBJECT.name(), ELSEWHERE,
            TicketPage.DESCRIPTION.name(), ELSEWHERE);

    private static final Map<String, String> IN_MESSAGES = Map.of(
            MessagePage.BODY.name(), ELSEWHERE,
            MessagePage.AGENT_EMAIL.name(), "created_by",
            MessagePage.CC.name(), "cc_address",
            MessagePage.BCC.name(), "bcc_address",
            MessagePage.NOTIFY.name(), "notified_agents");

    private static final Map<String, String> IN_IMPORTS =
            Map.of(ImportPage.BODY.name(), ELSEWHERE, ImportPage.CREATED_ON.name(), ELSEWHERE);

    private LostWriteFinder() {}

    /** What is alike, and whether it is what the lost call made. */
    private static final class Candidates {

        private final Desk365Client desk;
        private final LostCall lost;
        private final List<JsonDocument> equal = new ArrayList<>();
        private @Nullable String doubt;

        Candidates(Desk365Client desk, LostCall lost) {
            this.desk = desk;
            this.lost = lost;
        }

        LostCall.When when(@Nullable Instant created) {
            return lost.when(created, desk.clockOffset());
        }

        /** A record that is alike; what is older is none of ours. */
        void add(JsonDocument record, @Nullable Instant created, List<String> differences) {
            switch (when(created)) {
                case BEFORE -> {}
                case DURING -> {
                    if (differences.isEmpty()) {
                        equal.add(record);
                    } else {
                        differs(differences);
                    }
                }
                case AFTER -> doubt = "An equal one is there that was made later";
                default -> {
                    if (differences.isEmpty()) {
                        doubt = "An equal one is there, but when it was made is not known";
                    } else {
                        differs(differences);
                    }
                }
            }
        }

        private void differs(List<String> differences) {
            doubt = "One is there that differs in " + Text.list(differences, "and");
        }

        void doubt(String words) {
            doubt = words;
        }

        /** The only one that can be it; null if there is none. */
        @Nullable
        JsonDocument found() {
            if (equal.size() == 1) {
                return equal.get(0);
            }
            if (equal.size() > 1) {
                throw unclear(equal.size() + " equal ones were made at that time");
            }
            if (doubt != null) {
                throw unclear(doubt);
            }
            return null;
        }
    }

    private static List<String> differences(
            Arguments in, JsonDocument record, RecordMapping shape, Map<String, String> shownAs) {
        List<String> differences =
                RecordDifferences.between(in.toMap(), in.call().tool().params(), record, shape, shownAs);
        if (RecordDifferences.inFiles(in, record)) {
            differences.add(AttachmentForms.ARGUMENT);
        }
        return differences;
    }

    /** A message of an agent with this text, of the same kind: a reply, a public note or a private one. */
    static @Nullable JsonDocument message(Desk365Client desk, Arguments in, LostCall lost) {
        String body = in.need(MessagePage.BODY);
        String kind = in.call().tool().param(MessagePage.PRIVATE.name()) == null ? "reply" : "note";
        boolean isPublic = Boolean.FALSE.equals(in.get(MessagePage.PRIVATE));
        boolean isQuoting = Boolean.TRUE.equals(in.get(MessagePage.PREVIOUS_MESSAGES));
        Map<String, String> shownAs = new LinkedHashMap<>(IN_MESSAGES);
        if (Boolean.TRUE.equals(in.get(MessagePage.PREVIOUS_CCS))) {
            // The message shows others beside those that were given.
            shownAs.put(MessagePage.CC.name(), ELSEWHERE);
        }
        Candidates candidates = new Candidates(desk, lost);
        boolean isBegun = false;
        for (Message message : conversation(desk, in)) {
            if ("contact".equals(message.senderType())
                    || candidates.when(message.createdOn()) == LostCall.When.BEFORE
                    || !isKind(message, kind, isPublic)) {
                continue;
            }
            boolean begins = beginsWith(message, body);
            if (hasText(message, body) || isQuoting && begins && letters(body).length() >= TELLING) {
                candidates.add(message, message.createdOn(), differences(in, message, TicketShapes.MESSAGE, shownAs));
            } else {
                isBegun |= begins;
            }
        }
        if (isBegun) {
            candidates.doubt("A message that begins with this text is there");
        }
        return candidates.found();
    }

    private static List<Message> conversation(Desk365Client desk, Arguments in) {
        return desk.tickets().conversation(in.need(TicketPage.NUMBER)).messages();
    }

    /** What the service does not tell may be. */
    private static boolean isKind(Message message, String kind, boolean isPublic) {
        return kind.equals(Objects.requireNonNullElse(message.type(), kind))
                && (kind.equals("reply") || isPublic == Objects.requireNonNullElse(message.publicNote(), isPublic));
    }

    private static boolean hasText(Message message, String body) {
        return isText(body, message.body(), message.bodyText());
    }

    /** An image alone has no letters, and gets another address. */
    private static boolean isText(String sent, @Nullable String html, @Nullable String text) {
        String wanted = letters(sent);
        return wanted.equals(letters(html)) || !wanted.isEmpty() && wanted.equals(letters(text));
    }

    private static boolean beginsWith(Message message, String body) {
        String wanted = letters(body);
        return !wanted.isEmpty()
                && (letters(message.body()).startsWith(wanted)
                        || letters(message.bodyText()).startsWith(wanted));
    }

    /** All messages of an import, or none of them; each that is there stands for one alone. */
    static @Nullable JsonDocument imported(Desk365Client desk, Arguments in, LostCall lost) {
        List<Message> there = new ArrayList<>(conversation(desk, in));
        Candidates candidates = new Candidates(desk, lost);
        List<Map<String, Object>> wanted = in.need(ImportPage.CONVERSATIONS);
        int found = 0;
        boolean isAlike = false;
        boolean isDated = false;
        for (Map<String, Object> message : wanted) {
            String body = String.valueOf(ImportPage.BODY.in(message));
            Predicate<Message> alike = other -> hasText(other, body)
                    && (candidates.when(other.createdOn()) != LostCall.When.BEFORE || isWritten(other, message));
            int at = indexOf(there, alike.and(other -> isImported(other, message, candidates)));
            if (at >= 0) {
                // One with a time of its own may have been imported at any time.
                isDated |= !isWritten(there.remove(at), message);
                found++;
            } else {
                isAlike |= indexOf(there, alike) >= 0;
            }
        }
        if (found > 0 && found < wanted.size()) {
            throw unclear("Only " + found + " of the " + wanted.size() + " messages are there");
        }
        if (found == 0 && isAlike) {
            throw unclear("There are messages of the same text, of another kind or time, or by another writer");
        }
        if (found > 0 && !isDated) {
            throw unclear("Such messages are there, but when they were imported is not known");
        }
        return found == 0 ? null : new JsonDocument(Map.of("message", "All " + found + " messages are there."));
    }

    private static <T> int indexOf(List<T> items, Predicate<T> wanted) {
        for (int i = 0; i < items.size(); i++) {
            if (wanted.test(items.get(i))) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isImported(Message there, Map<String, Object> message, Candidates candidates) {
        Map<String, Object> sent = new LinkedHashMap<>(message);
        if ("note".equals(ImportPage.TYPE.in(message))) {
            sent.putIfAbsent(ImportPage.VISIBILITY.name(), "internal");
        }
        return (isWritten(there, message) || candidates.when(there.createdOn()) == LostCall.When.DURING)
                && RecordDifferences.between(sent, ImportPage.FIELDS, there, TicketShapes.MESSAGE, IN_IMPORTS)
                        .isEmpty();
    }

    private static boolean isWritten(Message there, Map<String, Object> message) {
        Instant written = ImportPage.CREATED_ON.in(message);
        Instant created = there.createdOn();
        return written != null
                && created != null
                && created.truncatedTo(ChronoUnit.SECONDS).equals(written.truncatedTo(ChronoUnit.SECONDS));
    }

    /** A ticket of this contact with this subject and description. */
    static @Nullable JsonDocument ticket(Desk365Client desk, Arguments in, LostCall lost) {
        String subject = letters(in.need(TicketPage.SUBJECT));
        String email = in.need(TicketPage.CONTACT_EMAIL);
        Candidates candidates = new Candidates(desk, lost);
        Map<Long, Ticket> alike = new LinkedHashMap<>();
        Consumer<Ticket> sift = ticket -> {
            if (letters(ticket.subject()).equals(subject)
                    && candidates.when(ticket.createdOn()) != LostCall.When.BEFORE) {
                alike.put(ticket.ticketNumber(), ticket);
            }
        };
        // Not by contact at first: the filter knows main addresses alone, and this may be another one.
        boolean isAll = latest(desk, in, candidates, query -> query, sift);
        String main = email;
        if (!isAll || alike.values().stream().noneMatch(ticket -> isOf(ticket, email)) && !alike.isEmpty()) {
            String known = mainAddress(desk, in);
            if (known == null) {
                // A ticket would have made the contact.
                return null;
            }
            main = known;
        }
        if (!isAll) {
            String contact = main;
            isAll = latest(desk, in, candidates, query -> query.contact(contact), sift);
        }
        String contact = main;
        alike.values().removeIf(ticket -> !isOf(ticket, contact));
        compare(desk, in, candidates, alike.values());
        if (!isAll) {
            candidates.doubt("Too many tickets were made since to look through all");
        }
        return candidates.found();
    }

    private static boolean isOf(Ticket ticket, String contact) {
        return folded(ticket.contactEmail()).equals(folded(contact));
    }

    /** Looks at the tickets that were made since the call, the latest first; false if there are too many. */
    private static boolean latest(
            Desk365Client desk,
            Arguments in,
            Candidates candidates,
            UnaryOperator<TicketQuery> filter,
            Consumer<Ticket> each) {
        Paged<Ticket> list = desk.tickets()
                .list(query -> filter.apply(query)
                        .orderBy("created_time")
                        .set("order_type", "desc")
                        .pageSize(LARGEST_PAGE));
        List<Instant> times = new ArrayList<>();
        return walk(in, list, page -> {
            page.items().forEach(each);
            page.items().forEach(ticket -> times.add(Objects.requireNonNullElse(ticket.createdOn(), Instant.MAX)));
            return isFalling(times) && candidates.when(times.get(times.size() - 1)) == LostCall.When.BEFORE;
        });
    }

    /** Whether the service sorted as it was asked to. */
    private static boolean isFalling(List<Instant> times) {
        for (int i = 1; i < times.size(); i++) {
            if (times.get(i).isAfter(times.get(i - 1))) {
                return false;
            }
        }
        return !times.isEmpty();
    }

    /** The address under which tickets show the contact; null if there is no such contact. */
    private static @Nullable String mainAddress(Desk365Client desk, Arguments in) {
        String email = in.need(TicketPage.CONTACT_EMAIL);
        spend(in);
        try {
            return desk.contacts().get(email).primaryEmail();
        } catch (NotFoundException e) {
            spend(in);
            try {
                return desk.contacts().getBySecondaryEmail(email).primaryEmail();
            } catch (NotFoundException none) {
                return null;
            }
        }
    }

    /** Lists lack descriptions, custom fields and files. */
    private static void compare(Desk365Client desk, Arguments in, Candidates candidates, Collection<Ticket> alike) {
        if (alike.size() > MOST_RECORDS) {
            throw unclear(alike.size() + " tickets of this contact and subject were made since");
        }
        for (Ticket row : alike) {
            spend(in);
            Ticket ticket = desk.tickets().get(row.ticketNumber());
            if (isText(in.need(TicketPage.DESCRIPTION), ticket.description(), ticket.descriptionText())) {
                candidates.add(ticket, ticket.createdOn(), differences(in, ticket, TicketShapes.TICKET, IN_TICKETS));
            }
        }
    }

    /** Time on this ticket with this note and so many minutes. */
    static @Nullable JsonDocument timeEntry(Desk365Client desk, Arguments in, LostCall lost) {
        Candidates candidates = new Candidates(desk, lost);
        Long minutes = in.get(TimeEntryPage.MINUTES);
        Paged<TimeEntry> list = desk.timeEntries()
                .list(query -> query.ticketNumber(in.need(TicketPage.NUMBER)).pageSize(LARGEST_PAGE));
        boolean isAll = walk(in, list, page -> {
            for (TimeEntry entry : page.items()) {
                if ((minutes == null || minutes.equals(entry.timeSpentInMinutes()))
                        && letters(in.get(TimeEntryPage.NOTE)).equals(letters(entry.note()))) {
                    candidates.add(
                            entry, entry.createdTime(), differences(in, entry, TimeEntryPage.TIME_ENTRY, Map.of()));
                }
            }
            return false;
        });
        if (!isAll) {
            candidates.doubt("The ticket has too many time entries to look through all");
        }
        return candidates.found();
    }

    /** Walks through a list until something says that this was enough; false if it was too long for that. */
    private static <T> boolean walk(Arguments in, Paged<T> list, Predicate<Page<T>> isEnough) {
        Iterator<Page<T>> pages = list.pages().iterator();
        for (int count = 1; pages.hasNext(); count++) {
            Page<T> page = pages.next();
            if (isEnough.test(page) || !page.hasMore()) {
                return true;
            }
            if (count == MOST_PAGES) {
                return false;
            }
            spend(in);
        }
        // A page that is empty, or the same again, though there should be more.
        return false;
    }

    private static void spend(Arguments in) {
        if (!in.spend(1)) {
            throw new RefusedException(
                    ErrorCodes.RATE_LIMITED, "The Desk365 plan has too few calls left to look further for now.");
        }
    }

    /** A record that its key finds. One that was there before shows that this call made none: keys are taken once. */
    static Tool.Finder.Search named(RecordMapping shape, Tool.Handler get) {
        return (desk, in, lost) -> {
            JsonDocument record = (JsonDocument) get.handle(desk, in);
            Candidates candidates = new Candidates(desk, lost);
            candidates.add(record, record.time("created_on"), differences(in, record, shape, Map.of()));
            return candidates.found();
        };
    }

    /** A draft cannot be read. */
    static boolean isPublished(Arguments in) {
        return in.get(ArticlePage.STATUS) == ArticleStatus.PUBLISHED;
    }

    /** A published article. Titles may be taken twice, and an older article hides a later one. */
    static @Nullable JsonDocument article(Desk365Client desk, Arguments in, LostCall lost) {
        JsonDocument article = named(
                        ArticlePage.ARTICLE,
                        (client, given) -> client.knowledgeBase().article(given.need(ArticlePage.NEW_NAME)))
                .find(desk, in, lost);
        if (article == null) {
            throw unclear("There is an older article of that title");
        }
        return article;
    }

    private static RefusedException unclear(String message) {
        return new RefusedException(ErrorCodes.UNKNOWN_OUTCOME, message + ": a person must look.");
    }
}
