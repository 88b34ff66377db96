package io.github.desk365mcp.replicas;

import io.github.desk365mcp.tools.SharedProcessesContract;
import io.github.desk365mcp.tools.SharedStateContract;
import io.github.desk365mcp.tools.host.SharedState;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** {@link RedisState} on a real Redis. */
class RedisStateTest {

    @Nested
    class Operations extends SharedStateContract {

        private RedisState state;

        @BeforeEach
        void connect() throws Exception {
            state = new RedisState(URI.create(TestStores.redisUrl()));
        }

        @Override
        protected SharedState open() {
            return state;
        }

        @AfterEach
        void close() {
            if (state != null) {
                state.close();
            }
        }

        @Test
        void it_shows_no_address() {
            assertThat(state).hasToString("RedisState");
        }
    }

    @Nested
    class Processes extends SharedProcessesContract {

        private @Nullable RedisState redis;

        /** The keys of one test begin with the same random text, so that each test has an empty state. */
        @Override
        protected SharedState open(Clock clock) {
            RedisState state = connected();
            String own = UUID.randomUUID().toString().substring(0, 8) + "/";
            return new SharedState() {
                @Override
                public byte @Nullable [] get(String key) {
                    return state.get(own + key);
                }

                @Override
                public byte @Nullable [] putIfAbsent(String key, byte[] value, Duration life) {
                    return state.putIfAbsent(own + key, value, life);
                }

                @Override
                public boolean compareAndSet(String key, byte[] expected, byte[] value, Duration life) {
                    return state.compareAndSet(own + key, expected, value, life);
                }

                @Override
                public boolean remove(String key, byte[] expected) {
                    return state.remove(own + key, expected);
                }
            };
        }

        private RedisState connected() {
            if (redis == null) {
                try {
                    redis = new RedisState(URI.create(TestStores.redisUrl()));
                } catch (RuntimeException e) {
                    throw e;
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
            return redis;
        }
    }
}
