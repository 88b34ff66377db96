package io.github.desk365mcp.tools.internal.core;

import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.api.RateLimitedException;
import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.ErrorCodes;
import io.github.desk365mcp.tools.host.Progress;
import io.github.desk365mcp.tools.internal.text.PlainBody;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The validated arguments of one call, read through the parameters that describe them. */
public final class Arguments {

    private final Call call;

    public Arguments(Call call) {
        this.call = call;
    }

    public <T> @Nullable T get(Param<T> param) {
        Object value = call.arguments().get(param.name());
        return value == null ? null : param.type().read(value);
    }

    /** Returns a required argument. */
    public <T> T need(Param<T> param) {
        T value = get(param);
        if (value == null) {
            throw new IllegalStateException(param.name() + " was not checked");
        }
        return value;
    }

    /** Passes the argument to the setter if it was given. */
    public <T> void set(Param<T> param, Consumer<? super T> setter) {
        T value = get(param);
        if (value != null) {
            setter.accept(value);
        }
    }

    /** Passes the list to the setter if it was given. */
    public void setAll(Param<List<String>> param, Consumer<String[]> setter) {
        set(param, values -> setter.accept(values.toArray(String[]::new)));
    }

    /** Returns the fields named in {@code clear}. None of them is set; such a call has been refused. */
    public List<String> cleared(Param<List<String>> clear) {
        List<String> fields = get(clear);
        return fields == null ? List.of() : fields;
    }

    /**
     * Asks the service for what it adds only on request, if the flag was given or a field was requested that needs it.
     */
    public void include(Param<Boolean> flag, Consumer<Boolean> setter, String... fields) {
        List<String> requested = Stream.of(fields).filter(this::asksFor).toList();
        if (requested.isEmpty()) {
            set(flag, setter);
            return;
        }
        setter.accept(true);
        if (Boolean.FALSE.equals(get(flag))) {
            note(flag.name() + " false was ignored because fields asks for " + requested.get(0));
        }
    }

    /** Whether a field of the answer was requested by name. */
    public boolean asksFor(String field) {
        return call.arguments().get(AnswerOptions.FIELDS) instanceof List<?> fields && fields.contains(field);
    }

    /**
     * Returns HTML that replaces HTML. A text that does not begin and end with a tag was most likely read as plain
     * text; it would delete formatting, images and quotations, so {@code plain} must confirm it.
     */
    @Nullable
    public String html(Param<String> body, Param<Boolean> plain) {
        String given = get(body);
        if (given == null || call.notes().isEdited() || PlainBody.isWhollyHtml(given)) {
            return given;
        }
        if (!Boolean.TRUE.equals(get(plain))) {
            throw new RefusedException(
                    ErrorCodes.NEEDS_HTML,
                    "Nothing was changed. " + body.name() + " is stored as HTML, but this does not begin and end with"
                            + " a tag. Read it with body_format html, edit that and send it; or pass " + plain.name()
                            + " true to replace all of it with plain text.");
        }
        return PlainBody.ofText(given);
    }

    public boolean has(Param<?> param) {
        return call.arguments().get(param.name()) != null;
    }

    /** Refuses the call unless exactly one of the two arguments was given. */
    public void needEither(Param<?> one, Param<?> other) {
        if (has(one) == has(other)) {
            throw new RefusedException(
                    ErrorCodes.INVALID_ARGUMENTS,
                    "Nothing was done. Give either " + one.name() + " or " + other.name() + ", not both.");
        }
    }

    /** Whether the caller may use another tool, for answers that combine several. */
    public boolean mayUse(String tool) {
        return call.names().isVisible(tool);
    }

    /** Records in the ledger a 429 response that does not end the call. */
    public void limited(RateLimitedException limited) {
        call.account().ledger().spent(limited.retryAfter());
    }

    /** Records in the ledger how many calls are left, as the service said last, for a call that makes several requests. */
    public void saw(Desk365Client desk) {
        call.account().ledger().saw(desk.rateLimit());
    }

    /** Uploads the files that the call refers to. */
    public Uploaded upload(Uploader.Upload upload) {
        return call.uploader().send(this, upload);
    }

    public CallContext context() {
        return call.context();
    }

    /** The call itself, for tools about the tools rather than the helpdesk. */
    public Call call() {
        return call;
    }

    /** The names of tools for this caller. */
    public Names names() {
        return call.names();
    }

    /** Takes calls in addition to those that the tool always costs; false if the plan has too few left. */
    public boolean spend(int calls) {
        boolean taken = call.account().ledger().take(calls) == null;
        if (taken) {
            call.notes().cost(calls);
        }
        return taken;
    }

    /** Reports how many of the tool's several requests are done. */
    public void reached(int done, int total) {
        Progress progress = call.context().progress();
        if (progress != null) {
            progress.reached(done, total);
        }
    }

    /** Whether only the total is wanted. */
    public boolean asksForCount() {
        return call.tool().param(AnswerOptions.COUNT_ONLY.name()) != null
                && Boolean.TRUE.equals(get(AnswerOptions.COUNT_ONLY));
    }

    /** Adds a remark about the answer for the model. */
    public void note(String words) {
        call.notes().noted(words);
    }

    public Map<String, Object> toMap() {
        return call.arguments();
    }
}
