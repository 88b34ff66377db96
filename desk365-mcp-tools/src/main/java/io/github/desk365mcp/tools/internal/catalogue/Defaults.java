package io.github.desk365mcp.tools.internal.catalogue;

import io.github.desk365mcp.api.model.ArticleStatus;
import io.github.desk365mcp.tools.internal.core.Tool;
import io.github.desk365mcp.tools.internal.core.Type;
import io.github.desk365mcp.tools.internal.text.Ascii;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values of missing arguments of creating tools, as far as they are certain. */
public final class Defaults {

    private static final Map<String, Object> FLAGS = Map.of(
            MessagePage.PRIVATE.name(), true,
            MessagePage.PREVIOUS_CCS.name(), false,
            MessagePage.PREVIOUS_MESSAGES.name(), false);

    private static final Map<String, String> STATUS = Map.of(
            "create_ticket", "open",
            "create_ticket_with_files", "open",
            "create_kb_article", Ascii.lower(Type.word(ArticleStatus.DRAFT)));

    private Defaults() {}

    /** Whether the call is the same without this argument. */
    public static boolean isDefault(Tool tool, String argument, @Nullable Object value) {
        if (tool.verb() != Tool.Verb.CREATES || value == null) {
            return false;
        }
        return argument.equals(TicketPage.STATUS.name())
                ? value instanceof String status && Ascii.lower(status.strip()).equals(STATUS.get(tool.shortName()))
                : value.equals(FLAGS.get(argument));
    }

    /** Whether a field of an imported message is the same if it is missing. */
    public static boolean isDefaultOfImport(Map<?, ?> message, String field) {
        return field.equals(ImportPage.VISIBILITY.name())
                && "note".equals(message.get(ImportPage.TYPE.name()))
                && "internal".equals(message.get(field));
    }
}
