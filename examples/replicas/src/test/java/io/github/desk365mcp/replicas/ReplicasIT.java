package io.github.desk365mcp.replicas;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.api.Plan;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Three servers behind nginx that are killed at random: no write twice, and no answer untrue. */
@Timeout(3_600)
class ReplicasIT {

    private static final int CALLS = Integer.getInteger("replicas.calls", 600);

    /** Set by the profile of that name, because each run starts many servers. */
    private static final String NIGHTLY = "replicas.nightly";

    @BeforeEach
    void needsNginx() {
        if (Replicas.nginx() == null) {
            throw TestStores.skipped("nginx is not installed");
        }
    }

    @Test
    void on_postgresql_nothing_is_written_twice_and_no_answer_is_untrue() throws Exception {
        judge(TestStores.postgresUrl());
    }

    @Test
    @EnabledIfSystemProperty(named = NIGHTLY, matches = "true")
    void on_redis_nothing_is_written_twice_and_no_answer_is_untrue() throws Exception {
        judge(TestStores.redisUrl());
    }

    @Test
    @EnabledIfSystemProperty(named = NIGHTLY, matches = "true")
    @SuppressWarnings("SystemOut")
    void a_plan_is_overspent_by_at_most_one_call_a_replica() throws Exception {
        ReplicaRun.Spent spent = ReplicaRun.spend(TestStores.postgresUrl(), Duration.ofSeconds(150), seed());
        System.out.println(spent);

        assertThat(spent.kills()).isPositive();
        assertThat(spent.counted().calls()).isGreaterThan(2 * Plan.PLUS.calls());
        assertThat(spent.counted().overPlan()).isLessThanOrEqualTo(Replicas.MANY);
    }

    private static long seed() {
        return Long.getLong("replicas.seed", System.nanoTime());
    }

    @SuppressWarnings("SystemOut")
    private static void judge(String state) throws Exception {
        ReplicaRun.Figures figures = ReplicaRun.run(state, CALLS, seed());
        System.out.println(figures);

        assertThat(figures.faults()).isEmpty();
        assertThat(figures.kills()).isPositive();
        assertThat(figures.elsewhere()).isPositive();
    }
}
