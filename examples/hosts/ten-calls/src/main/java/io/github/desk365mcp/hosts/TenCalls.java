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

/** The same ten calls for every host, on a sandbox whose clock stands still, and their answers without any host. */
public final class TenCalls implements AutoCloseable {

    /**
     * One call.
     *
     * @param tool the full name
     * @param arguments as a model writes them
     */
    public record Call(String tool, String arguments) {

        /** The arguments as plain values. */
        public Map<String, @Nullable Object> map() {
            return JsonDocument.parse(arguments).toMap();
        }
    }

    /** Reads, writes that reach no customer, and what models get wrong. */
    public static final List<Call> CALLS = List.of(
            new Call("list_all_desk_365_tickets", "{\"status\": [\"Open\"], \"priority\": [\"urgent\"]}"),
            // A ticket with attachments, in the words of people: a repair.
            new Call("get_single_desk_365_ticket_by_id", "{\"ticket_number\": \"#4063\"}"),
            new Call("list_all_desk_365_ticket_conversations", "{\"ticket_number\": 4052}"),
            new Call("get_single_desk_365_contact_by_id", "{\"primary_email\": \"nora.vance@northwind.example\"}"),
            new Call("list_all_desk_365_kb_articles", "{}"),
            new Call("create_a_desk_365_ticket_note", "{\"ticket_number\": 4052, \"body\": \"Zoë calls at 14 h.\"}"),
            new Call("update_a_desk_365_ticket_by_id", "{\"ticket_number\": 4052, \"priority\": \"low\"}"),
            new Call(
                    "create_a_desk_365_contact",
                    "{\"primary_email\": \"ola.nord@northwind.example\", \"name\": \"Ola Nord\"}"),
            new Call("get_single_desk_365_ticket_by_id", "{\"ticket_number\": 999999}"),
            new Call("get_single_desk_365_ticket_by_id", "{\"ticket_no\": 4052}"));

    /** A call with null for what is optional, as models under strict schemas make them. */
    public static final Call WITH_NULL = new Call(
            "get_single_desk_365_contact_by_id",
            "{\"primary_email\": \"nora.vance@northwind.example\", \"secondary_email\": null}");

    /** A call whose answer does not come, after {@link #hold()}. */
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

    /** The same tools, with more in the policy. */
    public BoundTools tools(UnaryOperator<Policy> more) {
        return tools(sandbox.baseUrl(), sandbox.apiKey(), policy -> more.apply(policy.audit(audits::add)));
    }

    /** The same tools, for a host in a process of its own. */
    public static BoundTools tools(URI helpdesk, String key, UnaryOperator<Policy> more) {
        Policy policy = Policy.of(Selection.everything()).clock(NOON).hosts(helpdesk.getHost());
        return Desk365Tools.with(more.apply(policy)).bind(context -> {
            String tenant = context.tenant() == null ? "nobody" : context.tenant();
            return Tenant.of(tenant, helpdesk, key);
        });
    }

    /** Starts a sandbox, calls once without a host, and forgets that again. */
    public static TenCalls start() {
        return new TenCalls();
    }

    /** The tools to hand to the host. */
    public BoundTools tools() {
        return tools;
    }

    /** The helpdesk, for a host in a process of its own. */
    public Desk365Sandbox sandbox() {
        return sandbox;
    }

    /** The tool that a call names. */
    public ToolDefinition definition(Call call) {
        return tools.definitions().stream()
                .filter(tool -> tool.name().equals(call.tool()))
                .findFirst()
                .orElseThrow();
    }

    /** What the ten calls answer without a host. */
    public List<ToolResult> answers() {
        return answers;
    }

    /** What {@link #WITH_NULL} answers without a host. */
    public ToolResult answerWithNull() {
        return answerWithNull;
    }

    /** The next call that ended, as the tools saw it. */
    public AuditRecord audit() throws InterruptedException {
        AuditRecord next = audits.poll(20, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("No call ended");
        }
        return next;
    }

    /** Makes the helpdesk hold back its answer to the next {@link #HELD}, for good; forgets what was before. */
    public void hold() {
        startOver();
        sandbox.forget();
        sandbox.next("getTicket", Fault.stall());
    }

    /** Waits until the request of {@link #HELD} is with the helpdesk. */
    public void awaitHeld() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (sandbox.exchanges().isEmpty()) {
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException("The call never came to the helpdesk");
            }
            Thread.onSpinWait();
        }
    }

    /** Back to the data of the beginning, with no audits; tools handed out from now on remember no call. */
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
