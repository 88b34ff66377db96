package io.github.desk365mcp.tools.internal.pipeline;

import io.github.desk365mcp.api.ApiException;
import io.github.desk365mcp.api.CancelledException;
import io.github.desk365mcp.api.Desk365Exception;
import io.github.desk365mcp.api.RateLimitedException;
import io.github.desk365mcp.api.TlsException;
import io.github.desk365mcp.api.TransportException;
import io.github.desk365mcp.tools.host.ErrorCodes;
import io.github.desk365mcp.tools.internal.core.Call;
import io.github.desk365mcp.tools.internal.core.Field;
import io.github.desk365mcp.tools.internal.core.Names;
import io.github.desk365mcp.tools.internal.core.Outcome;
import io.github.desk365mcp.tools.internal.core.Param;
import io.github.desk365mcp.tools.internal.core.Tool;
import io.github.desk365mcp.tools.internal.repair.ErrorHints;
import io.github.desk365mcp.tools.internal.text.Invisible;
import io.github.desk365mcp.tools.internal.text.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What went wrong at the helpdesk, in sentences that tell a model what to do next. */
public final class Failures {

    /** What the service calls some arguments. */
    public static final Map<String, String> NAMES =
            Map.of("assign_to", "assigned_to", "sub_category", "subcategory", "article_title", "article_name");

    /** What to do where it is open whether something was changed, unless a stage knows better. */
    private static final String LOOK = "Look whether it was before trying again, or it may be done twice.";

    private static final System.Logger LOG = System.getLogger(Failures.class.getName());

    private Failures() {}

    static Outcome.Refused explain(Call call, Desk365Exception failure) {
        boolean reads = call.tool().verb().reads();
        if (failure instanceof ApiException refused) {
            call.notes().refusedWith(refused.status());
            return refused(call, refused);
        }
        if (failure instanceof TransportException broken && !broken.mayHaveArrived()) {
            call.notes().sentNothing();
            if (broken.getCause() instanceof RuntimeException mistake) {
                // The host's, such as a broken interceptor: it is told to the host, and does not pass by itself.
                throw mistake;
            }
        }
        if (failure instanceof CancelledException cancelled) {
            return cancelled.mayHaveArrived() && !reads
                    ? unknown("The call was cancelled after it had begun to leave.")
                    : new Outcome.Refused(ErrorCodes.CANCELLED, "The call was cancelled; nothing was changed.");
        }
        if (failure instanceof TransportException broken) {
            if (broken instanceof TlsException distrusted && (reads || !broken.mayHaveArrived())) {
                return new Outcome.Refused(
                        ErrorCodes.NO_ANSWER,
                        "No safe connection to Desk365 could be made; nothing was changed. Trying again does not help: a"
                                + " person must see to it. " + distrusted.reason() + ".");
            }
            return broken.mayHaveArrived() && !reads
                    ? unknown("Desk365 did not answer.")
                    : new Outcome.Refused(
                            ErrorCodes.NO_ANSWER,
                            "Desk365 could not be reached; nothing was changed. It may be tried again.");
        }
        String unexpected = "Desk365 answered something unexpected: " + failure.getMessage() + ".";
        return reads
                ? new Outcome.Refused(
                        ErrorCodes.UNREADABLE_ANSWER,
                        unexpected
                                + " Trying again may not help: ask for less, such as one record, or for other fields.")
                : unreadable(unexpected);
    }

    /** The service answered a write, but nobody knows what. */
    static Outcome.Refused unreadable(String what) {
        return new Outcome.Refused(
                ErrorCodes.UNREADABLE_ANSWER, what + " Whether the change was made is unknown.", LOOK);
    }

    static Outcome.Refused unknown(String what) {
        return new Outcome.Refused(ErrorCodes.UNKNOWN_OUTCOME, what + " Whether it was carried out is unknown.", LOOK);
    }

    /** A fault of this server in a call that may have changed something. */
    static Outcome.Refused fault(Call call, Throwable fault, Outcome.Refused refused) {
        // Its message may be a customer's, or a host's secret.
        LOG.log(
                System.Logger.Level.ERROR,
                "{0} failed: {1} at {2}",
                call.tool().name(),
                fault.getClass().getName(),
                Arrays.stream(fault.getStackTrace())
                        .findFirst()
                        .map(String::valueOf)
                        .orElse("?"));
        return refused;
    }

    private static Outcome.Refused refused(Call call, ApiException refused) {
        String named = named(call.tool(), refused.serverMessage());
        String said = named == null ? "." : ": \"" + named + "\".";
        if (named != null) {
            // Nobody knows whose words it quotes.
            call.notes().untrusted("error", Field.Writer.SYSTEM.word());
        }
        if (refused.mayHaveArrived()
                && refused.status() < 500
                && !call.tool().verb().reads()) {
            // Something in between made the answer; or, after a retry that was asked for, an earlier request was done.
            return unknown("The answer was " + refused.status() + said);
        }
        return switch (refused.status()) {
            case 400, 422 ->
                new Outcome.Refused(
                        ErrorCodes.REFUSED,
                        "Desk365 refused this" + said + " Nothing was done." + new ErrorHints(call).after(named));
            case 401 ->
                new Outcome.Refused(
                        ErrorCodes.UNAUTHORIZED,
                        "Desk365 refused the API key (401)" + said
                                + " Trying again does not help: a person must check the key in Settings > Integrations > API and that the plan has API access.");
            case 403 -> new Outcome.Refused(ErrorCodes.FORBIDDEN, forbidden(call.tool(), said));
            case 404 -> new Outcome.Refused(ErrorCodes.NOT_FOUND, notFound(call, said));
            case 409 ->
                new Outcome.Refused(
                        ErrorCodes.CONFLICT, "Desk365 refused this" + said + " The name is taken: use another.");
            case 429 ->
                new Outcome.Refused(ErrorCodes.RATE_LIMITED, limited(call, (RateLimitedException) refused, said));
            case 301, 302, 303, 307, 308 ->
                new Outcome.Refused(
                        ErrorCodes.REDIRECTED,
                        "Desk365 sent this to another address (" + refused.status() + "), which is not followed. Trying"
                                + " again does not help: a person must check the subdomain or base URL of this server;"
                                + " a helpdesk that does not exist, or that moved, answers so.");
            default ->
                refused.status() >= 500
                        ? new Outcome.Refused(
                                ErrorCodes.UNAVAILABLE,
                                "Desk365 has a fault (" + refused.status() + ")" + said
                                        + (call.tool().verb().reads()
                                                ? " Try again later."
                                                : " Whether it was carried out is unknown."),
                                call.tool().verb().reads() ? "" : LOOK)
                        : new Outcome.Refused(
                                ErrorCodes.REFUSED, "Desk365 refused this (" + refused.status() + ")" + said);
        };
    }

    /** The service's own sentence, with the names that arguments bear here. */
    private static @Nullable String named(Tool tool, @Nullable String message) {
        if (message == null) {
            return null;
        }
        // Other spaces and breaks were made one blank by the client.
        String named = Invisible.stripName(message).replaceAll("[.\\s]+$", "");
        for (Map.Entry<String, String> name : NAMES.entrySet()) {
            named = named.replaceAll("\\b" + name.getKey() + "\\b", name.getValue());
        }
        // The API calls the same address otherwise in each place.
        Param<?> address = tool.params().stream()
                .filter(param -> param.aliases().contains("email"))
                .findFirst()
                .orElse(null);
        return address == null ? named : named.replaceAll("(?<![\\w@.'-])email(?![\\w@.'-]| address)", address.name());
    }

    private static String forbidden(Tool tool, String said) {
        return tool.restricted()
                ? "Desk365 refused access (403)" + said
                        + " Contracts need access that Desk365's support grants: a person must ask"
                        + " for it. Other tools are not affected."
                : "Desk365 refused access (403)" + said
                        + " Trying again does not help: a person must check that the API key"
                        + " belongs to this helpdesk.";
    }

    /** Which record is not there, and where its name comes from. */
    private static String notFound(Call call, String said) {
        Names names = call.names();
        if (call.tool().unverified()) {
            return "Desk365 answered 404" + said
                    + " It seems to have no such operation; no document of the vendor names it."
                    + " Nothing was done, and other arguments do not help.";
        }
        List<String> wanted = new ArrayList<>();
        List<String> sources = new ArrayList<>();
        List<Param<?>> given = call.tool().identifiers().stream()
                .filter(param -> call.arguments().get(param.name()) != null)
                .toList();
        ErrorHints clues = new ErrorHints(call);
        StringBuilder near = new StringBuilder();
        boolean anyRequired = given.stream().anyMatch(Param::isRequired);
        for (Param<?> param : given) {
            // References that are not required name other records than the one that is not there.
            if (param.isRequired() || !anyRequired) {
                Object value = call.arguments().get(param.name());
                wanted.add(param.name() + " " + Text.brief(value));
                near.append(clues.near(param));
                param.sources().stream()
                        .filter(source -> names.isVisible(source.tool()))
                        .findFirst()
                        .ifPresent(source -> sources.add(
                                param.name() + " is found in " + names.of(source.tool()) + " at " + source.path()));
            }
        }
        String what = wanted.isEmpty() ? "what was asked for" : Text.list(wanted, "and");
        // Where something is added to a record, one status stands for both.
        String or = call.tool().verb() == Tool.Verb.CREATES ? ", or has no such operation" : "";
        String message = "Desk365 has no record with " + what + or + said + near
                + (sources.isEmpty() ? "" : " " + String.join("; ", sources) + ".");
        return (message + " " + names.inText(call.tool().whenMissing())).stripTrailing();
    }

    private static String limited(Call call, RateLimitedException limited, String said) {
        Duration wait = call.account().ledger().spent(limited.retryAfter());
        return "The calls of this Desk365 plan are used up for now (429)" + said + " Nothing was done. "
                + (wait == null
                        ? "Wait a minute (Plus, Premium) or up to an hour (Standard) before the next call."
                        : "Wait " + BudgetStage.words(wait) + " before the next call.");
    }
}
