package io.github.desk365mcp.tools;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import io.github.desk365mcp.api.Plan;
import io.github.desk365mcp.sandbox.Contract;
import io.github.desk365mcp.sandbox.Exchange;
import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.Selection;
import io.github.desk365mcp.tools.host.Tenant;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
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
        Counters counters = new Counters();
        WireMockServer helpdesks = helpdesks(counters);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            URI address = URI.create("http://127.0.0.1:" + helpdesks.port() + "/apis");
            Policy policy = Unguarded.policy()
                    .withoutRestricted()
                    .hosts("127.0.0.1")
                    .endsAt(Instant.MAX)
                    // However slow the machine, it is all within one window.
                    .clock(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC))
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
            assertThat(counters.violations()).isEmpty();

            // A ledger that lost an update would let more calls through than the plan has, or fewer.
            for (int tenant = 0; tenant < TENANTS; tenant++) {
                assertThat(counters.count("key-of-tenant-" + tenant))
                        .as("calls of tenant %s", tenant)
                        .isBetween(Plan.PLUS.calls() - (tenant % 2) * Counters.JITTER, Plan.PLUS.calls());
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
                    : Expect.unmarked(result).contains("\"subject\":\"key-of-" + tenant + "\"");
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

    private static WireMockServer helpdesks(Counters counters) {
        WireMockServer server = new WireMockServer(options()
                .dynamicPort()
                .bindAddress("127.0.0.1")
                .containerThreads(16)
                .extensions(counters));
        server.stubFor(get(anyUrl()).willReturn(ok()));
        server.start();
        return server;
    }

    /**
     * Answers with the key that came, so that a mixed-up tenant shows, and with a counter for each key, which answers
     * that overtake each other bring out of order. Of odd tenants it runs ahead, as if others used the key too.
     */
    private static final class Counters implements ResponseDefinitionTransformerV2 {

        private static final int JITTER = 5;

        private final Map<String, AtomicInteger> counts = new ConcurrentHashMap<>();
        private final Set<String> targets = ConcurrentHashMap.newKeySet();

        @Override
        public ResponseDefinition transform(ServeEvent event) {
            String key = event.getRequest().getHeader("Authorization");
            targets.add(event.getRequest().getUrl());
            int count = counts.computeIfAbsent(key, any -> new AtomicInteger()).incrementAndGet();
            int jitter = count * 7 % (JITTER + 1);
            int said = Plan.PLUS.calls() - count - (isEven(key) ? 0 : jitter);
            return okJson("{\"ticket_number\": 1, \"subject\": \"" + key + "\"}")
                    .withHeader("X-Rate-Limit-Remaining", String.valueOf(Math.max(0, said)))
                    .build();
        }

        private static boolean isEven(String key) {
            return (key.charAt(key.length() - 1) - '0') % 2 == 0;
        }

        /** What departs from the description of the API, among all requests that came. */
        List<String> violations() {
            Contract contract = Contract.load();
            return targets.stream()
                    .map(target -> "/apis" + target.substring(target.indexOf("/v3/")))
                    .map(target -> Exchange.of("GET", URI.create(target), Map.of(), new byte[0]))
                    .flatMap(sent -> contract.violations(sent).stream())
                    .toList();
        }

        int count(String key) {
            return Objects.requireNonNull(counts.get(key)).get();
        }

        @Override
        public String getName() {
            return "counters";
        }
    }
}
