package io.github.desk365mcp.tools;

import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.tools.host.Approval;
import io.github.desk365mcp.tools.host.Approvals;
import io.github.desk365mcp.tools.host.MetaKeys;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.Selection;
import io.github.desk365mcp.tools.internal.core.Param;
import io.github.desk365mcp.tools.internal.core.Tool;
import io.github.desk365mcp.tools.internal.pipeline.Admission;
import io.github.desk365mcp.tools.internal.pipeline.ApprovalDecision;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes docs/tools.html. The page gets each argument once, with full names; its script builds every format from them,
 * as the library does.
 */
final class ToolPage {

    /** Fits the tokenizer o200k for definitions in all formats. */
    static final double BYTES_PER_TOKEN = 4.3;

    static final Map<String, Selection> PRESETS = presets();

    private static final Path PARTS = Path.of("src/test/resources/io/github/desk365mcp/tools/page");

    /**
     * @param answer shortened
     */
    record Example(Tool tool, Map<String, Object> arguments, Object answer) {}

    private ToolPage() {}

    private static Map<String, Selection> presets() {
        Map<String, Selection> presets = new LinkedHashMap<>();
        presets.put("heroes", Selection.heroes());
        presets.put("core", Selection.core());
        presets.put("triage", Selection.triage());
        presets.put("knowledge_base", Selection.knowledgeBase());
        presets.put("read_only", Selection.readOnly());
        presets.put("everything", Selection.everything());
        return presets;
    }

    static String of(List<Example> examples) throws IOException {
        String script = read("page.js");
        String style = read("page.css");
        return read("page.html")
                .replace("{count}", String.valueOf(examples.size()))
                .replace("{script-hash}", hash(script))
                .replace("{style-hash}", hash(style))
                .replace("{style}", style)
                .replace("{script}", script)
                // No text can end the script element. One tool a line keeps differences readable.
                .replace("{data}", json(data(examples)).replace("<", "\\u003c"));
    }

    private static String read(String part) throws IOException {
        return Files.readString(PARTS.resolve(part)).replace("\r\n", "\n");
    }

    private static String hash(String text) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static String json(Map<String, Object> data) {
        return data.entrySet().stream()
                .map(part -> "\"" + part.getKey() + "\":" + json(part.getValue()))
                .collect(Collectors.joining(",\n", "{\n", "\n}"));
    }

    private static String json(Object value) {
        if (value instanceof List<?> tools) {
            return tools.stream().map(tool -> json(tool)).collect(Collectors.joining(",\n", "[\n", "\n]"));
        }
        String wrapped = new JsonDocument(Map.of("v", value)).toJson();
        return wrapped.substring("{\"v\":".length(), wrapped.length() - 1);
    }

    private static Map<String, Object> data(List<Example> examples) {
        Map<String, Example> byName = examples.stream()
                .collect(Collectors.toMap(example -> example.tool().name(), example -> example));
        Map<String, ToolDefinition> definitions = Desk365Tools.all().definitions().stream()
                .collect(Collectors.toMap(ToolDefinition::name, definition -> definition));
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("bytesPerToken", BYTES_PER_TOKEN);
        data.put("identifiers", MetaKeys.IDENTIFIERS);
        Map<String, Object> presets = new LinkedHashMap<>();
        PRESETS.forEach((name, selection) ->
                presets.put(name, tools(selection).stream().map(Tool::name).toList()));
        data.put("presets", presets);
        data.put(
                "tools",
                tools(Selection.everything()).stream()
                        .map(tool -> tool(
                                tool,
                                Objects.requireNonNull(definitions.get(tool.name())),
                                Objects.requireNonNull(byName.get(tool.name()))))
                        .toList());
        return data;
    }

    /** Returns the tools as the library lists them, with the arguments that the policy adds. */
    private static List<Tool> tools(Selection selection) {
        return new Admission(Policy.of(selection)).ceiling().tools();
    }

    private static Map<String, Object> tool(Tool tool, ToolDefinition definition, Example example) {
        String approval = approval(tool);
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("name", tool.name());
        facts.put("short", tool.shortName());
        facts.put("title", tool.title());
        facts.put("description", tool.description());
        facts.put("tags", List.copyOf(tool.tags()));
        facts.put("effect", tool.effect());
        facts.put("approval", approval);
        facts.put("says", says(tool, approval));
        facts.put("calls", tool.calls());
        facts.put("unverified", tool.unverified());
        facts.put("restricted", tool.restricted());
        facts.put(
                "params",
                tool.params().stream()
                        .map(param -> param(param, tool.needs().get(param.name())))
                        .toList());
        facts.put("output", definition.outputSchema());
        facts.put("annotations", definition.annotations());
        facts.put("meta", definition.meta());
        facts.put("arguments", example.arguments());
        facts.put("answer", example.answer());
        return facts;
    }

    /** @param needed the tool that callers must have to be offered the argument; null if it is always offered */
    private static Map<String, Object> param(Param<?> param, @Nullable String needed) {
        List<Object> sources = new ArrayList<>();
        for (Param.Source source : param.sources()) {
            if (source.isTold()) {
                String field = source.path().replaceAll(".*\\.", "").replace("[]", "");
                sources.add(List.of(source.tool(), field.equals(param.name()) ? "" : field));
            }
        }
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("name", param.name());
        facts.put("schema", param.type().schema());
        facts.put("description", param.description());
        facts.put("required", param.isRequired());
        facts.put("sources", sources);
        if (needed != null) {
            facts.put("needs", needed);
        }
        return facts;
    }

    /** When a call is staged by default: never, only if it reaches somebody outside, or always. */
    private static String approval(Tool tool) {
        if (!ApprovalDecision.some(Approvals.defaults(), tool, Approval.STAGE)) {
            return "never";
        }
        return tool.reachesCustomer() && tool.certainReach().isEmpty() ? "sometimes" : "always";
    }

    private static String says(Tool tool, String approval) {
        return switch (approval) {
            case "never" -> "By default, calls are carried out at once.";
            case "always" -> "By default, the first call returns only a preview.";
            default ->
                "By default, the first call returns only a preview if it "
                        + (tool.canMail()
                                ? "e-mails somebody outside or adds them to later mail."
                                : "changes what customers see in the knowledge base.");
        };
    }
}
