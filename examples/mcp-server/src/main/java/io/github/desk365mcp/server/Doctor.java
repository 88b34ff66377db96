package io.github.desk365mcp.server;

import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.tools.BoundTools;
import io.github.desk365mcp.tools.Desk365Tools;
import io.github.desk365mcp.tools.Naming;
import io.github.desk365mcp.tools.ToolDefinition;
import io.github.desk365mcp.tools.ToolResult;
import io.github.desk365mcp.tools.host.ErrorCodes;
import io.github.desk365mcp.tools.host.MetaKeys;
import io.github.desk365mcp.tools.host.Policy;
import java.io.PrintStream;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether the account works, with a call to each kind of list, and says what to mend.
 *
 * <p>It only reads, and asks no more than a dozen calls.
 */
final class Doctor {

    private static final int MOST_IN_A_MINUTE = 50;

    private static final String ADDRESS = "Check the address first: " + ConfiguredHelpdesk.SUBDOMAIN
            + " is acme for acme.desk365.io, " + ConfiguredHelpdesk.BASE_URL + " should end in /apis.";

    private final BoundTools tools;
    private final boolean ended;
    private final String plan;
    private final PrintStream output;
    private @Nullable Integer left;

    /** @param plan as the environment names it; empty if it does not */
    Doctor(Desk365Client desk, Policy policy, String plan, PrintStream output) {
        // All tools: what a policy allows is no question of the account's health.
        this.tools = Desk365Tools.all().named(Naming.SHORT).bind(desk);
        this.ended = policy.hasEnded();
        this.plan = plan;
        this.output = output;
    }

    /** Whether all is well; what is only closed to the account does not count against it. */
    boolean isWell() {
        boolean well = true;
        // The ping first, which costs nothing and needs no key: so it tells a wrong address from a wrong key.
        List<ToolDefinition> lists = tools.definitions().stream()
                .filter(Doctor::needsNothing)
                .sorted(Comparator.comparing(Doctor::cost))
                .toList();
        String before = "";
        for (ToolDefinition list : lists) {
            ToolResult result = call(list);
            String failed = String.valueOf(result.errorCode());
            String advice = advice(failed, list == lists.get(0), failed.equals(before));
            if (advice != null) {
                output.println("    Nothing else was tried. " + advice);
                return false;
            }
            before = failed;
            boolean restricted = facts(list).containsKey("restricted");
            if (result.isError() && restricted) {
                output.println("    Without that, --hide-restricted leaves their tools out.");
            }
            well &= !result.isError() || restricted;
        }
        plan();
        if (ended) {
            output.println("access: has ended; expires_at in the file of --config is in the past.");
            output.println("    Give a later time: until then no tool is listed.");
            well = false;
        }
        output.println(well ? "All is well." : "Not all is well: see above.");
        return well;
    }

    /** What to do about an error that every other call would meet too; null if it is none. */
    private static @Nullable String advice(String failed, boolean first, boolean again) {
        return switch (failed) {
            case ErrorCodes.NO_ANSWER -> ADDRESS + " Then the network, and a proxy or firewall on the way.";
            case ErrorCodes.RATE_LIMITED -> "The key works: wait, as said above, and look again.";
            case ErrorCodes.UNAUTHORIZED ->
                "Check " + ConfiguredHelpdesk.API_KEY + ", and that " + ConfiguredHelpdesk.SUBDOMAIN + " or "
                        + ConfiguredHelpdesk.BASE_URL + " is the helpdesk that it is from.";
            // The ping needs neither a key nor a record.
            case ErrorCodes.NOT_FOUND, ErrorCodes.REFUSED, ErrorCodes.REDIRECTED, ErrorCodes.UNREADABLE_ANSWER ->
                first || again ? ADDRESS : null;
            case ErrorCodes.FORBIDDEN ->
                again
                        ? "Check that " + ConfiguredHelpdesk.API_KEY + " belongs to this helpdesk, and may use the API."
                        : null;
            case ErrorCodes.UNAVAILABLE -> again ? "Desk365 itself seems to fail: look again later." : null;
            default -> null;
        };
    }

    private ToolResult call(ToolDefinition list) {
        ToolResult result = tools.call(list.name(), Map.of());
        if (result.meta().get(MetaKeys.RATE_LIMIT) instanceof Map<?, ?> figures
                && figures.get("ratelimit-remaining") instanceof Number number) {
            left = number.intValue();
        }
        output.printf("%-22s%s%n", list.name(), result.isError() ? "FAILS" : "answers");
        if (result.isError()) {
            output.println("    " + result.text());
        }
        return result;
    }

    /** The service does not tell the plan, but one with 50 calls a minute never has more than 50 left. */
    private void plan() {
        String calls = left == null ? "" : " " + left + " calls are left now.";
        if (left != null && left > MOST_IN_A_MINUTE) {
            output.println("plan: Standard, 100 calls an hour, since more than 50 are left." + calls);
            if (!plan.equalsIgnoreCase("standard")) {
                output.println(
                        "    Set " + ConfiguredHelpdesk.PLAN + "=standard" + (plan.isEmpty() ? "" : ", not " + plan)
                                + ": then no call leaves that the plan has no room for.");
            }
        } else if (plan.isEmpty()) {
            output.println("plan: not told." + calls);
            output.println("    Set " + ConfiguredHelpdesk.PLAN
                    + " to standard, plus or premium: then no call leaves that the plan has no room for.");
        } else {
            output.println("plan: " + plan + ", as " + ConfiguredHelpdesk.PLAN + " says." + calls);
        }
    }

    private static boolean needsNothing(ToolDefinition tool) {
        return "list".equals(facts(tool).get("group")) && !tool.inputSchema().containsKey("required");
    }

    private static int cost(ToolDefinition tool) {
        return facts(tool).get("calls") instanceof Number calls ? calls.intValue() : 1;
    }

    private static Map<?, ?> facts(ToolDefinition tool) {
        return tool.meta().get(MetaKeys.TOOL) instanceof Map<?, ?> facts ? facts : Map.of();
    }
}
