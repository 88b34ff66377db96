package io.github.desk365mcp.tools.internal.catalogue;

import static io.github.desk365mcp.tools.internal.core.Field.flag;
import static io.github.desk365mcp.tools.internal.core.Field.integer;
import static io.github.desk365mcp.tools.internal.core.Field.text;
import static io.github.desk365mcp.tools.internal.core.Param.identifier;
import static io.github.desk365mcp.tools.internal.core.Param.param;
import static io.github.desk365mcp.tools.internal.core.Type.FLAG;
import static io.github.desk365mcp.tools.internal.core.Type.INTEGER;
import static io.github.desk365mcp.tools.internal.core.Type.RECORD_NUMBER;
import static io.github.desk365mcp.tools.internal.core.Type.TEXT;
import static io.github.desk365mcp.tools.internal.core.Type.TIME;
import static io.github.desk365mcp.tools.internal.core.Type.oneOf;

import io.github.desk365mcp.api.model.NewTimeEntry;
import io.github.desk365mcp.api.model.TimeEntryQuery;
import io.github.desk365mcp.tools.internal.core.Answer;
import io.github.desk365mcp.tools.internal.core.AnswerOptions;
import io.github.desk365mcp.tools.internal.core.Arguments;
import io.github.desk365mcp.tools.internal.core.Field;
import io.github.desk365mcp.tools.internal.core.FilterCheck;
import io.github.desk365mcp.tools.internal.core.Param;
import io.github.desk365mcp.tools.internal.core.RecordMapping;
import java.time.Instant;

/** Tools for time that agents spent on tickets. */
public final class TimeEntryPage extends CataloguePage {

    static final RecordMapping TIME_ENTRY = RecordMapping.of(
            integer("id").as("time_entry_id"),
            integer("ticket_number"),
            text("agent_email"),
            text("note"),
            flag("billable"),
            Field.time("created_time"),
            Field.time("updated_time"),
            Field.time("start_time"),
            integer("time_spent_in_minutes"),
            flag("timer_running"),
            text("additional_info"));

    private static final Param<Long> ID = identifier("time_entry_id", RECORD_NUMBER)
            .description("Its number.")
            .foundIn("list_all_desk_365_time_entries", "time_entries[].time_entry_id")
            .example(70_001)
            .alsoKnownAs("id");

    private static final Param<Long> OF_TICKET =
            TicketPage.NUMBER.optional().description("Only of this ticket.").alsoKnownAs("ticket_id");
    private static final Param<String> OF_AGENT = AgentPage.EMAIL.description("Only of this agent.");
    private static final Param<String> OF_COMPANY =
            CompanyPage.NAME.optional().description("Only of this company.").alsoKnownAs("company");
    private static final Param<Instant> STARTED_AFTER = time("started_after", "Started after (ISO 8601, UTC).");
    private static final Param<Instant> STARTED_BEFORE = time("started_before", "Started before (ISO 8601, UTC).");
    private static final Param<Instant> CREATED_AFTER = time("created_after", "Logged after (ISO 8601, UTC).");
    private static final Param<Instant> UPDATED_AFTER = time("updated_after", "Changed after (ISO 8601, UTC).");
    private static final Param<Boolean> ONLY_BILLABLE =
            param("billable", FLAG).description("true: only billable; false: only others.");
    private static final Param<Boolean> TIMER_RUNNING =
            param("timer_running", FLAG).description("Only with the timer running (or not).");
    private static final Param<Long> COUNT = param("time_entries_count", oneOf(30L, 50L, 100L))
            .description("Page size: 30 (default), 50 or 100.")
            .example(100);

    static final Param<Long> MINUTES = param("time_spent_in_minutes", INTEGER)
            .description("How long it took.")
            .example(25)
            .alsoKnownAs("minutes");
    private static final Param<String> AGENT = AgentPage.EMAIL.description("Who did the work.");
    static final Param<String> NOTE = param("note", TEXT).description("What was done.");
    private static final Param<Boolean> BILLABLE = param("billable", FLAG).description("Whether it is billable.");
    private static final Param<Instant> START = time("start_time", "When the work began (ISO 8601, UTC).");
    private static final Param<String> INFO = param("additional_info", TEXT).description("Anything else.");

    TimeEntryPage() {
        super("time_entries");
    }

    private static Param<Instant> time(String name, String message) {
        return param(name, TIME).description(message).example("2026-11-01T08:00:00Z");
    }

    @Override
    void write() {
        lists("list_all_desk_365_time_entries", "list_time_entries")
                .title("List time entries")
                .description("Lists time entries by ticket, agent, company or time; all filters must match.")
                .takes(OF_TICKET, OF_AGENT, OF_COMPANY, STARTED_AFTER, STARTED_BEFORE, CREATED_AFTER, UPDATED_AFTER)
                .takes(ONLY_BILLABLE, TIMER_RUNNING, COUNT, AnswerOptions.OFFSET)
                .whenEmpty("Nothing matched. Names and addresses must match exactly; whether case matters is unknown.")
                .answers(Answer.page("time_entries", TIME_ENTRY))
                .handler((desk, in) -> new FilterCheck(in)
                        .byWord(OF_TICKET, "ticket_number")
                        .byWord(OF_AGENT, "agent_email")
                        // No source shows a company in a time entry.
                        .byWord(OF_COMPANY, "company_name", "company")
                        .since(STARTED_AFTER, "start_time")
                        .by(
                                STARTED_BEFORE,
                                (row, end) -> FilterCheck.known(row.time("start_time"), at -> !at.isAfter(end)))
                        .since(CREATED_AFTER, "created_time")
                        .since(UPDATED_AFTER, "updated_time")
                        .byFlag(ONLY_BILLABLE, "billable")
                        .byFlag(TIMER_RUNNING, "timer_running")
                        .sift(desk.timeEntries().list(query -> fill(query, in)).firstPage()));

        gets("get_single_desk_365_time_entry_by_id", "get_time_entry")
                .title("Get a time entry")
                .description("Gets a time entry.")
                .seeAlso("For all of a ticket's use list_all_desk_365_time_entries.")
                .takes(ID)
                .answers(TIME_ENTRY)
                .handler((desk, in) -> desk.timeEntries().get(in.need(ID)));

        creates("create_a_desk_365_time_entry", "create_time_entry")
                .title("Log time")
                .description("Logs time that an agent spent on a ticket. Unverified, so it may fail. It cannot be"
                        + " changed or deleted.")
                .takes(TicketPage.NUMBER, MINUTES, AGENT, NOTE, BILLABLE, START, INFO)
                .unverified()
                .answers(TIME_ENTRY)
                .findsAgain(TIME_ENTRY, LostWriteFinder::timeEntry)
                .handler((desk, in) -> desk.timeEntries().create(in.need(TicketPage.NUMBER), more -> fill(more, in)));
    }

    private static void fill(TimeEntryQuery query, Arguments in) {
        in.set(OF_TICKET, query::ticketNumber);
        in.set(OF_AGENT, query::agentEmail);
        in.set(OF_COMPANY, query::companyName);
        in.set(STARTED_AFTER, query::startedAfter);
        in.set(STARTED_BEFORE, query::startedBefore);
        in.set(CREATED_AFTER, query::createdAfter);
        in.set(UPDATED_AFTER, query::updatedAfter);
        in.set(ONLY_BILLABLE, query::billable);
        in.set(TIMER_RUNNING, query::timerRunning);
        in.set(COUNT, size -> query.pageSize(size.intValue()));
        in.set(AnswerOptions.OFFSET, query::offset);
    }

    private static void fill(NewTimeEntry entry, Arguments in) {
        in.set(MINUTES, entry::minutes);
        in.set(AGENT, entry::agentEmail);
        in.set(NOTE, entry::note);
        in.set(BILLABLE, entry::billable);
        in.set(START, entry::startTime);
        in.set(INFO, entry::additionalInfo);
    }
}
