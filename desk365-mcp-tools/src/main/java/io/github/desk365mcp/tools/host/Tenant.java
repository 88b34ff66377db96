package io.github.desk365mcp.tools.host;

import io.github.desk365mcp.api.Plan;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One helpdesk of many that a host serves. Two are equal if all that was given is; a new key makes a new tenant.
 *
 * <p>Immutable.
 */
public final class Tenant {

    private final String id;
    private final URI baseUrl;
    private final String apiKey;
    private final @Nullable Plan plan;
    private final Vocabulary vocabulary;

    private Tenant(String id, URI baseUrl, String apiKey, @Nullable Plan plan, Vocabulary vocabulary) {
        this.id = id;
        this.baseUrl = baseUrl;
        this.apiKey = apiKey;
        this.plan = plan;
        this.vocabulary = vocabulary;
    }

    /**
     * A helpdesk.
     *
     * @param id for audits
     * @param baseUrl for example {@code https://acme.desk365.io/apis}
     * @param apiKey of this helpdesk; it is in no text, log or exception
     */
    public static Tenant of(String id, URI baseUrl, String apiKey) {
        return new Tenant(id, baseUrl, apiKey, null, Vocabulary.none());
    }

    /** The same helpdesk with its plan, which says how many calls it has. */
    public Tenant plan(Plan newPlan) {
        return new Tenant(id, baseUrl, apiKey, newPlan, vocabulary);
    }

    /** The same helpdesk with words of its own, in place of those of {@link Policy#vocabulary}. */
    public Tenant vocabulary(Vocabulary words) {
        return new Tenant(id, baseUrl, apiKey, plan, words);
    }

    /** The name of the tenant in audits. */
    public String id() {
        return id;
    }

    /** The address of its API. */
    public URI baseUrl() {
        return baseUrl;
    }

    /** The secret key of its API. */
    public String apiKey() {
        return apiKey;
    }

    /** Its plan; null if not known. */
    @Nullable
    public Plan plan() {
        return plan;
    }

    /** Its own words; {@link Vocabulary#none()} for those of the policy. */
    public Vocabulary vocabulary() {
        return vocabulary;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Tenant tenant
                && id.equals(tenant.id)
                && baseUrl.equals(tenant.baseUrl)
                && apiKey.equals(tenant.apiKey)
                && plan == tenant.plan
                && vocabulary.equals(tenant.vocabulary);
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, baseUrl, apiKey, plan, vocabulary);
    }

    /** The id alone. */
    @Override
    public String toString() {
        return "Tenant[" + id + "]";
    }
}
