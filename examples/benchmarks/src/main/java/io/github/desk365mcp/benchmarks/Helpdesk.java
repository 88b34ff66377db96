package io.github.desk365mcp.benchmarks;

import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.tools.BoundTools;
import io.github.desk365mcp.tools.Desk365Tools;
import io.github.desk365mcp.tools.ToolResult;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.Selection;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jsoup.Jsoup;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.BenchmarkParams;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A helpdesk over loopback, with the tools and with what they are compared with. */
@State(Scope.Benchmark)
public class Helpdesk {

    static final String GET = "get_single_desk_365_ticket_by_id";
    static final String LIST = "list_all_desk_365_tickets";
    static final String KEY = "benchmark-key";

    /** How many tickets a list has. */
    @Param("30")
    private int items = 30;

    private Backend backend = Backend.NONE;
    private BoundTools tools = Desk365Tools.all().bind(Desk365Client.fake((operation, query, body) -> Map.of()));
    private OkHttpClient http = new OkHttpClient();
    private final JsonMapper json = JsonMapper.shared();

    @Setup(Level.Trial)
    public void start(BenchmarkParams benchmark) throws IOException {
        backend = Backend.start(Map.of(
                "/v3/tickets/details",
                Answers.ticket(4052),
                "/v3/tickets",
                Answers.tickets(4000, items, Math.max(85, items))));
        Desk365Client desk = Desk365Client.builder()
                .baseUrl(backend.address())
                .apiKey(KEY)
                .httpClient(builder -> builder.connectionPool(connections()))
                .build();
        // Whole lists, however long they are: otherwise most of a long one would be left out.
        tools = Desk365Tools.with(Policy.of(Selection.everything()).answerTokens(10_000_000))
                .bind(desk);
        http = new OkHttpClient.Builder()
                .connectionPool(connections())
                .dispatcher(new Dispatcher())
                .build();
        if (benchmark.getThreads() > 1) {
            // Many callers would take nearly all time from the compilers.
            for (int i = 0; i < 40_000; i++) {
                get();
                plainGet();
            }
        }
    }

    private static ConnectionPool connections() {
        return new ConnectionPool(512, 1, TimeUnit.MINUTES);
    }

    @TearDown(Level.Trial)
    public void stop() throws IOException {
        backend.close();
        http.connectionPool().evictAll();
    }

    /** Gets a ticket by the tool, as JSON. */
    String get() {
        return checked(tools.call(GET, Map.of("ticket_number", 4052)));
    }

    /** Lists tickets with their messages by the tool, as JSON. */
    String list() {
        return checked(tools.call(LIST, Map.of("include_description", true)));
    }

    private static String checked(ToolResult result) {
        if (result.isError()) {
            throw new IllegalStateException(result.text());
        }
        return result.toJson();
    }

    /** Gets a ticket with OkHttp, reads it with Jackson, and writes it again. */
    String plainGet() throws IOException {
        return json.writeValueAsString(fetch("/v3/tickets/details?ticket_number=4052"));
    }

    /** Lists tickets with OkHttp, reads them with Jackson, makes text of their messages with jsoup, and writes all again. */
    String plainList() throws IOException {
        JsonNode page = fetch("/v3/tickets?include_description=1");
        for (JsonNode ticket : page.get("tickets")) {
            ObjectNode fields = (ObjectNode) ticket;
            fields.put(
                    "description",
                    Jsoup.parse(fields.get("description").asString()).text());
        }
        return json.writeValueAsString(page);
    }

    private JsonNode fetch(String path) throws IOException {
        Request request = new Request.Builder()
                .url(backend.address() + path)
                .header("Authorization", KEY)
                .build();
        try (Response response = http.newCall(request).execute()) {
            return json.readTree(response.body().byteStream());
        }
    }
}
