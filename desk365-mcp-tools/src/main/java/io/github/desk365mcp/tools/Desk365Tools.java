package io.github.desk365mcp.tools;

import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.Selection;
import io.github.desk365mcp.tools.host.TenantResolver;
import io.github.desk365mcp.tools.host.Vocabulary;
import io.github.desk365mcp.tools.internal.account.Account;
import io.github.desk365mcp.tools.internal.account.AccountVocabulary;
import io.github.desk365mcp.tools.internal.account.Accounts;
import io.github.desk365mcp.tools.internal.catalogue.Catalogue;
import io.github.desk365mcp.tools.internal.core.Names;
import io.github.desk365mcp.tools.internal.core.Tool;
import io.github.desk365mcp.tools.internal.pipeline.Admission;
import io.github.desk365mcp.tools.internal.text.Text;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The Desk365 helpdesk as a set of tools.
 *
 * <pre>{@code
 * Desk365Tools tools = Desk365Tools.select(Selection.everything().tags("tickets", "contacts"));
 * BoundTools bound = tools.bind(Desk365Client.connect("acme", apiKey));
 * for (ToolDefinition tool : bound.definitions()) {
 *     server.register(tool.toMap(), arguments -> bound.call(tool.name(), arguments).toMap());
 * }
 * }</pre>
 *
 * <p>Without a client, {@link #definitions()} gives the schemas alone. Immutable and thread-safe.
 */
public final class Desk365Tools {

    private final Policy policy;
    private final Admission admission;
    private final Naming naming;
    private final Map<String, String> oldNames;

    private Desk365Tools(Policy policy, Admission admission, Naming naming, Map<String, String> oldNames) {
        this.policy = policy;
        this.admission = admission;
        this.naming = naming;
        this.oldNames = oldNames;
    }

    /** The whole catalogue. */
    public static Desk365Tools all() {
        return select(Selection.everything());
    }

    /**
     * A part of the catalogue.
     *
     * @throws IllegalArgumentException if the selection has a word that means nothing, or selects nothing
     */
    public static Desk365Tools select(Selection selection) {
        return with(Policy.of(selection));
    }

    /**
     * What a policy allows of the catalogue.
     *
     * @throws IllegalArgumentException if its selection has a word that means nothing, or selects nothing
     */
    public static Desk365Tools with(Policy policy) {
        return new Desk365Tools(policy, new Admission(policy), Naming.FULL, Map.of());
    }

    /** The same tools under other names. */
    public Desk365Tools named(Naming newNaming) {
        return new Desk365Tools(policy, admission, newNaming, oldNames);
    }

    /**
     * A tool answers to an old name too, for conversations and scripts that still have it. It is listed under its own
     * name alone, and called by the old one under the same rules.
     *
     * @param tool in full or short
     * @throws IllegalArgumentException if there is no such tool, or if the old name is a tool's or has a meaning already
     */
    public Desk365Tools alsoKnownAs(String oldName, String tool) {
        Map<String, String> more = new LinkedHashMap<>(oldNames);
        Tool known = Catalogue.find(tool);
        if (known == null) {
            throw new IllegalArgumentException("There is no tool " + tool);
        }
        if (Catalogue.find(oldName) != null || more.putIfAbsent(oldName, known.name()) != null) {
            throw new IllegalArgumentException(oldName + " is the name of a tool already");
        }
        return new Desk365Tools(policy, admission, naming, Map.copyOf(more));
    }

    Map<String, String> oldNames() {
        return oldNames;
    }

    /** All that the policy allows at the most, always in the same order. */
    public List<ToolDefinition> definitions() {
        return definitions(admission.ceiling(), policy.vocabulary());
    }

    /** The definitions in the form that a model's API takes, as JSON: {@code {"tools": […]}}. */
    public String toJson(Profile profile) {
        Map<String, Object> list = new LinkedHashMap<>();
        list.put(
                "tools", definitions().stream().map(tool -> tool.toMap(profile)).toList());
        return Text.json(list);
    }

    /**
     * The tools on one helpdesk. Nothing is called yet.
     *
     * @throws IllegalStateException if the host has a jsoup that is too old; the message says what to do
     */
    public BoundTools bind(Desk365Client desk) {
        Account only = Account.of(null, desk, policy);
        return new BoundTools(this, policy, admission, context -> only, context -> policy.vocabulary());
    }

    /**
     * The tools on the helpdesk of each call's tenant. Keys, ledgers and connections of tenants are kept apart, and no
     * key leaves for a host that {@link Policy#hosts} does not name. Nothing is called yet.
     *
     * @throws IllegalStateException if the host has a jsoup that is too old; the message says what to do
     */
    public BoundTools bind(TenantResolver resolver) {
        Accounts accounts = new Accounts(resolver, policy);
        return new BoundTools(this, policy, admission, accounts::of, accounts::vocabulary);
    }

    List<ToolDefinition> definitions(Admission.Visible visible, Vocabulary words) {
        Names names = names(visible);
        AccountVocabulary given = new AccountVocabulary(words);
        return visible.tools().stream()
                .map(tool -> ToolDefinition.of(tool, names, policy, given))
                .toList();
    }

    Names names(Admission.Visible visible) {
        return new Names(naming == Naming.SHORT ? Catalogue::shortName : name -> name, visible.names());
    }

    /** How many tools, under which naming. */
    @Override
    public String toString() {
        return "Desk365Tools[" + admission.ceiling().tools().size() + " tools, " + naming + "]";
    }
}
