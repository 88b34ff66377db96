package io.github.desk365mcp.tools.internal.account;

import java.util.Set;

/** The kinds of words that each account defines for itself. */
public enum VocabularyKind {
    STATUS("statuses", "tickets"),
    TYPE("types", "tickets"),
    GROUP("groups", "tickets"),
    CATEGORY("categories", "tickets"),
    SUBCATEGORY("subcategories", "tickets"),
    FORM("forms", "tickets"),
    CUSTOM_FIELD("custom_fields", "tickets"),
    AGENT("agents", "tickets", "agents"),
    SLA("slas", "tickets", "companies"),
    COMPANY("companies", "tickets", "companies", "contacts"),
    CONTACT("contacts", "tickets", "contacts"),
    KB_CATEGORY("kb_categories", "knowledge_base"),
    KB_FOLDER("kb_folders", "knowledge_base"),
    ARTICLE("articles", "knowledge_base"),
    SURVEY("surveys", "surveys"),
    LOCATION("locations", "assets"),
    CONTRACT("contracts", "contracts"),
    REFERENCE("reference_numbers", "contracts"),
    CONTRACT_CATEGORY("contract_categories", "contracts");

    private final String plural;
    private final Set<String> tags;

    VocabularyKind(String plural, String... tags) {
        this.plural = plural;
        this.tags = Set.of(tags);
    }

    /** The name for all of them in answers and vocabularies. */
    public String plural() {
        return plural;
    }

    /**
     * The tags of the tools whose answers show such values; a caller with none of these tools is not shown the values.
     */
    public Set<String> tags() {
        return tags;
    }
}
