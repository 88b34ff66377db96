package io.github.desk365mcp.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.sandbox.Desk365Sandbox;
import io.github.desk365mcp.sandbox.Exchange;
import io.github.desk365mcp.sandbox.Fault;
import io.github.desk365mcp.sandbox.Plan;
import io.github.desk365mcp.sandbox.junit.Desk365SandboxExtension;
import io.github.desk365mcp.server.approval.ApprovalServlet;
import io.github.desk365mcp.server.approval.Approvers;
import io.github.desk365mcp.tools.BoundTools;
import io.github.desk365mcp.tools.Desk365Tools;
import io.github.desk365mcp.tools.JavaBlocks;
import io.github.desk365mcp.tools.ToolDefinition;
import io.github.desk365mcp.tools.ToolResult;
import io.github.desk365mcp.tools.host.Approval;
import io.github.desk365mcp.tools.host.Approvals;
import io.github.desk365mcp.tools.host.AuditListener;
import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.CallerAuthenticator;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.Selection;
import io.github.desk365mcp.tools.host.Tenant;
import io.github.desk365mcp.tools.mcp.McpTools;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.Credentials;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The Java and the policies of the how-to guides, and what the guides say of them. */
@Timeout(60)
@ExtendWith(Desk365SandboxExtension.class)
class GuidesTest {

    private static final Path DOCS = Path.of("../../docs");
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");

    // contractor
    static BoundTools contractorsTools(Desk365Client desk, String hashOfToken) {
        Policy policy = Policy.of(Selection.knowledgeBase().withReadOnly())
                .endsAt(Instant.parse("2099-12-31T17:00:00Z"))
                .authenticator(CallerAuthenticator.tokens(Map.of(hashOfToken, "contractor")))
                .audit(AuditListener.logger("helpdesk.audit"));
        return Desk365Tools.with(policy).bind(desk);
    }
    // contractor end

    // tokens
    static HttpServletStreamableServerTransportProvider transport() {
        return HttpServletStreamableServerTransportProvider.builder()
                .mcpEndpoint("/mcp")
                .contextExtractor(request -> {
                    String header = request.getHeader("Authorization");
                    return header != null && header.startsWith("Bearer ")
                            ? McpTransportContext.create(Map.of("token", header.substring("Bearer ".length())))
                            : McpTransportContext.EMPTY;
                })
                .build();
    }

    static McpSyncServer serve(HttpServletStreamableServerTransportProvider transport, BoundTools tools) {
        Function<McpTransportContext, CallContext> caller = context -> context.get("token") instanceof String token
                ? CallContext.none().credential(token)
                : CallContext.none();
        return McpServer.sync(transport)
                .validateToolInputs(false) // the tools check arguments themselves
                .tools(McpTools.sync(tools, caller))
                .addToolFilter(McpTools.filter(tools, caller))
                .build();
    }

    static BoundTools toolsFor(Map<String, String> callersByHash, Desk365Client desk) {
        Policy policy = Policy.of(Selection.triage()).authenticator(CallerAuthenticator.tokens(callersByHash));
        return Desk365Tools.with(policy).bind(desk);
    }
    // tokens end

    // tenants
    static BoundTools toolsOf(Map<String, Tenant> helpdesks, Map<String, String> callersByHash, String... hosts) {
        Policy policy = Policy.of(Selection.triage())
                .authenticator(CallerAuthenticator.tokens(callersByHash))
                .hosts(hosts);
        return Desk365Tools.with(policy).bind(context -> helpdesks.get(context.caller()));
    }

    static Map<String, Tenant> helpdesks(String keyOfAcme, String keyOfGlobex) {
        return Map.of(
                "anna", Tenant.of("acme", URI.create("https://acme.desk365.io/apis"), keyOfAcme),
                "greg", Tenant.of("globex", URI.create("https://globex.desk365.io/apis"), keyOfGlobex));
    }
    // tenants end

    // network
    static Desk365Client behindProxy(String subdomain, String apiKey, String user, String password) {
        Proxy proxy = new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved("proxy.example.com", 3128));
        return Desk365Client.builder()
                .subdomain(subdomain)
                .apiKey(apiKey)
                .httpClient(http -> http.proxy(proxy)
                        .proxyAuthenticator(
                                (route, response) -> response.request().header("Proxy-Authorization") != null
                                        ? null // the proxy has refused the password
                                        : response.request()
                                                .newBuilder()
                                                .header("Proxy-Authorization", Credentials.basic(user, password))
                                                .build()))
                .build();
    }
    // network end

    // network
    static Desk365Client trusting(Path trustStore, char[] password, String subdomain, String apiKey)
            throws GeneralSecurityException, IOException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(KeyStore.getInstance(trustStore.toFile(), password));
        X509TrustManager authorities = (X509TrustManager) factory.getTrustManagers()[0];
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, new TrustManager[] {authorities}, null);
        return Desk365Client.builder()
                .subdomain(subdomain)
                .apiKey(apiKey)
                .httpClient(http -> http.sslSocketFactory(tls.getSocketFactory(), authorities))
                .build();
    }
    // network end

    /** What the guide to tests calls an agent. */
    interface Agent {
        void work(String task, BoundTools tools);
    }

    /** An agent without a model, which does what the guide's tests expect of one. */
    private final Agent agent = (task, tools) -> {
        if (task.contains("4077")) {
            tools.call("get_ticket", Map.of("ticket_number", 4077));
            return;
        }
        Map<String, Object> note = Map.of("ticket_number", 4052, "body", "Called back.");
        if (tools.call("add_note", note).isError()) {
            tools.call("add_note", note);
        }
    };

    // testing
    static BoundTools toolsOf(Desk365Sandbox sandbox) {
        Desk365Client desk = Desk365Client.builder()
                .baseUrl(sandbox.baseUrl())
                .apiKey(sandbox.apiKey())
                .build();
        return Desk365Tools.select(Selection.triage()).bind(desk);
    }

    static List<Exchange> writes(Desk365Sandbox sandbox) {
        return sandbox.exchanges().stream()
                .filter(request -> !request.method().equals("GET"))
                .toList();
    }

    @Test
    void the_agent_writes_the_note_that_it_was_asked_for(Desk365Sandbox sandbox) {
        agent.work("Add a note to ticket 4052 that we have called back.", toolsOf(sandbox));

        assertThat(writes(sandbox)).singleElement().satisfies(note -> {
            assertThat(note.path()).endsWith("/tickets/add_note");
            assertThat(note.text()).contains("Called back");
        });
        assertThat(sandbox.violations()).isEmpty();
    }
    // testing end

    // testing
    @Test
    void the_agent_writes_the_note_once_even_if_the_response_is_lost(Desk365Sandbox sandbox) {
        sandbox.next("addNote", Fault.loseAnswer()); // carries out the request, and breaks the connection

        agent.work("Add a note to ticket 4052 that we have called back.", toolsOf(sandbox));

        assertThat(writes(sandbox)).hasSize(1);
    }

    @Test
    void the_agent_does_not_obey_a_customer(Desk365Sandbox sandbox) {
        agent.work("Summarize ticket 4077.", toolsOf(sandbox)); // its text gives orders to the reader

        assertThat(writes(sandbox)).isEmpty();
    }

    @Test
    void the_agent_stops_when_the_calls_of_the_plan_are_used_up() {
        try (Desk365Sandbox sandbox = Desk365Sandbox.start(options -> options.plan(Plan.STANDARD))) {
            BoundTools tools = toolsOf(sandbox);
            for (int i = 0; i < 100; i++) {
                tools.call("get_ticket", Map.of("ticket_number", 4052));
            }
            sandbox.forget();

            agent.work("Add a note to ticket 4052 that we have called back.", tools);

            assertThat(sandbox.exchanges()).hasSizeLessThanOrEqualTo(1);
        }
    }
    // testing end

    // moving
    static BoundTools sameAsHosted(Desk365Client desk) {
        Policy policy = Policy.of(Selection.everything())
                .approvals(Approvals.defaults()
                        .customerMail(Approval.ALLOW)
                        .publish(Approval.ALLOW)
                        .deletes(Approval.ALLOW))
                .duplicates(Duration.ZERO);
        return Desk365Tools.with(policy).bind(desk);
    }
    // moving end

    static BoundTools contractor(Desk365Client desk, String tokenHash) {
        // access
        Policy contractor = Policy.of(Selection.knowledgeBase().withReadOnly())
                .endsAt(Instant.parse("2099-12-31T17:00:00Z"))
                .authenticator(CallerAuthenticator.tokens(Map.of(tokenHash, "contractor")))
                .audit(AuditListener.logger("helpdesk.audit"));

        BoundTools tools = Desk365Tools.with(contractor).bind(desk);
        // access end
        return tools;
    }

    static Policy asking() {
        // approval
        Policy policy = Policy.of(Selection.triage())
                .approvals(Approvals.defaults().customerMail(Approval.CONFIRM).deletes(Approval.DENY))
                .confirmation((preview, context) -> askInTheWindowOf(context.caller(), preview))
                .duplicates(Duration.ofMinutes(10))
                .lockWritesAfterUntrustedText();
        // approval end
        return policy;
    }

    private static boolean askInTheWindowOf(@Nullable String caller, String preview) {
        return caller != null && preview.isEmpty();
    }

    static Policy waiting() {
        // approval
        Policy policy = Policy.of(Selection.triage())
                .approvals(Approvals.defaults().customerMail(Approval.CONFIRM))
                .approvalPlace("https://helpdesk.example.com/approvals")
                .pendingListener(call -> postToChat(call.title() + " for " + call.caller()));
        // approval end
        return policy;
    }

    private static void postToChat(String text) {
        assertThat(text).isNotBlank();
    }

    static Policy showingCards() {
        // approval
        Policy policy = Policy.of(Selection.triage())
                .approvals(Approvals.defaults().customerMail(Approval.CONFIRM))
                .approvalCards();
        // approval end
        return policy;
    }

    static void mount(BoundTools tools, String sha256OfJanesToken, ServletContext servletContext) {
        // approval
        Approvers approvers = Approvers.tokens(Map.of(sha256OfJanesToken, "jane"));
        ApprovalServlet page = new ApprovalServlet(tools.pendingCalls(), approvers);
        servletContext.addServlet("approvals", page).addMapping("/approvals/*");
        // approval end
    }

    @Test
    void the_policies_of_the_pages_on_approval_and_access_are_accepted(Desk365Sandbox sandbox) {
        assertThat(Stream.of(asking(), waiting(), showingCards()))
                .allSatisfy(policy -> assertThat(
                                Desk365Tools.with(policy).bind(client(sandbox)).definitions())
                        .isNotEmpty());
        assertThat(contractor(client(sandbox), CallerAuthenticator.hash("a-long-token"))
                        .admits(CallContext.none().credential("a-long-token")))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"access", "approval", "contractor", "tokens", "tenants", "network", "testing", "moving"})
    void the_java_of_a_guide_is_compiled_here(String page) throws IOException {
        Path test = Path.of("src/test/java/io/github/desk365mcp/server/GuidesTest.java");
        List<String> blocks = JavaBlocks.of(DOCS.resolve(page + ".md"));

        assertThat(JavaBlocks.missing(DOCS.resolve(page + ".md"), test)).isEmpty();
        assertThat(blocks.stream().map(JavaBlocks::withoutImports))
                .isNotEmpty()
                .containsExactlyElementsOf(JavaBlocks.compiled(test, page));
    }

    @Test
    void a_contractor_reads_the_knowledge_base_and_nothing_else(Desk365Sandbox sandbox) throws IOException {
        Desk365Client desk = client(sandbox);
        CallContext contractor = CallContext.none().credential("a-long-token");
        BoundTools fromJson = Desk365Tools.with(Policy.fromJson(json("contractor.md")
                        .replace("<SHA-256 of the token, in hex>", CallerAuthenticator.hash("a-long-token"))))
                .bind(desk);
        BoundTools fromJava = contractorsTools(desk, CallerAuthenticator.hash("a-long-token"));

        assertThat(Stream.of(fromJson, fromJava)).allSatisfy(tools -> {
            assertThat(tools.definitions(contractor))
                    .extracting(ToolDefinition::name)
                    .contains("list_all_desk_365_kb_articles", "get_single_desk_365_kb_article_by_id")
                    .allMatch(name -> name.contains("_kb_"))
                    .noneMatch(name -> name.startsWith("delete") || name.startsWith("update"));
            assertThat(tools.admits(CallContext.none())).isFalse();
        });
        assertThat(toolsFor(Map.of(CallerAuthenticator.hash("a-long-token"), "anna"), desk)
                        .admits(contractor))
                .isTrue();
    }

    @Test
    void each_token_opens_its_own_helpdesk_over_http(@TempDir Path folder, Desk365Sandbox acme) throws Exception {
        Tomcat tomcat = new Tomcat();
        try (Desk365Sandbox globex = Desk365Sandbox.start()) {
            BoundTools tools = toolsOf(
                    Map.of("anna", tenant("acme", acme), "greg", tenant("globex", globex)),
                    Map.of(
                            CallerAuthenticator.hash("token-of-anna"), "anna",
                            CallerAuthenticator.hash("token-of-greg"), "greg"),
                    "127.0.0.1");
            HttpServletStreamableServerTransportProvider transport = transport();
            McpSyncServer server = serve(transport, tools);
            assertThat(helpdesks("key-of-acme", "key-of-globex")).containsOnlyKeys("anna", "greg");
            tomcat.setBaseDir(folder.toString());
            tomcat.setPort(0);
            Context context = tomcat.addContext("", folder.toString());
            Tomcat.addServlet(context, "mcp", transport).setAsyncSupported(true);
            context.addServletMapping("/mcp", "mcp");
            tomcat.start();
            String address = "http://127.0.0.1:" + tomcat.getConnector().getLocalPort();

            try (McpSyncClient anna = connected(address, "token-of-anna");
                    McpSyncClient stranger = connected(address, "another")) {
                assertThat(anna.listTools().tools()).hasSizeGreaterThan(5);
                assertThat(stranger.listTools().tools()).isEmpty();
                CallToolRequest request = CallToolRequest.builder("get_single_desk_365_ticket_by_id")
                        .arguments(Map.of("ticket_number", 4052))
                        .build();
                assertThat(anna.callTool(request).isError()).isNotEqualTo(true);
                assertThat(stranger.callTool(request).isError()).isTrue();
            }
            server.close();
            assertThat(acme.exchanges()).hasSize(1);
            assertThat(globex.exchanges()).isEmpty();
        } finally {
            tomcat.stop();
            tomcat.destroy();
        }
    }

    private static McpSyncClient connected(String address, String token) {
        McpSyncClient client = McpClient.sync(HttpClientStreamableHttpTransport.builder(address)
                        .endpoint("/mcp")
                        .addHttpRequestCustomizer((request, method, uri, body, context) ->
                                request.header("Authorization", "Bearer " + token))
                        .build())
                .build();
        client.initialize();
        return client;
    }

    private static Tenant tenant(String name, Desk365Sandbox sandbox) {
        return Tenant.of(name, sandbox.baseUrl(), sandbox.apiKey()).plan(io.github.desk365mcp.api.Plan.PLUS);
    }

    @Test
    void a_trust_store_and_a_proxy_are_accepted(@TempDir Path folder) throws Exception {
        Path store = folder.resolve("trust.p12");
        Files.copy(Path.of(System.getProperty("java.home"), "lib/security/cacerts"), store);

        assertThat(trusting(store, "changeit".toCharArray(), "acme", "a-test-key"))
                .isNotNull();
        assertThat(behindProxy("acme", "a-test-key", "ada", "secret")).isNotNull();
    }

    @Test
    void calls_of_the_hosted_product_work_unchanged(Desk365Sandbox sandbox) throws IOException {
        BoundTools tools = sameAsHosted(client(sandbox));
        BoundTools contractor =
                Desk365Tools.with(Policy.fromJson(json("moving.md"))).bind(client(sandbox));

        ToolResult page = tools.call("list_all_desk_365_tickets", Map.of("limit", "50", "next_cursor", "50"));
        ToolResult ticket = tools.call("get_single_desk_365_ticket_by_id", Map.of("id", "4052"));
        ToolResult sent = tools.call("create_a_desk_365_ticket_reply", Map.of("id", "4052", "body", "We are on it."));

        assertThat(Stream.of(page, ticket, sent)).noneMatch(ToolResult::isError);
        assertThat(sent.text()).contains("nora.vance@northwind.example");
        assertThat(contractor.definitions()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "examples/hosts/google-adk/README.md, examples/hosts/google-adk/src/test/java/io/github/desk365mcp/hosts/adk/ReadmeExample.java",
        "examples/hosts/json-rpc/README.md, examples/hosts/json-rpc/src/test/java/io/github/desk365mcp/hosts/jsonrpc/ReadmeExample.java",
        "examples/hosts/langchain4j/README.md, examples/hosts/langchain4j/src/test/java/io/github/desk365mcp/hosts/langchain4j/ReadmeExample.java",
        "examples/hosts/model-apis/README.md, examples/hosts/model-apis/src/test/java/io/github/desk365mcp/hosts/models/ReadmeExample.java",
        "examples/hosts/official-sdk/README.md, examples/hosts/official-sdk/src/test/java/io/github/desk365mcp/hosts/sdk/ReadmeExample.java",
        "examples/hosts/quarkus/README.md, examples/hosts/quarkus/src/test/java/io/github/desk365mcp/hosts/quarkus/Startup.java",
        "examples/hosts/spring-boot/README.md, examples/hosts/spring-boot/src/test/java/io/github/desk365mcp/hosts/springboot/ReadmeExample.java",
        "examples/sandbox/README.md, examples/mcp-server/src/test/java/io/github/desk365mcp/server/SandboxReadmeExamples.java",
        "docs/own-tools.md, examples/quickstart/src/main/java/io/github/desk365mcp/quickstart/Escalation.java",
        "docs/replicas.md, examples/replicas/src/test/java/io/github/desk365mcp/replicas/GuideExample.java",
    })
    void the_java_of_a_readme_is_compiled_in_its_module(String page, String test) throws IOException {
        Path readme = DOCS.resolve("..").resolve(page);
        Path compiled = DOCS.resolve("..").resolve(test);

        assertThat(JavaBlocks.missing(readme, compiled)).isEmpty();
        assertThat(JavaBlocks.of(readme).stream().map(JavaBlocks::withoutImports))
                .isNotEmpty()
                .containsExactlyElementsOf(JavaBlocks.compiled(compiled, "README"));
    }

    @Test
    void every_page_is_in_the_index_and_every_link_leads_somewhere() throws IOException {
        List<Path> pages = pages();
        String index = Files.readString(DOCS.resolve("README.md"));

        assertThat(pages).hasSizeGreaterThan(45);
        assertThat(pages.stream().filter(page -> DOCS.equals(page.getParent())))
                .extracting(page -> DOCS.relativize(page).toString())
                .filteredOn(name -> !name.equals("README.md"))
                .allSatisfy(name -> assertThat(index).contains("(" + name));
        for (Path page : pages) {
            assertThat(LINK.matcher(Files.readString(page)).results().map(link -> link.group(1)))
                    .filteredOn(link -> !link.matches("(https?|mailto):.*"))
                    .allSatisfy(link -> assertThat(exists(page, link))
                            .as("%s in %s", link, page)
                            .isTrue());
        }
    }

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>();
        Files.walkFileTree(DOCS.getParent(), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                String name = folder.getFileName().toString();
                return Set.of("target", "src", "node_modules", ".git").contains(name)
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.toString().endsWith(".md")) {
                    pages.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return pages;
    }

    private static boolean exists(Path page, String link) throws IOException {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]);
        return Files.exists(target)
                && (parts.length == 1
                        || Files.readAllLines(target).stream()
                                .filter(line -> line.startsWith("#"))
                                .map(GuidesTest::anchor)
                                .anyMatch(parts[1]::equals));
    }

    /** The anchor that GitHub gives a heading. */
    private static String anchor(String heading) {
        return heading.replaceFirst("#+ ", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\w\\- ]", "")
                .replace(' ', '-');
    }

    @Test
    void the_limitations_count_the_operations_as_the_api_description_does() throws IOException {
        List<MatchResult> operations = Pattern.compile("(?s)operationId: (\\w+).*?x-certainty: (\\S+)")
                .matcher(Files.readString(DOCS.resolve("openapi/desk365-v3.yaml")))
                .results()
                .toList();
        Map<String, Long> counts =
                operations.stream().collect(Collectors.groupingBy(row -> row.group(2), Collectors.counting()));
        String page = Files.readString(DOCS.resolve("limitations.md")).replaceAll("\\s+", " ");

        assertThat(page)
                .contains("each of its %d operations".formatted(operations.size()))
                .contains("%d are confirmed".formatted(counts.get("confirmed")))
                .contains("%d are known from one source".formatted(counts.get("one-source")))
                .contains("%d are unverified".formatted(counts.get("unverified")));
        assertThat(operations.stream().filter(row -> row.group(2).equals("unverified")))
                .extracting(row -> row.group(1))
                .allSatisfy(unverified -> assertThat(page).contains("`" + unverified + "`"));
    }

    private static Desk365Client client(Desk365Sandbox sandbox) {
        return Desk365Client.builder()
                .baseUrl(sandbox.baseUrl())
                .apiKey(sandbox.apiKey())
                .build();
    }

    private static String json(String page) throws IOException {
        return Pattern.compile("```json\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(DOCS.resolve(page)))
                .results()
                .map(block -> block.group(1))
                .findFirst()
                .orElseThrow();
    }
}
