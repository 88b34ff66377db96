package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.JsonDocument;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A category of the knowledge base. */
public final class Category extends JsonDocument {

    /** A view over these fields. */
    public Category(Map<String, ?> fields) {
        super(fields);
    }

    /** The key. */
    public String categoryName() {
        return required("category_name", text("category_name"));
    }

    /** Plain text. */
    public @Nullable String categoryDescription() {
        return text("category_description");
    }

    /** Who sees it in the support portal. */
    public @Nullable PortalVisibility supportPortalVisibility() {
        return Code.of(PortalVisibility.values(), integer("support_portal_visibility"));
    }

    /** The code behind {@link #supportPortalVisibility()}, also where it is new. */
    public @Nullable Long supportPortalVisibilityCode() {
        return integer("support_portal_visibility");
    }

    /** For which companies, where only some see it. */
    public List<String> companyList() {
        return texts("company_list");
    }

    /** Which agents see it. */
    public @Nullable AgentVisibility agentPortalVisibility() {
        return Code.of(AgentVisibility.values(), integer("agent_portal_visibility"));
    }

    /** The code behind {@link #agentPortalVisibility()}, also where it is new. */
    public @Nullable Long agentPortalVisibilityCode() {
        return integer("agent_portal_visibility");
    }

    /** For which groups, where only some see it. */
    public List<String> agentGroupList() {
        return texts("agent_group_list");
    }

    /** The address of the agent who created it. */
    public @Nullable String createdByEmail() {
        return text("created_by_email");
    }

    /** When it was created. */
    public @Nullable Instant createdOn() {
        return time("created_on");
    }

    /** Its place among the categories. */
    public @Nullable Long categoryOrder() {
        return integer("category_order");
    }
}
