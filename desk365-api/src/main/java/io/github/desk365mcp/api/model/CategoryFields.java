package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.Input;
import java.util.List;

/**
 * What new categories and changes of categories have in common.
 *
 * @param <S> the input's own type, for chaining
 */
public abstract sealed class CategoryFields<S extends CategoryFields<S>> extends Input<S>
        permits NewCategory, CategoryUpdate {

    /** Nothing is set at first. */
    CategoryFields() {}

    /** Plain text. */
    public S description(String description) {
        return set("category_description", description);
    }

    /** Who sees it in the support portal. */
    public S supportPortalVisibility(PortalVisibility visibility) {
        return set("support_portal_visibility", visibility.code());
    }

    /** The companies that {@link PortalVisibility#COMPANIES} means, by name. Replaces the whole list (inferred). */
    public S companies(String... companies) {
        return set("company_list", List.of(companies));
    }

    /** Which agents see it. */
    public S agentPortalVisibility(AgentVisibility visibility) {
        return set("agent_portal_visibility", visibility.code());
    }

    /** The groups that {@link AgentVisibility#GROUPS} means, by name. Replaces the whole list (inferred). */
    public S groups(String... groups) {
        return set("agent_group_list", List.of(groups));
    }
}
