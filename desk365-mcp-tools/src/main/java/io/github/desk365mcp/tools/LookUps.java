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
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where to look for what a call made that got no answer, where its name alone does not find it. */
final class LookUps {

    private static final int LARGEST_PAGE = 100;

    /** A text of so many letters is hardly the beginning of another. */
    private static final int TELLING = 20;

    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}\\p{Cf}]");

    private LookUps() {}

    /** The latest message of an agent with this text, of the same kind: a reply, a public note or a private one. */
    static @Nullable JsonDocument message(Desk365Client desk, Arguments in, Instant since) {
        String body = in.need(MessagePage.BODY);
        String kind = in.call().tool().param(MessagePage.PRIVATE.name()) == null ? "reply" : "note";
        boolean isPublic = Boolean.FALSE.equals(in.get(MessagePage.PRIVATE));
        boolean isQuoting = Boolean.TRUE.equals(in.get(MessagePage.PREVIOUS_MESSAGES));
        JsonDocument found = null;
        boolean isBegun = false;
        for (Message message : conversation(desk, in)) {
            if ("contact".equals(message.senderType())
                    || !isSince(message.createdOn(), since)
                    || !isKind(message, kind, isPublic)) {
                continue;
            }
            boolean begins = beginsWith(message, body);
            if (hasText(message, body) || isQuoting && begins && letters(body).length() >= TELLING) {
                found = message;
            }
            isBegun |= begins;
        }
        if (found == null && isBegun) {
            throw unclear("A message that begins with this text is there: a person must look.");
        }
        return found;
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
        String wanted = letters(body);
        return wanted.isEmpty()
                ? body.equals(message.body())
                : wanted.equals(letters(message.body())) || wanted.equals(letters(message.bodyText()));
    }

    private static boolean beginsWith(Message message, String body) {
        String wanted = letters(body);
        return !wanted.isEmpty()
                && (letters(message.body()).startsWith(wanted)
                        || letters(message.bodyText()).startsWith(wanted));
    }

    /** All messages of an import, or none of them; each that is there stands for one alone. */
    static @Nullable JsonDocument imported(Desk365Client desk, Arguments in, Instant since) {
        List<Message> there = new ArrayList<>(conversation(desk, in));
        List<Map<String, Object>> wanted = in.need(ImportPage.CONVERSATIONS);
        int found = 0;
        boolean isAlike = false;
        for (Map<String, Object> message : wanted) {
            String body = String.valueOf(ImportPage.BODY.in(message));
            int at = indexOf(there, other -> hasText(other, body) && isImported(other, message, since));
            if (at >= 0) {
                there.remove(at);
                found++;
            } else {
                isAlike |= indexOf(there, other -> hasText(other, body)) >= 0;
            }
        }
        if (found > 0 && found < wanted.size()) {
            throw unclear("Only " + found + " of the " + wanted.size() + " messages are there.");
        }
        if (found == 0 && isAlike) {
            throw unclear("There are messages of the same text, of another kind or time: a person must look.");
        }
        return found == 0 ? null : new JsonDocument(Map.of("message", "All " + found + " messages are there."));
    }

    private static int indexOf(List<Message> messages, Predicate<Message> wanted) {
        for (int i = 0; i < messages.size(); i++) {
            if (wanted.test(messages.get(i))) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isImported(Message there, Map<String, Object> message, Instant since) {
        String sender = ImportPage.SENDER_TYPE.in(message);
        Instant written = ImportPage.CREATED_ON.in(message);
        Instant created = there.createdOn();
        return isKind(
                        there,
                        String.valueOf(ImportPage.TYPE.in(message)),
                        "customer".equals(ImportPage.VISIBILITY.in(message)))
                && (sender == null || sender.equals(Objects.requireNonNullElse(there.senderType(), sender)))
                && (isSince(created, since)
                        || written != null
                                && created != null
                                && created.truncatedTo(ChronoUnit.SECONDS)
                                        .equals(written.truncatedTo(ChronoUnit.SECONDS)));
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

    /** A draft cannot be read. */
    static boolean isPublished(Arguments in) {
        return in.get(ArticlePage.STATUS) == ArticleStatus.PUBLISHED;
    }

    /** A published article; one of that title from before says nothing. */
    static @Nullable JsonDocument article(Desk365Client desk, Arguments in, Instant since) {
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

    /** A text without what the service may change in it: tags, how characters are written, and blanks. */
    private static String letters(@Nullable String text) {
        if (text == null) {
            return "";
        }
        String read = PlainBody.isHtml(text) ? HtmlBody.parse(text).text() : text;
        return BLANKS.matcher(read).replaceAll("");
    }

    private static RefusedException unclear(String says) {
        return new RefusedException("unknown_outcome", says);
    }
}
