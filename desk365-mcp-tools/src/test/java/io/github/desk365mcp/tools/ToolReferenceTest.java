package io.github.desk365mcp.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.tools.host.Approval;
import io.github.desk365mcp.tools.host.Approvals;
import io.github.desk365mcp.tools.host.MetaKeys;
import io.github.desk365mcp.tools.host.Selection;
import io.github.desk365mcp.tools.internal.catalogue.Catalogue;
import io.github.desk365mcp.tools.internal.core.Names;
import io.github.desk365mcp.tools.internal.core.Param;
import io.github.desk365mcp.tools.internal.core.Tool;
import io.github.desk365mcp.tools.internal.pipeline.ApprovalDecision;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ToolReferenceTest {

    private static final Map<String, String> META = Map.of(
            MetaKeys.TOOL,
            "definitions | `group`, `tags`, `calls` (what a call costs of the rate limit at most), `unverified` and `restricted` if"
                    + " true, and the policy's name as `policy`",
            MetaKeys.IDENTIFIERS,
            "definitions | for each argument whose values come from other answers: the `tool`, and the `path` in its answer",
            MetaKeys.ATTACHMENTS,
            "definitions | which `argument` takes files, how many and how large, and which types and kinds of references",
            MetaKeys.FILE_PARAMS,
            "definitions | OpenAI's key: the arguments that ChatGPT fills with files",
            MetaKeys.REPAIRS,
            "results | sentences that describe each repaired argument",
            MetaKeys.UNTRUSTED,
            "results | the path of each text in the answer that somebody wrote, and the writer: `contact`, `agent` or `system`",
            MetaKeys.RATE_LIMIT,
            "results | `ratelimit-limit`, `ratelimit-remaining`, `ratelimit-reset` in seconds; `estimated` names the"
                    + " numbers that the service did not send",
            MetaKeys.PENDING_CALL,
            "results | for clients with approval cards: the call that waits, with `id`, `title`, `expires_on` and"
                    + " `preview`; not for the model",
            MetaKeys.ERROR,
            "results | the `code` of an error, such as `not_found`");

    private static List<ToolPage.Example> examples;

    @BeforeAll
    static void run_every_example() {
        Clock noon = Clock.fixed(Instant.parse("2026-11-22T12:00:00Z"), ZoneOffset.UTC);
        try (TestSandbox sandbox = TestSandbox.start(options -> options.clock(noon))) {
            BoundTools tools = sandbox.bound(Unguarded.policy().clock(noon));
            examples = Catalogue.tools().stream()
                    .map(tool -> example(tool, tools, sandbox))
                    .toList();
        }
    }

    private static ToolPage.Example example(Tool tool, BoundTools tools, TestSandbox sandbox) {
        sandbox.reset();
        Map<String, Object> arguments = ToolExamples.smallest(tool);
        ToolResult result = tools.call(tool.name(), arguments);
        Object answer =
                result.structuredContent() == null ? Map.of("error", result.text()) : result.structuredContent();
        String text = new JsonDocument(Map.of("answer", PrettyJson.shortened(answer)))
                .toJson()
                .replace(String.valueOf(sandbox.baseUrl().getPort()), "8365")
                .replaceAll("/files/[0-9A-Za-z_-]+/", "/files/TOKEN/");
        return new ToolPage.Example(
                tool, arguments, Objects.requireNonNull(JsonDocument.parse(text).get("answer")));
    }

    @Test
    void the_tool_reference_is_what_the_table_says() throws IOException, IllegalAccessException {
        StringBuilder page = new StringBuilder();
        page.append("# Tools\n\n")
                .append("Generated from the catalogue and compared by a test; do not edit. Each example was run on the")
                .append(
                        " sandbox; long texts and lists are shortened. [tools.html](tools.html) has the same tools in a")
                .append(" page to search and to choose from; download it and open it in a browser.\n\n")
                .append("| tool | short name | group | title | calls |\n|---|---|---|---|---|\n");
        for (Tool tool : Catalogue.tools()) {
            page.append("| [`%s`](#%s) | `%s` | %s | %s | %s |%n"
                    .formatted(tool.name(), tool.name(), tool.shortName(), tool.group(), tool.title(), calls(tool)));
        }
        describeMeta(page);
        examples.forEach(example -> describe(page, example));
        Accepted.compare(Path.of("../docs/tools.md"), page.toString().replace("\r\n", "\n"));
    }

    /** What a call costs, which depends on its arguments if a tool takes calls as it goes. */
    private static String calls(Tool tool) {
        return tool.reserved() == tool.calls() ? String.valueOf(tool.calls()) : tool.reserved() + " to " + tool.calls();
    }

    @Test
    void the_page_has_what_the_table_says() throws IOException {
        String page = ToolPage.of(examples);

        assertThat(page.length()).as("the size of the page").isLessThan(400_000);
        Accepted.compare(Path.of("../docs/tools.html"), page);
    }

    @ParameterizedTest
    @EnumSource(
            value = Profile.class,
            names = {"OPENAI", "OPENAI_CHAT", "ANTHROPIC", "GEMINI"})
    void the_page_estimates_tokens_within_a_tenth(Profile profile) {
        for (Selection selection : ToolPage.PRESETS.values()) {
            String json = Desk365Tools.select(selection).named(Naming.SHORT).toJson(profile);

            assertThat(json.getBytes(StandardCharsets.UTF_8).length / ToolPage.BYTES_PER_TOKEN)
                    .isCloseTo(Tokens.count(json), Percentage.withPercentage(10));
        }
    }

    /** Describes every key of {@link MetaKeys}; fails if a description is missing. */
    private static void describeMeta(StringBuilder page) throws IllegalAccessException {
        page.append("\n## Keys in `_meta`\n\n| key | of | value |\n|---|---|---|\n");
        for (java.lang.reflect.Field constant : MetaKeys.class.getDeclaredFields()) {
            if (constant.getType() == String.class && !constant.getName().equals("PREFIX")) {
                constant.setAccessible(true);
                String key = String.valueOf(constant.get(null));
                page.append("| `%s` | %s |%n".formatted(key, Objects.requireNonNull(META.get(key), key)));
            }
        }
    }

    private static void describe(StringBuilder page, ToolPage.Example example) {
        Tool tool = example.tool();
        Map<String, Object> hints = tool.annotations();
        page.append("\n## ")
                .append(tool.name())
                .append("\n\n")
                .append(tool.description())
                .append("\n\n");
        page.append("- tags: ").append(String.join(", ", tool.tags())).append('\n');
        page.append("- hints: ")
                .append(String.join(
                        ", ",
                        hints.entrySet().stream()
                                .map(hint -> hint.getKey() + " " + hint.getValue())
                                .toList()))
                .append('\n');
        if (tool.unverified()) {
            page.append(
                    "- unverified: the vendor publishes no path for this operation; `Desk365Client.Builder.path` can change it\n");
        }
        if (tool.restricted()) {
            page.append("- restricted: works only if the vendor has enabled it for the account\n");
        }
        if (ApprovalDecision.some(Approvals.defaults(), tool, Approval.STAGE)) {
            String condition = tool.canMail()
                    ? ": by default, staged if the call e-mails somebody outside or adds them to later mail\n"
                    : ": by default, staged if the call changes what customers see in the knowledge base\n";
            page.append("- approval")
                    .append(
                            tool.reachesCustomer() && tool.certainReach().isEmpty()
                                    ? condition
                                    : ": staged by default\n");
        }
        if (!tool.params().isEmpty()) {
            page.append("\n| argument | type | meaning |\n|---|---|---|\n");
            for (Param<?> param : tool.params()) {
                page.append("| `%s`%s | %s | %s |%n"
                        .formatted(
                                param.name(),
                                param.isRequired() ? " (required)" : "",
                                type(param.type().schema()),
                                String.valueOf(param.schema(Names.FULL).get("description"))
                                        .replace("|", "\\|")));
            }
        }
        page.append("\nCall and answer:\n\n```json\n")
                .append(PrettyJson.of(example.arguments()))
                .append("```\n\n```json\n")
                .append(PrettyJson.of(example.answer()))
                .append("```\n");
    }

    private static String type(Map<String, Object> schema) {
        if (schema.get("items") instanceof Map<?, ?> items) {
            return "list of " + (items.get("enum") instanceof List<?> words ? words(words) : items.get("type"));
        }
        return schema.get("enum") instanceof List<?> words ? words(words) : String.valueOf(schema.get("type"));
    }

    private static String words(List<?> words) {
        return String.join(", ", words.stream().map(word -> "`" + word + "`").toList());
    }
}
