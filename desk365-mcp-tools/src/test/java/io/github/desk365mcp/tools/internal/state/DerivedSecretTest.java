package io.github.desk365mcp.tools.internal.state;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DerivedSecretTest {

    @Test
    void processes_with_one_key_have_the_same_secret_for_a_purpose_and_others_for_others() {
        byte[] secret = new DerivedSecret(new byte[] {1}).of("approvals");

        assertThat(new DerivedSecret(new byte[] {1}).of("approvals")).isEqualTo(secret);
        assertThat(new DerivedSecret(new byte[] {1}).of("uploads")).isNotEqualTo(secret);
        assertThat(new DerivedSecret(new byte[] {2}).of("approvals")).isNotEqualTo(secret);
    }

    @Test
    void without_a_key_each_process_has_its_own() {
        byte[] secret = new DerivedSecret(null).of("approvals");

        assertThat(secret).hasSize(32);
        assertThat(new DerivedSecret(null).of("approvals")).isNotEqualTo(secret);
    }
}
