package io.github.desk365mcp.sandbox.junit;

import io.github.desk365mcp.sandbox.Desk365Sandbox;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a test a sandbox of its own, as a parameter of the type {@link Desk365Sandbox}.
 *
 * <pre>{@code
 * @ExtendWith(Desk365SandboxExtension.class)
 * class ReplyTest {
 *     @Test
 *     void the_reply_arrives(Desk365Sandbox sandbox) {
 *         Desk365Client desk = Desk365Client.builder()
 *                 .baseUrl(sandbox.baseUrl()).apiKey(sandbox.apiKey()).build();
 *         ...
 *         assertThat(sandbox.exchanges()).hasSize(1);
 *     }
 * }
 * }</pre>
 *
 * <p>A test and its {@code @BeforeEach} and {@code @AfterEach} methods get the same sandbox, which is closed after the
 * test. A parameter of a constructor or a {@code @BeforeAll} method gets one that lives as long as its class.
 */
@SuppressWarnings("exports") // JUnit is optional, so the module cannot require it transitively.
public final class Desk365SandboxExtension implements ParameterResolver {

    private static final Namespace OURS = Namespace.create(Desk365SandboxExtension.class);

    /** Creates the extension; JUnit does. */
    public Desk365SandboxExtension() {}

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Desk365Sandbox.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getStore(OURS).getOrComputeIfAbsent(Running.class).sandbox;
    }

    /** A sandbox that JUnit closes; older versions close no AutoCloseable. */
    @SuppressWarnings("deprecation")
    static final class Running implements ExtensionContext.Store.CloseableResource, AutoCloseable {

        private final Desk365Sandbox sandbox = Desk365Sandbox.start();

        @Override
        public void close() {
            sandbox.close();
        }
    }
}
