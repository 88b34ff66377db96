package io.github.desk365mcp.sandbox;

/**
 * A refusal that nobody has seen the live service make, or that sources contradict each other about. All are on unless
 * {@link Options#without} takes them away, because a client that satisfies the strictest reading is safe with any.
 */
public enum Guess {
    /** Clients began to send a status after a ticket without one had failed; another source calls it optional. */
    TICKET_NEEDS_STATUS,
    /** The vendor's older connector requires a description; a newer client calls it optional. */
    TICKET_NEEDS_DESCRIPTION,
    /** The longest of 500 live subjects has 117 characters, and one client clips at 120. */
    SUBJECT_UP_TO_120,
    /** A subject is never cleared by an update: nobody has tried. */
    SUBJECT_NOT_EMPTY,
    /** That names of groups, types and the like must exist is known, the status 400 is not. */
    KNOWN_NAMES,
    /** Agents' addresses, in assignments, watchers and notes, must be those of agents. */
    KNOWN_AGENTS,
    /** A subcategory belongs to the category beside it. */
    SUBCATEGORY_OF_CATEGORY,
    /** A dropdown takes one of its own values only. */
    DROPDOWN_VALUES,
    /** Priorities, flags and the like take one of their codes. */
    KNOWN_CODES,
    /** A field has the type that the documentation gives it: 400, not a silent conversion. */
    FIELD_TYPES,
    /** A reply comes from one of the account's own mailboxes. */
    KNOWN_MAILBOX,
    /** A body that is not JSON, or a form that cannot be taken apart, is refused and not taken for an empty one. */
    READABLE_BODY,
    /** An offset, a ticket number or a filter that cannot be read is refused and not taken for absent. */
    READABLE_QUERY,
    /** A search has a query, which is a JSON object: the one client that searches sends it always. */
    SEARCH_QUERY,
    /** A filter by a key that does not exist is refused; unknown query parameters, in contrast, are ignored. */
    KNOWN_FILTERS,
    /** A contact has an address. */
    CONTACT_NEEDS_EMAIL,
    /** An email address has a local part and a domain. */
    EMAIL_FORM,
    /** No two contacts have one primary address. */
    UNIQUE_CONTACT,
    /** A contact's company must exist: one client repeats the call without it when the error speaks of a company. */
    CONTACT_COMPANY_EXISTS,
    /** A company, category, folder, article, location or contract has a name. */
    NAME_NEEDED,
    /** No two companies have one name, since the name is the key. */
    UNIQUE_COMPANY,
    /** No two knowledge base categories have one name. */
    UNIQUE_CATEGORY,
    /** No two folders of a category have one name. */
    UNIQUE_FOLDER,
    /** An imported message is a reply, a note or a forward: read off from what conversations hold. */
    IMPORTED_TYPE,
    /** An imported message has a text. */
    IMPORTED_BODY,
    /** The time of an imported message has the form that the service writes times in. */
    IMPORTED_TIME,
    /** A folder or an article goes where something exists. */
    PARENT_EXISTS,
    /** The fields of a location have greatest lengths: from one source. */
    LOCATION_LENGTHS,
    /** A contract is for a company that exists. */
    CONTRACT_COMPANY_EXISTS,
    /** A contract has the block that belongs to its type, and not the other one. */
    CONTRACT_BLOCK,
    /** A name that several contracts share does not find one. */
    UNAMBIGUOUS_CONTRACT,
    /** A time entry names a ticket that exists. */
    TIME_ENTRY_TICKET
}
