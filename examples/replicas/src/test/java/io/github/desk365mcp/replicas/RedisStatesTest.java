package io.github.desk365mcp.replicas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link RedisStates} reads addresses, and shows none. */
class RedisStatesTest {

    @ParameterizedTest
    @ValueSource(strings = {"se%cret", "se cret", "se/cret", "se#cret", "se?cret", "secret@redis.example.com/cret"})
    void an_address_that_cannot_be_read_is_not_shown(String password) {
        assertThatThrownBy(() -> new RedisStates().open("redis://:" + password + "@redis.example.com:6379", Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasNoCause()
                .hasMessageContaining("not a valid URL")
                .hasMessageNotContainingAny("cret", "redis.example.com");
    }

    @Test
    void other_addresses_are_left_to_others() {
        assertThat(new RedisStates().open("jdbc:postgresql://db.example.com/desk", Map.of()))
                .isNull();
    }
}
