package io.github.desk365mcp.tools;

import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.api.NotFoundException;
import io.github.desk365mcp.api.Page;
import io.github.desk365mcp.api.model.Article;
import io.github.desk365mcp.api.model.ArticleStatus;
import io.github.desk365mcp.api.model.Contract;
import io.github.desk365mcp.api.model.Message;
import io.github.desk365mcp.api.model.Ticket;
import io.github.desk365mcp.api.model.TimeEntry;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Where to look for what a call made that got no answer, where its name alone does not find it. */
final class LookUps {

    private static final int LARGEST_PAGE = 100;

    private LookUps() {}

    /** The latest reply or note of an agent with this text. */
    static @Nullable JsonDocument message(Desk365Client desk, Arguments in, Instant since) {
        String body = in.need(MessagePage.BODY);
        JsonDocument found = null;
        for (Message message :
                desk.tickets().conversation(in.need(TicketPage.NUMBER)).messages()) {
            boolean mayBe = !"contact".equals(message.senderType()) && isSince(message.createdOn(), since);
            if (mayBe && hasText(message, body)) {
                found = message;
            }
        }
        return found;
    }

    /** At its beginning: older messages may be quoted below. */
    private static boolean hasText(Message message, String body) {
        String wanted = letters(body);
        return wanted.isEmpty()
                ? body.equals(message.body())
                : letters(message.body()).startsWith(wanted)
                        || letters(message.bodyText()).startsWith(wanted);
    }

    /** All messages of an import, or none of them. */
    static @Nullable JsonDocument imported(Desk365Client desk, Arguments in, Instant since) {
        List<Message> there =
                desk.tickets().conversation(in.need(TicketPage.NUMBER)).messages();
        List<Map<String, Object>> wanted = in.need(ImportPage.CONVERSATIONS);
        long found = wanted.stream()
                .map(message -> String.valueOf(message.get(MessagePage.BODY.name())))
                .filter(body -> there.stream().anyMatch(message -> hasText(message, body)))
                .count();
        if (found > 0 && found < wanted.size()) {
            throw unclear("Only " + found + " of the " + wanted.size() + " messages are there.");
        }
        return found == 0 ? null : new JsonDocument(Map.of("message", "All " + found + " messages are there."));
    }

    /** The latest ticket of this contact with this subject. */
    static @Nullable JsonDocument ticket(Desk365Client desk, Arguments in, Instant since) {
        String subject = letters(in.need(TicketPage.SUBJECT));
        String email = in.need(TicketPage.CONTACT_EMAIL);
        // Not by contact: the filter knows main addresses alone, and this may be another one.
        Page<Ticket> page = desk.tickets()
                .list(query -> query.updatedSince(since)
                        .orderBy("created_time")
                        .set("order_type", "desc")
                        .pageSize(LARGEST_PAGE))
                .firstPage();
        boolean isAll =
                !page.hasMore() || page.items().stream().anyMatch(ticket -> !isSince(ticket.createdOn(), since));
        Predicate<Ticket> alike = ticket ->
                isSince(ticket.createdOn(), since) && letters(ticket.subject()).equals(subject);
        Ticket found = first(page, alike.and(ticket -> email.equalsIgnoreCase(ticket.contactEmail())));
        if (found == null && page.items().stream().anyMatch(alike)) {
            try {
                String main = desk.contacts().getBySecondaryEmail(email).primaryEmail();
                found = first(page, alike.and(ticket -> Objects.equals(main, ticket.contactEmail())));
            } catch (NotFoundException e) {
                // It is a main address, of which there is no such ticket.
                found = null;
            }
        }
        return sure(found, isAll);
    }

    private static <T> @Nullable T sure(@Nullable T found, boolean isAll) {
        if (found == null && !isAll) {
            throw unclear("Too much was made since to look through.");
        }
        return found;
    }

    private static <T> @Nullable T first(Page<T> page, Predicate<T> wanted) {
        return page.items().stream().filter(wanted).findFirst().orElse(null);
    }

    static @Nullable JsonDocument timeEntry(Desk365Client desk, Arguments in, Instant since) {
        Page<TimeEntry> page = desk.timeEntries()
                .list(query -> query.ticketNumber(in.need(TicketPage.NUMBER)).pageSize(LARGEST_PAGE))
                .firstPage();
        TimeEntry found = first(
                page,
                entry -> isSince(entry.createdTime(), since)
                        && Objects.equals(in.need(TimeEntryPage.MINUTES), entry.timeSpentInMinutes())
                        && letters(in.get(TimeEntryPage.NOTE)).equals(letters(entry.note())));
        return sure(found, !page.hasMore());
    }

    /** A published article; one of that title from before says nothing. */
    static @Nullable JsonDocument article(Desk365Client desk, Arguments in, Instant since) {
        if (in.get(ArticlePage.STATUS) != ArticleStatus.PUBLISHED) {
            throw unclear("A draft cannot be read: a person must look in the Desk365 app.");
        }
        Article article = desk.knowledgeBase().article(in.need(ArticlePage.NEW_NAME));
        if (!isSince(article.createdOn(), since)) {
            throw unclear("There is an older article of that title.");
        }
        return article;
    }

    /** Contracts may share a name, and a number need not be given. */
    static @Nullable JsonDocument contract(Desk365Client desk, Arguments in, Instant since) {
        Contract contract = in.has(ContractPage.NEW_REFERENCE)
                ? desk.contracts().getByReferenceNumber(in.need(ContractPage.NEW_REFERENCE))
                : desk.contracts().get(in.need(ContractPage.NEW_NAME));
        if (!in.need(CompanyPage.NAME).equals(contract.company())
                || !in.need(ContractPage.START).equals(contract.startDate())) {
            throw unclear("There is another contract of that name.");
        }
        return contract;
    }

    private static boolean isSince(@Nullable Instant time, Instant since) {
        return time == null || !time.isBefore(since);
    }

    /** A text without what the service may change in it: tags, spaces and signs. */
    private static String letters(@Nullable String text) {
        return text == null
                ? ""
                : text.replaceAll("<[^>]*>|&\\w+;|&#\\w+;", "")
                        .replaceAll("[^\\p{L}\\p{N}]", "")
                        .toLowerCase(Locale.ROOT);
    }

    private static RefusedException unclear(String says) {
        return new RefusedException("unknown_outcome", says);
    }
}
