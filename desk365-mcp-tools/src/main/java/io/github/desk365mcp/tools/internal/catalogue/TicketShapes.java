package io.github.desk365mcp.tools.internal.catalogue;

import static io.github.desk365mcp.tools.internal.core.Field.Writer.CONTACT;
import static io.github.desk365mcp.tools.internal.core.Field.code;
import static io.github.desk365mcp.tools.internal.core.Field.flag;
import static io.github.desk365mcp.tools.internal.core.Field.html;
import static io.github.desk365mcp.tools.internal.core.Field.integer;
import static io.github.desk365mcp.tools.internal.core.Field.object;
import static io.github.desk365mcp.tools.internal.core.Field.objects;
import static io.github.desk365mcp.tools.internal.core.Field.text;
import static io.github.desk365mcp.tools.internal.core.Field.texts;
import static io.github.desk365mcp.tools.internal.core.Field.time;

import io.github.desk365mcp.api.model.ActorType;
import io.github.desk365mcp.api.model.NeutralType;
import io.github.desk365mcp.api.model.Priority;
import io.github.desk365mcp.api.model.Source;
import io.github.desk365mcp.api.model.SurveyType;
import io.github.desk365mcp.tools.internal.core.Field;
import io.github.desk365mcp.tools.internal.core.RecordMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How tickets and their messages are shown in answers. */
public final class TicketShapes {

    private static final String CUSTOMER = "customer";

    static final RecordMapping FILE = RecordMapping.of(
            text("file_name").by(CONTACT),
            integer("file_size"),
            text("file_type"),
            time("created_on"),
            text("attachment_url"));

    /** Of the body; the service does not list them, and their names are ours. */
    static Field inlineImages() {
        return objects(RecordMapping.INLINE_IMAGES, FILE);
    }

    /** A ticket's rating. Here the service prefixes the usual names with {@code sv_}. */
    private static final RecordMapping RATING = RecordMapping.of(
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
            text("sv_additional_comments_response")
                    .as("additional_comments_response")
                    .by(CONTACT),
            time("sv_sent_on").as("sent_on"),
            time("sv_rated_on").as("rated_on"));

    /** Only the contact of a ticket, what it is about, and its state. */
    static final RecordMapping TICKET_CONTACT = RecordMapping.of(
            text("contact_email"),
            text("email").as("contact_email"),
            text("subject").by(CONTACT),
            text("status"),
            text("assigned_to"),
            text("assign_to").as("assigned_to"));

    static final RecordMapping TICKET = RecordMapping.of(
                    integer("ticket_number"),
                    text("contact_email"),
                    text("email").as("contact_email"),
                    text("contact_name").inRecord().by(CONTACT),
                    text("subject").by(CONTACT),
                    html("description").by(CONTACT),
                    text("description_text").as("description").added().by(CONTACT),
                    text("status"),
                    code("priority", Priority.class),
                    text("type"),
                    code("source", Source.class).inRecord(),
                    text("form_name").inRecord(),
                    flag("form_is_deleted").named(),
                    text("assigned_to"),
                    text("assign_to").as("assigned_to"),
                    text("company_name"),
                    text("department_name").inRecord(),
                    text("sla").inRecord(),
                    flag("completed_within_sla").inRecord(),
                    text("group"),
                    text("category"),
                    text("subcategory"),
                    text("sub_category").as("subcategory"),
                    time("created_on"),
                    time("updated_on"),
                    time("resolved_on").inRecord(),
                    time("closed_on").inRecord(),
                    time("due_date"),
                    time("first_response_time").inRecord(),
                    time("first_assigned_time").inRecord(),
                    integer("first_assigned_duration").inRecord(),
                    integer("first_replied_duration").inRecord(),
                    integer("resolved_duration").inRecord(),
                    integer("closed_duration").inRecord(),
                    object("custom_fields").by(CONTACT),
                    objects("attachments", FILE).inRecord().by(CONTACT),
                    inlineImages().added(),
                    texts("watchers").inRecord(),
                    texts("share_to").inRecord(),
                    integer("conversation_count").inRecord(),
                    object("survey_rating", RATING).added().by(CONTACT),
                    text("updated_by").inRecord(),
                    code("updated_by_type", ActorType.class).inRecord(),
                    text("closed_by").inRecord(),
                    code("closed_by_type", ActorType.class).inRecord())
            .notInLists("attachments", "completed_within_sla");

    /** A changed ticket always shows who changed it, if the service returns that. */
    static final RecordMapping CHANGED_TICKET = TICKET.always("updated_by", "updated_by_type");

    static final RecordMapping MESSAGE = RecordMapping.of(
                    integer("id").as("message_id"),
                    integer("ticket_number").named(),
                    text("created_by"),
                    text("creator_name").by(CONTACT),
                    text("type"),
                    Field.visibility("public_note", true),
                    text("sender_type"),
                    texts("cc_address"),
                    texts("bcc_address"),
                    text("to_address"),
                    texts("notified_agents"),
                    Field.message("body").by(CONTACT),
                    text("body_text").as("body").added().by(CONTACT),
                    integer("attachments_count").named(),
                    objects("attachments", FILE).by(CONTACT),
                    inlineImages().added(),
                    time("created_on"),
                    flag("is_email_deliveribility_failiure").as("email_delivery_failed"),
                    text("email_bounce_type"),
                    text("email_bounce_status"))
            .finishedBy(TicketShapes::tellWhoSees);

    /** What a reply may take from a conversation, for previews: earlier copies, and the messages to quote. */
    static final RecordMapping THREAD = RecordMapping.of(
            texts("copies"),
            integer("messages"),
            integer("internal"),
            texts("by"),
            time("first_on"),
            time("last_on"),
            text("newest").by(CONTACT));

    static final RecordMapping REPLY = RecordMapping.of(
                    integer("id").as("message_id"),
                    integer("ticket_number"),
                    html("body"),
                    text("credited_to"),
                    text("from_email"),
                    texts("emailed"),
                    text("also_emailed"),
                    objects("attachments", FILE))
            .finishedBy(answer -> {
                answer.put("visibility", CUSTOMER);
                answer.put("emailed", addresses(answer, "to_email", "cc_emails", "bcc_emails"));
            });

    static final RecordMapping NOTE = RecordMapping.of(
                    integer("id").as("message_id"),
                    integer("ticket_number"),
                    html("body"),
                    Field.visibility("private_note", false),
                    text("credited_to"),
                    texts("emailed"),
                    objects("attachments", FILE))
            .finishedBy(answer -> {
                if (!CUSTOMER.equals(answer.get("visibility"))) {
                    // The service always returns the customer's address, but an internal note is not sent to it.
                    answer.remove("to_email");
                }
                answer.put("emailed", addresses(answer, "to_email", "notify_emails"));
            });

    /** Moves the recipients of an e-mail from these fields into one list. */
    private static List<Object> addresses(Map<String, Object> answer, String... fields) {
        List<Object> addresses = new ArrayList<>();
        for (String field : fields) {
            if (texts(field).conversion().apply(answer.getOrDefault(field, "")) instanceof List<?> several) {
                addresses.addAll(several);
                answer.remove(field);
            }
        }
        return addresses;
    }

    private TicketShapes() {}

    /**
     * Sets who can see a message: notes say it, replies go to the customer; for others, such as forwards, it is
     * unknown.
     */
    private static void tellWhoSees(Map<String, Object> message) {
        message.putIfAbsent("visibility", "reply".equals(message.get("type")) ? CUSTOMER : "unknown");
        message.remove("email_delivery_failed", false);
    }
}
