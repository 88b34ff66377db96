package io.github.desk365mcp.sandbox;

/**
 * A refusal that was never observed on the live service, or on which the sources disagree. All are on unless
 * {@link Options#without} turns them off, because a client that passes the strictest checks also works with weaker
 * ones.
 */
public enum Guess {
    /**
     * A ticket needs a status. Clients started to send one after a request without it failed; another source calls it
     * optional.
     */
    TICKET_NEEDS_STATUS,
    /** A ticket needs a description. The vendor's older connector requires it; a newer client calls it optional. */
    TICKET_NEEDS_DESCRIPTION,
    /** A subject has at most 120 characters. The longest of 500 live subjects has 117, and one client cuts at 120. */
    SUBJECT_UP_TO_120,
    /** An update cannot clear the subject. Nobody has tried it. */
    SUBJECT_NOT_EMPTY,
    /**
     * Unknown names of groups, types and so on are refused with 400. That they must exist is known; the status is not.
     */
    KNOWN_NAMES,
    /** Agents' addresses, in assignments, watchers and notes, must be those of agents. */
    KNOWN_AGENTS,
    /** A subcategory must belong to the ticket's category. */
    SUBCATEGORY_OF_CATEGORY,
    /** A dropdown accepts only its own values. */
    DROPDOWN_VALUES,
    /** Priorities, flags and so on accept only their codes. */
    KNOWN_CODES,
    /** A field of another type than documented is refused with 400, and not silently converted. */
    FIELD_TYPES,
    /** A reply can be sent only from one of the account's own mailboxes. */
    KNOWN_MAILBOX,
    /** A body that is not JSON, or a form that cannot be parsed, is refused, and not treated as empty. */
    READABLE_BODY,
    /** An offset, a ticket number or a filter that cannot be parsed is refused, and not treated as absent. */
    READABLE_QUERY,
    /** A search needs a query, which is a JSON object. The only client that searches always sends one. */
    SEARCH_QUERY,
    /** A filter by a key that does not exist is refused; unknown query parameters, in contrast, are ignored. */
    KNOWN_FILTERS,
    /** A contact needs an address. */
    CONTACT_NEEDS_EMAIL,
    /** An email address needs a local part and a domain. */
    EMAIL_FORM,
    /** Two contacts cannot have the same primary address. */
    UNIQUE_CONTACT,
    /** A contact's company must exist. One client repeats the call without it if the error mentions a company. */
    CONTACT_COMPANY_EXISTS,
    /** A company, category, folder, article, location or contract needs a name. */
    NAME_NEEDED,
    /** Two companies cannot have the same name, because the name is the key. */
    UNIQUE_COMPANY,
    /** Two knowledge base categories cannot have the same name. */
    UNIQUE_CATEGORY,
    /** Two folders of a category cannot have the same name. */
    UNIQUE_FOLDER,
    /** An imported message must be a reply, a note or a forward, as in conversations. */
    IMPORTED_TYPE,
    /** An imported message needs a text. */
    IMPORTED_BODY,
    /** The time of an imported message must have the format of the service's own times. */
    IMPORTED_TIME,
    /** The place of a new folder or article must exist. */
    PARENT_EXISTS,
    /** The fields of a location have maximum lengths. From one source. */
    LOCATION_LENGTHS,
    /** A contract's company must exist. */
    CONTRACT_COMPANY_EXISTS,
    /** A contract takes the block of its type, and not the other one. */
    CONTRACT_BLOCK,
    /** A name that several contracts share finds none of them. */
    UNAMBIGUOUS_CONTRACT,
    /** The ticket of a time entry must exist. */
    TIME_ENTRY_TICKET
}
