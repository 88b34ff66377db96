package io.github.desk365mcp.tools;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import io.github.desk365mcp.api.Plan;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

class TenantsTest {

    private static final int TENANTS = 8;
    private static final int THREADS = 64;
    private static final int CALLS = 100_000;
    private static final Selection READING =
            Selection.everything().methods("read").exclude("surveys");

    @Test
    void many_threads_share_tools_over_tenants_without_mixing_them_up() throws Exception {
        Map<String, LongAdder> audited = new ConcurrentHashMap<>();
        WireMockServer helpdesks = helpdesks();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            URI address = URI.create("http://127.0.0.1:" + helpdesks.port() + "/apis");
            Policy policy = Unguarded.policy()
                    .withoutRestricted()
                    .hosts("127.0.0.1")
                    .endsAt(Instant.MAX)
                    .authenticator(CallContext::credential)
                    .audit(call -> audited.computeIfAbsent(call.tenant() + " " + call.outcome(), key -> new LongAdder())
                            .increment());
            BoundTools tools = Desk365Tools.with(policy)
                    .bind(context -> Tenant.of(String.valueOf(context.tenant()), address, "key-of-" + context.tenant())
                            .plan(Plan.PLUS));
            List<Future<Integer>> wrong = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int seed = thread;
                wrong.add(threads.submit(() -> wrongAnswers(tools, seed)));
            }
            assertThat(sum(wrong)).as("answers of another tenant").isZero();

            // A ledger that lost an update would let more calls through than the plan has.
            for (int tenant = 0; tenant < TENANTS; tenant++) {
                helpdesks.verify(
                        Plan.PLUS.calls(),
                        getRequestedFor(anyUrl()).withHeader("Authorization", equalTo("key-of-tenant-" + tenant)));
                assertThat(audited).containsKey("tenant-" + tenant + " ok");
            }
            assertThat(audited.values().stream().mapToLong(LongAdder::sum).sum())
                    .isEqualTo(CALLS / THREADS * THREADS);
        } finally {
            threads.shutdownNow();
            helpdesks.stop();
        }
    }

    private static int wrongAnswers(BoundTools tools, int seed) {
        int wrong = 0;
        for (int call = 0; call < CALLS / THREADS; call++) {
            String tenant = "tenant-" + (seed + call) % TENANTS;
            ToolResult result = tools.call(
                    "get_single_desk_365_ticket_by_id",
                    Map.of("ticket_number", 1),
                    CallContext.none().tenant(tenant).credential(tenant).scope(READING));
            boolean right = result.isError()
                    ? "rate_limited".equals(result.errorCode())
                    : result.text().contains("\"subject\":\"key-of-" + tenant + "\"");
            wrong += right ? 0 : 1;
        }
        return wrong;
    }

    private static int sum(List<Future<Integer>> counts) throws ExecutionException, InterruptedException {
        int sum = 0;
        for (Future<Integer> count : counts) {
            sum += count.get();
        }
        return sum;
    }

    /** Answers with the key that came, so that a mixed-up tenant shows; sends no counter, so that the ledger counts. */
    private static WireMockServer helpdesks() {
        WireMockServer server = new WireMockServer(
                options().dynamicPort().bindAddress("127.0.0.1").containerThreads(16));
        for (int tenant = 0; tenant < TENANTS; tenant++) {
            String key = "key-of-tenant-" + tenant;
            server.stubFor(get(anyUrl())
                    .withHeader("Authorization", equalTo(key))
                    .willReturn(okJson("{\"ticket_number\": 1, \"subject\": \"" + key + "\"}")));
        }
        server.start();
        return server;
    }
}
