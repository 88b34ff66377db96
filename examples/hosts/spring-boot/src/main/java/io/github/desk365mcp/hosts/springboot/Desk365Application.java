package io.github.desk365mcp.hosts.springboot;

import io.github.desk365mcp.sandbox.Desk365Sandbox;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** An MCP server for the helpdesk of {@code desk365.subdomain}, or for a sandbox if neither address nor key is set. */
@SpringBootApplication
public class Desk365Application {

    /** Starts the server. */
    public static void main(String... arguments) {
        SpringApplication application = new SpringApplication(Desk365Application.class);
        application.addInitializers(context -> {
            if (Stream.of("desk365.subdomain", "desk365.base-url", "desk365.api-key")
                    .noneMatch(context.getEnvironment()::containsProperty)) {
                Desk365Sandbox sandbox = Desk365Sandbox.start();
                System.setProperty("desk365.base-url", sandbox.baseUrl().toString());
                System.setProperty("desk365.api-key", sandbox.apiKey());
            }
        });
        application.run(arguments);
    }
}
