package io.github.desk365mcp.tools.internal.catalogue;

import io.github.desk365mcp.api.CancelledException;
import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.api.Desk365Exception;
import io.github.desk365mcp.api.RateLimitedException;
import io.github.desk365mcp.api.model.Priority;
import io.github.desk365mcp.tools.internal.account.AccountVocabulary;
import io.github.desk365mcp.tools.internal.account.VocabularyKind;
import io.github.desk365mcp.tools.internal.account.VocabularyLearner;
import io.github.desk365mcp.tools.internal.core.Answer;
import io.github.desk365mcp.tools.internal.core.AnswerOptions;
import io.github.desk365mcp.tools.internal.core.Arguments;
import io.github.desk365mcp.tools.internal.core.Type;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Describes the known part of a helpdesk's vocabulary, and how many calls are left. */
public final class HelpdeskDescription {

    static final int LOOKS = 2;

    private static final int MOST_WORDS = 25;
    private static final int PAGE = 100;
    private static final List<VocabularyKind> TOPICS = List.of(
            VocabularyKind.STATUS,
            VocabularyKind.TYPE,
            VocabularyKind.GROUP,
            VocabularyKind.CATEGORY,
            VocabularyKind.SUBCATEGORY,
            VocabularyKind.AGENT,
            VocabularyKind.FORM,
            VocabularyKind.SLA,
            VocabularyKind.CUSTOM_FIELD);

    static final Answer ANSWER = new Answer() {
        @Override
        public Map<String, Object> schema() {
            Map<String, Object> properties = new LinkedHashMap<>();
            properties.put("not_looked_at", Answer.array("string"));
            properties.put("words_from", Map.of("type", "string"));
            for (String part : List.of("words", "more", "calls")) {
                properties.put(part, Map.of("type", "object"));
            }
            return Answer.schemaOf(properties);
        }

        @Override
        public Map<String, Object> convert(Object result, AnswerOptions view) {
            Map<String, Object> answer = ((HelpdeskDescription) result).answer;
            List<String> leftOut = view.size().slim(answer, view.size().tokens(), view);
            if (!leftOut.isEmpty()) {
                Answer.truncated(answer).put("fields_left_out", leftOut);
            }
            return answer;
        }
    };

    private final Arguments in;
    private final Map<String, Object> answer = new LinkedHashMap<>();
    private final List<Object> notLookedAt = new ArrayList<>();

    private boolean limited;
    private int looked;

    private HelpdeskDescription(Arguments in) {
        this.in = in;
    }

    static HelpdeskDescription of(Desk365Client desk, Arguments in, boolean look) {
        HelpdeskDescription description = new HelpdeskDescription(in);
        if (look) {
            description.look(desk);
        }
        description.describe(look);
        return description;
    }

    private void look(Desk365Client desk) {
        look(
                desk,
                "list_all_desk_365_tickets",
                () -> desk.tickets()
                        .list(query -> query.pageSize(PAGE).includeCustomFields(true))
                        .firstPage()
                        .items()
                        .forEach(ticket ->
                                learn(TicketShapes.TICKET.convert(ticket.toMap(), AnswerOptions.EVERYTHING))));
        look(desk, "list_all_desk_365_agents", () -> AgentPage.list(desk, words()));
    }

    private void look(Desk365Client desk, String tool, Runnable call) {
        learnFrom(desk, tool, call);
        looked++;
        in.reached(looked, LOOKS);
    }

    private void learnFrom(Desk365Client desk, String tool, Runnable call) {
        if (!in.mayUse(tool)) {
            return;
        }
        if (limited || !in.spend(1)) {
            notLookedAt.add(in.names().of(tool) + ": the plan has no calls left");
            return;
        }
        try {
            call.run();
            in.saw(desk);
        } catch (CancelledException cancelled) {
            throw cancelled;
        } catch (RateLimitedException spent) {
            in.limited(spent);
            limited = true;
            notLookedAt.add(in.names().of(tool) + ": the rate limit of the plan is reached");
        } catch (Desk365Exception failure) {
            notLookedAt.add(in.names().of(tool) + ": it failed; call it directly to see why");
        }
    }

    private void learn(Map<String, Object> ticket) {
        VocabularyLearner.learn(words(), ticket);
    }

    private AccountVocabulary words() {
        return in.call().account().words();
    }

    private void describe(boolean looked) {
        Map<String, Object> known = new LinkedHashMap<>();
        Map<String, Object> more = new LinkedHashMap<>();
        if (Catalogue.isShown(VocabularyKind.STATUS, in.call())) {
            known.put("priorities", Stream.of(Priority.values()).map(Type::word).toList());
        }
        boolean given = false;
        for (VocabularyKind topic : TOPICS) {
            List<String> all = words().known(topic);
            if (!all.isEmpty() && Catalogue.isShown(topic, in.call())) {
                given = given || words().isGiven(topic);
                List<String> last = all.subList(Math.max(0, all.size() - MOST_WORDS), all.size());
                known.put(topic.plural(), last.stream().sorted().toList());
                if (last.size() < all.size()) {
                    more.put(topic.plural(), all.size() - last.size());
                }
            }
        }
        // What the model must know of the words comes before them.
        if (!notLookedAt.isEmpty()) {
            answer.put("not_looked_at", notLookedAt);
        }
        answer.put(
                "words_from",
                (given ? "The host's lists and earlier answers." : "Incomplete: only values from earlier answers.")
                        + (looked ? "" : " Set look to true to read more, for up to " + LOOKS + " calls."));
        answer.put("words", known);
        if (!more.isEmpty()) {
            answer.put("more", more);
        }
        answer.put(
                "now",
                in.call()
                        .account()
                        .ledger()
                        .now()
                        .truncatedTo(ChronoUnit.SECONDS)
                        .toString());
        Map<String, Object> figures = in.call().account().ledger().figures();
        answer.put("calls", figures.isEmpty() ? Map.of("note", "Unknown until the first call.") : figures);
    }
}
