package io.github.desk365mcp.tools.internal.catalogue;

import static io.github.desk365mcp.tools.internal.core.Param.param;
import static io.github.desk365mcp.tools.internal.core.Type.FLAG;
import static io.github.desk365mcp.tools.internal.core.Type.RECORD_NUMBER;
import static io.github.desk365mcp.tools.internal.core.Type.TIME;
import static io.github.desk365mcp.tools.internal.core.Type.list;
import static io.github.desk365mcp.tools.internal.core.Type.oneOf;

import io.github.desk365mcp.tools.internal.core.AnswerOptions;
import io.github.desk365mcp.tools.internal.core.Param;
import java.time.Instant;
import java.util.List;

/** The tool that counts tickets and measures how long they took. */
public final class TicketReportPage extends CataloguePage {

    /** Calls of a report that does not set a limit. */
    static final int USUAL_CALLS = 10;

    static final Param<List<String>> GROUP_BY = param("group_by", list(oneOf(ReportColumn.words())))
            .description("One or two; weeks are ISO weeks.")
            .example(List.of("group", "status"));
    static final Param<Instant> CREATED_AFTER =
            time("created_after").description("From this time on.").example("2026-11-16T00:00:00Z");
    static final Param<Instant> CREATED_BEFORE = time("created_before").description("Before this time.");
    static final Param<Instant> RESOLVED_AFTER = time("resolved_after");
    static final Param<Instant> RESOLVED_BEFORE = time("resolved_before");
    static final Param<Instant> CLOSED_AFTER = time("closed_after");
    static final Param<Instant> CLOSED_BEFORE = time("closed_before");
    static final Param<Instant> DUE_AFTER = time("due_after");
    static final Param<Instant> DUE_BEFORE = time("due_before");
    static final Param<Boolean> OVERDUE =
            param("overdue", FLAG).description("Only unresolved tickets past their due date.");
    static final Param<String> LIST = param("list", oneOf("oldest", "most_overdue"))
            .description("Lists such tickets too, ten or max_items of them.")
            .example("oldest");
    static final Param<Long> MAX_CALLS = param("max_calls", RECORD_NUMBER)
            .description("Default " + USUAL_CALLS + ".")
            .example(5);

    TicketReportPage() {
        super("tickets");
    }

    @Override
    void write() {
        gets("desk_365_tickets_report", "report_tickets")
                .title("Report on tickets")
                .description("Counts tickets by one or two fields, with median and 90th percentile of first reply and"
                        + " resolution in minutes, and can list the oldest or most overdue. A call reads 100 tickets;"
                        + " the answer says which tickets its figures cover. Times are UTC.")
                .takes(GROUP_BY, LIST, OVERDUE)
                .takes(CREATED_AFTER, CREATED_BEFORE, RESOLVED_AFTER, RESOLVED_BEFORE)
                .takes(CLOSED_AFTER, CLOSED_BEFORE, DUE_AFTER, DUE_BEFORE)
                .takes(TicketFilters.FILTERS)
                .takes(MAX_CALLS, AnswerOptions.MAX_ITEMS)
                .costsUpTo(USUAL_CALLS)
                .answers(TicketReport.ANSWER)
                .handler(TicketReport::of);
    }

    private static Param<Instant> time(String name) {
        return param(name, TIME).example("2026-11-22T00:00:00Z");
    }
}
