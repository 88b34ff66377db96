package io.github.desk365mcp.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.tools.ToolDefinition;
import io.github.desk365mcp.tools.ToolResult;
import io.github.desk365mcp.tools.host.AuditRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The features that a host supports, as its test observed them: one row of {@code docs/hosts.md}.
 *
 * <p>A test passes what the receiver (a model or a client) saw, under MCP's names, without the parts that did not
 * arrive. If a part arrives but differs, the test fails: a host may lose parts, but not change them.
 */
public final class Features {

    /** The columns of the table, in order. */
    static final List<String> ALL = List.of(
            "title",
            "annotations",
            "outputSchema",
            "definition _meta",
            "structuredContent",
            "isError",
            "resource links",
            "images",
            "result _meta",
            "null arguments",
            "caller and tenant",
            "cancellation",
            "progress");

    private static final boolean ACCEPT = System.getProperty("accept") != null;

    private final Map<String, String> row = new LinkedHashMap<>();

    private Features(String host) {
        row.put("host", host);
        row.put("version", System.getProperty("host.version", ""));
        ALL.forEach(feature -> row.put(feature, "no"));
    }

    /** Creates a row without features. The version is the property {@code host.version} of the build. */
    public static Features of(String host) {
        return new Features(host);
    }

    /** Compares a definition with what the receiver saw. */
    public Features definition(ToolDefinition sent, Map<String, ?> seen) {
        Map<String, Object> whole = sent.toMap();
        for (String key : List.of("name", "description", "inputSchema")) {
            assertThat(json(seen.get(key))).as("%s of %s", key, sent.name()).isEqualTo(json(whole.get(key)));
        }
        carries("title", whole.get("title"), seen.get("title"));
        carries("annotations", whole.get("annotations"), seen.get("annotations"));
        carries("outputSchema", whole.get("outputSchema"), seen.get("outputSchema"));
        carries("definition _meta", whole.get("_meta"), seen.get("_meta"));
        return this;
    }

    /** An MCP client's call, and the result as the client saw it. */
    @FunctionalInterface
    public interface Caller {

        /** Makes the call. */
        Map<String, Object> call(TenCalls.Call call) throws IOException;
    }

    /** Compares all definitions, the ten results and the answer to null arguments with what an MCP client saw. */
    public Features client(TenCalls ten, List<? extends Map<String, ?>> listed, Caller client) throws IOException {
        assertThat(listed).hasSameSizeAs(ten.tools().definitions());
        for (int i = 0; i < listed.size(); i++) {
            definition(ten.tools().definitions().get(i), listed.get(i));
        }
        List<Map<String, Object>> results = new ArrayList<>();
        for (TenCalls.Call call : TenCalls.CALLS) {
            results.add(client.call(call));
        }
        results(ten.answers(), results);
        List<?> answer =
                (List<?>) Objects.requireNonNull(client.call(TenCalls.WITH_NULL).get("content"));
        return nullArguments(
                ten.answerWithNull(), String.valueOf(plain(answer.get(0)).get("text")));
    }

    /** Compares the results of the ten calls with what the receiver saw. */
    public Features results(List<ToolResult> sent, List<? extends Map<String, ?>> seen) {
        assertThat(seen).hasSameSizeAs(sent);
        for (int i = 0; i < sent.size(); i++) {
            Map<String, Object> whole = sent.get(i).toMap();
            Map<String, ?> received = seen.get(i);
            assertThat(received.get("content") == null && received.get("structuredContent") == null)
                    .as("result of call %d is missing", i)
                    .isFalse();
            Object content = received.get("content");
            if (content instanceof List<?> blocks) {
                assertThat(plain(blocks.get(0)).get("type")).isEqualTo("text");
                assertThat(unmarked(String.valueOf(plain(blocks.get(0)).get("text"))))
                        .isEqualTo(unmarked(sent.get(i).text()));
                carries("resource links", only("resource_link", whole), only("resource_link", received));
                carries("images", only("image", whole), only("image", received));
            }
            // Where they are not part of the content.
            carries("images", only("image", whole), received.get("images"));
            carries("structuredContent", whole.get("structuredContent"), received.get("structuredContent"));
            carries("isError", whole.get("isError"), received.get("isError"));
            carries("result _meta", whole.get("_meta"), received.get("_meta"));
        }
        return this;
    }

    /** The text without the marks around outside text, whose number differs from call to call. */
    private static String unmarked(String text) {
        return text.replaceFirst("\"outside\":\"[^\"]*\",", "")
                .replaceFirst(" Text between \\(\\*.*$", "")
                .replaceAll("\\(\\*\\d{3,}:|:\\d{3,}\\*\\)", "");
    }

    /** The content blocks of a type; null if there are none. */
    private static @Nullable Object only(String type, Map<String, ?> result) {
        List<?> blocks = ((List<?>) Objects.requireNonNull(result.get("content")))
                .stream().filter(block -> type.equals(plain(block).get("type"))).toList();
        return blocks.isEmpty() ? null : blocks;
    }

    /** Compares the answer to {@link TenCalls#WITH_NULL}. */
    public Features nullArguments(ToolResult sent, String seen) {
        row.put("null arguments", unmarked(sent.text()).equals(unmarked(seen)) ? "yes" : "no");
        return this;
    }

    /** Checks whether the caller {@code ada} and the tenant {@code acme} reached the tools. */
    public Features context(AuditRecord record) {
        return context(record.caller(), record.tenant());
    }

    /** Checks the same for tools in another process. */
    public Features context(@Nullable String caller, @Nullable String tenant) {
        boolean both = "ada".equals(caller) && "acme".equals(tenant);
        row.put("caller and tenant", both ? "yes" : "no");
        return this;
    }

    /** Checks whether a {@code Cancellation} of the application reached the call. */
    public Features cancellation(AuditRecord record) {
        row.put("cancellation", record.outcome().equals("cancelled") ? "application" : "no");
        return this;
    }

    /** Checks whether a running call ended because the client canceled it. */
    public Features cancelledByClient(AuditRecord record) {
        row.put("cancellation", record.outcome().equals("cancelled") ? "yes" : "no");
        return this;
    }

    /** Checks whether an upload reported progress, in ascending order. */
    public Features progress(List<Double> reported) {
        assertThat(reported).isSorted().doesNotHaveDuplicates();
        row.put("progress", reported.isEmpty() ? "no" : "yes");
        return this;
    }

    /** Replaces the {@code yes} of features that do not reach the model by the name of the receiver. */
    public Features onlyFor(String whom, String... features) {
        for (String feature : features) {
            assertThat(row).as("seen by the %s", whom).containsEntry(feature, "yes");
            row.put(feature, whom);
        }
        return this;
    }

    /** Compares the row with this file in the module's folder, or writes the file with {@code -Daccept}. */
    public void compare(String name) throws IOException {
        Path file = Path.of(name + ".features.properties");
        StringBuilder text =
                new StringBuilder("# Written by a test with -Daccept, and compared by the test otherwise.\n");
        row.forEach((key, value) ->
                text.append(key.replace(" ", "\\ ")).append('=').append(value).append('\n'));
        if (ACCEPT) {
            Files.writeString(file, text);
        }
        assertThat(file).as("accept it with -Daccept").hasContent(text.toString());
    }

    /** Casts a value to an object whose keys are strings. */
    @SuppressWarnings("unchecked")
    public static Map<String, Object> plain(@Nullable Object object) {
        return (Map<String, Object>) Objects.requireNonNull(object);
    }

    /** Converts a value to JSON and back, because numbers in JSON have no Java type. */
    private static Object json(@Nullable Object value) {
        Map<String, @Nullable Object> holder = new LinkedHashMap<>();
        holder.put("json", value);
        return JsonDocument.parse(new JsonDocument(holder).toJson()).toMap();
    }

    private void carries(String feature, @Nullable Object sent, @Nullable Object seen) {
        if (sent != null && seen != null) {
            assertThat(json(seen)).as(feature).isEqualTo(json(sent));
            row.put(feature, "yes");
        }
    }
}
