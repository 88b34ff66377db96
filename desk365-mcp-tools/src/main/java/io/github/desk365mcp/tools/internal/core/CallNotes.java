package io.github.desk365mcp.tools.internal.core;

import io.github.desk365mcp.tools.internal.account.Account;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the stages recorded about a call, for the result's {@code _meta}. Used by one thread. */
public final class CallNotes {

    private static final int MOST = 50;

    private final List<String> repairs = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final Map<String, String> givenAs = new HashMap<>();
    private final Map<String, String> problems = new LinkedHashMap<>();
    private final Map<String, String> untrusted = new LinkedHashMap<>();
    private final Set<String> written = new HashSet<>();
    private final List<String> quotes = new ArrayList<>();
    private final @Nullable CallNotes outer;
    private @Nullable Integer status;
    private int calls;
    private boolean sentNothing;
    private boolean hasLeft;
    private final Set<String> filledIn = new HashSet<>();
    private @Nullable Instant begun;
    private boolean reached;
    private boolean isLockedByReading;
    private final Set<String> empty = new HashSet<>();
    private List<Map<String, Object>> repeated = List.of();
    private boolean filesAreReadable;
    private boolean partly;
    private @Nullable Decision decision;
    private Map<?, ?> previewed = Map.of();
    private boolean isEdited;
    private @Nullable Call followUp;
    private @Nullable String followUpOutcome;
    private @Nullable String pending;
    private @Nullable String caller;
    private @Nullable Tool tool;
    private @Nullable Account account;

    public CallNotes() {
        this(null);
    }

    private CallNotes(@Nullable CallNotes outer) {
        this.outer = outer;
    }

    /** Set for an argument that has the operator's value because the call left it out. */
    public void filledIn(String argument) {
        filledIn.add(argument);
    }

    /** Whether the call left the argument out. */
    public boolean isFilledIn(String argument) {
        return filledIn.contains(argument);
    }

    /** Set by admission; null if the caller is unknown. */
    public void calledBy(@Nullable String known) {
        caller = known;
    }

    /** Set by admission if the caller may use the tool. */
    public void found(Tool known) {
        tool = known;
    }

    /** Set by admission. */
    public void found(Account known) {
        account = known;
    }

    @Nullable
    public String caller() {
        return caller;
    }

    /** Null if there is no such tool that the caller may use. */
    @Nullable
    public Tool tool() {
        return tool;
    }

    /** Null if the call was refused before its account was known. */
    @Nullable
    public Account account() {
        return account;
    }

    public void repaired(String words) {
        add(repairs, words);
    }

    /** Keeps only the first of very many. */
    private static void add(List<String> list, String words) {
        if (list.size() < MOST) {
            list.add(words);
        } else if (list.size() == MOST) {
            list.add("and more");
        }
    }

    /** Records a repair that the model must know of, because it changes what was asked for. */
    public void noted(String words) {
        add(repairs, words);
        add(notes, words);
    }

    public void renamed(String alias, String argument) {
        add(repairs, alias + " was read as " + argument);
        givenAs.put(argument, alias);
    }

    /** The argument's name, with the name that the model used. */
    public String called(String argument) {
        String alias = givenAs.get(argument);
        return alias == null ? argument : argument + " (given as " + alias + ")";
    }

    /** Records an argument that cannot be repaired, with a sentence that says why. */
    public void problem(String argument, String sentence) {
        problems.putIfAbsent(argument, sentence);
    }

    /** The arguments that could not be repaired, with the reasons. */
    public Map<String, String> problems() {
        return Collections.unmodifiableMap(problems);
    }

    /** Records a text in the answer that an outsider wrote. */
    public void untrusted(String path, String writer) {
        untrusted.put(path, writer);
    }

    /** Paths in the answer with their writers: contact, agent or system. */
    public Map<String, String> untrusted() {
        return Collections.unmodifiableMap(untrusted);
    }

    /** Records that this call has written a text in the answer itself. */
    public void written(String path) {
        written.add(path);
    }

    /** Reports that the text at this path is ours after all. */
    public void ours(String path) {
        untrusted.remove(path);
    }

    /** Takes over the labels of an earlier call's answer. */
    public void labeled(Labels labels) {
        untrusted.putAll(labels.untrusted());
        written.addAll(labels.written());
    }

    /** The labels of the answer. */
    public Labels labels() {
        return new Labels(Map.copyOf(untrusted), Set.copyOf(written));
    }

    /**
     * The labels of an answer.
     *
     * @param untrusted the paths of texts that people wrote, with their writers
     * @param written the paths of texts that the call itself has written
     */
    public record Labels(Map<String, String> untrusted, Set<String> written) {

        public static final Labels NONE = new Labels(Map.of(), Set.of());
    }

    /** Whether the answer has untrusted text that this call has not written itself. */
    public boolean hasRead() {
        return !written.containsAll(untrusted.keySet());
    }

    /** Records that an error quotes the service's words, which may be anybody's. */
    public void quoted(String words) {
        quoted(words, Field.Writer.SYSTEM);
    }

    /** Records that an error quotes words of that writer. */
    public void quoted(String words, Field.Writer writer) {
        untrusted.put("error", writer.word());
        quotes.add(words);
    }

    /** Takes over what an error of another call quotes, because the error of this call contains it. */
    public void quoted(CallNotes other) {
        other.quotes.forEach(this::quoted);
    }

    /** The words of the service that an error quotes. */
    public List<String> quotes() {
        return List.copyOf(quotes);
    }

    public void refusedWith(int httpStatus) {
        status = httpStatus;
    }

    /** The HTTP status of the service's error response; null if there was none. */
    @Nullable
    public Integer status() {
        return status;
    }

    /** Adds calls of the rate limit; a negative number gives calls back. */
    public void cost(int more) {
        calls += more;
        if (outer != null) {
            outer.cost(more);
        }
    }

    /** Notes for a call made on behalf of this one: it costs, but what it reads is not in the answer. */
    CallNotes aside() {
        return new CallNotes(this);
    }

    public int calls() {
        return calls;
    }

    /** The call was given up before anything was sent to the service. */
    public void sentNothing() {
        sentNothing = !hasLeft;
    }

    /** One of several requests has been answered, whatever happens to the others. */
    public void left() {
        hasLeft = true;
    }

    /** Called when the first request is about to be sent, after all waiting, such as for a person. */
    public void begun(Instant now) {
        begun = now;
    }

    /** When the service was last called; null if it was not. */
    @Nullable
    public Instant begun() {
        return begun;
    }

    /** An optional argument was given, but empty, and is ignored. */
    public void givenEmpty(String argument) {
        empty.add(argument);
    }

    public boolean isGivenEmpty(String argument) {
        return empty.contains(argument);
    }

    /** The session may no longer write once this call has returned text written by outsiders. */
    public void lockedByReading() {
        isLockedByReading = true;
    }

    public boolean isLockedByReading() {
        return isLockedByReading;
    }

    /** What the call's text repeats of texts that are not for its recipient, for previews. */
    public void repeats(List<Map<String, Object>> passages) {
        repeated = passages;
    }

    public List<Map<String, Object>> repeated() {
        return repeated;
    }

    /** The call has begun to do something that reaches somebody outside. */
    public void reachesCustomer() {
        reached = true;
    }

    public boolean hasReachedCustomer() {
        return reached;
    }

    /** The validated change of the ticket that follows this message. */
    public void followedBy(Call change) {
        followUp = change;
    }

    /** Null if nothing follows. */
    @Nullable
    public Call followUp() {
        return followUp;
    }

    /** Records how the change that follows this message ended. */
    public void followUpEnded(String outcome) {
        followUpOutcome = outcome;
    }

    /** Null if it was not begun. */
    @Nullable
    public String followUpOutcome() {
        return followUpOutcome;
    }

    /** What the approved preview showed of the record and of the recipients. */
    public void previewed(Object shown) {
        previewed = (Map<?, ?>) shown;
    }

    /** Empty if the call had no preview. */
    public Map<?, ?> previewed() {
        return previewed;
    }

    /** The body among the arguments is the stored one with other passages, not one that the model has written. */
    public void edited() {
        isEdited = true;
    }

    boolean isEdited() {
        return isEdited;
    }

    /** The call did a part of what it was to do, and its answer says which. */
    public void partly() {
        partly = true;
    }

    public boolean isPartly() {
        return partly;
    }

    /** The caller has the tool that reads files by their names, so that the answer's text needs no links. */
    public void filesAreReadable() {
        filesAreReadable = true;
    }

    public boolean areFilesReadable() {
        return filesAreReadable;
    }

    /** A person has decided on the call. */
    public void decided(Decision made) {
        decision = made;
    }

    /** Null if no person has decided on the call. */
    @Nullable
    public Decision decision() {
        return decision;
    }

    /** The call waits for a person, under this identifier. */
    public void pending(String id) {
        pending = id;
    }

    /** Null unless the call waits for a person. */
    @Nullable
    public String pending() {
        return pending;
    }

    public boolean hasSentNothing() {
        return sentNothing;
    }

    /** The repairs that the answer shows too. */
    public List<String> shownRepairs() {
        return List.copyOf(notes);
    }

    public List<String> repairs() {
        return List.copyOf(repairs);
    }
}
