package io.github.desk365mcp.tools;

import static io.github.desk365mcp.tools.ToolNames.GET_TICKET;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.api.Plan;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.observe.ToolMeters;
import io.github.desk365mcp.tools.observe.ToolObservations;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.observation.ObservationHandler.FirstMatchingCompositeObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.handler.PropagatingReceiverTracingObservationHandler;
import io.micrometer.tracing.handler.PropagatingSenderTracingObservationHandler;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelPropagator;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** docs/observe.md: its Java compiles and works, and the dashboard and the alerts ask for metrics that there are. */
class ObserveGuideTest {

    private static final Path DOCS = Path.of("../docs");
    private static final Pattern IN_BRACES = Pattern.compile("\\{([^{}]*)}");
    private static final Pattern GROUPS = Pattern.compile("\\bby \\(([^)]*)\\)");

    @RegisterExtension
    static final TestSandbox sandbox = TestSandbox.start();

    // metrics
    static BoundTools observed(URI address, String key, Policy policy, MeterRegistry meters) {
        ObservationRegistry registry = ObservationRegistry.create();
        registry.observationConfig().observationHandler(new DefaultMeterObservationHandler(meters));

        Desk365Client desk = Desk365Client.builder()
                .baseUrl(address)
                .apiKey(key)
                .httpClient(http -> http.addInterceptor(ToolObservations.requests(registry)))
                .build();
        BoundTools tools = Desk365Tools.with(policy.audit(ToolObservations.calls(registry)))
                .bind(desk);
        new ToolMeters(tools).bindTo(meters);
        return tools;
    }
    // metrics end

    // buckets
    static MeterFilter buckets() {
        return new MeterFilter() {
            @Override
            public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
                if (!Set.of("mcp.server.operation.duration", "http.client.request.duration")
                        .contains(id.getName())) {
                    return config;
                }
                double[] nanos = Stream.of(
                                0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0)
                        .mapToDouble(seconds -> seconds * 1e9)
                        .toArray();
                return DistributionStatisticConfig.builder()
                        .serviceLevelObjectives(nanos)
                        .build()
                        .merge(config);
            }
        };
    }
    // buckets end

    // spans
    static void spans(ObservationRegistry registry, OpenTelemetry opentelemetry) {
        Tracer tracer = opentelemetry.getTracer("desk365");
        OtelTracer bridge = new OtelTracer(tracer, new OtelCurrentTraceContext(), event -> {});
        OtelPropagator propagator = new OtelPropagator(opentelemetry.getPropagators(), tracer);
        registry.observationConfig()
                .observationHandler(new FirstMatchingCompositeObservationHandler(
                        new PropagatingReceiverTracingObservationHandler<>(bridge, propagator),
                        new PropagatingSenderTracingObservationHandler<>(bridge, propagator),
                        new DefaultTracingObservationHandler(bridge)));
    }
    // spans end

    @Test
    void the_java_of_the_page_is_compiled_here() throws IOException {
        Path test = Path.of("src/test/java/io/github/desk365mcp/tools/ObserveGuideTest.java");
        List<String> compiled = new ArrayList<>();
        for (String mark : List.of("metrics", "buckets", "spans")) {
            compiled.addAll(JavaBlocks.compiled(test, mark));
        }
        List<String> imports = Files.readAllLines(test);

        for (String block : JavaBlocks.of(DOCS.resolve("observe.md"))) {
            List<String> lines = block.lines().toList();
            // Those of this package need no import here.
            assertThat(imports)
                    .containsAll(lines.stream()
                            .filter(line -> line.startsWith("import "))
                            .filter(line -> !line.matches("import io[.]github[.]desk365mcp[.]tools[.][A-Z]\\w+;"))
                            .toList());
            String code =
                    lines.stream().filter(line -> !line.startsWith("import ")).collect(Collectors.joining("\n"));
            assertThat(compiled).contains(code.strip());
        }
        assertThat(JavaBlocks.of(DOCS.resolve("observe.md"))).hasSize(compiled.size());
    }

    @Test
    void the_dashboard_the_alerts_and_the_page_name_only_what_prometheus_reads() throws IOException {
        String read = read();
        Set<String> metrics = names(read, "^(\\w+)[{ ]");
        Set<String> labels = names(read, "[{,](\\w+)=\"");

        assertThat(expressions()).hasSizeGreaterThan(15).allSatisfy(expression -> {
            assertThat(metrics).containsAll(metrics(expression));
            assertThat(labels).containsAll(labels(expression));
        });
        assertThat(names(Files.readString(DOCS.resolve("observe.md")), "`((?:mcp|http|desk365)_\\w+)`"))
                .hasSize(6)
                .allSatisfy(name -> assertThat(metrics).anyMatch(metric -> metric.startsWith(name)));
    }

    /** The metrics of calls and requests that succeed and fail, as Prometheus reads them. */
    private static String read() {
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        meters.config().meterFilter(buckets());
        BoundTools tools =
                observed(sandbox.baseUrl(), sandbox.apiKey(), Unguarded.policy().plan(Plan.PLUS), meters);
        tools.call(GET_TICKET, Map.of("ticket_number", 4052));
        tools.call(GET_TICKET, Map.of("ticket_number", 999_999));
        return meters.scrape();
    }

    private static List<String> expressions() throws IOException {
        List<String> expressions = new ArrayList<>();
        JsonDocument dashboard = JsonDocument.parse(Files.readString(DOCS.resolve("grafana/desk365.json")));
        for (JsonDocument panel : dashboard.objects("panels", JsonDocument::new)) {
            panel.objects("targets", JsonDocument::new).forEach(target -> expressions.add(target.text("expr")));
        }
        Matcher alerts = Pattern.compile("(?m)^ *expr: (?:\\|\\n((?: {10}.*\\n)+)|(.*))$")
                .matcher(Files.readString(DOCS.resolve("grafana/desk365-alerts.yaml")));
        while (alerts.find()) {
            expressions.add(alerts.group(1) == null ? alerts.group(2) : alerts.group(1));
        }
        return expressions;
    }

    private static Set<String> metrics(String expression) {
        String bare =
                GROUPS.matcher(IN_BRACES.matcher(expression).replaceAll("")).replaceAll("");
        return names(bare, "\\b((?:mcp|http|desk365)_\\w+)");
    }

    private static Set<String> labels(String expression) {
        Set<String> labels = new TreeSet<>();
        IN_BRACES.matcher(expression).results().forEach(braces -> labels.addAll(names(braces.group(1), "(\\w+)=")));
        GROUPS.matcher(expression).results().forEach(group -> labels.addAll(names(group.group(1), "(\\w+)")));
        // Added by Prometheus.
        labels.removeAll(Set.of("job", "instance"));
        return labels;
    }

    private static Set<String> names(String text, String pattern) {
        return Pattern.compile(pattern, Pattern.MULTILINE)
                .matcher(text)
                .results()
                .map(name -> name.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void the_spans_of_the_page_reach_opentelemetry() {
        ObservationRegistry registry = ObservationRegistry.create();

        spans(registry, OpenTelemetry.noop());

        assertThat(registry.isNoop()).isFalse();
    }
}
