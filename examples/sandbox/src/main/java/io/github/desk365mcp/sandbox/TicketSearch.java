package io.github.desk365mcp.sandbox;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The two kinds of search: words in any field, and words field by field. */
final class TicketSearch {

    private static final int MOST = 1_000;

    /** The fields that the first kind can search. 7 is not a field: it includes archived tickets. */
    private static final int SUBJECT = 1;

    private static final int DESCRIPTION = 2;
    private static final int CONVERSATION = 3;
    private static final int ATTACHMENT_NAMES = 4;
    private static final int CUSTOM_FIELDS = 5;
    private static final int PEOPLE = 6;
    private static final int ARCHIVED = 7;

    private final Helpdesk helpdesk;

    TicketSearch(Helpdesk helpdesk) {
        this.helpdesk = helpdesk;
    }

    List<Ticket> find(@Nullable String type, @Nullable String query, boolean includeMerged, @Nullable String orderBy) {
        JsonNode json = parse(query);
        boolean fieldByField = "2".equals(type);
        Predicate<Ticket> matches = fieldByField ? byField(json) : anywhere(json);
        Comparator<Ticket> order = TicketView.order(orderBy, "desc");
        if (orderBy == null || orderBy.equals("relevance")) {
            // Words in the subject have more weight than other words; nothing else is known about the order.
            Words words = new Words(json.path("query").asString(""));
            order = Comparator.comparing((Ticket ticket) -> !words.matches(subject(ticket)))
                    .thenComparing(order);
        }
        return helpdesk.tickets.values().stream()
                .filter(ticket -> includeMerged || !ticket.merged)
                .filter(matches)
                .sorted(order)
                .limit(MOST)
                .toList();
    }

    private static Predicate<Ticket> anywhere(JsonNode json) {
        Words words = new Words(json.path("query").asString(""));
        Set<Integer> places = new HashSet<>();
        json.path("search_in").forEach(place -> places.add(place.asInt(0)));
        boolean everywhere = places.isEmpty();
        return ticket -> {
            if (ticket.status().equals("Archived") && !places.contains(ARCHIVED)) {
                return false;
            }
            String text = texts(ticket).entrySet().stream()
                    .filter(place -> everywhere || places.contains(place.getKey()))
                    .map(Map.Entry::getValue)
                    .collect(Collectors.joining("\n"));
            return words.matches(text);
        };
    }

    private static Map<Integer, String> texts(Ticket ticket) {
        Map<Integer, String> texts = new TreeMap<>();
        texts.put(SUBJECT, subject(ticket));
        // The plain text has no line breaks, so words would be joined. In the HTML, the tags separate them.
        texts.put(DESCRIPTION, spaced(ticket.fields.path("description").asString()));
        texts.put(
                CONVERSATION,
                ticket.messages.stream()
                        .map(message -> spaced(message.fields.path("body").asString()))
                        .collect(Collectors.joining("\n")));
        texts.put(ATTACHMENT_NAMES, fileNames(ticket));
        texts.put(
                CUSTOM_FIELDS,
                ticket.fields
                        .path("custom_fields")
                        .valueStream()
                        .map(value -> value.asString(""))
                        .collect(Collectors.joining("\n")));
        texts.put(PEOPLE, ticket.text("contact_name") + "\n" + ticket.text("company_name"));
        return texts;
    }

    private static String fileNames(Ticket ticket) {
        List<StoredFile> files = new ArrayList<>(ticket.files);
        ticket.messages.forEach(message -> files.addAll(message.files));
        return files.stream().map(StoredFile::name).collect(Collectors.joining("\n"));
    }

    private static String subject(Ticket ticket) {
        return ticket.number() + " " + ticket.text("subject");
    }

    private static String spaced(String html) {
        return HtmlText.of(html.replace("<", " <"));
    }

    private static Predicate<Ticket> byField(JsonNode json) {
        Predicate<Ticket> all = ticket -> true;
        for (JsonNode term : json.path("search_term")) {
            Words words = new Words(term.path("query").asString(""));
            List<String> fields = Json.texts(term.path("search_in"));
            all = all.and(ticket -> fields.stream().anyMatch(field -> words.matches(field(ticket, field))));
        }
        return all;
    }

    private static String field(Ticket ticket, String name) {
        JsonNode fields = name.startsWith("cf_") ? ticket.fields.path("custom_fields") : ticket.fields;
        return fields.path(name).asString("");
    }

    private JsonNode parse(@Nullable String query) {
        try {
            JsonNode json = Json.MAPPER.readTree(query == null ? "" : query);
            if (json.isObject()) {
                return json;
            }
        } catch (JacksonException e) {
            // Refused below, like JSON that is not an object.
        }
        helpdesk.rules().refuse(Guess.SEARCH_QUERY, "search_query must be a JSON object");
        return Json.object();
    }
}
