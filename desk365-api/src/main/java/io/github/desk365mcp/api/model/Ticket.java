package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.JsonDocument;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A ticket.
 *
 * <p>Lists omit {@code description}, {@code description_text} and {@code custom_fields} unless they are requested, and
 * always omit {@code completed_within_sla} and {@code attachments}. The response to an update omits the attachments.
 * Times are UTC. Durations are minutes; that they are rounded down, and that they count business minutes under an SLA,
 * is inferred.
 */
public final class Ticket extends JsonDocument {

    /**
     * Creates a view of a record.
     *
     * @param fields the fields of the JSON object, by name
     */
    public Ticket(Map<String, ?> fields) {
        super(fields);
    }

    /** {@return the number, which people write as #4052} It is the only identifier of a ticket. */
    public long ticketNumber() {
        return required("ticket_number", integer("ticket_number"));
    }

    /** {@return the requester's email address} */
    public @Nullable String contactEmail() {
        return text("contact_email");
    }

    /** {@return the requester's name} */
    public @Nullable String contactName() {
        return text("contact_name");
    }

    /** {@return the subject} */
    public @Nullable String subject() {
        return text("subject");
    }

    /** {@return the description as HTML} */
    public @Nullable String description() {
        return text("description");
    }

    /** {@return the description as plain text, without line breaks} */
    public @Nullable String descriptionText() {
        return text("description_text");
    }

    /** {@return the status, for example Open, Pending, Resolved or Closed} Each account defines its own statuses. */
    public @Nullable String status() {
        return text("status");
    }

    /** {@return the priority, or null if it is missing or this version does not know its code} */
    public @Nullable Priority priority() {
        return Code.of(Priority.values(), integer("priority"));
    }

    /** {@return the code behind {@link #priority()}, even if this version does not know it} */
    public @Nullable Long priorityCode() {
        return integer("priority");
    }

    /** {@return the type, for example Question or Incident} Each account defines its own types. */
    public @Nullable String type() {
        return text("type");
    }

    /**
     * {@return the channel through which the ticket was created, or null if it is missing or this version does not know
     * its code}
     */
    public @Nullable Source source() {
        return Code.of(Source.values(), integer("source"));
    }

    /** {@return the code behind {@link #source()}, even if this version does not know it} */
    public @Nullable Long sourceCode() {
        return integer("source");
    }

    /** {@return the name of the ticket form} */
    public @Nullable String formName() {
        return text("form_name");
    }

    /** {@return whether the ticket form was deleted (inferred from the name)} */
    public @Nullable Boolean formIsDeleted() {
        return flag("form_is_deleted");
    }

    /** {@return the email address of the assigned agent, or null if the ticket is unassigned} */
    public @Nullable String assignedTo() {
        return text("assigned_to");
    }

    /** {@return the name of the requester's company (inferred from the name)} */
    public @Nullable String companyName() {
        return text("company_name");
    }

    /** {@return the name of the SLA policy; "No SLA Policy" if there is none} */
    public @Nullable String sla() {
        return text("sla");
    }

    /** {@return whether the ticket was resolved within its SLA, or null until it is resolved} */
    public @Nullable Boolean completedWithinSla() {
        return flag("completed_within_sla");
    }

    /** {@return the name of the assigned group} */
    public @Nullable String group() {
        return text("group");
    }

    /** {@return the category} Each account defines its own categories. */
    public @Nullable String category() {
        return text("category");
    }

    /** {@return the subcategory} Each account defines its own subcategories. */
    public @Nullable String subcategory() {
        return text("subcategory");
    }

    /** {@return when the ticket was created} */
    public @Nullable Instant createdOn() {
        return time("created_on");
    }

    /** {@return when the ticket was last updated} */
    public @Nullable Instant updatedOn() {
        return time("updated_on");
    }

    /** {@return when the ticket was resolved, or null if it is not} */
    public @Nullable Instant resolvedOn() {
        return time("resolved_on");
    }

    /** {@return when the ticket was closed, or null if it is not} */
    public @Nullable Instant closedOn() {
        return time("closed_on");
    }

    /** {@return when the ticket is due} That this is UTC is inferred. */
    public @Nullable Instant dueDate() {
        return time("due_date");
    }

    /** {@return when an agent first replied (inferred from the name), or null if none has} */
    public @Nullable Instant firstResponseTime() {
        return time("first_response_time");
    }

    /** {@return when the ticket was first assigned to an agent (inferred from the name), or null if it never was} */
    public @Nullable Instant firstAssignedTime() {
        return time("first_assigned_time");
    }

    /** {@return the minutes until the ticket was first assigned (inferred from the name)} */
    public @Nullable Long firstAssignedDuration() {
        return integer("first_assigned_duration");
    }

    /** {@return the minutes until the ticket was resolved (inferred from the name)} */
    public @Nullable Long resolvedDuration() {
        return integer("resolved_duration");
    }

    /** {@return the minutes until the first reply (inferred from the name)} */
    public @Nullable Long firstRepliedDuration() {
        return integer("first_replied_duration");
    }

    /** {@return the minutes until the ticket was closed (inferred from the name)} */
    public @Nullable Long closedDuration() {
        return integer("closed_duration");
    }

    /**
     * {@return all custom fields by name, {@code cf_<label>}} Names keep the label's case, spaces and emoji. Values are
     * null where a field is empty.
     */
    public @Nullable JsonDocument customFields() {
        return document("custom_fields");
    }

    /**
     * {@return the attached files, empty if the response omits them} Inline images of the description are not included.
     */
    public List<FileLink> attachments() {
        return objects("attachments", FileLink::new);
    }

    /** {@return the email addresses of the agents who watch the ticket} */
    public List<String> watchers() {
        return texts("watchers");
    }

    /** {@return the email addresses of the contacts with whom the ticket is shared} */
    public List<String> shareTo() {
        return texts("share_to");
    }

    /** {@return the number of replies, notes and forwarded messages} */
    public @Nullable Long conversationCount() {
        return integer("conversation_count");
    }

    /** {@return the name of the department} Newer; known from one source. */
    public @Nullable String departmentName() {
        return text("department_name");
    }

    /** {@return who last updated the ticket (inferred from the name)} Newer; known from one source. */
    public @Nullable String updatedBy() {
        return text("updated_by");
    }

    /**
     * {@return the kind of actor that last updated the ticket, or null if it is missing or this version does not know
     * its code} Newer; known from one source.
     */
    public @Nullable ActorType updatedByType() {
        return Code.of(ActorType.values(), integer("updated_by_type"));
    }

    /** {@return the code behind {@link #updatedByType()}, even if this version does not know it} */
    public @Nullable Long updatedByTypeCode() {
        return integer("updated_by_type");
    }

    /** {@return who closed the ticket (inferred from the name)} Newer; known from one source. */
    public @Nullable String closedBy() {
        return text("closed_by");
    }

    /**
     * {@return the kind of actor that closed the ticket, or null if it is missing or this version does not know its
     * code} Newer; known from one source.
     */
    public @Nullable ActorType closedByType() {
        return Code.of(ActorType.values(), integer("closed_by_type"));
    }

    /** {@return the code behind {@link #closedByType()}, even if this version does not know it} */
    public @Nullable Long closedByTypeCode() {
        return integer("closed_by_type");
    }
}
