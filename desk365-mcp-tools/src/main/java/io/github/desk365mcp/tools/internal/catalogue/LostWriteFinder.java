package io.github.desk365mcp.tools.internal.catalogue;

import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.api.Page;
import io.github.desk365mcp.api.model.ArticleStatus;
import io.github.desk365mcp.api.model.Conversation;
import io.github.desk365mcp.api.model.Message;
import io.github.desk365mcp.api.model.TimeEntry;
import io.github.desk365mcp.tools.internal.attachments.AttachmentForms;
import io.github.desk365mcp.tools.internal.core.Arguments;
import io.github.desk365mcp.tools.internal.core.LostCall;
import io.github.desk365mcp.tools.internal.core.RecordMapping;
import io.github.desk365mcp.tools.internal.core.Tool;
import io.github.desk365mcp.tools.internal.text.ComparableText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Searches for the record that a call without a response created. A record is found if it matches all arguments that
 * the service returns and, by the service's clock, was created at the time of the call. If the record may be somebody
 * else's, a person must check.
 */
public final class LostWriteFinder {

    /** A text of this length is unlikely to be the beginning of an unrelated one. */
    private static final int DISTINCTIVE = 20;

    /** Marks an argument that is compared elsewhere. */
    static final String ELSEWHERE = "";

    private static final Map<String, String> IN_MESSAGES = Map.of(
            MessagePage.BODY.name(), ELSEWHERE,
            MessagePage.AGENT_EMAIL.name(), "created_by",
            MessagePage.CC.name(), "cc_address",
            MessagePage.BCC.name(), "bcc_address",
            MessagePage.NOTIFY.name(), "notified_agents");

    private LostWriteFinder() {}

    /** Returns the names of arguments that a record does not match. */
    static List<String> differences(
            Arguments in, JsonDocument record, RecordMapping shape, Map<String, String> shownAs) {
        List<String> differences = RecordDifferences.between(
                in.toMap(), in.call().tool().params(), RecordDifferences.Shown.of(record, shape), shownAs);
        if (RecordDifferences.inFiles(in, record)) {
            differences.add(AttachmentForms.ARGUMENT);
        }
        return differences;
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
        LostWriteCandidates candidates = new LostWriteCandidates(desk, lost);
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

    static Conversation conversation(Desk365Client desk, Arguments in) {
        return desk.tickets().conversation(in.need(TicketPage.NUMBER));
    }

    /** Whether the service returned all messages. */
    static boolean isWhole(Conversation conversation) {
        Long count = conversation.count();
        return count == null || count <= conversation.messages().size();
    }

    /** Whether the kind of message matches; a field that the service omits matches. */
    private static boolean isKind(Message message, String kind, boolean isPublic) {
        return kind.equals(Objects.requireNonNullElse(message.type(), kind))
                && (kind.equals("reply") || isPublic == Objects.requireNonNullElse(message.publicNote(), isPublic));
    }

    /** Finds a time entry of this ticket with this note and duration. */
    static @Nullable JsonDocument timeEntry(Desk365Client desk, Arguments in, LostCall lost) {
        LostWriteCandidates candidates = new LostWriteCandidates(desk, lost);
        Long minutes = in.get(TimeEntryPage.MINUTES);
        String note = ComparableText.of(in.get(TimeEntryPage.NOTE)).letters();
        LongFunction<Page<TimeEntry>> pages = offset -> desk.timeEntries()
                .list(query -> query.ticketNumber(in.need(TicketPage.NUMBER))
                        .pageSize(LostWritePages.LARGEST_PAGE)
                        .offset(offset))
                .firstPage();
        boolean isAll = LostWritePages.walk(in, pages, page -> {
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

    /** Finds a record by its key. Keys are unique, so an older record shows that the call created none. */
    static Tool.Finder.Search named(RecordMapping shape, Tool.Handler get) {
        return (desk, in, lost) -> {
            JsonDocument record = (JsonDocument) get.handle(desk, in);
            LostWriteCandidates candidates = new LostWriteCandidates(desk, lost);
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
            throw LostWriteCandidates.unclear("An older article with that title exists");
        }
        return article;
    }
}
