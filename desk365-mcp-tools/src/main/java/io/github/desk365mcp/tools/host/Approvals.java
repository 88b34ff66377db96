package io.github.desk365mcp.tools.host;

import io.github.desk365mcp.tools.internal.text.Ascii;
import io.github.desk365mcp.tools.internal.text.Text;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What must happen before calls act: by what they do, and by tool.
 *
 * <pre>{@code
 * Approvals.defaults().customerMail(Approval.CONFIRM).tool("delete_a_desk_365_kb_article_by_id", Approval.DENY)
 * }</pre>
 *
 * <p>Of all that apply to a call the strictest wins: a reply creates something and e-mails a customer, and a tool's own
 * setting can only tighten. Immutable; each method that takes an approval returns a copy.
 */
public final class Approvals {

    private static final int LONGEST = 80;
    private static final Approvals DEFAULTS =
            new Approvals(Map.of(Effects.MAIL, Approval.STAGE, Effects.DELETE, Approval.STAGE));

    private final Map<String, Approval> settings;

    /** By effect, or by the name of a tool. */
    private Approvals(Map<String, Approval> settings) {
        this.settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    /**
     * Calls that e-mail somebody outside or let them in on mail, and deletions, are staged; everything else is allowed.
     */
    public static Approvals defaults() {
        return DEFAULTS;
    }

    /** For calls that only read. */
    public Approvals reads(Approval approval) {
        return and(Effects.READ, approval);
    }

    /** For calls that add something: tickets, contacts, articles, and also notes and replies. */
    public Approvals creates(Approval approval) {
        return and(Effects.CREATE, approval);
    }

    /** For calls that change something. */
    public Approvals updates(Approval approval) {
        return and(Effects.UPDATE, approval);
    }

    /** For calls that delete. */
    public Approvals deletes(Approval approval) {
        return and(Effects.DELETE, approval);
    }

    /**
     * For calls that e-mail somebody outside, or may: replies, public notes and imported messages; and for those that let
     * somebody outside in on mail: a ticket's new contact, whom it is shared with, its watchers, whom a note notifies, and
     * a contact's secondary addresses. Watchers and the notified are outside unless they are surely agents: the
     * {@link Vocabulary} says so or, if it names none, the service's list of agents did since the tools were bound.
     */
    public Approvals customerMail(Approval approval) {
        return and(Effects.MAIL, approval);
    }

    /** For one tool, by its full or short name; a name that is none is refused when the tools are made. */
    public Approvals tool(String name, Approval approval) {
        return and(name, approval);
    }

    /**
     * These settings as data: {@code allow}, {@code stage}, {@code confirm} or {@code deny} for {@code read},
     * {@code create}, {@code update}, {@code delete}, {@code mail} or the name of a tool.
     *
     * <p>A name that is no tool's is refused when the tools are made.
     *
     * @throws IllegalArgumentException if an approval means nothing
     */
    public Approvals with(Map<String, ?> words) {
        Approvals changed = this;
        for (Map.Entry<String, ?> word : words.entrySet()) {
            String what = Ascii.lower(word.getKey().strip());
            Approval approval = approval(String.valueOf(word.getValue()));
            changed = changed.and(what, approval);
        }
        return changed;
    }

    private static Approval approval(String word) {
        List<String> known = new ArrayList<>();
        for (Approval approval : Approval.values()) {
            String name = Ascii.lower(approval.name());
            if (Ascii.isSame(name, word.strip())) {
                return approval;
            }
            known.add(name);
        }
        throw new IllegalArgumentException(
                "approval is one of " + String.join(", ", known) + ", not " + Text.cut(word, LONGEST));
    }

    private Approvals and(String what, Approval approval) {
        Map<String, Approval> more = new LinkedHashMap<>(settings);
        // A tool may be set by both of its names: what is said last counts.
        more.remove(what);
        more.put(what, approval);
        return new Approvals(more);
    }

    /**
     * The settings by what they are for: {@code read}, {@code create}, {@code update}, {@code delete}, {@code mail} or the
     * name of a tool, those made last at the end. What is missing is allowed. Unmodifiable.
     */
    public Map<String, Approval> settings() {
        return settings;
    }

    /** What is set. */
    @Override
    public String toString() {
        return "Approvals" + new TreeMap<>(settings);
    }
}
