package io.github.desk365mcp.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.desk365mcp.tools.BoundTools;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpClient.SyncSpec;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema.ClientCapabilities;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** The server over HTTP in this process, so that a test can decide on its pending calls. */
final class HostInProcess implements AutoCloseable {

    /** What a client offers that shows cards. */
    static final ClientCapabilities CARDS = ClientCapabilities.builder()
            .extensions(Map.of("io.modelcontextprotocol/ui", Map.of("mimeTypes", List.of("text/html;profile=mcp-app"))))
            .build();

    private final Thread thread;
    private final String address;

    private HostInProcess(Thread thread, String address) {
        this.thread = thread;
        this.address = address;
    }

    static HostInProcess start(BoundTools tools) {
        return start(tools, HttpServer.Parts.NONE);
    }

    /** Starts a server with more than the tools. */
    static HostInProcess start(BoundTools tools, HttpServer.Parts parts) {
        return start(tools, parts, false);
    }

    /** Starts a server with options of the command line. */
    static HostInProcess start(BoundTools tools, String... options) {
        return start(tools, HttpServer.Parts.NONE, false, options);
    }

    /** @param isSandbox whether the server says that its helpdesk is the sandbox */
    static HostInProcess start(BoundTools tools, HttpServer.Parts parts, boolean isSandbox, String... options) {
        HttpOptions http = new HttpOptions();
        CallOptions calls = new CallOptions();
        new CommandLine(http).addMixin("calls", calls).parseArgs(options);
        CompletableFuture<String> listening = new CompletableFuture<>();
        PrintStream error = new PrintStream(new ByteArrayOutputStream(), true, UTF_8) {

            @Override
            public void println(@Nullable String line) {
                listening.complete(String.valueOf(line).replaceFirst("^Listening at ", ""));
            }
        };
        Thread thread = new Thread(
                () -> {
                    try {
                        new McpHost(tools, calls, "test", isSandbox).serveHttp(0, http, parts, error);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "host");
        thread.setUncaughtExceptionHandler((dead, fault) -> listening.completeExceptionally(fault));
        thread.start();
        return new HostInProcess(thread, listening.join());
    }

    String address() {
        return address;
    }

    /** Returns a client that has begun its session. */
    McpSyncClient client(ClientCapabilities capabilities, @Nullable String token) {
        return client(capabilities, token, specification -> specification);
    }

    /** Returns such a client with more settings. */
    McpSyncClient client(ClientCapabilities capabilities, @Nullable String token, UnaryOperator<SyncSpec> more) {
        HttpClientStreamableHttpTransport.Builder transport = HttpClientStreamableHttpTransport.builder(
                        address.substring(0, address.lastIndexOf('/')))
                .endpoint("/mcp");
        if (token != null) {
            transport.addHttpRequestCustomizer(
                    (request, method, uri, body, context) -> request.header("Authorization", "Bearer " + token));
        }
        McpSyncClient client = more.apply(McpClient.sync(transport.build())
                        .capabilities(capabilities)
                        .requestTimeout(Duration.ofSeconds(60)))
                .build();
        client.initialize();
        return client;
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
