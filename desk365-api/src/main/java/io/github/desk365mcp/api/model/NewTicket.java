package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.Input;
import java.util.List;
import java.util.Map;

/** What a new ticket may have beside contact, subject and description. */
public final class NewTicket extends Input<NewTicket> {

    /** Nothing is set at first. */
    public NewTicket() {}

    /** A word of the account. Default Open, which is sent because sources differ on whether a status is needed. */
    public NewTicket status(String status) {
        return set("status", status);
    }

    /** The priority. */
    public NewTicket priority(Priority priority) {
        return set("priority", priority.code());
    }

    /** A word of the account. */
    public NewTicket type(String type) {
        return set("type", type);
    }

    /** The agent's address. */
    public NewTicket assignTo(String assignTo) {
        return set("assign_to", assignTo);
    }

    /** The name of a group. */
    public NewTicket group(String group) {
        return set("group", group);
    }

    /** The name of a category. */
    public NewTicket category(String category) {
        return set("category", category);
    }

    /** A subcategory of the category. */
    public NewTicket subcategory(String subcategory) {
        return set("sub_category", subcategory);
    }

    /** The ticket form. Default: the form of the agent portal. */
    public NewTicket formName(String formName) {
        return set("form_name", formName);
    }

    /** Names are {@code cf_<label>}. A name that the account does not define is refused. */
    public NewTicket customFields(Map<String, ?> customFields) {
        return set("custom_fields", customFields);
    }

    /** Addresses of agents. */
    public NewTicket watchers(String... watchers) {
        return set("watchers", List.of(watchers));
    }

    /** Addresses of contacts. */
    public NewTicket shareTo(String... shareTo) {
        return set("share_to", List.of(shareTo));
    }
}
