package io.github.desk365mcp.tools;

import static io.github.desk365mcp.tools.Field.code;
import static io.github.desk365mcp.tools.Field.flag;
import static io.github.desk365mcp.tools.Field.integer;
import static io.github.desk365mcp.tools.Field.object;
import static io.github.desk365mcp.tools.Field.objects;
import static io.github.desk365mcp.tools.Field.text;
import static io.github.desk365mcp.tools.Field.texts;
import static io.github.desk365mcp.tools.Field.time;

import io.github.desk365mcp.api.model.ActorType;
import io.github.desk365mcp.api.model.NeutralType;
import io.github.desk365mcp.api.model.Priority;
import io.github.desk365mcp.api.model.Source;
import io.github.desk365mcp.api.model.SurveyType;
import java.util.Map;

/** How tickets and their messages look to a model. */
final class TicketShapes {

    static final Shape FILE = Shape.of(
            text("file_name"), integer("file_size"), text("file_type"), time("created_on"), text("attachment_url"));

    /** The wire puts the letters sv_ before what ratings are called elsewhere. */
    private static final Shape RATING = Shape.of(
            text("sv_name").as("survey_name"),
            flag("sv_answered").as("answered"),
            code("sv_type", SurveyType.class).as("survey_type"),
            integer("sv_cs_scale").as("cs_survey_scale"),
            code("sv_cs_neutral_type", NeutralType.class).as("cs_neutral_type"),
            text("sv_question").as("survey_question"),
            integer("sv_rating").as("rating"),
            text("sv_cs_question_2").as("cs_question_2"),
            integer("sv_cs_rating_2").as("cs_rating_2"),
            text("sv_cs_question_3").as("cs_question_3"),
            integer("sv_cs_rating_3").as("cs_rating_3"),
            text("sv_additional_comments_title").as("additional_comments_title"),
            text("sv_additional_comments_response").as("additional_comments_response"),
            time("sv_sent_on").as("sent_on"),
            time("sv_rated_on").as("rated_on"));

    static final Shape TICKET = Shape.of(
            integer("ticket_number"),
            text("contact_email"),
            text("email").as("contact_email"),
            text("contact_name"),
            text("subject"),
            text("description"),
            text("description_text"),
            text("status"),
            code("priority", Priority.class),
            text("type"),
            code("source", Source.class),
            text("form_name"),
            flag("form_is_deleted"),
            text("assigned_to"),
            text("assign_to").as("assigned_to"),
            text("company_name"),
            text("sla"),
            flag("completed_within_sla"),
            text("group"),
            text("category"),
            text("subcategory"),
            text("sub_category").as("subcategory"),
            time("created_on"),
            time("updated_on"),
            time("resolved_on"),
            time("closed_on"),
            time("due_date"),
            time("first_response_time"),
            time("first_assigned_time"),
            integer("first_assigned_duration"),
            integer("first_replied_duration"),
            integer("resolved_duration"),
            integer("closed_duration"),
            object("custom_fields"),
            objects("attachments", FILE),
            texts("watchers"),
            texts("share_to"),
            integer("conversation_count"),
            object("survey_rating", RATING),
            text("updated_by"),
            code("updated_by_type", ActorType.class),
            text("closed_by"),
            code("closed_by_type", ActorType.class));

    static final Shape MESSAGE = Shape.of(
                    integer("id").as("message_id"),
                    integer("ticket_number"),
                    text("created_by"),
                    text("creator_name"),
                    text("type"),
                    Field.visibility("public_note", true),
                    text("sender_type"),
                    texts("cc_address"),
                    texts("bcc_address"),
                    text("to_address"),
                    texts("notified_agents"),
                    text("body"),
                    text("body_text"),
                    integer("attachments_count"),
                    objects("attachments", FILE),
                    time("created_on"),
                    flag("is_email_deliveribility_failiure").as("email_delivery_failed"),
                    text("email_bounce_type"),
                    text("email_bounce_status"))
            .finishedBy(TicketShapes::repliesAreSeen);

    static final Shape REPLY = Shape.of(
                    integer("id").as("message_id"),
                    integer("ticket_number"),
                    text("body"),
                    text("from_email"),
                    text("to_email"),
                    texts("cc_emails"),
                    texts("bcc_emails"),
                    objects("attachments", FILE))
            .finishedBy(answer -> answer.put("visibility", "customer"));

    static final Shape NOTE = Shape.of(
            integer("id").as("message_id"),
            integer("ticket_number"),
            text("body"),
            Field.visibility("private_note", false),
            texts("notify_emails"),
            text("to_email"),
            objects("attachments", FILE));

    private TicketShapes() {}

    private static void repliesAreSeen(Map<String, Object> message) {
        if ("reply".equals(message.get("type"))) {
            message.putIfAbsent("visibility", "customer");
        }
    }
}
