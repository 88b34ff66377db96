package io.github.desk365mcp.tools.internal.catalogue;

import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.api.model.Conversation;
import io.github.desk365mcp.api.model.Message;
import io.github.desk365mcp.tools.internal.core.Arguments;
import io.github.desk365mcp.tools.internal.core.LostCall;
import io.github.desk365mcp.tools.internal.text.ComparableText;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Searches for the messages that an import without a response created. */
final class LostImportFinder {

    private static final Map<String, String> IN_IMPORTS = Map.of(
            ImportPage.BODY.name(), LostWriteFinder.ELSEWHERE, ImportPage.CREATED_ON.name(), LostWriteFinder.ELSEWHERE);

    private LostImportFinder() {}

    /** Finds all messages of an import, or none; each existing message matches at most one of them. */
    static @Nullable JsonDocument find(Desk365Client desk, Arguments in, LostCall lost) {
        LostWriteCandidates candidates = new LostWriteCandidates(desk, lost);
        Conversation conversation = LostWriteFinder.conversation(desk, in);
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
            throw LostWriteCandidates.unclear("Only " + found + " of the " + wanted.size() + " messages exist");
        }
        if (found == 0 && isAlike) {
            throw LostWriteCandidates.unclear(
                    "Messages with the same text exist, but with another type, time, author, spacing or link");
        }
        if (found == 0 && !LostWriteFinder.isWhole(conversation)) {
            throw LostWriteCandidates.unclear("The service returned only some of the ticket's messages");
        }
        if (found > 0 && !isDated) {
            throw LostWriteCandidates.unclear("Such messages exist, but when they were imported is unknown");
        }
        return found == 0 ? null : new JsonDocument(Map.of("message", "All " + found + " messages exist."));
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
            List<Message> messages, List<Map<String, Object>> wanted, LostWriteCandidates candidates) {
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

    private static boolean isImported(Existing there, Map<String, Object> message, LostWriteCandidates candidates) {
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
}
