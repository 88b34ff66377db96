package io.github.desk365mcp.server;

import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.api.Desk365Exception;
import io.github.desk365mcp.api.TransportException;
import io.github.desk365mcp.server.oauth.ProtectedResource;
import io.github.desk365mcp.tools.BoundTools;
import io.github.desk365mcp.tools.Desk365Tools;
import io.github.desk365mcp.tools.Naming;
import io.github.desk365mcp.tools.ToolDefinition;
import io.github.desk365mcp.tools.ToolResult;
import io.github.desk365mcp.tools.host.ErrorCodes;
import io.github.desk365mcp.tools.host.MetaKeys;
import io.github.desk365mcp.tools.host.Policy;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks the set-up, and the account with one call to each kind of list, and says how to fix what fails.
 *
 * <p>It only reads, and makes at most a dozen calls.
 */
final class Doctor {

    private static final int MOST_IN_A_MINUTE = 50;

    private static final String ADDRESS = "Check the address first: " + ConfiguredHelpdesk.SUBDOMAIN
            + " is acme for acme.desk365.io, " + ConfiguredHelpdesk.BASE_URL + " should end in /apis.";

    private final ConfiguredHelpdesk helpdesk;
    private final Desk365Client desk;
    private final BoundTools tools;
    private final int served;
    private final boolean ended;
    private final String plan;
    private final @Nullable ProtectedResource oauth;
    private final PrintStream output;
    private @Nullable Integer left;

    /**
     * @param desk the client of the helpdesk, with the options of the server
     * @param served the tools that the policy allows
     * @param plan the configured plan; empty if none is configured
     * @param oauth accepts access tokens; null if none are accepted
     */
    Doctor(
            ConfiguredHelpdesk helpdesk,
            Desk365Client desk,
            BoundTools served,
            Policy policy,
            String plan,
            @Nullable ProtectedResource oauth,
            PrintStream output) {
        this.helpdesk = helpdesk;
        this.desk = desk;
        // All tools, because the policy does not matter for whether the account works.
        this.tools = Desk365Tools.all().named(Naming.SHORT).bind(desk);
        this.served = served.allDefinitions().size();
        this.ended = policy.hasEnded();
        this.plan = plan;
        this.oauth = oauth;
        this.output = output;
    }

    /** {@return whether this set-up works; endpoints that are disabled for the account do not count} */
    boolean isWell() {
        output.println("account: " + account());
        output.println("tools: " + (ended ? 0 : served));
        boolean well = !ended;
        if (ended) {
            output.println("access: has ended; expires_at in the file of --config is in the past.");
            output.println("    Set a later time; with this one, no tool is listed.");
        }
        well &= canCheckTokens();
        // The ping comes first. It costs nothing and needs no key, so it tells a wrong address from a wrong key.
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
                output.println(
                        "    No further calls were made. " + (failed.equals(ErrorCodes.NO_ANSWER) ? cause() : advice));
                return false;
            }
            before = failed;
            boolean restricted = facts(list).containsKey("restricted");
            if (result.isError() && restricted) {
                output.println("    If the account does not have them, --hide-restricted leaves out their tools.");
            }
            well &= !result.isError() || restricted;
        }
        plan();
        output.println(well ? "Everything works." : "Something does not work; see above.");
        return well;
    }

    private String account() {
        if (helpdesk.sandbox() != null) {
            return "the sandbox, with invented data.";
        }
        EnvironmentProxy proxy = helpdesk.proxy();
        return helpdesk.address() + (proxy == null ? "" : ", through the proxy " + proxy.host() + ":" + proxy.port());
    }

    private boolean canCheckTokens() {
        if (oauth == null) {
            return true;
        }
        try {
            oauth.checkKeys();
            output.println("oauth: the keys of the authorization server can be read.");
            return true;
        } catch (IOException e) {
            output.println("oauth: FAILS");
            output.println("    " + e.getMessage() + ". Check --issuer, the network, and any proxy or firewall.");
            return false;
        }
    }

    /** Connects once more, because an answer for a model does not say why there was no response. */
    private String cause() {
        String reason;
        try {
            desk.ping();
            return "The connection has worked just now: try again.";
        } catch (TransportException e) {
            reason = e.reason();
        } catch (Desk365Exception e) {
            return ADDRESS;
        }
        EnvironmentProxy proxy = helpdesk.proxy();
        String cause = "Cause: " + reason + ". ";
        if (reason.startsWith("TLS")) {
            return cause;
        }
        if (proxy != null) {
            return cause + "Check the proxy " + proxy.host() + ":" + proxy.port()
                    + " first, from HTTPS_PROXY, HTTP_PROXY or ALL_PROXY. NO_PROXY lists host names to reach without it.";
        }
        return cause + ADDRESS + " Then check the network, and any proxy or firewall.";
    }

    /** {@return what to do about an error that every call would have; null for other errors} */
    private static @Nullable String advice(String failed, boolean first, boolean again) {
        return switch (failed) {
            // The cause is found out then.
            case ErrorCodes.NO_ANSWER -> ADDRESS;
            case ErrorCodes.RATE_LIMITED -> "The key works: wait as long as the message says, and try again.";
            case ErrorCodes.UNAUTHORIZED ->
                "Check that " + ConfiguredHelpdesk.API_KEY + " is a key of the helpdesk in "
                        + ConfiguredHelpdesk.SUBDOMAIN + " or " + ConfiguredHelpdesk.BASE_URL + ".";
            // The ping needs neither a key nor a record, so the address must be wrong.
            case ErrorCodes.NOT_FOUND, ErrorCodes.REFUSED, ErrorCodes.REDIRECTED, ErrorCodes.UNREADABLE_ANSWER ->
                first || again ? ADDRESS : null;
            case ErrorCodes.FORBIDDEN ->
                again
                        ? "Check that " + ConfiguredHelpdesk.API_KEY + " belongs to this helpdesk and may use the API."
                        : null;
            case ErrorCodes.UNAVAILABLE -> again ? "Desk365 itself seems to be down: try again later." : null;
            default -> null;
        };
    }

    private ToolResult call(ToolDefinition list) {
        ToolResult result = tools.call(list.name(), Map.of());
        if (result.meta().get(MetaKeys.RATE_LIMIT) instanceof Map<?, ?> figures
                && figures.get("ratelimit-remaining") instanceof Number number) {
            left = number.intValue();
        }
        output.printf("%-22s%s%n", list.name(), result.isError() ? "FAILS" : "works");
        if (result.isError()) {
            output.println("    " + result.text());
        }
        return result;
    }

    /** The service does not report the plan, but a plan with 50 calls a minute never has more than 50 calls left. */
    private void plan() {
        String calls = left == null ? "" : " " + left + " calls are left now.";
        if (left != null && left > MOST_IN_A_MINUTE) {
            output.println("plan: Standard, 100 calls an hour, because more than 50 are left." + calls);
            if (!plan.equalsIgnoreCase("standard")) {
                output.println(
                        "    Set " + ConfiguredHelpdesk.PLAN + "=standard" + (plan.isEmpty() ? "" : ", not " + plan)
                                + ": then calls that exceed the plan are refused before they are sent.");
            }
        } else if (plan.isEmpty()) {
            output.println("plan: unknown." + calls);
            output.println("    Set " + ConfiguredHelpdesk.PLAN
                    + " to standard, plus or premium: then calls that exceed the plan are refused before they are"
                    + " sent.");
        } else {
            output.println("plan: " + plan + ", as configured." + calls);
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
