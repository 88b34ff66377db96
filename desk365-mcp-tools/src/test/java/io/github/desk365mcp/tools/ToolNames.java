package io.github.desk365mcp.tools;

/** Names of the tools that many tests call. */
public final class ToolNames {

    public static final String LIST_TICKETS = "list_all_desk_365_tickets";
    public static final String GET_TICKET = "get_single_desk_365_ticket_by_id";
    public static final String CREATE_TICKET = "create_a_desk_365_ticket";
    public static final String CREATE_TICKET_WITH_FILES = "desk_365_tickets_create_with_attachment";
    public static final String UPDATE_TICKET = "update_a_desk_365_ticket_by_id";
    public static final String UPDATE_TICKETS = "desk_365_tickets_update_many";
    public static final String GET_CONTEXT = "desk_365_tickets_get_context";
    public static final String LIST_CONVERSATIONS = "list_all_desk_365_ticket_conversations";
    public static final String IMPORT_CONVERSATIONS = "desk_365_tickets_import_conversations";
    public static final String CREATE_REPLY = "create_a_desk_365_ticket_reply";
    public static final String CREATE_NOTE = "create_a_desk_365_ticket_note";
    public static final String CREATE_NOTE_WITH_FILES = "desk_365_ticket_notes_create_with_attachment";
    public static final String GET_CONTACT = "get_single_desk_365_contact_by_id";
    public static final String LIST_ARTICLES = "list_all_desk_365_kb_articles";
    public static final String CREATE_ARTICLE = "create_a_desk_365_kb_article";
    public static final String DELETE_ARTICLE = "delete_a_desk_365_kb_article_by_id";
    public static final String DESCRIBE = "describe_desk_365_helpdesk";

    private ToolNames() {}
}
