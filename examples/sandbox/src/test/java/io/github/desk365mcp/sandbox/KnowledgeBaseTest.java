package io.github.desk365mcp.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.sandbox.Caller.Reply;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

class KnowledgeBaseTest {

    private static final String PLACE = "'category_name': 'Network & VPN', 'folder_name': 'Known issues'";

    private static final Desk365Sandbox SANDBOX = Desk365Sandbox.start(options -> options.plan(Plan.UNLIMITED));

    @RegisterExtension
    static final SandboxLifecycle LIFECYCLE = new SandboxLifecycle(SANDBOX);

    private final Caller caller = new Caller(SANDBOX);

    private List<String> titles() {
        return Json.texts(caller.get("/kb/article/").json().path("article_titles"));
    }

    @Test
    void only_published_articles_are_listed_and_read() {
        String draft = "Remote access on private computers";

        assertThat(titles()).hasSize(15).doesNotContain(draft);
        assertThat(caller.get("/kb/article/details", "article_name", draft).status())
                .isEqualTo(404);
        caller.put("/kb/article/update", "{'status': 1}", "article_name", draft);
        assertThat(titles()).hasSize(16).contains(draft);
    }

    @Test
    void an_article_can_be_created_changed_and_deleted() {
        Reply created = caller.post(
                "/kb/article/create",
                "{'article_title': 'VPN gateway outage', 'article_content': '<p>Use <b>vpn2</b>.</p>', 'status': 1, "
                        + PLACE + "}");
        assertThat(created.status()).isEqualTo(200);
        assertThat(created.json().propertyNames())
                .containsExactly(
                        "article_title",
                        "article_content",
                        "article_content_text",
                        "category_name",
                        "folder_name",
                        "has_attachments",
                        "attachments",
                        "created_by_email",
                        "updated_by_email",
                        "created_on",
                        "updated_on",
                        "article_views",
                        "article_likes",
                        "article_dislikes",
                        "status",
                        "agent_url",
                        "support_url");
        assertThat(created.json().path("article_content_text").asString()).isEqualTo("Use vpn2.");

        caller.put("/kb/article/update", "{'article_title': 'VPN'}", "article_name", "VPN gateway outage");
        assertThat(titles()).contains("VPN").doesNotContain("VPN gateway outage");

        Reply deleted = caller.delete("/kb/article/delete", "article_name", "VPN");
        assertThat(deleted.status()).isEqualTo(200);
        assertThat(deleted.json().propertyNames()).containsExactly("message");
        assertThat(titles()).doesNotContain("VPN");
    }

    @Test
    void two_articles_may_share_a_title_and_the_older_one_is_found() {
        caller.post(
                "/kb/article/create",
                "{'article_title': 'Twin', 'article_content': 'one', 'status': 1, " + PLACE + "}");
        caller.post(
                "/kb/article/create",
                "{'article_title': 'Twin', 'article_content': 'two', 'status': 1, " + PLACE + "}");

        assertThat(titles()).filteredOn("Twin"::equals).hasSize(2);
        assertThat(caller.get("/kb/article/details", "article_name", "Twin")
                        .json()
                        .path("article_content")
                        .asString())
                .isEqualTo("one");
    }

    @Test
    void a_folder_has_its_own_name_as_category_name() {
        JsonNode folder = caller.get(
                        "/kb/folder/details", "category_name", "Network & VPN", "folder_name", "Known issues")
                .json();

        assertThat(folder.propertyNames())
                .containsExactly("category_name", "parent_category_name", "created_by_email", "created_on");
        assertThat(folder.path("category_name").asString()).isEqualTo("Known issues");
        assertThat(folder.path("parent_category_name").asString()).isEqualTo("Network & VPN");
    }

    @Test
    void a_folder_can_be_created_renamed_moved_and_deleted() {
        assertThat(caller.post("/kb/folder/create", "{'category_name': 'Billing', 'folder_name': 'Old'}")
                        .status())
                .isEqualTo(200);
        caller.put(
                "/kb/folder/update",
                "{'category_name': 'Point of sale', 'folder_name': 'New'}",
                "category_name",
                "Billing",
                "folder_name",
                "Old");
        assertThat(caller.get("/kb/folder/details", "category_name", "Point of sale", "folder_name", "New")
                        .status())
                .isEqualTo(200);
        assertThat(caller.delete("/kb/folder/delete", "category_name", "Point of sale", "folder_name", "New")
                        .json()
                        .has("message"))
                .isTrue();
        assertThat(caller.get("/kb/folder/details", "category_name", "Point of sale", "folder_name", "New")
                        .status())
                .isEqualTo(404);
        assertThat(caller.get("/kb/folder/details", "category_name", "Billing").status())
                .isEqualTo(405);
    }

    @Test
    void renaming_a_folder_renames_it_in_its_articles() {
        caller.put(
                "/kb/folder/update",
                "{'folder_name': 'Tips'}",
                "category_name",
                "Network & VPN",
                "folder_name",
                "How to");

        assertThat(caller.get("/kb/article/details", "article_name", "Guest Wi-Fi: how visitors get online")
                        .json()
                        .path("folder_name")
                        .asString())
                .isEqualTo("Tips");
    }

    @Test
    void a_category_can_be_created_and_changed() {
        JsonNode created = caller.post(
                        "/kb/category/create",
                        "{'category_name': 'Security', 'category_description': 'd', 'support_portal_visibility': 4,"
                                + " 'company_list': ['Northwind'], 'agent_portal_visibility': 2,"
                                + " 'agent_group_list': ['Network'], 'created_by_email': 'tom.becker@desk.example'}")
                .json();

        assertThat(created.propertyNames())
                .containsExactly(
                        "category_name",
                        "category_description",
                        "support_portal_visibility",
                        "company_list",
                        "agent_portal_visibility",
                        "agent_group_list",
                        "created_by_email",
                        "created_on",
                        "category_order");
        assertThat(Json.texts(created.path("company_list"))).containsExactly("Northwind");

        caller.put("/kb/category/update", "{'support_portal_visibility': 1}", "category_name", "Security");
        JsonNode changed =
                caller.get("/kb/category/details", "category_name", "Security").json();
        assertThat(changed.path("support_portal_visibility").asInt()).isEqualTo(1);
        assertThat(changed.path("category_description").asString()).isEqualTo("d");
    }

    @Test
    void renaming_a_category_renames_it_in_folders_and_articles_and_deleting_it_deletes_them() {
        caller.put("/kb/category/update", "{'category_name': 'Networks'}", "category_name", "Network & VPN");
        assertThat(caller.get("/kb/folder/details", "category_name", "Networks", "folder_name", "How to")
                        .status())
                .isEqualTo(200);

        assertThat(caller.delete("/kb/category/delete", "category_name", "Networks")
                        .status())
                .isEqualTo(200);
        assertThat(caller.get("/kb/category/details", "category_name", "Networks")
                        .status())
                .isEqualTo(404);
        assertThat(titles()).hasSize(12);
    }
}
