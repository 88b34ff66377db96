package io.github.desk365mcp.hosts;

import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.sandbox.Desk365Sandbox;
import io.github.desk365mcp.sandbox.Fault;
import io.github.desk365mcp.sandbox.Plan;
import io.github.desk365mcp.tools.BoundTools;
import io.github.desk365mcp.tools.Desk365Tools;
import io.github.desk365mcp.tools.ToolDefinition;
import io.github.desk365mcp.tools.ToolResult;
import io.github.desk365mcp.tools.host.AuditRecord;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.Selection;
import io.github.desk365mcp.tools.host.Tenant;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The same ten calls for every host, on a sandbox with a fixed clock, and their results without a host. */
public final class TenCalls implements AutoCloseable {

    /**
     * One call.
     *
     * @param tool the full name
     * @param arguments as a model writes them
     */
    public record Call(String tool, String arguments) {

        /** Returns the arguments as a map. */
        public Map<String, @Nullable Object> map() {
            return JsonDocument.parse(arguments).toMap();
        }
    }

    /** Reads, writes that e-mail no customer, and typical mistakes of models. */
    public static final List<Call> CALLS = List.of(
            new Call("list_all_desk_365_tickets", "{\"status\": [\"Open\"], \"priority\": [\"urgent\"]}"),
            // A ticket with attachments. Its number is written as people write it, and is repaired.
            new Call("get_single_desk_365_ticket_by_id", "{\"ticket_number\": \"#4063\"}"),
            new Call("list_all_desk_365_ticket_conversations", "{\"ticket_number\": 4052}"),
            new Call("get_single_desk_365_contact_by_id", "{\"primary_email\": \"nora.vance@northwind.example\"}"),
            // An image.
            new Call("desk_365_attachments_read", "{\"ticket_number\": 4063, \"file_name\": \"envelope.png\"}"),
            new Call("create_a_desk_365_ticket_note", "{\"ticket_number\": 4052, \"body\": \"Zoë calls at 14 h.\"}"),
            new Call("update_a_desk_365_ticket_by_id", "{\"ticket_number\": 4052, \"priority\": \"low\"}"),
            new Call(
                    "create_a_desk_365_contact",
                    "{\"primary_email\": \"ola.nord@northwind.example\", \"name\": \"Ola Nord\"}"),
            new Call("get_single_desk_365_ticket_by_id", "{\"ticket_number\": 999999}"),
            new Call("get_single_desk_365_ticket_by_id", "{\"ticket_no\": 4052}"));

    /** A call with null for an optional argument, as models with strict schemas write it. */
    public static final Call WITH_NULL = new Call(
            "get_single_desk_365_contact_by_id",
            "{\"primary_email\": \"nora.vance@northwind.example\", \"secondary_email\": null}");

    /** A call that gets no answer after {@link #hold()}. */
    public static final Call HELD = new Call("get_single_desk_365_ticket_by_id", "{\"ticket_number\": 4052}");

    /** A call that sends a file. */
    public static final Call UPLOAD = new Call(
            "desk_365_ticket_notes_create_with_attachment",
            "{\"ticket_number\": 4052, \"body\": \"See the file.\","
                    + " \"attachments\": [{\"reference\": \"aGVsbG8=\", \"file_name\": \"hello.txt\"}]}");

    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-22T12:00:00Z"), ZoneOffset.UTC);

    private final Desk365Sandbox sandbox;
    private final BlockingQueue<AuditRecord> audits = new LinkedBlockingQueue<>();
    private BoundTools tools;
    private final List<ToolResult> answers;
    private final ToolResult answerWithNull;

    private TenCalls() {
        sandbox = Desk365Sandbox.start(options -> options.plan(Plan.UNLIMITED).clock(NOON));
        tools = fresh();
        answers =
                CALLS.stream().map(call -> tools.call(call.tool(), call.map())).toList();
        answerWithNull = tools.call(WITH_NULL.tool(), WITH_NULL.map());
        startOver();
    }

    private BoundTools fresh() {
        return tools(UnaryOperator.identity());
    }

    /** Returns the tools with a changed policy. */
    public BoundTools tools(UnaryOperator<Policy> more) {
        return tools(sandbox.baseUrl(), sandbox.apiKey(), policy -> more.apply(policy.audit(audits::add)));
    }

    /** Returns the tools for a host in a separate process. */
    public static BoundTools tools(URI helpdesk, String key, UnaryOperator<Policy> more) {
        // Marks have a random number, but the results of two equal calls are compared.
        Policy policy = Policy.of(Selection.everything())
                .clock(NOON)
                .hosts(helpdesk.getHost())
                .withoutOutsideMarks();
        return Desk365Tools.with(more.apply(policy)).bind(context -> {
            String tenant = context.tenant() == null ? "nobody" : context.tenant();
            return Tenant.of(tenant, helpdesk, key);
        });
    }

    /** Starts a sandbox, makes the calls once without a host, and resets the sandbox. */
    public static TenCalls start() {
        return new TenCalls();
    }

    /** Makes the ten calls without a host, and prints how each ended. */
    @SuppressWarnings("SystemOut")
    public static void main(String... arguments) {
        try (TenCalls ten = start()) {
            for (int i = 0; i < CALLS.size(); i++) {
                ToolResult result = ten.answers().get(i);
                System.out.println(CALLS.get(i).tool() + " " + CALLS.get(i).arguments() + ": "
                        + (result.isError() ? result.errorCode() : "ok"));
            }
        }
    }

    /** Returns the tools for the host. */
    public BoundTools tools() {
        return tools;
    }

    /** Returns the helpdesk, for a host in a separate process. */
    public Desk365Sandbox sandbox() {
        return sandbox;
    }

    /** Returns the definition of the tool that a call names. */
    public ToolDefinition definition(Call call) {
        return tools.definitions().stream()
                .filter(tool -> tool.name().equals(call.tool()))
                .findFirst()
                .orElseThrow();
    }

    /** Returns the results of the ten calls without a host. */
    public List<ToolResult> answers() {
        return answers;
    }

    /** Returns the result of {@link #WITH_NULL} without a host. */
    public ToolResult answerWithNull() {
        return answerWithNull;
    }

    /** Waits for the next call to end, and returns its audit record. */
    public AuditRecord audit() throws InterruptedException {
        AuditRecord next = audits.poll(20, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("No call ended");
        }
        return next;
    }

    /** Resets everything, and makes the helpdesk never answer the next {@link #HELD}. */
    public void hold() {
        startOver();
        sandbox.forget();
        sandbox.next("getTicket", Fault.stall());
    }

    /** Waits until the request of {@link #HELD} has arrived at the helpdesk. */
    public void awaitHeld() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (sandbox.exchanges().isEmpty()) {
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException("The call did not reach the helpdesk");
            }
            Thread.onSpinWait();
        }
    }

    /** Restores the seed data, drops the audit records, and creates new tools that remember no calls. */
    public void startOver() {
        tools = fresh();
        sandbox.reset();
        audits.clear();
    }

    @Override
    public void close() {
        sandbox.close();
    }
}
