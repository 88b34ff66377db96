package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.JsonDocument;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A ticket.
 *
 * <p>A list leaves out {@code description}, {@code description_text}, {@code custom_fields} (unless asked for),
 * {@code completed_within_sla} and {@code attachments}; the answer to an update leaves out the attachments. Times are UTC.
 * Durations are minutes; that they are rounded down, and count business minutes under an SLA, is inferred. */
public final class Ticket extends JsonDocument {

    /** A view over these fields. */
    public Ticket(Map<String, ?> fields) {
        super(fields);
    }

    /** The number that people know: #4052. The only key of a ticket. */
    public long ticketNumber() {
        return required("ticket_number", integer("ticket_number"));
    }

    /** The requester. */
    public @Nullable String contactEmail() {
        return text("contact_email");
    }

    /** The requester's name. */
    public @Nullable String contactName() {
        return text("contact_name");
    }

    /** The subject. */
    public @Nullable String subject() {
        return text("subject");
    }

    /** HTML. */
    public @Nullable String description() {
        return text("description");
    }

    /** The description as plain text, without any line breaks. */
    public @Nullable String descriptionText() {
        return text("description_text");
    }

    /** A word of the account, such as Open, Pending, Resolved, Closed, Archived. */
    public @Nullable String status() {
        return text("status");
    }

    /** The priority; null if its code is new to this version. */
    public @Nullable Priority priority() {
        return Code.of(Priority.values(), integer("priority"));
    }

    /** The code behind {@link #priority()}, also where it is new. */
    public @Nullable Long priorityCode() {
        return integer("priority");
    }

    /** A word of the account. */
    public @Nullable String type() {
        return text("type");
    }

    /** How it came in; null if the code is new to this version. */
    public @Nullable Source source() {
        return Code.of(Source.values(), integer("source"));
    }

    /** The code behind {@link #source()}, also where it is new. */
    public @Nullable Long sourceCode() {
        return integer("source");
    }

    /** The ticket form. */
    public @Nullable String formName() {
        return text("form_name");
    }

    /** Whether its ticket form was deleted. */
    public @Nullable Boolean formIsDeleted() {
        return flag("form_is_deleted");
    }

    /** The agent's address; null if nobody. */
    public @Nullable String assignedTo() {
        return text("assigned_to");
    }

    /** The requester's company. */
    public @Nullable String companyName() {
        return text("company_name");
    }

    /** The SLA policy; "No SLA Policy" if there is none. */
    public @Nullable String sla() {
        return text("sla");
    }

    /** Null until resolved. */
    public @Nullable Boolean completedWithinSla() {
        return flag("completed_within_sla");
    }

    /** The group that it is assigned to. */
    public @Nullable String group() {
        return text("group");
    }

    /** The category, a word of the account. */
    public @Nullable String category() {
        return text("category");
    }

    /** The subcategory, a word of the account. */
    public @Nullable String subcategory() {
        return text("subcategory");
    }

    /** When it was created. */
    public @Nullable Instant createdOn() {
        return time("created_on");
    }

    /** When it was updated last. */
    public @Nullable Instant updatedOn() {
        return time("updated_on");
    }

    /** When it was resolved; null if it never was. */
    public @Nullable Instant resolvedOn() {
        return time("resolved_on");
    }

    /** When it was closed; null if it never was. */
    public @Nullable Instant closedOn() {
        return time("closed_on");
    }

    /** That this is UTC is inferred. */
    public @Nullable Instant dueDate() {
        return time("due_date");
    }

    /** When an agent first replied; null if nobody did. */
    public @Nullable Instant firstResponseTime() {
        return time("first_response_time");
    }

    /** When it was first assigned to an agent; null if it never was. */
    public @Nullable Instant firstAssignedTime() {
        return time("first_assigned_time");
    }

    /** Minutes. */
    public @Nullable Long firstAssignedDuration() {
        return integer("first_assigned_duration");
    }

    /** Minutes. */
    public @Nullable Long resolvedDuration() {
        return integer("resolved_duration");
    }

    /** Minutes. */
    public @Nullable Long firstRepliedDuration() {
        return integer("first_replied_duration");
    }

    /** Minutes. */
    public @Nullable Long closedDuration() {
        return integer("closed_duration");
    }

    /** All custom fields, {@code cf_<label>} with spaces and emoji as in the label; null values where empty. */
    public @Nullable JsonDocument customFields() {
        return document("custom_fields");
    }

    /** Empty where the answer leaves them out. */
    public List<FileLink> attachments() {
        return objects("attachments", FileLink::new);
    }

    /** Addresses of agents. */
    public List<String> watchers() {
        return texts("watchers");
    }

    /** Addresses of contacts. */
    public List<String> shareTo() {
        return texts("share_to");
    }

    /** Replies, notes and forwards. */
    public @Nullable Long conversationCount() {
        return integer("conversation_count");
    }

    /** Newer; one source. */
    public @Nullable String departmentName() {
        return text("department_name");
    }

    /** Newer; one source. */
    public @Nullable String updatedBy() {
        return text("updated_by");
    }

    /** Newer; one source. */
    public @Nullable ActorType updatedByType() {
        return Code.of(ActorType.values(), integer("updated_by_type"));
    }

    /** The code behind {@link #updatedByType()}, also where it is new. */
    public @Nullable Long updatedByTypeCode() {
        return integer("updated_by_type");
    }

    /** Newer; one source. */
    public @Nullable String closedBy() {
        return text("closed_by");
    }

    /** Newer; one source. */
    public @Nullable ActorType closedByType() {
        return Code.of(ActorType.values(), integer("closed_by_type"));
    }

    /** The code behind {@link #closedByType()}, also where it is new. */
    public @Nullable Long closedByTypeCode() {
        return integer("closed_by_type");
    }
}
