package io.github.desk365mcp.tools.host;

import io.github.desk365mcp.api.Plan;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One of the helpdesks that a host serves. Tenants are equal if all their values are; a tenant with a new key is a new
 * tenant.
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
     * Creates a tenant.
     *
     * @param id a name for audit records
     * @param baseUrl the address of the API, for example {@code https://acme.desk365.io/apis}
     * @param apiKey the helpdesk's API key; it appears in no text, log or exception
     * @return the tenant
     */
    public static Tenant of(String id, URI baseUrl, String apiKey) {
        return new Tenant(id, baseUrl, apiKey, null, Vocabulary.none());
    }

    /**
     * {@return a copy with this plan, which determines the rate limit}
     *
     * @param newPlan the plan of the helpdesk
     */
    public Tenant plan(Plan newPlan) {
        return new Tenant(id, baseUrl, apiKey, newPlan, vocabulary);
    }

    /**
     * {@return a copy with words of its own, which replace those of {@link Policy#vocabulary}}
     *
     * @param words the words of the helpdesk
     */
    public Tenant vocabulary(Vocabulary words) {
        return new Tenant(id, baseUrl, apiKey, plan, words);
    }

    /** {@return the name of the tenant in audit records} */
    public String id() {
        return id;
    }

    /** {@return the address of its API} */
    public URI baseUrl() {
        return baseUrl;
    }

    /** {@return its API key, a secret} */
    public String apiKey() {
        return apiKey;
    }

    /** {@return its plan; null if unknown} */
    @Nullable
    public Plan plan() {
        return plan;
    }

    /** {@return its own words; {@link Vocabulary#none()} to use those of the policy} */
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

    /** {@return the id alone} */
    @Override
    public String toString() {
        return "Tenant[" + id + "]";
    }
}
