package io.github.desk365mcp.tools.host;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call that needs a person's approval: what it would do, who asks, and what was decided.
 *
 * <p>It is a snapshot: {@link PendingCalls#find} returns the current state. It contains text for the person who decides,
 * such as the mail to a customer, which is in no log and not in {@code toString}. Immutable.
 *
 * <p>Later versions may add methods, so only the library and tests of a {@link PendingListener} implement it.
 */
public interface PendingCall {

    /** How far a pending call has come. Later versions may add values. */
    enum State {
        /** Nobody has decided yet; nothing was done. */
        WAITING,
        /** A person has approved the call, and it is being carried out. */
        ACTING,
        /** A person has approved the call, and it was carried out; if only partly, {@link PendingCall#message()} says so. */
        DONE,
        /** A person has approved the call, but nothing was done, as {@link PendingCall#message()} says. */
        FAILED,
        /** A person has approved the call, but the service's response was lost, so it may have been carried out. */
        UNKNOWN,
        /** A person has declined the call; nothing was done. */
        DECLINED,
        /** Nobody decided in time; nothing was done. */
        EXPIRED
    }

    /**
     * {@return an unguessable identifier} A host that does not sign people in lets anyone who has it decide, so never give
     * it to a model.
     */
    String id();

    /** {@return how far the call has come} */
    State state();

    /** {@return the full name of the tool} */
    String tool();

    /** {@return what the tool does, in a few words} */
    String title();

    /** {@return the tenant; null if the host serves one helpdesk} */
    @Nullable
    String tenant();

    /** {@return the caller who asks; null if unknown} */
    @Nullable
    String caller();

    /** {@return when the call was made} */
    Instant askedAt();

    /** {@return until when it can be approved} */
    Instant expiresAt();

    /** {@return the preview as plain JSON values: what is sent, from whom, to whom, and what changes} Unmodifiable. */
    Map<String, Object> preview();

    /** {@return the preview as lines of plain text} */
    String text();

    /**
     * {@return the preview as an HTML fragment without scripts, styles or forms} Text is escaped, and the body of a
     * message is reduced to harmless tags. It may refer to images and links of other servers: show it in a sandboxed
     * frame, or under a content security policy that loads nothing.
     */
    String html();

    /**
     * {@return the body of the mail, note or article as its readers will see it, reduced to harmless tags; null if the
     * call has none} Styles are removed, so text that they would hide is visible.
     */
    @Nullable
    String body();

    /** {@return who decided, as the host said; null if nobody has} */
    @Nullable
    String decidedBy();

    /** {@return how the person decided, as the host said, such as {@code page}; null if nobody has} */
    @Nullable
    String channel();

    /** {@return when the person decided; null if nobody has} */
    @Nullable
    Instant decidedAt();

    /**
     * {@return why an approved call was not carried out, or only partly, or may not have been; or what the person said who declined it;
     * null otherwise} While a call waits again, the reason why the last approval did not carry it out.
     */
    @Nullable
    String message();
}
