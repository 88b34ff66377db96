package io.github.desk365mcp.tools.observe;

import io.github.desk365mcp.tools.host.AuditListener;
import io.github.desk365mcp.tools.host.AuditRecord;
import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.Effects;
import io.github.desk365mcp.tools.host.Outcomes;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import io.micrometer.observation.transport.SenderContext;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Observations of calls and of their requests to the helpdesk, for timers and spans.
 *
 * <pre>{@code
 * Desk365Client desk = Desk365Client.builder().subdomain("acme").apiKey(key)
 *         .httpClient(http -> http.addInterceptor(ToolObservations.requests(registry))).build();
 * Policy observed = policy.audit(ToolObservations.calls(registry));
 * }</pre>
 *
 * <p>The names are those of OpenTelemetry's semantic conventions; the document {@code docs/observe.md} lists them.
 * All values have few distinct ones: nothing of arguments, answers or messages is among them, and no caller or ticket.
 */
@SuppressWarnings("exports") // Micrometer is optional; hosts that use this class have it.
public final class ToolObservations {

    private static final String CALL = "tools/call";
    private static final String ERROR_TYPE = "error.type";

    /** What the conventions call a value that is not known beforehand. */
    private static final String OTHER = "_OTHER";

    private static final Set<String> NO_ERRORS = Set.of(
            Outcomes.OK,
            Outcomes.PARTLY,
            Outcomes.NEEDS_APPROVAL,
            Outcomes.WAITING_FOR_APPROVAL,
            Outcomes.REPLAYED,
            Outcomes.FOUND);

    private ToolObservations() {}

    /**
     * {@return a listener that observes each call as {@code mcp.server.operation.duration}} The observation is current
     * in the thread of the call, so that the requests are its children. Its parent is the trace of the call's context,
     * otherwise the current one. To keep an audit listener too, use {@link AuditListener#and}.
     *
     * @param registry gets the observations
     */
    public static AuditListener calls(ObservationRegistry registry) {
        return new AuditListener() {
            @Override
            public AuditListener begin(CallContext context) {
                return start(context.trace(), registry);
            }

            @Override
            public void ended(AuditRecord call) {
                // A record of a call that did not begin here.
            }
        };
    }

    private static AuditListener start(Map<String, String> trace, ObservationRegistry registry) {
        ReceiverContext<Map<String, String>> from = new ReceiverContext<>(Map::get, Kind.SERVER);
        from.setCarrier(trace);
        Observation observation = Observation.start("mcp.server.operation.duration", () -> from, registry)
                .contextualName(CALL)
                .lowCardinalityKeyValue("mcp.method.name", CALL)
                .lowCardinalityKeyValue("gen_ai.operation.name", "execute_tool");
        Observation.Scope scope = observation.openScope();
        return call -> {
            scope.close();
            stop(observation, call);
        };
    }

    private static void stop(Observation observation, AuditRecord call) {
        // The name of an unknown tool is whatever the caller wrote.
        String tool = call.effect().equals(Effects.UNKNOWN) ? OTHER : call.tool();
        boolean isError = !NO_ERRORS.contains(call.outcome());
        if (isError) {
            observation.error(new Failure(call.outcome()));
        }
        observation
                .contextualName(CALL + " " + tool)
                .lowCardinalityKeyValues(KeyValues.of(
                        "gen_ai.tool.name",
                        tool,
                        ERROR_TYPE,
                        isError ? "tool_error" : KeyValue.NONE_VALUE,
                        "desk365.outcome",
                        call.outcome(),
                        "desk365.effect",
                        call.effect()))
                .highCardinalityKeyValue("desk365.calls", String.valueOf(call.calls()))
                .stop();
    }

    /**
     * {@return an interceptor that observes each request to the helpdesk as {@code http.client.request.duration}, until
     * the headers of the response have arrived} Retries are requests of their own. No header is added to requests, so
     * that the service learns nothing about the trace.
     *
     * @param registry gets the observations
     */
    public static Interceptor requests(ObservationRegistry registry) {
        return chain -> send(chain, registry);
    }

    private static Response send(Interceptor.Chain chain, ObservationRegistry registry) throws IOException {
        Request request = chain.request();
        HttpUrl url = request.url();
        // Files are fetched from addresses in answers, without the key.
        boolean isApi = request.header("Authorization") != null;
        String path = isApi ? template(url) : KeyValue.NONE_VALUE;
        Observation observation = Observation.start(
                        "http.client.request.duration",
                        () -> new SenderContext<>((none, name, value) -> {}, Kind.CLIENT),
                        registry)
                .contextualName(isApi ? request.method() + " " + path : request.method())
                .lowCardinalityKeyValues(KeyValues.of(
                        "http.request.method",
                        request.method(),
                        "server.address",
                        isApi ? url.host() : OTHER,
                        "server.port",
                        isApi ? String.valueOf(url.port()) : OTHER,
                        "url.template",
                        path,
                        "http.response.status_code",
                        KeyValue.NONE_VALUE,
                        ERROR_TYPE,
                        KeyValue.NONE_VALUE));
        try {
            Response response = chain.proceed(request);
            String status = String.valueOf(response.code());
            observation.lowCardinalityKeyValue("http.response.status_code", status);
            if (!response.isSuccessful()) {
                fail(observation, status);
            }
            return response;
        } catch (IOException | RuntimeException e) {
            fail(observation, e.getClass().getName());
            throw e;
        } finally {
            observation.stop();
        }
    }

    private static void fail(Observation observation, String type) {
        observation.lowCardinalityKeyValue(ERROR_TYPE, type).error(new Failure(type));
    }

    /** The paths of the API are fixed words; whatever else a host sends is left out. */
    private static String template(HttpUrl url) {
        return url.pathSegments().stream()
                .map(word -> word.matches("[a-z_]{0,40}|v\\d") ? word : "*")
                .collect(Collectors.joining("/", "/", ""));
    }

    /** Marks a span as failed, without the words and the stack of an exception. */
    private static final class Failure extends Exception {

        private static final long serialVersionUID = 1;

        Failure(String code) {
            super(code, null, false, false);
        }
    }
}
