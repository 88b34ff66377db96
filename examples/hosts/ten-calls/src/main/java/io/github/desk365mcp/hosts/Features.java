package io.github.desk365mcp.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.tools.ToolDefinition;
import io.github.desk365mcp.tools.ToolResult;
import io.github.desk365mcp.tools.host.AuditRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a host carries, as its test saw it: one row of {@code docs/hosts.md}.
 *
 * <p>What the host's far end saw is handed in under MCP's names, and what it did not see is left out. A part that is
 * there but differs fails the test: a host may lose things, but not change them.
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

    /** A host that carries nothing yet; its version is the build's property {@code host.version}. */
    public static Features of(String host) {
        return new Features(host);
    }

    /** Compares a definition with what the far end saw of it: a model, or a client. */
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

    /** Compares the results of the ten calls with what the far end saw of them. */
    public Features results(List<ToolResult> sent, List<? extends Map<String, ?>> seen) {
        assertThat(seen).hasSameSizeAs(sent);
        for (int i = 0; i < sent.size(); i++) {
            Map<String, Object> whole = sent.get(i).toMap();
            Map<String, ?> far = seen.get(i);
            assertThat(far.get("content") == null && far.get("structuredContent") == null)
                    .as("nothing came of call %d", i)
                    .isFalse();
            Object content = far.get("content");
            if (content instanceof List<?> blocks) {
                assertThat(blocks.get(0))
                        .isEqualTo(Map.of("type", "text", "text", sent.get(i).text()));
                carries("resource links", links(whole.get("content")), blocks.size() == 1 ? null : links(blocks));
            }
            carries("structuredContent", whole.get("structuredContent"), far.get("structuredContent"));
            carries("isError", whole.get("isError"), far.get("isError"));
            carries("result _meta", whole.get("_meta"), far.get("_meta"));
        }
        return this;
    }

    private static @Nullable Object links(@Nullable Object content) {
        List<?> blocks = (List<?>) Objects.requireNonNull(content);
        return blocks.size() == 1 ? null : List.copyOf(blocks.subList(1, blocks.size()));
    }

    /** Compares the answer to {@link TenCalls#WITH_NULL}. */
    public Features nullArguments(ToolResult sent, String seen) {
        row.put("null arguments", sent.text().equals(seen) ? "yes" : "no");
        return this;
    }

    /** Says what the tools heard of the caller {@code ada} and the tenant {@code acme}. */
    public Features context(AuditRecord heard) {
        return context(heard.caller(), heard.tenant());
    }

    /** The same, of tools in another process. */
    public Features context(@Nullable String caller, @Nullable String tenant) {
        boolean both = "ada".equals(caller) && "acme".equals(tenant);
        row.put("caller and tenant", both ? "yes" : "no");
        return this;
    }

    /** Says whether a {@code Cancellation} that the application handed in reached the call. */
    public Features cancellation(AuditRecord heard) {
        row.put("cancellation", heard.outcome().equals("cancelled") ? "application" : "no");
        return this;
    }

    /** Says whether a call under way ended because the far end cancelled it. */
    public Features cancelledByClient(AuditRecord heard) {
        row.put("cancellation", heard.outcome().equals("cancelled") ? "yes" : "no");
        return this;
    }

    /** Says whether an upload told how far it was, and only upwards. */
    public Features progress(List<Double> heard) {
        assertThat(heard).isSorted().doesNotHaveDuplicates();
        row.put("progress", heard.isEmpty() ? "no" : "yes");
        return this;
    }

    /** Puts a word in place of the {@code yes} of features that only the application sees, not the model. */
    public Features onlyFor(String whom, String... features) {
        for (String feature : features) {
            assertThat(row).as("seen by the %s", whom).containsEntry(feature, "yes");
            row.put(feature, whom);
        }
        return this;
    }

    /** Compares the row with the file of that name beside the module's {@code pom.xml}; writes it with {@code -Daccept}. */
    public void compare(String name) throws IOException {
        Path file = Path.of(name + ".features.properties");
        StringBuilder text = new StringBuilder("# Written by the test with -Daccept, and compared by it.\n");
        row.forEach((key, value) ->
                text.append(key.replace(" ", "\\ ")).append('=').append(value).append('\n'));
        if (ACCEPT) {
            Files.writeString(file, text);
        }
        assertThat(file).as("accept it with -Daccept").hasContent(text.toString());
    }

    /** An object among plain values, whose keys are texts. */
    @SuppressWarnings("unchecked")
    public static Map<String, Object> plain(@Nullable Object object) {
        return (Map<String, Object>) Objects.requireNonNull(object);
    }

    /** As it is after a journey as JSON, where a number has no Java type. */
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
