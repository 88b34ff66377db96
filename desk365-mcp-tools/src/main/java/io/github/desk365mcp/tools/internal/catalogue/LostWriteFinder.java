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
 * Searches for the record that a call without a response created. A record is found if it matches all arguments that
 * the service returns and, by the service's clock, was created at the time of the call. If the record may be somebody
 * else's, a person must check.
 */
public final class LostWriteFinder {

    private static final int LARGEST_PAGE = 100;

    /** The most pages to search; each costs a call of the rate limit. */
    private static final int MOST_PAGES = 3;

    /** The most tickets to compare in full; each costs a call of the rate limit. */
    private static final int MOST_RECORDS = 5;

    /** A text of this length is unlikely to be the beginning of an unrelated one. */
    private static final int DISTINCTIVE = 20;

    /** Marks an argument that is compared elsewhere. */
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

    /** Collects similar records and decides which one the lost call created. */
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

        /** Adds a similar record; one from before the call is ignored. */
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
                case AFTER -> doubt = "An equal record exists, but was created later";
                default -> {
                    if (differences.isEmpty()) {
                        doubt = "An equal record exists, but when it was created is unknown";
                    } else {
                        differs(differences);
                    }
                }
            }
        }

        private void differs(List<String> differences) {
            doubt = "A similar record exists, but differs in " + Text.list(differences, "and");
        }

        void doubt(String words) {
            doubt = words;
        }

        /** Returns the only possible record; null if there is none. */
        @Nullable
        JsonDocument found() {
            if (equal.size() == 1) {
                return equal.get(0);
            }
            if (equal.size() > 1) {
                throw unclear(equal.size() + " equal records were created at that time");
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

    /** Finds an agent's message with this text and of the same kind: a reply, a public note or a private note. */
    static @Nullable JsonDocument message(Desk365Client desk, Arguments in, LostCall lost) {
        String body = in.need(MessagePage.BODY);
        String kind = in.call().tool().param(MessagePage.PRIVATE.name()) == null ? "reply" : "note";
        boolean isPublic = Boolean.FALSE.equals(in.get(MessagePage.PRIVATE));
        boolean isQuoting = Boolean.TRUE.equals(in.get(MessagePage.PREVIOUS_MESSAGES));
        Map<String, String> shownAs = new LinkedHashMap<>(IN_MESSAGES);
        if (Boolean.TRUE.equals(in.get(MessagePage.PREVIOUS_CCS))) {
            // The message also shows earlier CC recipients.
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
            if (hasText(message, body) || isQuoting && begins && letters(body).length() >= DISTINCTIVE) {
                candidates.add(message, message.createdOn(), differences(in, message, TicketShapes.MESSAGE, shownAs));
            } else {
                isBegun |= begins;
            }
        }
        if (isBegun) {
            candidates.doubt("A message that begins with this text exists");
        }
        return candidates.found();
    }

    private static List<Message> conversation(Desk365Client desk, Arguments in) {
        return desk.tickets().conversation(in.need(TicketPage.NUMBER)).messages();
    }

    /** Whether the kind of message matches; a field that the service omits matches. */
    private static boolean isKind(Message message, String kind, boolean isPublic) {
        return kind.equals(Objects.requireNonNullElse(message.type(), kind))
                && (kind.equals("reply") || isPublic == Objects.requireNonNullElse(message.publicNote(), isPublic));
    }

    private static boolean hasText(Message message, String body) {
        return isText(body, message.body(), message.bodyText());
    }

    /** A body that is only an image has no letters, and the service changes the image's address. */
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

    /** Finds all messages of an import, or none; each existing message matches at most one of them. */
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
                // A message with a given time may have been imported at any time.
                isDated |= !isWritten(there.remove(at), message);
                found++;
            } else {
                isAlike |= indexOf(there, alike) >= 0;
            }
        }
        if (found > 0 && found < wanted.size()) {
            throw unclear("Only " + found + " of the " + wanted.size() + " messages exist");
        }
        if (found == 0 && isAlike) {
            throw unclear("Messages with the same text exist, but with another type, time or author");
        }
        if (found > 0 && !isDated) {
            throw unclear("Such messages exist, but when they were imported is unknown");
        }
        return found == 0 ? null : new JsonDocument(Map.of("message", "All " + found + " messages exist."));
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

    /** Finds a ticket of this contact with this subject and description. */
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
        // Not filtered by contact yet: the filter supports only primary addresses, and this may be a secondary one.
        boolean isAll = latest(desk, in, candidates, query -> query, sift);
        String main = email;
        if (!isAll || alike.values().stream().noneMatch(ticket -> isOf(ticket, email)) && !alike.isEmpty()) {
            String known = mainAddress(desk, in);
            if (known == null) {
                // Creating the ticket would have created the contact.
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
            candidates.doubt("Too many tickets were created since then to check them all");
        }
        return candidates.found();
    }

    private static boolean isOf(Ticket ticket, String contact) {
        return folded(ticket.contactEmail()).equals(folded(contact));
    }

    /** Visits the tickets created since the call, the latest first; returns false if there are too many. */
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

    /** Whether the service sorted as requested. */
    private static boolean isFalling(List<Instant> times) {
        for (int i = 1; i < times.size(); i++) {
            if (times.get(i).isAfter(times.get(i - 1))) {
                return false;
            }
        }
        return !times.isEmpty();
    }

    /** Returns the contact's primary address, which tickets show; null if there is no such contact. */
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

    /** Compares tickets one by one, since lists lack descriptions, custom fields and files. */
    private static void compare(Desk365Client desk, Arguments in, Candidates candidates, Collection<Ticket> alike) {
        if (alike.size() > MOST_RECORDS) {
            throw unclear(alike.size() + " tickets with this contact and subject were created since then");
        }
        for (Ticket row : alike) {
            spend(in);
            Ticket ticket = desk.tickets().get(row.ticketNumber());
            if (isText(in.need(TicketPage.DESCRIPTION), ticket.description(), ticket.descriptionText())) {
                candidates.add(ticket, ticket.createdOn(), differences(in, ticket, TicketShapes.TICKET, IN_TICKETS));
            }
        }
    }

    /** Finds a time entry of this ticket with this note and duration. */
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
            candidates.doubt("The ticket has too many time entries to check them all");
        }
        return candidates.found();
    }

    /** Walks through a list until the predicate says that it is enough; returns false if the list is too long. */
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
        // A page was empty or repeated although there should be more.
        return false;
    }

    private static void spend(Arguments in) {
        if (!in.spend(1)) {
            throw new RefusedException(
                    ErrorCodes.RATE_LIMITED, "The Desk365 plan has too few calls left to continue the search.");
        }
    }

    /** Finds a record by its key. Keys are unique, so an older record shows that the call created none. */
    static Tool.Finder.Search named(RecordMapping shape, Tool.Handler get) {
        return (desk, in, lost) -> {
            JsonDocument record = (JsonDocument) get.handle(desk, in);
            Candidates candidates = new Candidates(desk, lost);
            candidates.add(record, record.time("created_on"), differences(in, record, shape, Map.of()));
            return candidates.found();
        };
    }

    /** Only published articles can be read. */
    static boolean isPublished(Arguments in) {
        return in.get(ArticlePage.STATUS) == ArticleStatus.PUBLISHED;
    }

    /** Finds a published article. Titles are not unique, and an older article hides a later one. */
    static @Nullable JsonDocument article(Desk365Client desk, Arguments in, LostCall lost) {
        JsonDocument article = named(
                        ArticlePage.ARTICLE,
                        (client, given) -> client.knowledgeBase().article(given.need(ArticlePage.NEW_NAME)))
                .find(desk, in, lost);
        if (article == null) {
            throw unclear("An older article with that title exists");
        }
        return article;
    }

    private static RefusedException unclear(String message) {
        return new RefusedException(ErrorCodes.UNKNOWN_OUTCOME, message + ": a person must check.");
    }
}
