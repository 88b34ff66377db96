package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.JsonDocument;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A category of the knowledge base. */
public final class Category extends JsonDocument {

    /**
     * Creates a view of a record.
     *
     * @param fields the fields of the JSON object, by name
     */
    public Category(Map<String, ?> fields) {
        super(fields);
    }

    /** {@return the name, which identifies the category} */
    public String categoryName() {
        return required("category_name", text("category_name"));
    }

    /** {@return the description} */
    public @Nullable String categoryDescription() {
        return text("category_description");
    }

    /**
     * {@return who can see the category in the support portal, or null if it is missing or this version does not know
     * its code}
     */
    public @Nullable PortalVisibility supportPortalVisibility() {
        return Code.of(PortalVisibility.values(), integer("support_portal_visibility"));
    }

    /** {@return the code behind {@link #supportPortalVisibility()}, even if this version does not know it} */
    public @Nullable Long supportPortalVisibilityCode() {
        return integer("support_portal_visibility");
    }

    /** {@return the names of the companies that can see the category, for {@link PortalVisibility#COMPANIES}} */
    public List<String> companyList() {
        return texts("company_list");
    }

    /** {@return which agents can see the category, or null if it is missing or this version does not know its code} */
    public @Nullable AgentVisibility agentPortalVisibility() {
        return Code.of(AgentVisibility.values(), integer("agent_portal_visibility"));
    }

    /** {@return the code behind {@link #agentPortalVisibility()}, even if this version does not know it} */
    public @Nullable Long agentPortalVisibilityCode() {
        return integer("agent_portal_visibility");
    }

    /** {@return the names of the groups whose agents can see the category, for {@link AgentVisibility#GROUPS}} */
    public List<String> agentGroupList() {
        return texts("agent_group_list");
    }

    /** {@return the email address of the agent who created the category} */
    public @Nullable String createdByEmail() {
        return text("created_by_email");
    }

    /** {@return when the category was created} */
    public @Nullable Instant createdOn() {
        return time("created_on");
    }

    /** {@return the position among the categories (inferred from the name)} */
    public @Nullable Long categoryOrder() {
        return integer("category_order");
    }
}
