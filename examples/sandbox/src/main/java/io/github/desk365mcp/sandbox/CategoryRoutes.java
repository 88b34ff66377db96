package io.github.desk365mcp.sandbox;

import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Categories of the knowledge base. No operation lists them. */
final class CategoryRoutes {

    private static final Set<String> CHANGES = Set.of(
            "category_name",
            "category_description",
            "support_portal_visibility",
            "company_list",
            "agent_portal_visibility",
            "agent_group_list");

    private static final Set<String> NEW = Set.of(
            "category_name",
            "category_description",
            "support_portal_visibility",
            "company_list",
            "agent_portal_visibility",
            "agent_group_list",
            "created_by_email");

    private final Helpdesk helpdesk;

    CategoryRoutes(Helpdesk helpdesk) {
        this.helpdesk = helpdesk;
    }

    void addTo(Routes routes) {
        routes.get("/kb/category/details", request -> Answer.ok(category(request)));
        routes.post("/kb/category/create", this::create);
        routes.put("/kb/category/update", this::update);
        routes.delete("/kb/category/delete", this::delete);
    }

    private ObjectNode category(Request request) {
        return Helpdesk.get(helpdesk.categories, "category_name", request.required("category_name"));
    }

    private Answer create(Request request) {
        Body body = request.body(NEW);
        String name = body.required("category_name", Guess.NAME_NEEDED, "");
        checkFree(name);
        String author = body.text("created_by_email");
        ObjectNode category = Json.object()
                .put("category_name", name)
                .putNull("category_description")
                .put("support_portal_visibility", 2);
        category.putArray("company_list");
        category.put("agent_portal_visibility", 1);
        category.putArray("agent_group_list");
        category.put(
                        "created_by_email",
                        author == null
                                ? helpdesk.account().keyOwner()
                                : helpdesk.account().agent(author, "created_by_email"))
                .put("created_on", helpdesk.now())
                .put("category_order", helpdesk.categories.size() + 1);
        write(category, body);
        helpdesk.categories.add(category);
        return Answer.ok(category);
    }

    private Answer update(Request request) {
        ObjectNode category = category(request);
        Body body = request.body(CHANGES);
        String before = category.path("category_name").asString();
        String after = body.has("category_name") ? body.required("category_name", Guess.NAME_NEEDED, before) : before;
        if (!after.equals(before)) {
            checkFree(after);
        }
        write(category, body);
        category.put("category_name", after);
        helpdesk.folders.stream()
                .filter(Helpdesk.has("parent_category_name", before))
                .forEach(folder -> folder.put("parent_category_name", after));
        helpdesk.articles.stream()
                .filter(Helpdesk.has("category_name", before))
                .forEach(article -> article.put("category_name", after));
        return Answer.ok(category);
    }

    private void write(ObjectNode category, Body body) {
        int support = body.code(
                "support_portal_visibility",
                category.path("support_portal_visibility").asInt(),
                1,
                2,
                3,
                4);
        int agents = body.code(
                "agent_portal_visibility",
                category.path("agent_portal_visibility").asInt(),
                1,
                2);
        List<String> groups = body.texts("agent_group_list");
        groups.forEach(group -> helpdesk.account().label("groups", group, "agent_group_list"));
        category.put("support_portal_visibility", support).put("agent_portal_visibility", agents);
        body.copyTexts(category, "category_description");
        if (body.has("company_list")) {
            category.set("company_list", Json.texts(body.texts("company_list")));
        }
        if (body.has("agent_group_list")) {
            category.set("agent_group_list", Json.texts(groups));
        }
    }

    private void checkFree(String name) {
        helpdesk.rules()
                .refuseIf(
                        Helpdesk.find(helpdesk.categories, "category_name", name)
                                .isPresent(),
                        Guess.UNIQUE_CATEGORY,
                        "A category with the name '" + name + "' already exists");
    }

    /** Deletes a category with its folders and articles, which would otherwise have no place. */
    private Answer delete(Request request) {
        ObjectNode category = category(request);
        String name = category.path("category_name").asString();
        helpdesk.categories.remove(category);
        helpdesk.folders.removeIf(Helpdesk.has("parent_category_name", name));
        helpdesk.articles.removeIf(Helpdesk.has("category_name", name));
        return Answer.ok(Json.object().put("message", "Category deleted successfully"));
    }
}
