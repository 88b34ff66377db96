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
import org.jspecify.annotations.Nullable;

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
 * <p>{@link #definitions()} needs no client. Immutable and thread-safe.
 */
public final class Desk365Tools {

    private final Policy policy;
    private final Admission admission;
    private final Naming naming;
    private final Map<String, String> oldNames;

    /** Made when first asked for. */
    private volatile @Nullable List<ToolDefinition> definitions;

    private Desk365Tools(Policy policy, Admission admission, Naming naming, Map<String, String> oldNames) {
        this.policy = policy;
        this.admission = admission;
        this.naming = naming;
        this.oldNames = oldNames;
    }

    /** {@return the whole catalogue} */
    public static Desk365Tools all() {
        return select(Selection.everything());
    }

    /**
     * Selects a part of the catalogue.
     *
     * @param selection which tools
     * @return the tools
     * @throws IllegalArgumentException if the selection contains an unknown name, or selects no tool
     */
    public static Desk365Tools select(Selection selection) {
        return with(Policy.of(selection));
    }

    /**
     * Applies a policy to the catalogue.
     *
     * @param policy which tools are allowed, and under which conditions
     * @return the tools that it allows
     * @throws IllegalArgumentException if the policy names an unknown tool, tag or method, or selects no tool
     */
    public static Desk365Tools with(Policy policy) {
        return new Desk365Tools(policy, new Admission(policy), Naming.FULL, Map.of());
    }

    /**
     * {@return a copy that lists the tools under other names}
     *
     * @param newNaming which names
     */
    public Desk365Tools named(Naming newNaming) {
        return new Desk365Tools(policy, admission, newNaming, oldNames);
    }

    /**
     * Makes a tool callable under an old name too, for conversations and scripts that still use it. The tool is still
     * listed only under its own name, and the same rules apply to calls by either.
     *
     * @param oldName a name that no tool has
     * @param tool the tool's full or short name
     * @return a copy with the old name
     * @throws IllegalArgumentException if there is no such tool, or if the old name is already taken
     */
    public Desk365Tools alsoKnownAs(String oldName, String tool) {
        Map<String, String> more = new LinkedHashMap<>(oldNames);
        Tool known = admission.known().find(tool);
        if (known == null) {
            throw new IllegalArgumentException("There is no tool " + tool);
        }
        if (admission.known().find(oldName) != null || more.putIfAbsent(oldName, known.name()) != null) {
            throw new IllegalArgumentException(oldName + " is already the name of a tool");
        }
        return new Desk365Tools(policy, admission, naming, Map.copyOf(more));
    }

    Map<String, String> oldNames() {
        return oldNames;
    }

    /** {@return every tool that the policy can allow, always in the same order} */
    public List<ToolDefinition> definitions() {
        List<ToolDefinition> made = definitions;
        if (made == null) {
            made = definitions(admission.ceiling(), policy.vocabulary());
            definitions = made;
        }
        return made;
    }

    /**
     * {@return the definitions in the format of a model's API, as compact JSON: {@code {"tools": […]}}} The member can be
     * pasted into a request of that API.
     *
     * @param profile the format
     */
    public String toJson(Profile profile) {
        return Text.json(Map.of("tools", Profiles.of(definitions(), profile)));
    }

    /**
     * Binds the tools to one helpdesk. No request is sent yet.
     *
     * @param desk the client of the helpdesk
     * @return the tools, ready to be called
     * @throws IllegalStateException if the host has a version of jsoup that is too old; the message says what to do
     */
    public BoundTools bind(Desk365Client desk) {
        Account only = Account.of(null, desk, policy);
        return new BoundTools(this, policy, admission, context -> only, context -> policy.vocabulary());
    }

    /**
     * Binds the tools to the helpdesk of each call's tenant. Each tenant's key and rate limit are kept separate, and no
     * key is sent to a host name that {@link Policy#hosts} does not allow. No request is sent yet.
     *
     * @param resolver finds the helpdesk of a call
     * @return the tools, ready to be called
     * @throws IllegalStateException if the host has a version of jsoup that is too old; the message says what to do
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

    /** {@return the number of tools and their naming} */
    @Override
    public String toString() {
        return "Desk365Tools[" + admission.ceiling().tools().size() + " tools, " + naming + "]";
    }
}
