package io.github.desk365mcp.sandbox;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A ticket: its fields in the shape and order of the live service, its messages and its files. */
final class Ticket {

    final ObjectNode fields;
    final List<Message> messages = new ArrayList<>();
    final List<StoredFile> files = new ArrayList<>();

    /** Whether it was merged into another ticket. No field shows that; a filter can leave out such tickets. */
    boolean merged;

    /** Creates a ticket with all fields in their order, most of them empty. */
    Ticket(int number, String createdOn, int source, String formName, ObjectNode customFields) {
        fields = Json.object()
                .put("ticket_number", number)
                .putNull("contact_email")
                .putNull("contact_name")
                .put("subject", "")
                .put("description", "")
                .put("description_text", "")
                .put("status", "Open")
                .put("priority", 1)
                .putNull("type")
                .put("source", source)
                .put("form_name", formName)
                .put("form_is_deleted", 0)
                .putNull("assigned_to")
                .putNull("company_name")
                .put("sla", Account.NO_SLA)
                .putNull("completed_within_sla")
                .putNull("group")
                .putNull("category")
                .putNull("subcategory")
                .put("created_on", createdOn)
                .put("updated_on", createdOn)
                .putNull("resolved_on")
                .putNull("closed_on")
                .putNull("due_date")
                .putNull("first_response_time")
                .putNull("first_assigned_time")
                .putNull("first_assigned_duration")
                .putNull("resolved_duration")
                .putNull("first_replied_duration")
                .putNull("closed_duration");
        fields.set("custom_fields", customFields);
        fields.putArray("attachments");
        fields.putArray("watchers");
        fields.putArray("share_to");
        fields.put("conversation_count", 0);
    }

    private Ticket(ObjectNode fields) {
        this.fields = fields;
    }

    Ticket copy() {
        Ticket copy = new Ticket(fields.deepCopy());
        copy.messages.addAll(messages);
        copy.files.addAll(files);
        copy.merged = merged;
        return copy;
    }

    int number() {
        return fields.path("ticket_number").asInt();
    }

    @Nullable
    String text(String name) {
        return Json.text(fields, name);
    }

    String createdOn() {
        return fields.path("created_on").asString();
    }

    String updatedOn() {
        return fields.path("updated_on").asString();
    }

    String status() {
        return fields.path("status").asString();
    }

    String contactEmail() {
        return fields.path("contact_email").asString();
    }

    void setSubject(String subject) {
        fields.put("subject", subject);
    }

    void setDescription(String html) {
        fields.put("description", html).put("description_text", HtmlText.of(html));
    }

    /** Changes the status, and the times that depend on it. */
    void setStatus(String status, String now) {
        String before = status();
        fields.put("status", status);
        if (status.equals(before)) {
            return;
        }
        switch (status) {
            case "Resolved" -> resolve(now);
            case "Closed" -> {
                if (text("resolved_on") == null) {
                    resolve(now);
                }
                fields.put("closed_on", now).put("closed_duration", Times.minutes(createdOn(), now));
            }
            case "Archived" -> {}
            default ->
                fields.putNull("resolved_on")
                        .putNull("resolved_duration")
                        .putNull("completed_within_sla")
                        .putNull("closed_on")
                        .putNull("closed_duration");
        }
    }

    private void resolve(String now) {
        fields.put("resolved_on", now).put("resolved_duration", Times.minutes(createdOn(), now));
        String due = text("due_date");
        if (due != null) {
            fields.put("completed_within_sla", now.compareTo(due) <= 0);
        }
    }

    void assign(String agentEmail, String now) {
        fields.put("assigned_to", agentEmail);
        if (text("first_assigned_time") == null) {
            fields.put("first_assigned_time", now).put("first_assigned_duration", Times.minutes(createdOn(), now));
        }
    }

    void add(Message message) {
        messages.add(message);
        String now = message.createdOn();
        fields.put("conversation_count", messages.size());
        if (now.compareTo(updatedOn()) > 0) {
            fields.put("updated_on", now);
        }
        if (message.kind() == Message.Kind.AGENT_REPLY && text("first_response_time") == null) {
            fields.put("first_response_time", now).put("first_replied_duration", Times.minutes(createdOn(), now));
        }
    }
}
