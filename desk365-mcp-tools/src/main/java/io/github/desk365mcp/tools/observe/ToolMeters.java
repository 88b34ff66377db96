package io.github.desk365mcp.tools.observe;

import io.github.desk365mcp.tools.BoundTools;
import io.github.desk365mcp.tools.host.CallContext;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Collection;
import java.util.List;

/**
 * Gauges of the calls left ({@code desk365.calls.left}) and of the calls that wait for a person's approval
 * ({@code desk365.approvals.waiting}). Reading them sends nothing.
 *
 * <pre>{@code
 * new ToolMeters(tools).bindTo(meterRegistry);
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 */
@SuppressWarnings("exports") // Micrometer is optional; hosts that use this class have it.
public final class ToolMeters implements MeterBinder {

    private final BoundTools tools;
    private final List<String> tenants;

    /**
     * Creates the gauges of one helpdesk.
     *
     * @param tools the bound tools
     */
    public ToolMeters(BoundTools tools) {
        this(tools, List.of());
    }

    /**
     * Creates the gauges of several helpdesks: one of the calls left for each, with the tag {@code tenant}.
     *
     * @param tools the bound tools
     * @param tenants the tenants to measure, which may be some of those served
     */
    public ToolMeters(BoundTools tools, Collection<String> tenants) {
        this.tools = tools;
        this.tenants = List.copyOf(tenants);
    }

    /**
     * Registers the gauges. That of the calls left is not a number as long as the number is unknown.
     *
     * @param registry gets the gauges
     */
    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder(
                        "desk365.approvals.waiting",
                        () -> tools.pendingCalls().waiting().size())
                .description("Calls that wait for a person's approval")
                .register(registry);
        if (tenants.isEmpty()) {
            callsLeft(registry, Tags.empty(), CallContext.none());
        }
        tenants.forEach(tenant -> callsLeft(
                registry, Tags.of("tenant", tenant), CallContext.none().tenant(tenant)));
    }

    private void callsLeft(MeterRegistry registry, Tags tags, CallContext context) {
        Gauge.builder("desk365.calls.left", () -> tools.callsLeft(context))
                .description("Calls of the plan that are left in this window")
                .tags(tags)
                .register(registry);
    }
}
