package io.github.desk365mcp.tools.internal.core;

import io.github.desk365mcp.tools.internal.account.Account;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the stages noted about a call, for the result's {@code _meta}. Used by one thread. */
public final class CallNotes {

    private static final int MOST = 50;

    private final List<String> repairs = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final Map<String, String> givenAs = new HashMap<>();
    private final Map<String, String> untrusted = new LinkedHashMap<>();
    private final @Nullable CallNotes outer;
    private @Nullable Integer status;
    private int calls;
    private boolean sentNothing;
    private boolean hasLeft;
    private @Nullable Instant begun;
    private boolean mails;
    private @Nullable String caller;
    private @Nullable Tool tool;
    private @Nullable Account account;

    public CallNotes() {
        this(null);
    }

    private CallNotes(@Nullable CallNotes outer) {
        this.outer = outer;
    }

    /** Admission found who calls; null if not known. */
    public void calledBy(@Nullable String known) {
        caller = known;
    }

    /** Admission found the tool, and that the caller may use it. */
    public void found(Tool known) {
        tool = known;
    }

    /** Admission found the account. */
    public void found(Account known) {
        account = known;
    }

    @Nullable
    public String caller() {
        return caller;
    }

    /** Null if there is none that the caller may use. */
    @Nullable
    public Tool tool() {
        return tool;
    }

    /** Null if the call did not come so far. */
    @Nullable
    public Account account() {
        return account;
    }

    public void repaired(String words) {
        tell(repairs, words);
    }

    /** Of very many the first are enough to see what was done. */
    private static void tell(List<String> told, String words) {
        if (told.size() < MOST) {
            told.add(words);
        } else if (told.size() == MOST) {
            told.add("and more of the kind");
        }
    }

    /** A repair that the model must know of, since it changed what was asked for. */
    public void noted(String words) {
        tell(repairs, words);
        tell(notes, words);
    }

    public void renamed(String alias, String argument) {
        tell(repairs, alias + " was read as " + argument);
        givenAs.put(argument, alias);
    }

    /** The argument, and what the model called it. */
    public String called(String argument) {
        String alias = givenAs.get(argument);
        return alias == null ? argument : argument + " (given as " + alias + ")";
    }

    /** A text of the answer that somebody outside wrote. */
    public void untrusted(String path, String writer) {
        untrusted.put(path, writer);
    }

    /** Paths in the answer, and who wrote what is there: contact, agent or system. */
    public Map<String, String> untrusted() {
        return Collections.unmodifiableMap(untrusted);
    }

    public void refusedWith(int httpStatus) {
        status = httpStatus;
    }

    /** The HTTP status of the error that the service answered; null if it answered none. */
    @Nullable
    public Integer status() {
        return status;
    }

    /** So many calls of the rate limit were taken for it; fewer than none were given back. */
    public void cost(int more) {
        calls += more;
        if (outer != null) {
            outer.cost(more);
        }
    }

    /** For a call that is made on the way: it costs, but what it reads is not in the answer. */
    CallNotes aside() {
        return new CallNotes(this);
    }

    public int calls() {
        return calls;
    }

    /** The call was given up before anything left for the service. */
    public void sentNothing() {
        sentNothing = !hasLeft;
    }

    /** One of several requests was answered, whatever becomes of the others. */
    public void left() {
        hasLeft = true;
    }

    /** The helpdesk is called now: all waiting, such as that for a person, is over. */
    public void begun(Instant now) {
        begun = now;
    }

    /** When the helpdesk was called last; null if it was not. */
    @Nullable
    public Instant begun() {
        return begun;
    }

    /** It began to do what e-mails somebody outside, or lets them in on mail. */
    public void mails() {
        mails = true;
    }

    public boolean hasMailed() {
        return mails;
    }

    public boolean hasSentNothing() {
        return sentNothing;
    }

    /** The repairs that stand in the answer too. */
    public List<String> shownRepairs() {
        return List.copyOf(notes);
    }

    public List<String> repairs() {
        return List.copyOf(repairs);
    }
}
