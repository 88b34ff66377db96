package io.github.desk365mcp.tools.host;

import io.github.desk365mcp.tools.internal.text.Ascii;
import io.github.desk365mcp.tools.internal.text.Text;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The approvals that calls need, by the effect of a call and by tool.
 *
 * <pre>{@code
 * Approvals.defaults().customerMail(Approval.CONFIRM).tool("delete_a_desk_365_kb_article_by_id", Approval.DENY)
 * }</pre>
 *
 * <p>If several settings apply to a call, the strictest wins: a reply both creates something and e-mails a customer. A
 * tool's own setting can therefore only tighten. Immutable; each method that takes an approval returns a copy.
 */
public final class Approvals {

    private static final int LONGEST = 80;
    private static final Approvals DEFAULTS = new Approvals(
            Map.of(Effects.MAIL, Approval.STAGE, Effects.PUBLISH, Approval.STAGE, Effects.DELETE, Approval.STAGE));

    /** The methods that set the approval of an effect. No tool has the name of an effect. */
    static final Map<String, String> METHODS = Map.of(
            Effects.READ, "reads",
            Effects.CREATE, "creates",
            Effects.UPDATE, "updates",
            Effects.DELETE, "deletes",
            Effects.MAIL, "customerMail",
            Effects.PUBLISH, "publish");

    private final Map<String, Approval> settings;

    /** Keyed by effect, or by the name of a tool. */
    private Approvals(Map<String, Approval> settings) {
        this.settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    /**
     * {@return settings that stage deletions, calls that e-mail outsiders or give them access to later mail, and calls
     * that change what customers see in the knowledge base, and allow all other calls}
     */
    public static Approvals defaults() {
        return DEFAULTS;
    }

    /**
     * {@return a copy with this approval for calls that only read}
     *
     * @param approval what these calls need
     */
    public Approvals reads(Approval approval) {
        return and(Effects.READ, approval);
    }

    /**
     * {@return a copy with this approval for calls that add something: tickets, contacts, articles, and also notes and
     * replies}
     *
     * @param approval what these calls need
     */
    public Approvals creates(Approval approval) {
        return and(Effects.CREATE, approval);
    }

    /**
     * {@return a copy with this approval for calls that change something}
     *
     * @param approval what these calls need
     */
    public Approvals updates(Approval approval) {
        return and(Effects.UPDATE, approval);
    }

    /**
     * {@return a copy with this approval for calls that delete something}
     *
     * @param approval what these calls need
     */
    public Approvals deletes(Approval approval) {
        return and(Effects.DELETE, approval);
    }

    /**
     * Sets the approval for calls that e-mail, or may e-mail, an outsider: replies, public notes and imported messages.
     * It also applies to calls that give an outsider access to later mail: a ticket's new contact, the people it is
     * shared with, its watchers, those a note notifies, and a contact's secondary addresses.
     *
     * <p>An outsider is anyone who is not one of the helpdesk's agents. Watchers and notified people are treated as
     * outsiders unless they are known to be agents: because the {@link Vocabulary} names them or, if it names no
     * agents, because the service has listed them as agents since the tools were bound.
     *
     * @param approval what these calls need
     * @return a copy with this approval
     */
    public Approvals customerMail(Approval approval) {
        return and(Effects.MAIL, approval);
    }

    /**
     * Sets the approval for calls that change, or may change, what customers see in the knowledge base: a published new
     * article, every change of an article or a folder, a new folder, a new category that is not hidden, and a category's
     * new name, description or visibility.
     *
     * <p>A new draft does not count. A change of an article always counts, because the API does not show whether an
     * article that cannot be read is a draft. Deletions have their own effect.
     *
     * @param approval what these calls need
     * @return a copy with this approval
     */
    public Approvals publish(Approval approval) {
        return and(Effects.PUBLISH, approval);
    }

    /**
     * Sets the approval for one tool. That of {@code update_a_desk_365_ticket_by_id} also applies to
     * {@code desk_365_tickets_update_many}.
     *
     * @param name the tool's full or short name; an unknown name, or settings under both names of one tool, are refused
     *     when the tools are created
     * @param approval what its calls need
     * @return a copy with this approval
     * @throws IllegalArgumentException if the name is that of an effect, such as {@code mail}, which has its own method
     */
    public Approvals tool(String name, Approval approval) {
        String method = METHODS.get(name);
        if (method != null) {
            throw new IllegalArgumentException(name + " is not a tool, but what calls do: use " + method);
        }
        return and(name, approval);
    }

    /**
     * Applies settings given as data.
     *
     * @param words {@code allow}, {@code stage}, {@code confirm} or {@code deny}, by {@code read}, {@code create},
     *     {@code update}, {@code delete}, {@code mail}, {@code publish} or the name of a tool; an unknown name, or
     *     settings under both names of one tool, are refused when the tools are created
     * @return a copy with these settings
     * @throws IllegalArgumentException if an approval is none of these words, or if two keys differ only in case or
     *     white space
     */
    public Approvals with(Map<String, ?> words) {
        Approvals changed = this;
        Map<String, String> spellings = new HashMap<>();
        for (Map.Entry<String, ?> word : words.entrySet()) {
            String what = Ascii.lower(word.getKey().strip());
            String other = spellings.put(what, word.getKey());
            if (other != null) {
                throw new IllegalArgumentException("The approval of " + Text.cut(what, LONGEST) + " is set twice, as "
                        + Text.cut(other, LONGEST) + " and as " + Text.cut(word.getKey(), LONGEST));
            }
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
                "approval must be one of " + String.join(", ", known) + ", not " + Text.cut(word, LONGEST));
    }

    private Approvals and(String what, Approval approval) {
        Map<String, Approval> more = new LinkedHashMap<>(settings);
        more.remove(what);
        more.put(what, approval);
        return new Approvals(more);
    }

    /**
     * {@return the settings, by {@code read}, {@code create}, {@code update}, {@code delete}, {@code mail},
     * {@code publish} or the name of a tool, in the order in which they were made; calls without a setting are allowed}
     * Unmodifiable.
     */
    public Map<String, Approval> settings() {
        return settings;
    }

    /** {@return all settings} */
    @Override
    public String toString() {
        return "Approvals" + new TreeMap<>(settings);
    }
}
