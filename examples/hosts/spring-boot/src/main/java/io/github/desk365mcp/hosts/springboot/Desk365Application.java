package io.github.desk365mcp.hosts.springboot;

import io.github.desk365mcp.sandbox.Desk365Sandbox;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** An MCP server for the helpdesk of {@code desk365.subdomain}, or for a sandbox with {@code desk365.sandbox=true}. */
@SpringBootApplication
public class Desk365Application {

    /** Starts the server. */
    public static void main(String... arguments) {
        SpringApplication application = new SpringApplication(Desk365Application.class);
        application.addInitializers(context -> {
            if (context.getEnvironment().getProperty("desk365.sandbox", boolean.class, false)) {
                Desk365Sandbox sandbox = Desk365Sandbox.start();
                System.setProperty("desk365.base-url", sandbox.baseUrl().toString());
                System.setProperty("desk365.api-key", sandbox.apiKey());
            }
        });
        application.run(arguments);
    }
}
