package io.github.desk365mcp.sandbox;

import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * Folders of the knowledge base. In responses, and so in stored records, {@code category_name} is the folder's own
 * name; in requests it is the category's name.
 */
final class FolderRoutes {

    private final Helpdesk helpdesk;
    private final Rules rules;

    FolderRoutes(Helpdesk helpdesk) {
        this.helpdesk = helpdesk;
        this.rules = helpdesk.rules();
    }

    void addTo(Routes routes) {
        routes.get("/kb/folder/details", request -> Answer.ok(folder(request)));
        routes.post("/kb/folder/create", this::create);
        routes.put("/kb/folder/update", this::update);
        routes.delete("/kb/folder/delete", this::delete);
    }

    private ObjectNode folder(Request request) {
        return find(helpdesk, request.required("category_name"), request.required("folder_name"))
                .orElseThrow(Refusal::notFound);
    }

    static Optional<ObjectNode> find(Helpdesk helpdesk, String category, String folder) {
        return helpdesk.folders.stream()
                .filter(Helpdesk.has("parent_category_name", category).and(Helpdesk.has("category_name", folder)))
                .findFirst();
    }

    private Answer create(Request request) {
        Body body = request.body(Set.of("category_name", "folder_name", "created_by_email"));
        String category = body.required("category_name", Guess.NAME_NEEDED, "");
        String name = body.required("folder_name", Guess.NAME_NEEDED, "");
        checkPlace(category, name);
        String author = body.text("created_by_email");
        ObjectNode folder = Json.object()
                .put("category_name", name)
                .put("parent_category_name", category)
                .put(
                        "created_by_email",
                        author == null
                                ? helpdesk.account().keyOwner()
                                : helpdesk.account().agent(author, "created_by_email"))
                .put("created_on", helpdesk.now());
        helpdesk.folders.add(folder);
        return Answer.ok(folder);
    }

    private Answer update(Request request) {
        ObjectNode folder = folder(request);
        Body body = request.body(Set.of("category_name", "folder_name"));
        String category = folder.path("parent_category_name").asString();
        String name = folder.path("category_name").asString();
        String newCategory =
                body.has("category_name") ? body.required("category_name", Guess.NAME_NEEDED, category) : category;
        String newName = body.has("folder_name") ? body.required("folder_name", Guess.NAME_NEEDED, name) : name;
        if (!newCategory.equals(category) || !newName.equals(name)) {
            checkPlace(newCategory, newName);
        }
        folder.put("parent_category_name", newCategory).put("category_name", newName);
        helpdesk.articles.stream()
                .filter(Helpdesk.has("category_name", category).and(Helpdesk.has("folder_name", name)))
                .forEach(article -> article.put("category_name", newCategory).put("folder_name", newName));
        return Answer.ok(folder);
    }

    private void checkPlace(String category, String name) {
        rules.refuseIf(
                Helpdesk.find(helpdesk.categories, "category_name", category).isEmpty(),
                Guess.PARENT_EXISTS,
                "Invalid value '" + category + "' for category_name");
        rules.refuseIf(
                find(helpdesk, category, name).isPresent(),
                Guess.UNIQUE_FOLDER,
                "A folder with the name '" + name + "' already exists in the category");
    }

    /** Deletes a folder with its articles, which would otherwise have no place. */
    private Answer delete(Request request) {
        ObjectNode folder = folder(request);
        String category = folder.path("parent_category_name").asString();
        String name = folder.path("category_name").asString();
        helpdesk.folders.remove(folder);
        helpdesk.articles.removeIf(Helpdesk.has("category_name", category).and(Helpdesk.has("folder_name", name)));
        return Answer.ok(Json.object().put("message", "Folder deleted successfully"));
    }
}
