package io.github.desk365mcp.tools;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
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
 * setting can only tighten. Immutable; each method answers a copy.
 */
public final class Approvals {

    private static final String MAIL = "mail";
    private static final List<String> EFFECTS = List.of("read", "create", "update", "delete", MAIL);
    private static final Approvals DEFAULTS = new Approvals(Map.of(MAIL, Approval.STAGE, "delete", Approval.STAGE));

    private final Map<String, Approval> settings;

    /** By effect, or by the full name of a tool. */
    private Approvals(Map<String, Approval> settings) {
        this.settings = Collections.unmodifiableMap(new TreeMap<>(settings));
    }

    /**
     * Calls that e-mail somebody outside or let them in on mail, and deletions, are staged; everything else is allowed.
     */
    public static Approvals defaults() {
        return DEFAULTS;
    }

    /** For calls that only read. */
    public Approvals reads(Approval approval) {
        return and("read", approval);
    }

    /** For calls that add something: tickets, contacts, articles, and also notes and replies. */
    public Approvals creates(Approval approval) {
        return and("create", approval);
    }

    /** For calls that change something. */
    public Approvals updates(Approval approval) {
        return and("update", approval);
    }

    /** For calls that delete. */
    public Approvals deletes(Approval approval) {
        return and("delete", approval);
    }

    /**
     * For calls that e-mail somebody outside, or may: replies, public notes and imported messages; and for those that let
     * somebody outside in on mail: a ticket's new contact, whom it is shared with, its watchers, whom a note notifies, and
     * a contact's secondary addresses. Watchers and the notified are outside unless they are surely agents: the
     * {@link Vocabulary} says so or, if it names none, the service's list of agents did since the tools were bound.
     */
    public Approvals customerMail(Approval approval) {
        return and(MAIL, approval);
    }

    /**
     * For one tool.
     *
     * @throws IllegalArgumentException if there is no such tool
     */
    public Approvals tool(String name, Approval approval) {
        return and(fullName(name), approval);
    }

    /**
     * These settings as data: {@code allow}, {@code stage}, {@code confirm} or {@code deny} for {@code read},
     * {@code create}, {@code update}, {@code delete}, {@code mail} or the name of a tool.
     *
     * @throws IllegalArgumentException if a word means nothing; the message names the nearest that does
     */
    public Approvals with(Map<String, ?> words) {
        Approvals changed = this;
        for (Map.Entry<String, ?> word : words.entrySet()) {
            String what = word.getKey().strip().toLowerCase(Locale.ROOT);
            Approval approval = approval(String.valueOf(word.getValue()));
            changed = changed.and(EFFECTS.contains(what) ? what : fullName(what), approval);
        }
        return changed;
    }

    private static Approval approval(String word) {
        List<String> known = new ArrayList<>();
        for (Approval approval : Approval.values()) {
            String name = approval.name().toLowerCase(Locale.ROOT);
            if (name.equals(word.strip().toLowerCase(Locale.ROOT))) {
                return approval;
            }
            known.add(name);
        }
        throw new IllegalArgumentException("approval is one of " + String.join(", ", known) + ", not " + word);
    }

    private static String fullName(String name) {
        List<String> known = new ArrayList<>(EFFECTS);
        for (Tool tool : Catalogue.tools()) {
            if (tool.name().equals(name) || tool.shortName().equals(name)) {
                return tool.name();
            }
            known.add(tool.name());
            known.add(tool.shortName());
        }
        String nearest = Text.nearest(name, known);
        throw new IllegalArgumentException("approval knows no " + name
                + (nearest == null
                        ? "; there are " + String.join(", ", EFFECTS) + " and the names of tools"
                        : "; did you mean " + nearest + "?"));
    }

    private Approvals and(String what, Approval approval) {
        Map<String, Approval> more = new TreeMap<>(settings);
        more.put(what, approval);
        return new Approvals(more);
    }

    /** For a call of this tool that is mail or is not. */
    Approval of(Tool tool, boolean mails) {
        return strictest(strictest(of(tool.effect()), of(tool.name())), mails ? of(MAIL) : Approval.ALLOW);
    }

    private Approval of(String what) {
        return settings.getOrDefault(what, Approval.ALLOW);
    }

    private static Approval strictest(Approval one, Approval other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    /** Whether some call of the tool is treated so. */
    boolean some(Tool tool, Approval approval) {
        return tool.reachesCustomer() && of(tool, true) == approval
                || !tool.alwaysMails() && of(tool, false) == approval;
    }

    /** Whether no call of the tool can act. */
    boolean denies(Tool tool) {
        return of(tool, tool.alwaysMails()) == Approval.DENY;
    }

    @Override
    public String toString() {
        return "Approvals" + settings;
    }
}
