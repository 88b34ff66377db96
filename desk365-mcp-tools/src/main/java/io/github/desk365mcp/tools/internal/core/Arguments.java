package io.github.desk365mcp.tools.internal.core;

import io.github.desk365mcp.api.RateLimitedException;
import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.ErrorCodes;
import io.github.desk365mcp.tools.host.Progress;
import io.github.desk365mcp.tools.internal.text.PlainBody;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The checked arguments of one call, read by the same parameters that described them. */
public final class Arguments {

    private final Call call;

    public Arguments(Call call) {
        this.call = call;
    }

    public <T> @Nullable T get(Param<T> param) {
        Object value = call.arguments().get(param.name());
        return value == null ? null : param.type().read(value);
    }

    /** A required argument. */
    public <T> T need(Param<T> param) {
        T value = get(param);
        if (value == null) {
            throw new IllegalStateException(param.name() + " was not checked");
        }
        return value;
    }

    /** Hands the argument over if it was given. */
    public <T> void set(Param<T> param, Consumer<? super T> setter) {
        T value = get(param);
        if (value != null) {
            setter.accept(value);
        }
    }

    /** Hands the list over if it was given, as the client's inputs take it. */
    public void setAll(Param<List<String>> param, Consumer<String[]> setter) {
        set(param, values -> setter.accept(values.toArray(String[]::new)));
    }

    /** The fields that are, or are to be, empty; none of them may be given a value in the same call. */
    public List<String> cleared(Param<List<String>> clear) {
        List<String> fields = get(clear);
        for (String field : fields == null ? List.<String>of() : fields) {
            if (call.arguments().containsKey(field)) {
                throw new RefusedException(
                        ErrorCodes.INVALID_ARGUMENTS,
                        "Nothing was done. " + field + " is given and also in " + clear.name() + "; leave one out.");
            }
        }
        return fields == null ? List.of() : fields;
    }

    /** Asks the service for a field that it adds on request only, if the flag or the field's name was given. */
    public void include(Param<Boolean> flag, String field, Consumer<Boolean> setter) {
        if (!asksFor(field)) {
            set(flag, setter);
            return;
        }
        setter.accept(true);
        if (Boolean.FALSE.equals(get(flag))) {
            note(flag.name() + " false was left out: fields asks for " + field);
        }
    }

    /** Whether a field of the answer was asked for by name, also one that the service adds on request only. */
    public boolean asksFor(String field) {
        return call.arguments().get(AnswerOptions.FIELDS) instanceof List<?> fields && fields.contains(field);
    }

    /**
     * HTML that replaces HTML. What does not begin and end with a tag was most likely read as text: it would take
     * formatting, images and quotations with it, so it must be meant.
     */
    @Nullable
    public String html(Param<String> body, Param<Boolean> plain) {
        String given = get(body);
        if (given == null || PlainBody.isWhollyHtml(given)) {
            return given;
        }
        if (!Boolean.TRUE.equals(get(plain))) {
            throw new RefusedException(
                    ErrorCodes.NEEDS_HTML,
                    "Nothing was changed. " + body.name() + " is kept as HTML, and this does not begin and end with"
                            + " a tag. Read it with body_format html, change that and send it; or give " + plain.name()
                            + " true to replace all of it by plain text.");
        }
        return PlainBody.ofText(given);
    }

    public boolean has(Param<?> param) {
        return call.arguments().get(param.name()) != null;
    }

    /** Refuses the call unless one of the two was given, and the other was not. */
    public void needEither(Param<?> one, Param<?> other) {
        if (has(one) == has(other)) {
            throw new RefusedException(
                    ErrorCodes.INVALID_ARGUMENTS,
                    "Nothing was done. Give either " + one.name() + " or " + other.name() + ", and not both.");
        }
    }

    /** Whether the caller may use another tool, for answers that are put together from several. */
    public boolean mayUse(String tool) {
        return call.names().isVisible(tool);
    }

    /** Tells the ledger of a 429 that does not end the call. */
    public void limited(RateLimitedException limited) {
        call.account().ledger().spent(limited.retryAfter());
    }

    /** Sends the files that the call refers to. */
    public Uploaded upload(Uploader.Upload upload) {
        return call.uploader().send(this, upload);
    }

    /** Whose call it is. */
    public CallContext context() {
        return call.context();
    }

    /** The call itself, for what is about the tools and not the helpdesk. */
    public Call call() {
        return call;
    }

    /** What tools are called here. */
    public Names names() {
        return call.names();
    }

    /** Takes calls beyond those that the tool costs always; false if the plan has too few left. */
    public boolean spend(int calls) {
        boolean taken = call.account().ledger().take(calls) == null;
        if (taken) {
            call.notes().cost(calls);
        }
        return taken;
    }

    /** Tells whoever waits how many of several calls to the helpdesk are done. */
    public void reached(int done, int total) {
        Progress progress = call.context().progress();
        if (progress != null) {
            progress.reached(done, total);
        }
    }

    /** Whether only the total is wanted. */
    boolean asksForCount() {
        return call.tool().param(AnswerOptions.COUNT_ONLY.name()) != null
                && Boolean.TRUE.equals(get(AnswerOptions.COUNT_ONLY));
    }

    /** Something that the model must know of the answer. */
    public void note(String words) {
        call.notes().noted(words);
    }

    public Map<String, Object> toMap() {
        return call.arguments();
    }
}
