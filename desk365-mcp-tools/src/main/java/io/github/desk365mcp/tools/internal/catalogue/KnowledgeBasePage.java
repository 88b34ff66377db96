package io.github.desk365mcp.tools.internal.catalogue;

import static io.github.desk365mcp.tools.internal.core.Field.code;
import static io.github.desk365mcp.tools.internal.core.Field.integer;
import static io.github.desk365mcp.tools.internal.core.Field.text;
import static io.github.desk365mcp.tools.internal.core.Field.texts;
import static io.github.desk365mcp.tools.internal.core.Field.time;
import static io.github.desk365mcp.tools.internal.core.Param.identifier;
import static io.github.desk365mcp.tools.internal.core.Param.param;
import static io.github.desk365mcp.tools.internal.core.Type.TEXT;
import static io.github.desk365mcp.tools.internal.core.Type.list;

import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.api.model.AgentVisibility;
import io.github.desk365mcp.api.model.CategoryFields;
import io.github.desk365mcp.api.model.Folder;
import io.github.desk365mcp.api.model.PortalVisibility;
import io.github.desk365mcp.tools.internal.account.VocabularyKind;
import io.github.desk365mcp.tools.internal.core.Arguments;
import io.github.desk365mcp.tools.internal.core.Param;
import io.github.desk365mcp.tools.internal.core.RecordMapping;
import io.github.desk365mcp.tools.internal.core.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tools for the categories and folders of the knowledge base. */
public final class KnowledgeBasePage extends CataloguePage {

    private static final RecordMapping CATEGORY = RecordMapping.of(
            text("category_name"),
            text("category_description"),
            code("support_portal_visibility", PortalVisibility.class),
            texts("company_list"),
            code("agent_portal_visibility", AgentVisibility.class),
            texts("agent_group_list"),
            text("created_by_email"),
            time("created_on"),
            integer("category_order"));

    /** The service returns the folder's name as {@code category_name}; see {@link #named}. */
    private static final RecordMapping FOLDER = RecordMapping.of(
            text("category_name").as("folder_name"),
            text("parent_category_name").as("category_name"),
            text("created_by_email"),
            time("created_on"));

    static final RecordMapping DELETED = RecordMapping.of(text("message"));

    static final Param<String> CATEGORY_NAME = identifier("category_name", TEXT)
            .description("Its exact name.")
            .foundIn("get_single_desk_365_kb_article_by_id", "category_name")
            .example("Network & VPN")
            .about(VocabularyKind.KB_CATEGORY);
    static final Param<String> FOLDER_NAME = identifier("folder_name", TEXT)
            .description("Its exact name.")
            .foundIn("get_single_desk_365_kb_article_by_id", "folder_name")
            .example("Known issues")
            .about(VocabularyKind.KB_FOLDER);
    static final Param<String> AUTHOR = param("created_by_email", Type.ADDRESS)
            .description("The author's address.")
            .shownIn("list_all_desk_365_agents", "agents[].agent_email")
            .example("rita.solberg@desk.example");

    private static final Param<String> NEW_CATEGORY =
            param("category_name", Type.NAME).description("Its name.").required();
    private static final Param<String> NEW_FOLDER =
            param("folder_name", Type.NAME).description("Its name.").required();
    private static final Param<String> RENAMED_CATEGORY = param("new_category_name", Type.NAME)
            .about(Param.Change.SETS, "category_name")
            .description("Renames it; the old name is gone.");
    private static final Param<String> RENAMED_FOLDER =
            RENAMED_CATEGORY.named("new_folder_name").about(Param.Change.SETS, "folder_name");
    private static final Param<String> MOVED = CATEGORY_NAME
            .optional()
            .named("new_category_name")
            .about(Param.Change.SETS, "category_name")
            .sourceUntold()
            .description("Moves it to this category.")
            .example("Billing");

    private static final Param<String> DESCRIPTION =
            param("category_description", TEXT).description("Plain text.");
    private static final Param<PortalVisibility> PORTAL = param(
                    "support_portal_visibility", Type.code(PortalVisibility.class))
            .description("Who sees it; companies: only those in company_list.");
    private static final Param<List<String>> COMPANY_LIST = param("company_list", list(TEXT))
            .about(VocabularyKind.COMPANY)
            .description("Company names.")
            .shownIn("list_all_desk_365_companies", "companies[].company_name")
            .example(List.of("Northwind"));
    private static final Param<AgentVisibility> AGENTS = param(
                    "agent_portal_visibility", Type.code(AgentVisibility.class))
            .description("Which agents see it; groups: only those in agent_group_list.");
    private static final Param<List<String>> GROUP_LIST = param("agent_group_list", list(TEXT))
            .about(VocabularyKind.GROUP)
            .description("Group names.")
            .shownIn("list_all_desk_365_tickets", "tickets[].group")
            .example(List.of("Network"));
    private static final Param<?>[] CATEGORY_FIELDS = {DESCRIPTION, PORTAL, COMPANY_LIST, AGENTS, GROUP_LIST};

    KnowledgeBasePage() {
        super("knowledge_base");
    }

    @Override
    void write() {
        writeCategories();
        writeFolders();
    }

    private void writeCategories() {
        gets("get_single_desk_365_kb_category_by_id", "get_kb_category")
                .title("Get a knowledge-base category")
                .description("Gets a category and who sees it. Categories cannot be listed; articles name theirs.")
                .takes(CATEGORY_NAME.alsoKnownAs("id", "name"))
                .answers(CATEGORY)
                .handler((desk, in) -> desk.knowledgeBase().category(in.need(CATEGORY_NAME)));

        creates("create_a_desk_365_kb_category", "create_kb_category")
                .title("Add a knowledge-base category")
                .description("Adds an empty category.")
                .seeAlso("Add folders to it with create_a_desk_365_kb_folder.")
                .takes(NEW_CATEGORY.alsoKnownAs("name"))
                .takes(CATEGORY_FIELDS)
                .takes(AUTHOR)
                .publishes(in -> in.get(PORTAL) != PortalVisibility.HIDDEN)
                .answers(CATEGORY)
                .findsAgain(
                        CATEGORY,
                        LostWriteFinder.named(
                                CATEGORY, (desk, in) -> desk.knowledgeBase().category(in.need(NEW_CATEGORY))))
                .handler((desk, in) -> desk.knowledgeBase().createCategory(in.need(NEW_CATEGORY), more -> {
                    fill(more, in);
                    in.set(AUTHOR, more::createdBy);
                }));

        updates("update_a_desk_365_kb_category_by_id", "update_kb_category")
                .readBy("get_single_desk_365_kb_category_by_id")
                .title("Change a knowledge-base category")
                .description("Changes only the fields given; a list replaces the whole list.")
                .takes(CATEGORY_NAME.alsoKnownAs("id"), RENAMED_CATEGORY)
                .takes(CATEGORY_FIELDS)
                .publishes(in -> Stream.of(RENAMED_CATEGORY, DESCRIPTION, PORTAL, COMPANY_LIST)
                        .anyMatch(in::has))
                .answers(CATEGORY)
                .handler((desk, in) -> desk.knowledgeBase().updateCategory(in.need(CATEGORY_NAME), changes -> {
                    fill(changes, in);
                    in.set(RENAMED_CATEGORY, changes::rename);
                }));

        deletes("delete_a_desk_365_kb_category_by_id", "delete_kb_category")
                .title("Delete a knowledge-base category")
                .description("Permanently deletes a category, possibly with its folders and articles.")
                .takes(CATEGORY_NAME.alsoKnownAs("id", "name"))
                .answers(DELETED)
                .handler((desk, in) -> desk.knowledgeBase().deleteCategory(in.need(CATEGORY_NAME)));
    }

    private void writeFolders() {
        gets("get_single_desk_365_kb_folder_by_id", "get_kb_folder")
                .title("Get a knowledge-base folder")
                .description("Gets who created a folder and when. Its articles cannot be listed.")
                .takes(CATEGORY_NAME, FOLDER_NAME.alsoKnownAs("id", "name"))
                .answers(FOLDER)
                .handler(
                        (desk, in) -> named(desk.knowledgeBase().folder(in.need(CATEGORY_NAME), in.need(FOLDER_NAME))));

        creates("create_a_desk_365_kb_folder", "create_kb_folder")
                .title("Add a knowledge-base folder")
                .description("Adds a folder to an existing category.")
                .takes(CATEGORY_NAME, NEW_FOLDER.alsoKnownAs("name"), AUTHOR)
                .publishes()
                .answers(FOLDER)
                .findsAgain(
                        FOLDER,
                        LostWriteFinder.named(
                                FOLDER,
                                (desk, in) -> named(
                                        desk.knowledgeBase().folder(in.need(CATEGORY_NAME), in.need(NEW_FOLDER)))))
                .handler((desk, in) -> named(desk.knowledgeBase()
                        .createFolder(
                                in.need(CATEGORY_NAME), in.need(NEW_FOLDER), more -> in.set(AUTHOR, more::createdBy))));

        updates("update_a_desk_365_kb_folder_by_id", "update_kb_folder")
                .readBy("get_single_desk_365_kb_folder_by_id")
                .title("Change a knowledge-base folder")
                .description("Renames a folder, or moves it to another category.")
                .takes(CATEGORY_NAME, FOLDER_NAME.alsoKnownAs("id"), RENAMED_FOLDER, MOVED)
                // Another category may be visible to other people.
                .publishes()
                .answers(FOLDER)
                .handler((desk, in) -> named(desk.knowledgeBase()
                        .updateFolder(in.need(CATEGORY_NAME), in.need(FOLDER_NAME), changes -> {
                            in.set(RENAMED_FOLDER, changes::rename);
                            in.set(MOVED, changes::moveTo);
                        })));

        deletes("delete_a_desk_365_kb_folder_by_id", "delete_kb_folder")
                .title("Delete a knowledge-base folder")
                .description("Permanently deletes a folder, possibly with its articles.")
                .takes(CATEGORY_NAME, FOLDER_NAME.alsoKnownAs("id", "name"))
                .answers(DELETED)
                .handler((desk, in) -> desk.knowledgeBase().deleteFolder(in.need(CATEGORY_NAME), in.need(FOLDER_NAME)));
    }

    /** Returns a folder in the usual form, whatever the form of the response. */
    private static JsonDocument named(Folder folder) {
        if (!folder.has("folder_name")) {
            return folder;
        }
        Map<String, @Nullable Object> fields = new LinkedHashMap<>(folder.toMap());
        fields.remove("folder_name");
        fields.put("category_name", folder.folderName());
        fields.put("parent_category_name", folder.parentCategoryName());
        return new Folder(fields);
    }

    private static void fill(CategoryFields<?> category, Arguments in) {
        in.set(DESCRIPTION, category::description);
        in.set(PORTAL, category::supportPortalVisibility);
        in.setAll(COMPANY_LIST, category::companies);
        in.set(AGENTS, category::agentPortalVisibility);
        in.setAll(GROUP_LIST, category::groups);
    }
}
