package io.github.desk365mcp.tools.internal.pipeline;

import io.github.desk365mcp.tools.internal.catalogue.Catalogue;
import io.github.desk365mcp.tools.internal.core.Call;
import io.github.desk365mcp.tools.internal.core.Outcome;
import io.github.desk365mcp.tools.internal.core.Stage;
import io.github.desk365mcp.tools.internal.core.Tool;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says what a change touches besides the record that it names, as far as the API shows it. */
final class Touched {

    private static final String TICKETS = "list_all_desk_365_tickets";
    private static final String COMPANY = "company_name";
    private static final String UNKNOWN = "an unknown number of ";

    private Touched() {}

    /** Returns the sentence for a preview; null if there is nothing to say. Counting a company's tickets costs a call. */
    static @Nullable String by(Call call, Stage.Next inside) {
        Tool tool = call.tool();
        if (tool.verb() != Tool.Verb.UPDATES && tool.verb() != Tool.Verb.DELETES) {
            return null;
        }
        if (tool.param("ticket_number") != null) {
            return "1 ticket";
        }
        if (call.arguments().get("ticket_numbers") instanceof List<?> numbers) {
            return numbers.size() + (numbers.size() == 1 ? " ticket" : " tickets");
        }
        return switch (tool.shortName()) {
            case "update_company" -> company(call, inside);
            case "update_contract" -> UNKNOWN + "tickets: Desk365 does not show which ones a contract covers";
            case "update_kb_category", "delete_kb_category" ->
                UNKNOWN + "folders and articles: Desk365 does not list what a category contains";
            case "update_kb_folder", "delete_kb_folder" ->
                UNKNOWN + "articles: Desk365 does not list what a folder contains";
            default -> null;
        };
    }

    private static String company(Call call, Stage.Next inside) {
        Object name = call.arguments().get(COMPANY);
        if (name != null && call.names().isVisible(TICKETS)) {
            Call count = call.aside(Catalogue.get(TICKETS), Map.of(COMPANY, List.of(name), "count_only", true));
            if (inside.run(count) instanceof Outcome.Done done && done.answer().get("total") instanceof Number total) {
                return total + (total.longValue() == 1 ? " ticket" : " tickets") + " of the company";
            }
        }
        return UNKNOWN + "tickets: those of the company";
    }
}
