package io.github.desk365mcp.replicas;

import io.github.desk365mcp.tools.SharedStateContract;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.SharedState;
import java.net.URI;

/** Compiles the Java of docs/replicas.md. */
@SuppressWarnings("ClassCanBeStatic")
final class GuideExample {

    private GuideExample() {}

    static Policy shared(Policy policy, byte[] key) {
        // README
        Policy shared = policy.state(new RedisState(URI.create("redis://redis.example.com:6379")), key);
        // README end
        return shared;
    }

    // README
    class MyStateTest extends SharedStateContract {

        @Override
        protected SharedState open() {
            return new RedisState(URI.create("redis://127.0.0.1:6379"));
        }
    }
    // README end
}
