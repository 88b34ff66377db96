package io.github.desk365mcp.sandbox;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Creates the form of tickets in responses. */
final class TicketView {

    private final Helpdesk helpdesk;

    TicketView(Helpdesk helpdesk) {
        this.helpdesk = helpdesk;
    }

    ObjectNode details(Ticket ticket) {
        ObjectNode details = ticket.fields.deepCopy();
        details.set("attachments", helpdesk.attachments().describe(ticket.files));
        return details;
    }

    /**
     * Returns a row of a list: the details without the optional fields that were not requested and those that lists
     * never have.
     */
    ObjectNode row(Ticket ticket, Request request) {
        ObjectNode row = ticket.fields.deepCopy();
        row.remove(List.of("completed_within_sla", "attachments"));
        if (!request.flag("include_description", false)) {
            row.remove(List.of("description", "description_text"));
        }
        if (!request.flag("include_custom_fields", false)) {
            row.remove("custom_fields");
        }
        if (request.flag("include_survey_details", false)) {
            addRating(row, ticket);
        }
        // The name means the opposite: 1 removes the nesting.
        return request.flag("nested_fields", false) ? flatten(row) : row;
    }

    private void addRating(ObjectNode row, Ticket ticket) {
        helpdesk.ratings.stream()
                .filter(rating -> rating.path("ticket_number").asInt() == ticket.number())
                .max(Comparator.comparing(rating -> rating.path("rated_on").asString()))
                .ifPresent(rating -> row.set("survey_rating", rating(rating)));
    }

    /** Returns a rating with the field names that it has inside a ticket. */
    private ObjectNode rating(ObjectNode rating) {
        JsonNode answers = rating.path("ratings");
        JsonNode survey = Helpdesk.find(
                        helpdesk.surveys,
                        "survey_name",
                        rating.path("survey_name").asString())
                .map(JsonNode.class::cast)
                .orElseGet(Json::object);
        ObjectNode inTicket = Json.object().put("sv_name", Json.text(rating, "survey_name"));
        inTicket.put("sv_answered", true);
        inTicket.set("sv_type", rating.path("survey_type"));
        inTicket.set("sv_cs_scale", survey.path("cs_survey_scale"));
        inTicket.set("sv_cs_neutral_type", rating.path("cs_neutral_type"));
        inTicket.set("sv_question", answers.path("survey_question"));
        inTicket.set("sv_rating", answers.path("rating"));
        inTicket.set("sv_cs_question_2", answers.path("cs_question_2"));
        inTicket.set("sv_cs_rating_2", answers.path("cs_rating_2"));
        inTicket.set("sv_cs_question_3", answers.path("cs_question_3"));
        inTicket.set("sv_cs_rating_3", answers.path("cs_rating_3"));
        inTicket.set("sv_additional_comments_title", rating.path("additional_comments_title"));
        inTicket.set("sv_additional_comments_response", rating.path("additional_comments_response"));
        inTicket.set("sv_sent_on", rating.path("sent_on"));
        inTicket.set("sv_rated_on", rating.path("rated_on"));
        return inTicket;
    }

    private static ObjectNode flatten(ObjectNode row) {
        ObjectNode flat = Json.object();
        row.properties().forEach(field -> {
            if (field.getValue() instanceof ObjectNode nested) {
                flat.setAll(nested);
            } else {
                flat.set(field.getKey(), field.getValue());
            }
        });
        return flat;
    }

    /** Returns the order of a list, by default the newest first. Unknown words are ignored. */
    static Comparator<Ticket> order(@Nullable String by, @Nullable String type) {
        Comparator<Ticket> order =
                Comparator.comparing("updated_time".equals(by) ? Ticket::updatedOn : Ticket::createdOn);
        order = order.thenComparing(Ticket::number);
        return "asc".equals(type) ? order : order.reversed();
    }
}
