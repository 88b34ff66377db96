package io.github.desk365mcp.tools;

import static io.github.desk365mcp.tools.ToolNames.CREATE_NOTE;
import static io.github.desk365mcp.tools.ToolNames.CREATE_REPLY;
import static io.github.desk365mcp.tools.ToolNames.GET_CONTEXT;
import static io.github.desk365mcp.tools.ToolNames.GET_TICKET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.api.NotFoundException;
import io.github.desk365mcp.api.Plan;
import io.github.desk365mcp.api.RetryPolicy;
import io.github.desk365mcp.sandbox.Exchange;
import io.github.desk365mcp.sandbox.Fault;
import io.github.desk365mcp.sandbox.ManualClock;
import io.github.desk365mcp.tools.host.Approval;
import io.github.desk365mcp.tools.host.Approvals;
import io.github.desk365mcp.tools.host.AuditListener;
import io.github.desk365mcp.tools.host.AuditRecord;
import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.Selection;
import io.github.desk365mcp.tools.host.Tenant;
import io.github.desk365mcp.tools.internal.catalogue.Catalogue;
import io.github.desk365mcp.tools.internal.core.Tool;
import io.github.desk365mcp.tools.mcp.McpTools;
import io.github.desk365mcp.tools.observe.ToolMeters;
import io.github.desk365mcp.tools.observe.ToolObservations;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler.FirstMatchingCompositeObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.handler.PropagatingReceiverTracingObservationHandler;
import io.micrometer.tracing.handler.PropagatingSenderTracingObservationHandler;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelPropagator;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Micrometer and OpenTelemetry learn of calls, and what they do not. */
class ObserveTest {

    private static final String CLIENT = "0af7651916cd43dd8448eb211c80319c";
    private static final Map<String, Object> META = Map.of("traceparent", "00-" + CLIENT + "-b7ad6b7169203331-01");
    private static final Map<String, Object> TICKET = Map.of("ticket_number", 4052);
    private static final Map<String, Object> NOTE = Map.of("ticket_number", 4052, "body", "Zoë calls at 14 h.");
    private static final Map<String, Object> REPLY = Map.of("ticket_number", 4052, "body", "We are on our way.");

    @RegisterExtension
    static final TestSandbox sandbox = TestSandbox.start();

    private final Spans spans = new Spans();
    private final SdkTracerProvider opentelemetry = SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(spans))
            .build();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ObservationRegistry registry = ObservationRegistry.create();

    ObserveTest() {
        Tracer tracer = opentelemetry.get("desk365");
        OtelTracer bridge = new OtelTracer(tracer, new OtelCurrentTraceContext(), event -> {});
        OtelPropagator propagator =
                new OtelPropagator(ContextPropagators.create(W3CTraceContextPropagator.getInstance()), tracer);
        registry.observationConfig()
                .observationHandler(new DefaultMeterObservationHandler(meters))
                .observationHandler(new FirstMatchingCompositeObservationHandler(
                        new PropagatingReceiverTracingObservationHandler<>(bridge, propagator),
                        new PropagatingSenderTracingObservationHandler<>(bridge, propagator),
                        new DefaultTracingObservationHandler(bridge)));
    }

    @AfterEach
    void close() {
        opentelemetry.close();
    }

    private BoundTools tools(Policy policy) {
        return sandbox.bound(policy.audit(ToolObservations.calls(registry)), this::observed);
    }

    private BoundTools tools() {
        return tools(Unguarded.policy());
    }

    private Desk365Client.Builder observed(Desk365Client.Builder desk) {
        return desk.httpClient(http -> http.addInterceptor(ToolObservations.requests(registry)));
    }

    @Test
    void a_call_is_a_span_of_the_clients_trace_and_its_request_a_span_below_it() {
        tools().call(GET_TICKET, TICKET, CallContext.none().trace(META));

        SpanData request = spans.get(0);
        SpanData call = spans.get(1);
        assertThat(call.getName()).isEqualTo("tools/call " + GET_TICKET);
        assertThat(call.getKind()).isEqualTo(SpanKind.SERVER);
        assertThat(call.getTraceId()).isEqualTo(CLIENT);
        assertThat(call.getParentSpanId()).isEqualTo("b7ad6b7169203331");
        assertThat(call.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
        assertThat(values(call))
                .containsOnly(
                        entry("mcp.method.name", "tools/call"),
                        entry("gen_ai.operation.name", "execute_tool"),
                        entry("gen_ai.tool.name", GET_TICKET),
                        entry("error.type", "none"),
                        entry("desk365.outcome", "ok"),
                        entry("desk365.effect", "read"),
                        entry("desk365.calls", "1"));
        assertThat(request.getName()).isEqualTo("GET /apis/v3/tickets/details");
        assertThat(request.getKind()).isEqualTo(SpanKind.CLIENT);
        assertThat(request.getParentSpanId()).isEqualTo(call.getSpanId());
        assertThat(values(request))
                .containsOnly(
                        entry("http.request.method", "GET"),
                        entry("server.address", "127.0.0.1"),
                        entry("server.port", String.valueOf(sandbox.baseUrl().getPort())),
                        entry("url.template", "/apis/v3/tickets/details"),
                        entry("http.response.status_code", "200"),
                        entry("error.type", "none"));
    }

    @Test
    void the_adapter_for_the_official_sdk_takes_the_trace_from_meta() {
        CallToolRequest request =
                CallToolRequest.builder(GET_TICKET).arguments(TICKET).meta(META).build();

        CallToolResult result = McpTools.stateless(tools(), transport -> CallContext.none()).stream()
                .filter(tool -> tool.tool().name().equals(GET_TICKET))
                .findFirst()
                .orElseThrow()
                .callHandler()
                .apply(McpTransportContext.EMPTY, request);

        assertThat(result.isError()).isFalse();
        assertThat(spans)
                .hasSize(2)
                .allSatisfy(span -> assertThat(span.getTraceId()).isEqualTo(CLIENT));
    }

    @Test
    void without_a_trace_of_the_client_the_current_observation_is_the_parent() {
        Observation.createNotStarted("the.host", registry).observe(() -> tools().call(GET_TICKET, TICKET));

        assertThat(spans).hasSize(3);
        assertThat(spans.get(1).getParentSpanId()).isEqualTo(spans.get(2).getSpanId());
        assertThat(registry.getCurrentObservation()).isNull();
    }

    @Test
    void of_meta_only_a_trace_is_taken() {
        assertThat(CallContext.none()
                        .trace(Map.of("traceparent", "00-1", "baggage", "a=b", "progressToken", "t", "tracestate", 1))
                        .trace())
                .containsOnly(entry("traceparent", "00-1"), entry("baggage", "a=b"));
        assertThat(CallContext.none().trace(Map.of("baggage", "a=b"))).isSameAs(CallContext.none());
        assertThat(CallContext.none().trace(Map.of("traceparent", "0".repeat(9_000))))
                .isSameAs(CallContext.none());
    }

    @Test
    void a_trace_that_is_no_trace_begins_a_new_one() {
        tools().call(GET_TICKET, TICKET, CallContext.none().trace(Map.of("traceparent", "00-\r\nX-Evil: 1-zz-01")));

        assertThat(spans)
                .hasSize(2)
                .allSatisfy(span ->
                        assertThat(span.getTraceId()).matches("[0-9a-f]{32}").isNotEqualTo(CLIENT));
    }

    @Test
    void the_service_learns_nothing_of_the_trace() {
        tools().call(GET_TICKET, TICKET, CallContext.none().trace(META));

        Exchange exchange = sandbox.exchanges().get(0);
        assertThat(exchange.headers().toString()).doesNotContain("trace", CLIENT);
    }

    @Test
    void a_refusal_is_a_failed_span_that_says_only_its_code() {
        tools().call(GET_TICKET, Map.of("ticket_number", "nobody's business"));

        SpanData call = spans.get(0);
        assertThat(call.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(call.getStatus().getDescription()).isEqualTo("invalid_arguments");
        assertThat(values(call))
                .containsEntry("error.type", "tool_error")
                .containsEntry("desk365.outcome", "invalid_arguments");
        assertThat(call.getEvents().toString()).doesNotContain("business");
    }

    @Test
    void each_request_of_a_call_is_observed_also_one_that_fails() {
        RetryPolicy patient = new RetryPolicy(3, Duration.ofMillis(1), Duration.ofMillis(1));
        sandbox.next("getTicket", Fault.answer(503, Map.of(), "{\"message\": \"Ask Zoë\"}"));
        sandbox.next("getTicket", Fault.loseAnswer());

        sandbox.bound(
                        Unguarded.policy().audit(ToolObservations.calls(registry)),
                        desk -> observed(desk).options(options -> options.retry(patient)))
                .call(GET_TICKET, TICKET);

        assertThat(spans).hasSize(4);
        assertThat(spans.subList(0, 3))
                .allSatisfy(span -> assertThat(span.getParentSpanId())
                        .isEqualTo(spans.get(3).getSpanId()))
                .extracting(
                        span -> values(span).get("http.response.status_code"),
                        span -> values(span).get("error.type"))
                .containsExactly(tuple("503", "503"), tuple("none", "java.io.IOException"), tuple("200", "none"));
    }

    @Test
    void what_was_not_carried_out_has_a_code_of_its_own() {
        BoundTools tools = tools(Policy.of(Selection.everything()));
        tools.call(CREATE_NOTE, NOTE);
        tools.call(CREATE_NOTE, NOTE);
        tools.call(CREATE_REPLY, REPLY);
        try {
            tools.call("Zoë's tool", TICKET);
        } catch (UnknownToolException expected) {
            // The host would answer with an error.
        }

        assertThat(count("desk365.outcome", "ok")).isEqualTo(1);
        assertThat(count("desk365.outcome", "replayed")).isEqualTo(1);
        assertThat(count("desk365.outcome", "needs_approval")).isEqualTo(1);
        assertThat(count("desk365.outcome", "unknown_tool", "gen_ai.tool.name", "_OTHER", "error.type", "tool_error"))
                .isEqualTo(1);
    }

    private long count(String... tags) {
        return meters.get("mcp.server.operation.duration").tags(tags).timers().stream()
                .mapToLong(Timer::count)
                .sum();
    }

    @Test
    void nothing_that_anybody_wrote_is_in_a_value_and_there_are_few_values() {
        BoundTools tools = tools();
        Set<String> written = new TreeSet<>();
        for (Tool tool : Catalogue.tools()) {
            for (Map<String, Object> arguments : List.of(ToolExamples.smallest(tool), ToolExamples.fullest(tool))) {
                collect(arguments, written);
                collect(
                        tools.call(tool.name(), arguments, CallContext.none().caller("rita"))
                                .structuredContent(),
                        written);
            }
        }
        for (int number = 1; number <= 60; number++) {
            tools.call(
                    GET_TICKET,
                    Map.of("ticket_number", number),
                    CallContext.none().caller("caller " + number));
            call(tools, "tool " + number);
        }
        written.add("rita");
        written.removeIf(text -> text.length() < 4);
        assertThat(written).hasSizeGreaterThan(500);

        Set<String> values = meters.getMeters().stream()
                .flatMap(meter -> meter.getId().getTags().stream())
                .map(Tag::getValue)
                .collect(Collectors.toCollection(TreeSet::new));
        for (SpanData span : spans) {
            values.addAll(values(span).values());
            values.add(span.getName());
        }

        // 64 tools, 40 paths, effects, outcomes and status codes.
        assertThat(values).hasSizeBetween(100, 250).doesNotContainAnyElementsOf(words(written));
        assertThat(meters.getMeters()).hasSizeLessThan(250);
    }

    /** Of what was written, what is not also a word of the catalogue or of HTTP. */
    private static Set<String> words(Set<String> written) {
        Set<String> others = new TreeSet<>(written);
        others.removeAll(Set.of("none", "read", "create", "update", "delete"));
        return others;
    }

    private static void call(BoundTools tools, String name) {
        try {
            tools.call(name, Map.of());
        } catch (UnknownToolException expected) {
            assertThat(expected).hasMessageContaining("tool");
        }
    }

    private static void collect(@Nullable Object value, Set<String> texts) {
        if (value instanceof Map<?, ?> map) {
            map.values().forEach(each -> collect(each, texts));
        } else if (value instanceof Iterable<?> list) {
            list.forEach(each -> collect(each, texts));
        } else {
            texts.add(String.valueOf(value));
        }
    }

    @Test
    void neither_the_name_of_a_file_nor_an_unusual_path_is_a_value() throws IOException {
        Desk365Client desk = sandbox.client(this::observed);

        desk.download(sandbox.inlineImage("image/png", new byte[] {1}), new ByteArrayOutputStream(), 10);
        assertThatThrownBy(() -> desk.send("GET", "tickets/4052/Zoe", Map.of(), null))
                .isInstanceOf(NotFoundException.class);

        assertThat(spans.get(0).getName()).isEqualTo("GET");
        assertThat(values(spans.get(0)))
                .containsEntry("server.address", "_OTHER")
                .containsEntry("url.template", "none")
                .containsEntry("http.response.status_code", "200");
        assertThat(values(spans.get(1)))
                .containsEntry("url.template", "/apis/v3/tickets/*/*")
                .containsEntry("error.type", "404");
    }

    @Test
    void the_gauges_are_those_of_the_calls_left_and_the_approvals_that_wait() {
        ManualClock clock = new ManualClock(Instant.parse("2026-11-22T12:00:00Z"));
        BoundTools tools = sandbox.bound(Policy.of(Selection.everything())
                .plan(Plan.PLUS)
                .clock(clock)
                .approvals(Approvals.defaults().customerMail(Approval.CONFIRM))
                .approvalPlace("the page"));
        new ToolMeters(tools).bindTo(meters);
        assertThat(gauge("desk365.calls.left")).isEqualTo(50);
        assertThat(gauge("desk365.approvals.waiting")).isZero();

        tools.call(GET_TICKET, TICKET);
        tools.call(CREATE_REPLY, REPLY);

        assertThat(gauge("desk365.calls.left")).isLessThan(50);
        assertThat(gauge("desk365.approvals.waiting")).isEqualTo(1);

        clock.advance(Duration.ofMinutes(11));

        assertThat(gauge("desk365.calls.left")).isEqualTo(50);
        assertThat(gauge("desk365.approvals.waiting")).isZero();
    }

    @Test
    void an_unknown_number_of_calls_left_is_not_a_number() {
        new ToolMeters(sandbox.bound(Unguarded.policy())).bindTo(meters);

        assertThat(gauge("desk365.calls.left")).isNaN();
    }

    private double gauge(String name, String... tags) {
        return meters.get(name).tags(tags).gauge().value();
    }

    @Test
    void the_clients_of_tenants_are_observed_too_and_each_has_its_gauge() {
        BoundTools tools = Desk365Tools.with(Unguarded.policy()
                        .hosts("127.0.0.1")
                        .plan(Plan.PLUS)
                        .clients(this::observed)
                        .audit(ToolObservations.calls(registry)))
                .bind(context -> context.tenant() == null
                        ? null
                        : Tenant.of(context.tenant(), sandbox.baseUrl(), sandbox.apiKey()));
        new ToolMeters(tools, List.of("acme", "globex")).bindTo(meters);

        tools.call(GET_TICKET, TICKET, CallContext.none().tenant("acme"));

        assertThat(spans).hasSize(2);
        assertThat(gauge("desk365.calls.left", "tenant", "acme")).isEqualTo(49);
        assertThat(gauge("desk365.calls.left", "tenant", "globex")).isEqualTo(50);
    }

    @Test
    void an_audit_is_told_too_even_if_the_other_listener_throws() {
        List<AuditRecord> audited = new ArrayList<>();
        AuditListener broken = new AuditListener() {
            @Override
            public AuditListener begin(CallContext context) {
                return this;
            }

            @Override
            public void ended(AuditRecord call) {
                throw new IllegalStateException();
            }
        };

        sandbox.bound(Unguarded.policy()
                        .audit(broken.and(ToolObservations.calls(registry)).and(audited::add)))
                .call(GET_CONTEXT, TICKET);

        assertThat(audited).hasSize(1);
        assertThat(spans).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void of_two_listeners_each_begins_and_ends_also_if_the_other_cannot_begin(boolean isFirst) {
        List<AuditRecord> audited = new ArrayList<>();
        AuditListener broken = new AuditListener() {
            @Override
            public AuditListener begin(CallContext context) {
                throw new IllegalStateException();
            }

            @Override
            public void ended(AuditRecord call) {
                audited.add(call);
            }
        };
        AuditListener observed = ToolObservations.calls(registry);

        sandbox.bound(Unguarded.policy().audit(isFirst ? broken.and(observed) : observed.and(broken)))
                .call(GET_TICKET, TICKET);

        assertThat(spans).hasSize(1);
        assertThat(audited).hasSize(1);
        assertThat(registry.getCurrentObservation()).isNull();
    }

    @Test
    void a_listener_that_cannot_begin_still_gets_the_record() {
        List<AuditRecord> audited = new ArrayList<>();
        AuditListener listener = new AuditListener() {
            @Override
            public AuditListener begin(CallContext context) {
                throw new IllegalStateException();
            }

            @Override
            public void ended(AuditRecord call) {
                audited.add(call);
            }
        };

        ToolResult result = sandbox.bound(Unguarded.policy().audit(listener)).call(GET_TICKET, TICKET);

        assertThat(result.isError()).isFalse();
        assertThat(audited).hasSize(1);
    }

    private static Map<String, String> values(SpanData span) {
        Map<String, String> values = new HashMap<>();
        for (Map.Entry<AttributeKey<?>, Object> each :
                span.getAttributes().asMap().entrySet()) {
            values.put(each.getKey().getKey(), String.valueOf(each.getValue()));
        }
        return values;
    }

    /** The spans that have ended, in order. */
    private static final class Spans extends CopyOnWriteArrayList<SpanData> implements SpanExporter {

        private static final long serialVersionUID = 1;

        @Override
        public CompletableResultCode export(Collection<SpanData> ended) {
            addAll(ended);
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }
}
