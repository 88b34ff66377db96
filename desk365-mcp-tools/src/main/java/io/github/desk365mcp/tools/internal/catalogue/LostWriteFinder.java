package io.github.desk365mcp.tools.internal.catalogue;

import static io.github.desk365mcp.tools.internal.catalogue.RecordDifferences.folded;

import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.api.NotFoundException;
import io.github.desk365mcp.api.Page;
import io.github.desk365mcp.api.model.ArticleStatus;
import io.github.desk365mcp.api.model.Conversation;
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
import io.github.desk365mcp.tools.internal.text.ComparableText;
import io.github.desk365mcp.tools.internal.text.Text;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongFunction;
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

    /** The sizes of all pages that the service is known to use are multiples of this number. */
    private static final int PAGE_STEP = 10;

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
        List<String> differences = RecordDifferences.between(
                in.toMap(), in.call().tool().params(), RecordDifferences.Shown.of(record, shape), shownAs);
        if (RecordDifferences.inFiles(in, record)) {
            differences.add(AttachmentForms.ARGUMENT);
        }
        return differences;
    }

    /** A body as the service shows it. */
    private record ShownBody(@Nullable ComparableText html, ComparableText text) {

        static ShownBody of(@Nullable String html, @Nullable String text) {
            return new ShownBody(html == null ? null : ComparableText.ofHtml(html), ComparableText.ofText(text));
        }

        static ShownBody of(Message message) {
            return of(message.body(), message.bodyText());
        }

        /** The body's letters; two if the service's own text has others than its HTML. */
        Set<String> letters() {
            Set<String> letters = new LinkedHashSet<>();
            if (html != null) {
                letters.add(html.letters());
            }
            if (html == null || !text.words().isEmpty()) {
                letters.add(text.letters());
            }
            return letters;
        }

        private ComparableText best() {
            return html == null ? text : html;
        }

        boolean isSame(ComparableText sent) {
            return best().equals(sent);
        }

        boolean beginsWith(ComparableText sent) {
            return best().beginsWith(sent);
        }
    }

    /** Finds an agent's message with this text and of the same kind: a reply, a public note or a private note. */
    static @Nullable JsonDocument message(Desk365Client desk, Arguments in, LostCall lost) {
        ComparableText sent = ComparableText.ofHtml(in.need(MessagePage.BODY));
        String letters = sent.letters();
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
        Conversation conversation = conversation(desk, in);
        for (Message message : conversation.messages()) {
            if ("contact".equals(message.senderType())
                    || candidates.when(message.createdOn()) == LostCall.When.BEFORE
                    || !isKind(message, kind, isPublic)) {
                continue;
            }
            ShownBody body = ShownBody.of(message);
            Set<String> shown = body.letters();
            boolean begins = !letters.isEmpty() && shown.stream().anyMatch(text -> text.startsWith(letters));
            boolean isQuotation = isQuoting && begins && letters.length() >= DISTINCTIVE;
            if (shown.contains(letters) || isQuotation) {
                List<String> differences = differences(in, message, TicketShapes.MESSAGE, shownAs);
                if (!(isQuotation ? body.beginsWith(sent) : body.isSame(sent))) {
                    differences.add(MessagePage.BODY.name());
                }
                candidates.add(message, message.createdOn(), differences);
            } else {
                isBegun |= begins;
            }
        }
        if (isBegun) {
            candidates.doubt("A message that begins with this text exists");
        }
        if (!isWhole(conversation)) {
            candidates.doubt("The service returned only some of the ticket's messages");
        }
        return candidates.found();
    }

    private static Conversation conversation(Desk365Client desk, Arguments in) {
        return desk.tickets().conversation(in.need(TicketPage.NUMBER));
    }

    private static boolean isWhole(Conversation conversation) {
        Long count = conversation.count();
        return count == null || count <= conversation.messages().size();
    }

    /** Whether the kind of message matches; a field that the service omits matches. */
    private static boolean isKind(Message message, String kind, boolean isPublic) {
        return kind.equals(Objects.requireNonNullElse(message.type(), kind))
                && (kind.equals("reply") || isPublic == Objects.requireNonNullElse(message.publicNote(), isPublic));
    }

    /** An existing message that an import may have created. */
    private static final class Existing {

        private final Message message;
        private final ShownBody body;
        private final RecordDifferences.Shown fields;
        private boolean isMatched;

        Existing(Message message) {
            this.message = message;
            this.body = ShownBody.of(message);
            this.fields = RecordDifferences.Shown.of(message, TicketShapes.MESSAGE);
        }
    }

    /** Returns the messages that an import may have created, by their letters. Linear, since imports may be large. */
    private static Map<String, List<Existing>> existing(
            List<Message> messages, List<Map<String, Object>> wanted, Candidates candidates) {
        Set<Instant> written = new HashSet<>();
        for (Map<String, Object> message : wanted) {
            Instant time = ImportPage.CREATED_ON.in(message);
            if (time != null) {
                written.add(time.truncatedTo(ChronoUnit.SECONDS));
            }
        }
        Map<String, List<Existing>> existing = new HashMap<>();
        for (Message message : messages) {
            Instant created = message.createdOn();
            if (candidates.when(created) != LostCall.When.BEFORE
                    || created != null && written.contains(created.truncatedTo(ChronoUnit.SECONDS))) {
                Existing one = new Existing(message);
                one.body
                        .letters()
                        .forEach(letters -> existing.computeIfAbsent(letters, all -> new ArrayList<>())
                                .add(one));
            }
        }
        return existing;
    }

    /** Finds all messages of an import, or none; each existing message matches at most one of them. */
    static @Nullable JsonDocument imported(Desk365Client desk, Arguments in, LostCall lost) {
        Candidates candidates = new Candidates(desk, lost);
        Conversation conversation = conversation(desk, in);
        List<Map<String, Object>> wanted = in.need(ImportPage.CONVERSATIONS);
        Map<String, List<Existing>> existing = existing(conversation.messages(), wanted, candidates);
        int found = 0;
        boolean isAlike = false;
        boolean isDated = false;
        for (Map<String, Object> message : wanted) {
            ComparableText body = ComparableText.ofHtml(ImportPage.BODY.in(message));
            List<Existing> alike = existing.getOrDefault(body.letters(), new ArrayList<>());
            alike.removeIf(one -> one.isMatched);
            Existing same = null;
            for (Existing one : alike) {
                boolean isPossible =
                        candidates.when(one.message.createdOn()) != LostCall.When.BEFORE || isWritten(one, message);
                isAlike |= isPossible;
                if (isPossible && one.body.isSame(body) && isImported(one, message, candidates)) {
                    same = one;
                    break;
                }
            }
            if (same != null) {
                same.isMatched = true;
                // A message with a given time may have been imported at any time.
                isDated |= !isWritten(same, message);
                found++;
            }
        }
        if (found > 0 && found < wanted.size()) {
            throw unclear("Only " + found + " of the " + wanted.size() + " messages exist");
        }
        if (found == 0 && isAlike) {
            throw unclear("Messages with the same text exist, but with another type, time, author, spacing or link");
        }
        if (found == 0 && !isWhole(conversation)) {
            throw unclear("The service returned only some of the ticket's messages");
        }
        if (found > 0 && !isDated) {
            throw unclear("Such messages exist, but when they were imported is unknown");
        }
        return found == 0 ? null : new JsonDocument(Map.of("message", "All " + found + " messages exist."));
    }

    private static boolean isImported(Existing there, Map<String, Object> message, Candidates candidates) {
        Map<String, Object> sent = new LinkedHashMap<>(message);
        if ("note".equals(ImportPage.TYPE.in(message))) {
            sent.putIfAbsent(ImportPage.VISIBILITY.name(), "internal");
        }
        return (isWritten(there, message) || candidates.when(there.message.createdOn()) == LostCall.When.DURING)
                && RecordDifferences.between(sent, ImportPage.FIELDS, there.fields, IN_IMPORTS)
                        .isEmpty();
    }

    private static boolean isWritten(Existing there, Map<String, Object> message) {
        Instant written = ImportPage.CREATED_ON.in(message);
        Instant created = there.message.createdOn();
        return written != null
                && created != null
                && created.truncatedTo(ChronoUnit.SECONDS).equals(written.truncatedTo(ChronoUnit.SECONDS));
    }

    /** Finds a ticket of this contact with this subject and description. */
    static @Nullable JsonDocument ticket(Desk365Client desk, Arguments in, LostCall lost) {
        String subject = ComparableText.of(in.need(TicketPage.SUBJECT)).letters();
        String email = in.need(TicketPage.CONTACT_EMAIL);
        Candidates candidates = new Candidates(desk, lost);
        Map<Long, Ticket> alike = new LinkedHashMap<>();
        Consumer<Ticket> sift = ticket -> {
            if (ComparableText.of(ticket.subject()).letters().equals(subject)
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
        LongFunction<Page<Ticket>> pages = offset -> desk.tickets()
                .list(query -> filter.apply(query)
                        .orderBy("created_time")
                        .set("order_type", "desc")
                        .pageSize(LARGEST_PAGE)
                        .offset(offset))
                .firstPage();
        List<Instant> times = new ArrayList<>();
        return walk(in, pages, page -> {
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
        ComparableText sent = ComparableText.ofHtml(in.need(TicketPage.DESCRIPTION));
        for (Ticket row : alike) {
            spend(in);
            Ticket ticket = desk.tickets().get(row.ticketNumber());
            ShownBody description = ShownBody.of(ticket.description(), ticket.descriptionText());
            if (description.letters().contains(sent.letters())) {
                List<String> differences = differences(in, ticket, TicketShapes.TICKET, IN_TICKETS);
                if (!description.isSame(sent)) {
                    differences.add(TicketPage.DESCRIPTION.name());
                }
                candidates.add(ticket, ticket.createdOn(), differences);
            }
        }
    }

    /** Finds a time entry of this ticket with this note and duration. */
    static @Nullable JsonDocument timeEntry(Desk365Client desk, Arguments in, LostCall lost) {
        Candidates candidates = new Candidates(desk, lost);
        Long minutes = in.get(TimeEntryPage.MINUTES);
        String note = ComparableText.of(in.get(TimeEntryPage.NOTE)).letters();
        LongFunction<Page<TimeEntry>> pages = offset -> desk.timeEntries()
                .list(query -> query.ticketNumber(in.need(TicketPage.NUMBER))
                        .pageSize(LARGEST_PAGE)
                        .offset(offset))
                .firstPage();
        boolean isAll = walk(in, pages, page -> {
            for (TimeEntry entry : page.items()) {
                if ((minutes == null || minutes.equals(entry.timeSpentInMinutes()))
                        && note.equals(ComparableText.of(entry.note()).letters())) {
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

    /**
     * Walks through a list until the predicate says that it is enough; returns false if the list is too long, or its
     * end is uncertain. The service's total is not enough to tell the end, since it may be the number of rows on the
     * page, and pages may be smaller than requested.
     */
    private static <T> boolean walk(Arguments in, LongFunction<Page<T>> pages, Predicate<Page<T>> isEnough) {
        Page<T> last = null;
        long end = 0;
        for (int count = 1; ; count++) {
            Page<T> page = pages.apply(end);
            int rows = page.items().size();
            if (rows > 0 && last != null && page.items().equals(last.items())) {
                return false;
            }
            if (isEnough.test(page)) {
                return true;
            }
            end += rows;
            Long total = page.total();
            boolean isTotal = total != null && end >= total;
            if (rows == 0) {
                return isTotal || total == null;
            }
            boolean isShort =
                    last == null ? rows % PAGE_STEP != 0 : rows < last.items().size();
            if (isTotal && isShort) {
                return true;
            }
            if (count == MOST_PAGES) {
                return false;
            }
            spend(in);
            last = page;
        }
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
