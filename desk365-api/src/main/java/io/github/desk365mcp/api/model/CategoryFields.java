package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.Input;
import java.util.List;

/**
 * Fields that new categories and category updates share.
 *
 * @param <S> the input's own type, for chaining
 */
public abstract sealed class CategoryFields<S extends CategoryFields<S>> extends Input<S>
        permits NewCategory, CategoryUpdate {

    /** Creates an input with no fields set. */
    CategoryFields() {}

    /**
     * Sets the description.
     *
     * @param description the description, presumably plain text (inferred)
     * @return this
     */
    public S description(String description) {
        return set("category_description", description);
    }

    /**
     * Sets who can see the category in the support portal.
     *
     * @param visibility the visibility; {@link PortalVisibility#COMPANIES} also needs {@link #companies}
     * @return this
     */
    public S supportPortalVisibility(PortalVisibility visibility) {
        return set("support_portal_visibility", visibility.code());
    }

    /**
     * Sets the companies that can see the category, for {@link PortalVisibility#COMPANIES}. Replaces the whole list
     * (inferred).
     *
     * @param companies the names of the companies
     * @return this
     */
    public S companies(String... companies) {
        return set("company_list", List.of(companies));
    }

    /**
     * Sets which agents can see the category.
     *
     * @param visibility the visibility; {@link AgentVisibility#GROUPS} also needs {@link #groups}
     * @return this
     */
    public S agentPortalVisibility(AgentVisibility visibility) {
        return set("agent_portal_visibility", visibility.code());
    }

    /**
     * Sets the groups whose agents can see the category, for {@link AgentVisibility#GROUPS}. Replaces the whole list
     * (inferred).
     *
     * @param groups the names of the groups
     * @return this
     */
    public S groups(String... groups) {
        return set("agent_group_list", List.of(groups));
    }
}
