package io.github.desk365mcp.hosts.springboot;

import io.github.desk365mcp.tools.host.Policy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.io.Resource;

/**
 * The properties {@code desk365.*}.
 *
 * @param subdomain the first part of the helpdesk address: {@code acme} in {@code acme.desk365.io}
 * @param baseUrl the address of the API, instead of the subdomain
 * @param apiKey the helpdesk's API key
 * @param policy which tools are allowed, and under which conditions
 */
@ConfigurationProperties("desk365")
record Desk365Properties(
        @Nullable String subdomain,
        @Nullable URI baseUrl,
        @Nullable String apiKey,
        @DefaultValue Allowed policy) {

    /**
     * The properties {@code desk365.policy.*}, with the meaning that they have in a policy file.
     *
     * @param file a policy file in JSON, instead of all others
     * @param preset {@code heroes}, {@code core}, {@code triage}, {@code knowledge_base}, {@code read_only} or {@code everything}
     * @param plan {@code standard}, {@code plus} or {@code premium}
     * @param approval the approvals that calls need, such as {@code mail=deny}
     */
    record Allowed(
            @Nullable Resource file,
            @Nullable String preset,
            @Nullable List<String> methods,
            @Nullable List<String> tags,
            @Nullable List<String> tools,
            @Nullable List<String> exclude,
            @Nullable Boolean readOnly,
            @Nullable String plan,
            @DefaultValue Map<String, String> approval) {

        Policy toPolicy() {
            if (file != null) {
                try {
                    return Policy.fromJson(file.getContentAsString(StandardCharsets.UTF_8));
                } catch (IOException e) {
                    throw new UncheckedIOException("desk365.policy.file cannot be read", e);
                }
            }
            Map<String, Object> config = new LinkedHashMap<>();
            put(config, "methods", methods);
            put(config, "tags", tags);
            put(config, "tools", tools);
            put(config, "exclude", exclude);
            put(config, "read_only", readOnly);
            Map<String, Object> policy = new LinkedHashMap<>();
            put(policy, "preset", preset);
            put(policy, "plan", plan);
            put(policy, "config", config.isEmpty() ? null : config);
            put(policy, "approval", approval.isEmpty() ? null : approval);
            return Policy.fromMap(policy);
        }

        private static void put(Map<String, Object> map, String key, @Nullable Object value) {
            if (value != null) {
                map.put(key, value);
            }
        }
    }

    /** {@return the address alone, without the key} */
    @Override
    public String toString() {
        return "Desk365Properties[" + (baseUrl == null ? subdomain : baseUrl) + "]";
    }
}
