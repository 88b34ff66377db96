package io.github.desk365mcp.hosts.springboot;

import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.api.Desk365Exception;
import io.github.desk365mcp.tools.BoundTools;
import io.github.desk365mcp.tools.Desk365Tools;
import io.github.desk365mcp.tools.host.AuditListener;
import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.mcp.McpTools;
import io.github.desk365mcp.tools.observe.ToolMeters;
import io.github.desk365mcp.tools.observe.ToolObservations;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.observation.ObservationRegistry;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import java.util.List;
import java.util.function.Function;
import org.springframework.ai.mcp.customizer.McpSyncServerCustomizer;
import org.springframework.ai.mcp.server.common.autoconfigure.McpServerAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/**
 * Adds the tools to Spring AI's MCP server, with a health indicator and metrics.
 *
 * <p>An example to copy. It should become an artifact, a starter with tests for each version of Spring Boot that it
 * supports, as soon as several applications use it, or as soon as it needs to support two versions of Spring AI.
 *
 * <p>A bean of your own replaces each of these beans of ours: {@link Desk365Client}, {@link Policy},
 * {@link AuditListener}, and the function from the transport to the {@link CallContext}.
 */
@AutoConfiguration(before = McpServerAutoConfiguration.class)
@EnableConfigurationProperties(Desk365Properties.class)
class Desk365AutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    Desk365Client desk365Client(Desk365Properties properties, ObservationRegistry observations) {
        Desk365Client.Builder desk = Desk365Client.builder()
                .httpClient(http -> http.addInterceptor(ToolObservations.requests(observations)));
        if (properties.apiKey() != null) {
            desk.apiKey(properties.apiKey());
        }
        if (properties.subdomain() != null) {
            desk.subdomain(properties.subdomain());
        } else if (properties.baseUrl() != null) {
            desk.baseUrl(properties.baseUrl());
        }
        return desk.build();
    }

    @Bean
    @ConditionalOnMissingBean
    Policy desk365Policy(Desk365Properties properties) {
        return properties.policy().toPolicy();
    }

    /** Replaced by an application that keeps an audit. */
    @Bean
    @ConditionalOnMissingBean
    AuditListener desk365Audit() {
        return call -> {};
    }

    /** Replaced by an application that knows its callers, for example from Spring Security. */
    @Bean
    @ConditionalOnMissingBean
    Function<McpTransportContext, CallContext> desk365Callers() {
        return transport -> CallContext.none();
    }

    /** Replaced by an application with several helpdesks, which binds a {@code TenantResolver}. */
    @Bean
    @ConditionalOnMissingBean
    BoundTools desk365BoundTools(
            Desk365Client desk, Policy policy, AuditListener audit, ObservationRegistry observations) {
        return Desk365Tools.with(policy.audit(audit.and(ToolObservations.calls(observations))))
                .bind(desk);
    }

    @Bean
    List<SyncToolSpecification> desk365Tools(BoundTools tools, Function<McpTransportContext, CallContext> callers) {
        return McpTools.sync(tools, callers);
    }

    /**
     * Changes the server. Spring AI takes one customizer, and has one itself; so this one is primary, and does what
     * that one does. Without the SDK's own check, the tools can repair and explain wrong arguments.
     */
    @Bean
    @Primary
    McpSyncServerCustomizer desk365Server(BoundTools tools, Function<McpTransportContext, CallContext> callers) {
        return server -> server.immediateExecution(true)
                .validateToolInputs(false)
                .instructions(tools.instructions())
                .addToolFilter(McpTools.filter(tools, callers));
    }

    /** For a server without sign-in, which only programs on this machine may call. */
    @Bean
    @ConditionalOnProperty(name = "server.address", havingValue = "127.0.0.1")
    LocalRequests desk365LocalRequests() {
        return new LocalRequests();
    }

    @Bean
    HealthIndicator desk365HealthIndicator(Desk365Client desk) {
        return () -> {
            try {
                desk.ping();
                return Health.up().build();
            } catch (Desk365Exception e) {
                // Its message has no words of the service, and no key.
                return Health.down()
                        .withDetail("reason", String.valueOf(e.getMessage()))
                        .build();
            }
        };
    }

    @Bean
    MeterBinder desk365Meters(BoundTools tools) {
        return new ToolMeters(tools);
    }
}
