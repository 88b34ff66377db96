package io.github.desk365mcp.api;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All operations of the API, one per row: method, path, names in the query, names in the body.
 *
 * <p>The service was seen to respond with 405 to a ticket number in the body, so these rows are the only place that
 * defines where each name goes. A test compares them with the OpenAPI description in the project's documentation.
 */
enum Operation {
    PING(Method.GET, "ping", ""),

    LIST_TICKETS(
            Method.GET,
            "tickets",
            "ticket_count offset include_description include_custom_fields include_survey_details nested_fields"
                    + " order_by order_type updated_since filters"),
    SEARCH_TICKETS(
            Method.GET,
            "tickets/search",
            "search_type search_query ticket_count offset include_description include_custom_fields"
                    + " include_survey_details order_by include_merged"),
    GET_TICKET(Method.GET, "tickets/details", "ticket_number"),
    CREATE_TICKET(Method.POST, "tickets/create", "", Names.TICKET),
    CREATE_TICKET_WITH_ATTACHMENT(
            Method.POST, "tickets/create_with_attachment", "ticket_object", Names.TICKET, "ticket_object"),
    UPDATE_TICKET(
            Method.PUT,
            "tickets/update",
            "ticket_number",
            "contact_email subject description sla status priority type assign_to group category sub_category"
                    + " custom_fields watchers share_to"),
    ADD_REPLY(Method.POST, "tickets/add_reply", "ticket_number", Names.REPLY),
    ADD_REPLY_WITH_ATTACHMENT(
            Method.POST,
            "tickets/add_reply_with_attachment",
            "ticket_number reply_object",
            Names.REPLY,
            "reply_object"),
    ADD_NOTE(Method.POST, "tickets/add_note", "ticket_number", Names.NOTE),
    ADD_NOTE_WITH_ATTACHMENT(
            Method.POST, "tickets/add_note_with_attachment", "ticket_number note_object", Names.NOTE, "note_object"),
    LIST_CONVERSATIONS(
            Method.GET,
            "tickets/conversations",
            "ticket_number sort_by include_contact_replies include_agent_replies include_private_notes"
                    + " include_public_notes include_forward_messages"),
    IMPORT_CONVERSATIONS(Method.POST, "tickets/import_conversations", "ticket_number", "conversations"),

    LIST_CONTACTS(Method.GET, "contacts", "offset company order_by order_type include_custom_fields"),
    GET_CONTACT(Method.GET, "contacts/details", "primary_email secondary_email"),
    CREATE_CONTACT(Method.POST, "contacts/create", "", Names.CONTACT),
    CREATE_CONTACT_WITH_ATTACHMENT(
            Method.POST, "contacts/create_with_attachment", "contact_object", Names.CONTACT, "contact_object"),
    UPDATE_CONTACT(Method.PUT, "contacts/update", "primary_email", "name title mobile phone company_name"),

    LIST_COMPANIES(Method.GET, "companies", "offset"),
    GET_COMPANY(Method.GET, "companies/details", "name"),
    CREATE_COMPANY(Method.POST, "companies/create", "", Names.COMPANY),
    CREATE_COMPANY_WITH_ATTACHMENT(
            Method.POST, "companies/create_with_attachment", "company_object", Names.COMPANY, "company_object"),
    UPDATE_COMPANY(Method.PUT, "companies/update", "company_name", Names.COMPANY),

    LIST_TIME_ENTRIES(
            Method.GET,
            "time_entries",
            "ticket_number time_entries_count agent_email company_name started_before started_after created_after"
                    + " updated_after billable timer_running offset"),
    GET_TIME_ENTRY(Method.GET, "time_entries/details", "id"),
    CREATE_TIME_ENTRY(
            Method.POST,
            "time_entries/create",
            "",
            "ticket_number agent_email note billable start_time time_spent_in_minutes additional_info"),

    LIST_SURVEYS(Method.GET, "surveys", ""),
    GET_SURVEY(Method.GET, "surveys/details", "survey_name"),
    LIST_SURVEY_RATINGS(Method.GET, "surveys/ratings", "offset"),

    LIST_CONTRACTS(
            Method.GET,
            "contracts",
            "offset company contract_category include_inactive_contracts include_expired_contracts"
                    + " include_upcoming_contracts"),
    GET_CONTRACT(Method.GET, "contracts/details", "contract_name reference_number"),
    CREATE_CONTRACT(
            Method.POST,
            "contracts/create",
            "",
            "name company start_date end_date reference_number setup_fees sla contract_category is_active bill_cycle"
                    + " after_hours_included contract_type block_hours block_tickets"),
    UPDATE_CONTRACT(
            Method.PUT,
            "contracts/update",
            "contract_name reference_number",
            "name reference_number setup_fees end_date after_hours_included contract_category block_hours"),

    GET_CATEGORY(Method.GET, "kb/category/details", "category_name"),
    CREATE_CATEGORY(Method.POST, "kb/category/create", "", Names.CATEGORY + " created_by_email"),
    UPDATE_CATEGORY(Method.PUT, "kb/category/update", "category_name", Names.CATEGORY),
    DELETE_CATEGORY(Method.DELETE, "kb/category/delete", "category_name"),
    GET_FOLDER(Method.GET, "kb/folder/details", "category_name folder_name"),
    CREATE_FOLDER(Method.POST, "kb/folder/create", "", "category_name folder_name created_by_email"),
    UPDATE_FOLDER(Method.PUT, "kb/folder/update", "category_name folder_name", "category_name folder_name"),
    DELETE_FOLDER(Method.DELETE, "kb/folder/delete", "category_name folder_name"),
    LIST_ARTICLES(Method.GET, "kb/article/", ""),
    GET_ARTICLE(Method.GET, "kb/article/details", "article_name"),
    CREATE_ARTICLE(Method.POST, "kb/article/create", "", Names.ARTICLE + " created_by_email"),
    UPDATE_ARTICLE(Method.PUT, "kb/article/update", "article_name", Names.ARTICLE),
    DELETE_ARTICLE(Method.DELETE, "kb/article/delete", "article_name"),

    LIST_LOCATIONS(Method.GET, "asset_mgmt/locations", ""),
    GET_LOCATION(Method.GET, "asset_mgmt/locations/details", "location_name"),
    CREATE_LOCATION(Method.POST, "asset_mgmt/locations/create", "", Names.LOCATION + " parent_location_name"),
    UPDATE_LOCATION(Method.PUT, "asset_mgmt/locations/update", "location_name", Names.LOCATION),

    LIST_AGENTS(Method.GET, "agents", "");

    /** The HTTP methods of the API. */
    enum Method {
        GET,
        POST,
        PUT,
        DELETE
    }

    private static final Set<String> NAMELESS = Stream.of(
                    CREATE_TICKET,
                    CREATE_TICKET_WITH_ATTACHMENT,
                    ADD_REPLY,
                    ADD_REPLY_WITH_ATTACHMENT,
                    ADD_NOTE,
                    ADD_NOTE_WITH_ATTACHMENT,
                    IMPORT_CONVERSATIONS,
                    CREATE_TIME_ENTRY)
            .map(Operation::words)
            .collect(Collectors.toUnmodifiableSet());

    private static final class Names {
        static final String TICKET = "email subject description status priority type assign_to group category"
                + " sub_category form_name custom_fields watchers share_to";
        static final String REPLY =
                "body cc_emails bcc_emails agent_email from_email include_prev_ccs include_prev_messages";
        static final String NOTE = "body agent_email notify_emails private_note";
        static final String CONTACT = "name primary_email secondary_emails title mobile phone company_name";
        static final String COMPANY = "name description phone address city state country zipcode sla domains";
        static final String CATEGORY = "category_name category_description support_portal_visibility company_list"
                + " agent_portal_visibility agent_group_list";
        static final String ARTICLE = "article_title article_content category_name folder_name status";
        static final String LOCATION = "location_name contact_name contact_email contact_phone location_address"
                + " location_city location_state location_country location_zipcode";
    }

    final Method method;
    final String path;
    final Set<String> query;
    final Set<String> body;

    /** The name of the JSON object that accompanies uploaded files; null if the operation uploads none. */
    final @Nullable String object;

    /** Created at its first use. */
    private volatile @Nullable Expected answer;

    Operation(Method method, String path, String query) {
        this(method, path, query, "");
    }

    Operation(Method method, String path, String query, String body) {
        this(method, path, query, body, null);
    }

    Operation(Method method, String path, String query, String body, @Nullable String object) {
        this.method = method;
        this.path = path;
        this.query = names(query);
        this.body = names(body);
        this.object = object;
    }

    private static Set<String> names(String names) {
        return names.isEmpty() ? Set.of() : Set.of(names.split(" "));
    }

    /** Returns what a valid response contains, and which of its fields identify the record. */
    Expected answer() {
        Expected known = answer;
        if (known == null) {
            known = expected();
            answer = known;
        }
        return known;
    }

    private Expected expected() {
        return switch (this) {
            // Plain text, labelled as JSON.
            case PING -> Expected.message();
            case LIST_TICKETS, SEARCH_TICKETS -> Expected.list("tickets");
            case GET_TICKET, UPDATE_TICKET -> Expected.record("ticket_number").naming("ticket_number");
            case CREATE_TICKET -> ticket(Expected.record("ticket_number"));
            // The vendor documents the request's fields as the response to uploads; no response was recorded.
            case CREATE_TICKET_WITH_ATTACHMENT -> ticket(Expected.record("ticket_number", "subject"));
            case ADD_REPLY ->
                Expected.record("ticket_number").naming("ticket_number").mailing("body");
            case ADD_NOTE ->
                Expected.record("ticket_number").naming("ticket_number").saying("body");
            case ADD_REPLY_WITH_ATTACHMENT ->
                Expected.record("ticket_number", "body").naming("ticket_number").mailing("body");
            case ADD_NOTE_WITH_ATTACHMENT ->
                Expected.record("ticket_number", "body").naming("ticket_number").saying("body");
            case LIST_CONVERSATIONS -> Expected.list("conversations").naming("ticket_number");
            // The response is unknown.
            case IMPORT_CONVERSATIONS -> Expected.anything().naming("ticket_number");

            // Rows of other companies show that a filter was ignored, not that the response is another request's.
            case LIST_CONTACTS -> Expected.list("content");
            case GET_CONTACT ->
                Expected.record("primary_email", "email")
                        .naming("primary_email", "primary_email email +secondary_emails +secondary_email")
                        .naming("secondary_email", "secondary_emails secondary_email +primary_email +email");
            case CREATE_CONTACT, CREATE_CONTACT_WITH_ATTACHMENT ->
                Expected.record("primary_email", "email").naming("primary_email", "primary_email email");
            case UPDATE_CONTACT ->
                Expected.echo("primary_email", "email")
                        .naming("primary_email", "primary_email email +secondary_emails +secondary_email");

            case LIST_COMPANIES -> Expected.list("content");
            case GET_COMPANY, CREATE_COMPANY, CREATE_COMPANY_WITH_ATTACHMENT ->
                Expected.record("name").naming("name");
            case UPDATE_COMPANY -> Expected.echo("name").naming("company_name name", "name");

            case LIST_TIME_ENTRIES -> Expected.list("content").naming("ticket_number");
            case GET_TIME_ENTRY -> Expected.record("id").naming("id");
            case CREATE_TIME_ENTRY ->
                Expected.record("id", "ticket_number")
                        .naming("ticket_number")
                        .naming("agent_email")
                        .naming("time_spent_in_minutes")
                        .saying("note")
                        .saying("additional_info");

            case LIST_SURVEYS -> Expected.list("surveys");
            case GET_SURVEY -> Expected.record("survey_name").naming("survey_name");
            case LIST_SURVEY_RATINGS -> Expected.list("survey_ratings");

            case LIST_CONTRACTS -> Expected.list("contracts");
            case GET_CONTRACT ->
                Expected.record("name").naming("contract_name", "name").naming("reference_number");
            // Contracts may share a name.
            case CREATE_CONTRACT ->
                Expected.record("name").naming("name").naming("company").naming("reference_number");
            case UPDATE_CONTRACT ->
                Expected.echo("name").naming("contract_name name", "name").naming("reference_number");

            case GET_CATEGORY, CREATE_CATEGORY, UPDATE_CATEGORY ->
                Expected.record("category_name").naming("category_name");
            // The service returns a folder's name as category_name, and its category as parent_category_name.
            case GET_FOLDER, CREATE_FOLDER, UPDATE_FOLDER ->
                Expected.record("category_name", "folder_name")
                        .naming("folder_name", "folder_name|category_name")
                        .naming("category_name", "parent_category_name")
                        .naming("category_name folder_name", "category_name");
            case LIST_ARTICLES -> Expected.list("article_titles");
            case GET_ARTICLE -> Expected.record("article_title").naming("article_name", "article_title");
            case CREATE_ARTICLE -> Expected.record("article_title").naming("article_title");
            case UPDATE_ARTICLE ->
                Expected.record("article_title").naming("article_name article_title", "article_title");
            // Deletions return only a message.
            case DELETE_CATEGORY -> Expected.message().naming("category_name");
            case DELETE_FOLDER -> Expected.message().naming("folder_name");
            case DELETE_ARTICLE -> Expected.message().naming("article_name", "article_title");

            case LIST_LOCATIONS -> Expected.list("locations");
            case GET_LOCATION, CREATE_LOCATION, UPDATE_LOCATION ->
                Expected.record("location_name").naming("location_name");

            // Undocumented.
            case LIST_AGENTS -> Expected.list("content", "agents", "data");
        };
    }

    /**
     * The service returns a contact's primary address for a secondary one, so another address does not show another
     * ticket if the description is the same.
     */
    private static Expected ticket(Expected record) {
        return record.saying("subject")
                .saying("description", "description description_text")
                .namingUnlessSaying("email", "contact_email|email", "description", "description description_text");
    }

    /** Returns the id in the OpenAPI description, such as {@code listTickets}. */
    String id() {
        StringBuilder id = new StringBuilder();
        for (String word : words().split(" ")) {
            id.append(id.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return id.toString();
    }

    /**
     * Whether an operation creates a record that has no name, such as a reply. No such record can conflict with another
     * one, so 409 presumably comes from a server in between that saw the same request twice.
     *
     * @param words the operation as in a sentence
     */
    static boolean isNamelessCreate(String words) {
        return NAMELESS.contains(words);
    }

    /** Returns the name as in a sentence, such as {@code list tickets}. */
    String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
