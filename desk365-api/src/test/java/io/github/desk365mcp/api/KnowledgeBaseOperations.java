package io.github.desk365mcp.api;

import static io.github.desk365mcp.api.model.ArticleStatus.DRAFT;
import static io.github.desk365mcp.api.model.ArticleStatus.PUBLISHED;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.api.model.AgentVisibility;
import io.github.desk365mcp.api.model.Article;
import io.github.desk365mcp.api.model.Category;
import io.github.desk365mcp.api.model.Folder;
import io.github.desk365mcp.api.model.PortalVisibility;
import org.junit.jupiter.api.Test;

/** Categories, folders and articles. */
interface KnowledgeBaseOperations extends WithDesk {

    private KnowledgeBase base() {
        return desk().knowledgeBase();
    }

    @Test
    default void a_category_is_created_changed_and_deleted() {
        assertThat(base().createCategory("Smallest", c -> {}).agentPortalVisibility())
                .isEqualTo(AgentVisibility.ALL);

        base().createCategory(
                        "Fullest & best",
                        c -> c.description("Everything")
                                .supportPortalVisibility(PortalVisibility.COMPANIES)
                                .companies("Northwind", "Fabrikam GmbH")
                                .agentPortalVisibility(AgentVisibility.GROUPS)
                                .groups("Network")
                                .createdBy(AGENT));
        Category fullest = base().category("Fullest & best");
        assertThat(fullest.categoryDescription()).isEqualTo("Everything");
        assertThat(fullest.supportPortalVisibility()).isEqualTo(PortalVisibility.COMPANIES);
        assertThat(fullest.companyList()).containsExactly("Northwind", "Fabrikam GmbH");
        assertThat(fullest.agentGroupList()).containsExactly("Network");
        assertThat(fullest.createdByEmail()).isEqualTo(AGENT);

        base().updateCategory("Smallest", c -> c.description("Small"));
        base().updateCategory(
                        "Smallest",
                        c -> c.rename("Smaller")
                                .description("Tiny")
                                .supportPortalVisibility(PortalVisibility.HIDDEN)
                                .companies("Northwind")
                                .agentPortalVisibility(AgentVisibility.GROUPS)
                                .groups("Billing"));
        Category changed = base().category("Smaller");
        assertThat(changed.categoryDescription()).isEqualTo("Tiny");
        assertThat(changed.supportPortalVisibility()).isEqualTo(PortalVisibility.HIDDEN);

        assertThat(base().deleteCategory("Smaller").message()).contains("deleted");
    }

    @Test
    default void a_folder_is_created_changed_and_deleted() {
        Folder smallest = base().createFolder("Billing", "Smallest", f -> {});
        assertThat(smallest.folderName()).isEqualTo("Smallest");
        base().createFolder("Billing", "Fullest", f -> f.createdBy(AGENT));
        Folder fullest = base().folder("Billing", "Fullest");
        assertThat(fullest.parentCategoryName()).isEqualTo("Billing");
        assertThat(fullest.createdByEmail()).isEqualTo(AGENT);

        base().updateFolder("Billing", "Fullest", f -> f.rename("Full"));
        base().updateFolder("Billing", "Full", f -> f.rename("Fuller").moveTo("Point of sale"));
        assertThat(base().folder("Point of sale", "Fuller").createdByEmail()).isEqualTo(AGENT);

        assertThat(base().deleteFolder("Point of sale", "Fuller").message()).contains("deleted");
    }

    @Test
    default void an_article_is_created_changed_and_deleted() {
        base().createArticle("Smallest", "<p>S</p>", a -> a.category("Billing").folder("Invoices"));
        assertThat(base().articleTitles().titles()).doesNotContain("Smallest");
        base().updateArticle("Smallest", a -> a.status(PUBLISHED));
        assertThat(base().article("Smallest").articleContent()).isEqualTo("<p>S</p>");

        base().createArticle(
                        "Fullest?",
                        "<p>F</p>",
                        a -> a.category("Billing")
                                .folder("Invoices")
                                .status(PUBLISHED)
                                .createdBy(AGENT));
        Article fullest = base().article("Fullest?");
        assertThat(fullest.createdByEmail()).isEqualTo(AGENT);
        assertThat(fullest.status()).isEqualTo(PUBLISHED);
        assertThat(base().articleTitles().titles()).contains("Fullest?");

        base().updateArticle(
                        "Fullest?",
                        a -> a.rename("Fuller!")
                                .content("<p>FF</p>")
                                .category("Point of sale")
                                .folder("Tills")
                                .status(PUBLISHED));
        Article changed = base().article("Fuller!");
        assertThat(changed.articleContent()).isEqualTo("<p>FF</p>");
        assertThat(changed.folderName()).isEqualTo("Tills");
        assertThat(base().updateArticle("Smallest", a -> a.status(DRAFT)).status())
                .isEqualTo(DRAFT);

        assertThat(base().deleteArticle("Fuller!").message()).contains("deleted");
        assertThat(base().articleTitles().titles()).doesNotContain("Fuller!");
    }
}
