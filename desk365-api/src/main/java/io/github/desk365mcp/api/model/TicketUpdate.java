package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.Input;
import java.util.Map;

/** What changes in a ticket; the rest stays as it is. */
public final class TicketUpdate extends Input<TicketUpdate> {

    /** Two dashes, as in filters; sources differ and none was tried on a live account. */
    private static final String CLEARED = "--";

    /** Nothing is set at first. */
    public TicketUpdate() {}

    /** Moves the ticket to another contact. One source. */
    public TicketUpdate contactEmail(String contactEmail) {
        return set("contact_email", contactEmail);
    }

    /** Not empty. */
    public TicketUpdate subject(String subject) {
        return set("subject", subject);
    }

    /** HTML. Replaces the whole description. */
    public TicketUpdate description(String description) {
        return set("description", description);
    }

    /** The name of an SLA policy. */
    public TicketUpdate sla(String sla) {
        return set("sla", sla);
    }

    /** A word of the account. */
    public TicketUpdate status(String status) {
        return set("status", status);
    }

    /** The priority. */
    public TicketUpdate priority(Priority priority) {
        return set("priority", priority.code());
    }

    /** A word of the account. */
    public TicketUpdate type(String type) {
        return set("type", type);
    }

    /** The agent's address. */
    public TicketUpdate assignTo(String assignTo) {
        return set("assign_to", assignTo);
    }

    /** The name of a group. */
    public TicketUpdate group(String group) {
        return set("group", group);
    }

    /** The name of a category. */
    public TicketUpdate category(String category) {
        return set("category", category);
    }

    /** A subcategory of the category. */
    public TicketUpdate subcategory(String subcategory) {
        return set("sub_category", subcategory);
    }

    /** Names are {@code cf_<label>}; that fields which are not named stay is inferred. */
    public TicketUpdate customFields(Map<String, ?> customFields) {
        return set("custom_fields", customFields);
    }

    /** Takes the ticket from its agent. How the service wants this said is untested; sources differ. */
    public TicketUpdate unassign() {
        return set("assign_to", CLEARED);
    }

    /** Takes the ticket out of its group. Untested, as {@link #unassign()}. */
    public TicketUpdate clearGroup() {
        return set("group", CLEARED);
    }

    /** Removes the category. Untested, as {@link #unassign()}. */
    public TicketUpdate clearCategory() {
        return set("category", CLEARED);
    }

    /** Removes the subcategory. Untested, as {@link #unassign()}. */
    public TicketUpdate clearSubcategory() {
        return set("sub_category", CLEARED);
    }

    /** Adds agents who watch, by address. */
    public TicketUpdate addWatchers(String... agents) {
        return add("watchers", "add", agents);
    }

    /** Removes agents who watch, by address. */
    public TicketUpdate removeWatchers(String... agents) {
        return add("watchers", "remove", agents);
    }

    /** Shares the ticket with contacts, by address. */
    public TicketUpdate addShares(String... contacts) {
        return add("share_to", "add", contacts);
    }

    /** Ends the sharing with contacts, by address. */
    public TicketUpdate removeShares(String... contacts) {
        return add("share_to", "remove", contacts);
    }
}
