package io.github.desk365mcp.tools.internal.catalogue;

import io.github.desk365mcp.tools.host.Selection;
import io.github.desk365mcp.tools.internal.account.VocabularyKind;
import io.github.desk365mcp.tools.internal.core.Call;
import io.github.desk365mcp.tools.internal.core.Names;
import io.github.desk365mcp.tools.internal.core.Tool;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All tools, in the order in which they are listed. Loaded on first use. */
public final class Catalogue {

    /** Listed first, for hosts that show a model only the first few tools. */
    private static final List<String> FIRST = List.copyOf(Selection.heroes().tools());

    private Catalogue() {}

    public static List<Tool> tools() {
        return Loaded.TOOLS;
    }

    /** Finds a tool by full or short name; null if there is none. */
    public static @Nullable Tool find(String name) {
        return Loaded.TOOLS.stream()
                .filter(tool -> tool.name().equals(name) || tool.shortName().equals(name))
                .findFirst()
                .orElse(null);
    }

    /**
     * Returns a tool by full or short name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Tool get(String name) {
        Tool tool = find(name);
        if (tool == null) {
            throw new IllegalArgumentException("There is no tool " + name);
        }
        return tool;
    }

    /** Whether the caller may see known values of this kind, that is, has a tool that reads them. */
    public static boolean isShown(VocabularyKind topic, Call call) {
        return isShown(topic, call.names());
    }

    /** Whether a caller with these tools may see known values of this kind. */
    public static boolean isShown(VocabularyKind topic, Names names) {
        return tools().stream()
                .filter(tool -> tool.verb().reads() && names.isVisible(tool.name()))
                .anyMatch(tool -> tool.tags().stream().anyMatch(topic.tags()::contains));
    }

    /** Returns the full names of all tools, keyed by full and by short name. */
    public static Map<String, String> fullNames() {
        Map<String, String> names = new LinkedHashMap<>();
        Loaded.TOOLS.forEach(tool -> {
            names.put(tool.name(), tool.name());
            names.put(tool.shortName(), tool.name());
        });
        return names;
    }

    public static String shortName(String tool) {
        return Loaded.SHORT_NAMES.getOrDefault(tool, tool);
    }

    private static final class Loaded {

        private static final List<Tool> PAGES = Stream.of(
                        new SystemPage(),
                        new TicketPage(),
                        new MessagePage(),
                        new ContactPage(),
                        new CompanyPage(),
                        new TimeEntryPage(),
                        new SurveyPage(),
                        new ContractPage(),
                        new KnowledgeBasePage(),
                        new ArticlePage(),
                        new TicketSearchPage(),
                        new TicketReportPage(),
                        new TicketsUpdatePage(),
                        new AssetPage(),
                        new ImportPage(),
                        new AgentPage(),
                        new TicketContextPage(),
                        new DescriptionPage(),
                        new AttachmentPage())
                .flatMap(page -> page.tools().stream())
                .toList();

        static final List<Tool> TOOLS = Stream.concat(
                        FIRST.stream()
                                .flatMap(name -> PAGES.stream()
                                        .filter(tool -> tool.name().equals(name))),
                        PAGES.stream().filter(tool -> !FIRST.contains(tool.name())))
                .toList();

        static final Map<String, String> SHORT_NAMES =
                TOOLS.stream().collect(Collectors.toUnmodifiableMap(Tool::name, Tool::shortName));
    }
}
