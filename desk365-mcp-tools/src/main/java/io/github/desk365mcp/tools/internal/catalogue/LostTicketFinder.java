package io.github.desk365mcp.tools.internal.catalogue;

import static io.github.desk365mcp.tools.internal.catalogue.RecordDifferences.folded;

import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.api.NotFoundException;
import io.github.desk365mcp.api.Page;
import io.github.desk365mcp.api.model.Ticket;
import io.github.desk365mcp.api.model.TicketQuery;
import io.github.desk365mcp.tools.internal.core.Arguments;
import io.github.desk365mcp.tools.internal.core.LostCall;
import io.github.desk365mcp.tools.internal.text.ComparableText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Searches for the ticket that a call without a response created. */
final class LostTicketFinder {

    /** The most tickets to compare in full; each costs a call of the rate limit. */
    private static final int MOST_RECORDS = 5;

    /** A subject of this length may be the beginning of a longer one. Whether the service clips subjects is unknown. */
    private static final int CLIPPED = 100;

    private static final Map<String, String> IN_TICKETS = Map.of(
            TicketPage.CONTACT_EMAIL.name(), LostWriteFinder.ELSEWHERE,
            TicketPage.DESCRIPTION.name(), LostWriteFinder.ELSEWHERE);

    private LostTicketFinder() {}

    /** Finds a ticket of this contact with this subject and description. */
    static @Nullable JsonDocument find(Desk365Client desk, Arguments in, LostCall lost) {
        String subject = ComparableText.of(in.need(TicketPage.SUBJECT)).letters();
        String email = in.need(TicketPage.CONTACT_EMAIL);
        LostWriteCandidates candidates = new LostWriteCandidates(desk, lost);
        Map<Long, Ticket> alike = new LinkedHashMap<>();
        Consumer<Ticket> sift = ticket -> {
            if (isSubject(ComparableText.of(ticket.subject()), subject)
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

    private static boolean isSubject(ComparableText shown, String subject) {
        String letters = shown.letters();
        return letters.equals(subject) || shown.words().length() >= CLIPPED && subject.startsWith(letters);
    }

    private static boolean isOf(Ticket ticket, String contact) {
        return folded(ticket.contactEmail()).equals(folded(contact));
    }

    /** Visits the tickets created since the call, the latest first; returns false if there are too many. */
    private static boolean latest(
            Desk365Client desk,
            Arguments in,
            LostWriteCandidates candidates,
            UnaryOperator<TicketQuery> filter,
            Consumer<Ticket> each) {
        LongFunction<Page<Ticket>> pages = offset -> desk.tickets()
                .list(query -> filter.apply(query)
                        .orderBy("created_time")
                        .set("order_type", "desc")
                        .pageSize(LostWritePages.LARGEST_PAGE)
                        .offset(offset))
                .firstPage();
        List<Instant> times = new ArrayList<>();
        return LostWritePages.walk(in, pages, page -> {
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
        LostWritePages.spend(in);
        try {
            return desk.contacts().get(email).primaryEmail();
        } catch (NotFoundException e) {
            LostWritePages.spend(in);
            try {
                return desk.contacts().getBySecondaryEmail(email).primaryEmail();
            } catch (NotFoundException none) {
                return null;
            }
        }
    }

    /** Compares tickets one by one, since lists lack descriptions, custom fields and files. */
    private static void compare(
            Desk365Client desk, Arguments in, LostWriteCandidates candidates, Collection<Ticket> alike) {
        if (alike.size() > MOST_RECORDS) {
            throw LostWriteCandidates.unclear(
                    alike.size() + " tickets with this contact and subject were created since then");
        }
        ComparableText sent = ComparableText.ofHtml(in.need(TicketPage.DESCRIPTION));
        for (Ticket row : alike) {
            LostWritePages.spend(in);
            Ticket ticket = desk.tickets().get(row.ticketNumber());
            ShownBody description = ShownBody.of(ticket.description(), ticket.descriptionText());
            if (description.letters().contains(sent.letters())) {
                List<String> differences = LostWriteFinder.differences(in, ticket, TicketShapes.TICKET, IN_TICKETS);
                if (!description.isSame(sent)) {
                    differences.add(TicketPage.DESCRIPTION.name());
                }
                candidates.add(ticket, ticket.createdOn(), differences);
            }
        }
    }
}
