package io.github.desk365mcp.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyConfigTest {

    @Test
    void the_keys_of_the_hosted_product_are_read() {
        Policy policy = Policy.fromJson("""
                {"name": "contractor", "config": {"methods": ["read"], "tags": ["knowledge_base"]},
                 "expires_at": "2026-11-27T17:00:00Z", "require_api_token_auth": true,
                 "tokens": {"%s": "contractor"}}
                """.formatted(CallerAuthenticator.hash("token")));

        assertThat(Desk365Tools.with(policy).definitions())
                .isNotEmpty()
                .allSatisfy(tool -> assertThat(tool.annotations()).containsEntry("readOnlyHint", true))
                .allSatisfy(tool -> assertThat(tool.toJson()).contains("knowledge_base"));
        assertThat(policy.toString()).contains("2026-11-27T17:00:00Z").contains("callers are checked");
    }

    @Test
    void a_preset_may_be_narrowed() {
        Policy policy = Policy.fromMap(Map.of("preset", "triage", "config", Map.of("read_only", true)));

        assertThat(Desk365Tools.with(policy).definitions())
                .isNotEmpty()
                .allSatisfy(tool -> assertThat(tool.annotations()).containsEntry("readOnlyHint", true));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'expire_at': 'x'} | There is no key expire_at; did you mean expires_at?",
                "{'config': {'method': []}} | There is no key config.method; did you mean methods?",
                "{'config': {'methods': ['reed']}} | There is no method reed; did you mean read?",
                "{'expires_at': 'friday'} | expires_at must be a time",
                "{'require_api_token_auth': true} | tokens is missing",
                "{'require_api_token_auth': 'yes'} | require_api_token_auth must be true or false",
                "{'tokens': {'plain-token': 'me'}} | must be given as its SHA-256 hash",
                "{'preset': 'tria'} | did you mean triage?",
                "{'preset': 'triage', 'config': {'tags': ['assets']}} | Beside preset",
                "{'config': {'tags': 'tickets'}} | config.tags must be a list",
            })
    void what_means_nothing_is_refused_with_the_nearest_that_does(String json, String says) {
        assertThatThrownBy(() -> Desk365Tools.with(Policy.fromJson(json.replace('\'', '"'))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(says)
                .message()
                .doesNotContain("plain-token");
    }
}
