package io.github.desk365mcp.tools;

import io.github.desk365mcp.tools.host.MetaKeys;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.ResultForm;
import io.github.desk365mcp.tools.internal.account.AccountVocabulary;
import io.github.desk365mcp.tools.internal.attachments.AttachmentForms;
import io.github.desk365mcp.tools.internal.core.Names;
import io.github.desk365mcp.tools.internal.core.OwnRow;
import io.github.desk365mcp.tools.internal.core.Param;
import io.github.desk365mcp.tools.internal.core.Schemas;
import io.github.desk365mcp.tools.internal.core.Tool;
import io.github.desk365mcp.tools.internal.core.Uploader;
import io.github.desk365mcp.tools.internal.text.Frozen;
import io.github.desk365mcp.tools.internal.text.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One tool as a host shows it to a model, in the format of MCP's {@code Tool}.
 *
 * <p>Keys are always in the same order. Immutable, as are its maps.
 */
public final class ToolDefinition {

    private final String name;
    private final Map<String, Object> definition;
    private final boolean isOwn;

    private ToolDefinition(String name, Map<String, Object> definition, boolean isOwn) {
        this.isOwn = isOwn;
        this.name = name;
        this.definition = Frozen.map(definition);
    }

    static ToolDefinition of(Tool tool, Names names, Policy policy, AccountVocabulary words) {
        Map<String, Object> definition = new LinkedHashMap<>();
        String name = names.of(tool.name());
        definition.put("name", name);
        definition.put("title", tool.title());
        definition.put("description", names.inText(tool.description()));
        boolean full = policy.showsFields();
        OwnRow own = tool.own();
        definition.put(
                "inputSchema",
                own != null
                        ? own.schema(tool.open(), names)
                        : Schemas.object(
                                tool.open(),
                                true,
                                param ->
                                        withWords(param, full ? param.fullSchema(names) : param.schema(names), words)));
        if (policy.resultForm() != ResultForm.TEXT_ONLY) {
            // Clients require structured content from a tool that has an output schema.
            definition.put("outputSchema", tool.answer().schema());
        }
        definition.put("annotations", tool.annotations());
        definition.put("_meta", meta(tool, names, policy));
        return new ToolDefinition(name, definition, own != null);
    }

    /** Adds the account's own words that the argument accepts to its schema. */
    private static Map<String, Object> withWords(Param<?> param, Map<String, Object> schema, AccountVocabulary words) {
        List<String> all = param.topic() == null ? List.of() : words.given(param.topic());
        if (all.isEmpty()) {
            return schema;
        }
        if (schema.get("items") instanceof Map<?, ?> items) {
            Map<String, Object> shown = new LinkedHashMap<>();
            items.forEach((key, value) -> shown.put(String.valueOf(key), value));
            shown.put("enum", all);
            schema.put("items", shown);
        } else if ("object".equals(schema.get("type"))) {
            schema.put("description", schema.get("description") + " Names: " + String.join(", ", all) + ".");
        } else {
            schema.put("enum", all);
        }
        return schema;
    }

    private static Map<String, Object> meta(Tool tool, Names names, Policy policy) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("group", tool.group());
        facts.put("tags", List.copyOf(tool.tags()));
        facts.put("calls", tool.calls());
        if (tool.unverified()) {
            facts.put("unverified", true);
        }
        if (tool.restricted()) {
            facts.put("restricted", true);
        }
        if (policy.name() != null) {
            facts.put("policy", policy.name());
        }
        Map<String, Object> meta = new LinkedHashMap<>();
        meta.put(MetaKeys.TOOL, facts);
        Map<String, Object> identifiers = new LinkedHashMap<>();
        for (Param<?> param : tool.identifiers()) {
            if (tool.fixed().containsKey(param.name())) {
                continue;
            }
            List<Map<String, Object>> sources = new ArrayList<>();
            for (Param.Source source : param.sources()) {
                if (names.isVisible(source.tool())) {
                    Map<String, Object> found = new LinkedHashMap<>();
                    found.put("tool", names.of(source.tool()));
                    found.put("path", source.path());
                    sources.add(found);
                }
            }
            if (!sources.isEmpty()) {
                identifiers.put(param.name(), sources);
            }
        }
        if (!identifiers.isEmpty()) {
            meta.put(MetaKeys.IDENTIFIERS, identifiers);
        }
        if (tool.param(Uploader.ARGUMENT) != null) {
            AttachmentForms files = AttachmentForms.of(policy);
            meta.put(MetaKeys.ATTACHMENTS, files.hints());
            if (files.fileParams()) {
                meta.put(MetaKeys.FILE_PARAMS, List.of(Uploader.ARGUMENT));
            }
        }
        return meta;
    }

    /** Whether the host has written its schema, which may have any keyword. */
    boolean isOwn() {
        return isOwn;
    }

    /** {@return the name that calls use} */
    public String name() {
        return name;
    }

    /** {@return the title for people} */
    public String title() {
        return (String) part("title");
    }

    /** {@return the description for the model, at most 1,024 characters} */
    public String description() {
        return (String) part("description");
    }

    /** {@return the JSON Schema (2020-12) of the arguments} */
    @SuppressWarnings("unchecked")
    public Map<String, Object> inputSchema() {
        return (Map<String, Object>) part("inputSchema");
    }

    /**
     * {@return the JSON Schema (2020-12) of {@link ToolResult#structuredContent()}; null with
     * {@link ResultForm#TEXT_ONLY}}
     */
    @SuppressWarnings("unchecked")
    public @Nullable Map<String, Object> outputSchema() {
        return (Map<String, Object>) definition.get("outputSchema");
    }

    /** {@return MCP's four hints, all of them set} */
    @SuppressWarnings("unchecked")
    public Map<String, Object> annotations() {
        return (Map<String, Object>) part("annotations");
    }

    /**
     * {@return facts for programs, under {@link MetaKeys}: group, tags, cost in calls, and the tools whose results
     * supply identifiers}
     */
    @SuppressWarnings("unchecked")
    public Map<String, Object> meta() {
        return (Map<String, Object>) part("_meta");
    }

    /** {@return the whole definition in MCP's format} */
    public Map<String, Object> toMap() {
        return definition;
    }

    /**
     * {@return the whole definition in the format of a model's API; with {@link Profile#GEMINI}, a function declaration}
     *
     * @param profile the format
     */
    public Map<String, Object> toMap(Profile profile) {
        return Profiles.of(this, profile);
    }

    /** {@return {@link #toMap()} as compact JSON text} */
    public String toJson() {
        return Text.json(definition);
    }

    /**
     * {@return {@link #toMap(Profile)} as compact JSON text}
     *
     * @param profile the format
     */
    public String toJson(Profile profile) {
        return Text.json(toMap(profile));
    }

    private Object part(String key) {
        Object part = definition.get(key);
        if (part == null) {
            throw new IllegalStateException(key);
        }
        return part;
    }

    @Override
    public String toString() {
        return "ToolDefinition[" + name + "]";
    }
}
