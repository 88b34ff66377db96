package io.github.desk365mcp.tools.internal.pipeline;

import io.github.desk365mcp.api.ApiException;
import io.github.desk365mcp.api.CancelledException;
import io.github.desk365mcp.api.Desk365Exception;
import io.github.desk365mcp.api.RateLimitedException;
import io.github.desk365mcp.api.TlsException;
import io.github.desk365mcp.api.TransportException;
import io.github.desk365mcp.tools.host.ErrorCodes;
import io.github.desk365mcp.tools.internal.core.Call;
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

/** Converts failures of the client to errors that say what happened and what the model can do next. */
public final class Failures {

    /** Our names for some arguments, by the service's names. */
    public static final Map<String, String> NAMES =
            Map.of("assign_to", "assigned_to", "sub_category", "subcategory", "article_title", "article_name");

    /** The next step if the outcome of a write is unknown, unless a stage gives better advice. */
    private static final String LOOK = "Check that before you retry, or it may be done twice.";

    private static final System.Logger LOG = System.getLogger(Failures.class.getName());

    private Failures() {}

    static Outcome.Refused explain(Call call, Desk365Exception failure) {
        return explain(call, failure, call.tool().verb().reads());
    }

    /** A call has failed before it sent a write. */
    static Outcome.Refused unread(Call call, Desk365Exception failure) {
        Outcome.Refused explained = explain(call, failure, true);
        // In a call that writes, the code of a failed read would mean that a change may have been made.
        return explained.isOpen() && !call.tool().verb().reads()
                ? new Outcome.Refused(ErrorCodes.NO_ANSWER, "Nothing was changed. " + explained.text())
                : explained;
    }

    /** @param reads whether the call has sent no write */
    static Outcome.Refused explain(Call call, Desk365Exception failure, boolean reads) {
        if (failure instanceof ApiException refused) {
            call.notes().refusedWith(refused.status());
            return refused(call, refused, reads);
        }
        if (failure instanceof TransportException broken && !broken.mayHaveArrived()) {
            call.notes().sentNothing();
            if (broken.getCause() instanceof RuntimeException mistake) {
                // The host's own mistake, such as a broken interceptor, is thrown to the host; a retry would not help.
                throw mistake;
            }
        }
        if (failure instanceof CancelledException cancelled) {
            return cancelled.mayHaveArrived() && !reads
                    ? unknown("The call was cancelled after sending had begun.")
                    : new Outcome.Refused(ErrorCodes.CANCELLED, "The call was cancelled; nothing was changed.");
        }
        if (failure instanceof TransportException broken) {
            if (broken instanceof TlsException distrusted && (reads || !broken.mayHaveArrived())) {
                return new Outcome.Refused(
                        ErrorCodes.NO_ANSWER,
                        "A secure connection to Desk365 could not be established; nothing was changed. Retrying does"
                                + " not help; an administrator must fix this. " + distrusted.reason() + ".");
            }
            if (broken.reason().startsWith("the proxy") && !broken.mayHaveArrived()) {
                return new Outcome.Refused(
                        ErrorCodes.NO_ANSWER,
                        "Desk365 could not be reached; nothing was changed. Retrying does not help; an administrator must"
                                + " fix this: " + broken.reason() + ".");
            }
            return broken.mayHaveArrived() && !reads
                    ? unknown("Desk365 did not answer.")
                    : new Outcome.Refused(
                            ErrorCodes.NO_ANSWER, "Desk365 could not be reached; nothing was changed. You may retry.");
        }
        String unexpected = "Desk365 sent an unexpected response: " + failure.getMessage() + ".";
        return reads
                ? new Outcome.Refused(
                        ErrorCodes.UNREADABLE_ANSWER,
                        unexpected + " Retrying may not help; request less, such as one record or other fields.")
                : unreadable(unexpected);
    }

    /** The response to a write could not be read, so its outcome is unknown. */
    static Outcome.Refused unreadable(String what) {
        return new Outcome.Refused(
                ErrorCodes.UNREADABLE_ANSWER, what + " Whether the change was made is unknown.", LOOK);
    }

    static Outcome.Refused unknown(String what) {
        return new Outcome.Refused(ErrorCodes.UNKNOWN_OUTCOME, what + " Whether it was carried out is unknown.", LOOK);
    }

    /** One of several requests failed, so a part of the call may have been carried out. */
    static Outcome.Refused unfinished(Call call, RuntimeException failure) {
        String what = "One of its requests failed";
        if (failure instanceof ApiException refused) {
            call.notes().refusedWith(refused.status());
            what += " with status " + refused.status() + said(named(call.tool(), refused.serverMessage()), call);
            if (refused instanceof RateLimitedException limited) {
                Duration wait = call.account().ledger().spent(limited.retryAfter());
                what += wait == null ? "" : " Wait " + BudgetStage.words(wait) + " before the next call.";
            }
        } else {
            what += failure instanceof CancelledException
                    ? " because the call was cancelled."
                    : failure instanceof TransportException ? " because Desk365 did not answer." : ".";
        }
        return partly(what);
    }

    /** A call with several requests has failed after it began to change something. */
    static Outcome.Refused partly(String what) {
        return new Outcome.Refused(
                ErrorCodes.UNKNOWN_OUTCOME, what + " A part of this call may have been carried out.", LOOK);
    }

    /** An internal error of this server in a call that may have changed something. */
    static Outcome.Refused fault(Call call, Throwable fault, Outcome.Refused refused) {
        // Its message is not logged: it may contain a customer's text or a host's secret.
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

    private static Outcome.Refused refused(Call call, ApiException refused, boolean reads) {
        String named = named(call.tool(), refused.serverMessage());
        String said = said(named, call);
        if (refused.mayHaveArrived() && refused.status() < 500 && !reads) {
            // A proxy sent the response, or an earlier attempt of a configured retry was carried out.
            return unknown("The response was " + refused.status() + said);
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
                                + " Retrying does not help; an administrator must check the key in Settings >"
                                + " Integrations > API, and that the plan includes API access.");
            case 403 -> new Outcome.Refused(ErrorCodes.FORBIDDEN, forbidden(call.tool(), said));
            case 404 -> new Outcome.Refused(ErrorCodes.NOT_FOUND, notFound(call, said));
            case 407 ->
                new Outcome.Refused(
                        ErrorCodes.NO_ANSWER,
                        "The proxy requires another user and password (407); nothing was changed. Retrying does not"
                                + " help; an administrator must fix this.");
            case 409 ->
                new Outcome.Refused(
                        ErrorCodes.CONFLICT,
                        "Desk365 refused this" + said
                                + (call.tool().tags().contains("tickets")
                                        ? " It conflicts with other data. Read the ticket before you try again."
                                        : " The name is taken; use another."));
            case 429 ->
                new Outcome.Refused(ErrorCodes.RATE_LIMITED, limited(call, (RateLimitedException) refused, said));
            case 301, 302, 303, 307, 308 ->
                new Outcome.Refused(
                        ErrorCodes.REDIRECTED,
                        "Desk365 redirected this request (" + refused.status() + "), and redirects are not followed."
                                + " Retrying does not help; an administrator must check the subdomain or base URL of"
                                + " this server: Desk365 redirects if the helpdesk does not exist or has moved.");
            default ->
                refused.status() >= 500
                        ? new Outcome.Refused(
                                ErrorCodes.UNAVAILABLE,
                                "Desk365 had an internal error (" + refused.status() + ")" + said
                                        + (reads
                                                ? tryAgain(refused.retryAfter())
                                                : " Whether it was carried out is unknown."
                                                        + asked(refused.retryAfter())),
                                reads ? "" : LOOK)
                        : new Outcome.Refused(
                                ErrorCodes.REFUSED,
                                "Desk365 refused this (" + refused.status() + ")" + said + asked(refused.retryAfter()));
        };
    }

    private static String said(@Nullable String named, Call call) {
        if (named == null) {
            return ".";
        }
        // The service's message may quote anybody's text.
        call.notes().quoted(named);
        return ": \"" + named + "\".";
    }

    private static String tryAgain(@Nullable Duration wait) {
        return wait == null || wait.isZero() ? " Try again later." : " Try again in " + BudgetStage.words(wait) + ".";
    }

    private static String asked(@Nullable Duration wait) {
        return wait == null || wait.isZero() ? "" : " It asks to wait " + BudgetStage.words(wait) + ".";
    }

    /** Returns the service's message with our names for arguments. */
    private static @Nullable String named(Tool tool, @Nullable String message) {
        if (message == null) {
            return null;
        }
        // The client has already collapsed other white space.
        String named = Invisible.stripName(message).replaceAll("[.\\s]+$", "");
        for (Map.Entry<String, String> name : NAMES.entrySet()) {
            named = named.replaceAll("\\b" + name.getKey() + "\\b", name.getValue());
        }
        // The API has several names for the same address.
        Param<?> address = tool.params().stream()
                .filter(param -> param.aliases().contains("email"))
                .findFirst()
                .orElse(null);
        return address == null ? named : named.replaceAll("(?<![\\w@.'-])email(?![\\w@.'-]| address)", address.name());
    }

    private static String forbidden(Tool tool, String said) {
        return tool.restricted()
                ? "Desk365 refused access (403)" + said
                        + " Contracts must be enabled by Desk365 support; an administrator must ask for that. Other"
                        + " tools are not affected."
                : "Desk365 refused access (403)" + said
                        + " Retrying does not help; an administrator must check that the API key belongs to this"
                        + " helpdesk.";
    }

    /** Says which record does not exist, and which tool supplies valid names. */
    private static String notFound(Call call, String said) {
        Names names = call.names();
        if (call.tool().unverified()) {
            return "Desk365 returned 404" + said + " The operation is undocumented and seems not to exist. Nothing"
                    + " was done; other arguments will not help.";
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
            // Optional identifiers name other records than the missing one.
            if (param.isRequired() || !anyRequired) {
                Object value = call.arguments().get(param.name());
                wanted.add(param.name() + " " + Text.brief(value));
                near.append(clues.near(param));
                param.sources().stream()
                        .filter(source -> names.isVisible(source.tool()))
                        .findFirst()
                        .ifPresent(source -> sources.add(
                                param.name() + " from " + names.of(source.tool()) + " (" + source.path() + ")"));
            }
        }
        String what = wanted.isEmpty() ? "no such record" : "no record with " + Text.list(wanted, "and");
        // When something is added to a record, 404 has both meanings.
        String or = call.tool().verb() == Tool.Verb.CREATES ? ", or does not support this operation" : "";
        String message = "Desk365 has " + what + or + said + near
                + (sources.isEmpty() ? "" : " Get " + Text.list(sources, "and") + ".");
        return (message + " " + names.inText(call.tool().whenMissing())).stripTrailing();
    }

    private static String limited(Call call, RateLimitedException limited, String said) {
        Duration wait = call.account().ledger().spent(limited.retryAfter());
        return "The rate limit of the Desk365 plan is reached (429)" + said + " Nothing was done. "
                + (wait == null
                        ? "Wait a minute (Plus, Premium) or up to an hour (Standard) before the next call."
                        : "Wait " + BudgetStage.words(wait) + " before the next call.");
    }
}
