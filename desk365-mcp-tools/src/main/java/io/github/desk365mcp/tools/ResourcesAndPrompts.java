package io.github.desk365mcp.tools;

import io.github.desk365mcp.tools.host.Approval;
import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.internal.account.Account;
import io.github.desk365mcp.tools.internal.account.VocabularyKind;
import io.github.desk365mcp.tools.internal.catalogue.Catalogue;
import io.github.desk365mcp.tools.internal.catalogue.PromptRow;
import io.github.desk365mcp.tools.internal.catalogue.ResourceRow;
import io.github.desk365mcp.tools.internal.core.Names;
import io.github.desk365mcp.tools.internal.core.Param;
import io.github.desk365mcp.tools.internal.core.Tool;
import io.github.desk365mcp.tools.internal.pipeline.Admission;
import io.github.desk365mcp.tools.internal.pipeline.AdmissionStage;
import io.github.desk365mcp.tools.internal.pipeline.ApprovalDecision;
import io.github.desk365mcp.tools.internal.text.Ascii;
import io.github.desk365mcp.tools.internal.text.Text;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The resources, prompts and completions of {@link BoundTools}: of each caller, those of the tools that it sees. */
final class ResourcesAndPrompts {

    /** At most as many as MCP allows. */
    private static final int MOST_WORDS = 100;

    private final Policy policy;
    private final Admission admission;
    private final Function<Admission.Visible, Names> naming;
    private final Function<CallContext, @Nullable Account> accounts;
    private final Predicate<CallContext> hasAccess;

    /** @param hasAccess whether a caller has access to the helpdesk of its context */
    ResourcesAndPrompts(
            Policy policy,
            Admission admission,
            Function<Admission.Visible, Names> naming,
            Function<CallContext, @Nullable Account> accounts,
            Predicate<CallContext> hasAccess) {
        this.policy = policy;
        this.admission = admission;
        this.naming = naming;
        this.accounts = accounts;
        this.hasAccess = hasAccess;
    }

    List<Map<String, Object>> allTemplates() {
        return templates(admission.ceiling());
    }

    List<Map<String, Object>> templates(CallContext context) {
        return admission.hasEnded(admitted(context)) ? List.of() : templates(admission.visible(context));
    }

    private List<Map<String, Object>> templates(Admission.Visible visible) {
        String type = ToolResult.textType(policy.resultForm());
        return rows(visible).map(row -> row.toMap(type)).toList();
    }

    private Stream<ResourceRow> rows(Admission.Visible visible) {
        return ResourceRow.ALL.stream().filter(row -> reader(row, visible) != null);
    }

    /** Returns the tool that reads such resources; null if the caller cannot read them. */
    private @Nullable Tool reader(ResourceRow row, Admission.Visible visible) {
        Tool tool = tool(row.tool(), visible);
        return tool != null
                        && param(tool, row.argument()) != null
                        // The second call of an approval has a token, for which a resource has no place.
                        && !ApprovalDecision.some(admission.approvals(), tool, Approval.STAGE)
                        && !ApprovalDecision.some(admission.approvals(), tool, Approval.CONFIRM)
                ? tool
                : null;
    }

    /** The call that reads a resource. */
    record Reading(String tool, Map<String, Object> arguments) {}

    /** Returns the call that reads a resource; null if the policy allows no such resource. */
    @Nullable
    Reading reading(String uri) {
        return rows(admission.ceiling())
                .map(row -> {
                    Map<String, Object> arguments = row.arguments(uri);
                    return arguments == null ? null : new Reading(row.tool(), arguments);
                })
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** Returns the error for a resource that the caller cannot read. */
    String unknown(String uri, CallContext context) {
        List<String> listed = admission.enter(context).admitted() && !admission.hasEnded(context)
                ? rows(admission.visible(context)).map(ResourceRow::template).toList()
                : List.of();
        return "Unknown resource: " + Text.brief(uri) + "."
                + (listed.isEmpty()
                        ? ""
                        : " Resources are " + Text.list(listed, "and") + ", with percent-encoded values.");
    }

    List<Map<String, Object>> allPrompts() {
        return prompts(admission.ceiling()).map(PromptRow::toMap).toList();
    }

    List<Map<String, Object>> prompts(CallContext context) {
        return admission.hasEnded(admitted(context))
                ? List.of()
                : prompts(admission.visible(context)).map(PromptRow::toMap).toList();
    }

    private static Stream<PromptRow> prompts(Admission.Visible visible) {
        return PromptRow.ALL.stream().filter(row -> visible.names().containsAll(row.tools()));
    }

    Map<String, Object> prompt(String name, Map<String, ?> arguments, CallContext context) {
        Admission.Visible visible = admission.visible(admitted(context));
        PromptRow row = admission.hasEnded(context) ? null : prompt(name, visible);
        if (row == null) {
            throw new IllegalArgumentException("Unknown prompt: " + Text.brief(name));
        }
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("type", "text");
        content.put("text", row.text(arguments, naming.apply(visible)));
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("role", "user");
        message.put("content", content);
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("description", row.description());
        result.put("messages", List.of(message));
        return result;
    }

    private static @Nullable PromptRow prompt(String name, Admission.Visible visible) {
        return prompts(visible)
                .filter(row -> row.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    Map<String, Object> complete(String of, String argument, String begun, CallContext context) {
        List<String> all = hasAccess.test(context)
                ? words(
                                of,
                                argument,
                                admission.visible(context),
                                admission.enter(context).of(context))
                        .stream()
                        .distinct()
                        .filter(word -> Ascii.startsWith(word, begun))
                        .sorted(Comparator.comparing(Ascii::lower))
                        .toList()
                : List.of();
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("values", all.subList(0, Math.min(all.size(), MOST_WORDS)));
        result.put("total", all.size());
        result.put("hasMore", all.size() > MOST_WORDS);
        return result;
    }

    private List<String> words(String of, String argument, Admission.Visible visible, CallContext context) {
        Tool tool = toolOf(of, argument, visible);
        Param<?> param = tool == null ? null : param(tool, argument);
        if (param == null) {
            return List.of();
        }
        Names names = naming.apply(visible);
        List<String> allowed = allowed(param.fullSchema(names));
        if (!allowed.isEmpty()) {
            return allowed;
        }
        VocabularyKind topic = param.topic();
        Account account = topic == null || !Catalogue.isShown(topic, names) ? null : accounts.apply(context);
        return topic == null || account == null ? List.of() : account.words().suggested(topic);
    }

    /** Returns the tool that has this argument of a template or prompt; null if there is none. */
    private @Nullable Tool toolOf(String of, String argument, Admission.Visible visible) {
        ResourceRow resource = rows(visible)
                .filter(row -> row.template().equals(of) && row.argument().equals(argument))
                .findFirst()
                .orElse(null);
        if (resource != null) {
            return reader(resource, visible);
        }
        PromptRow prompt = prompt(of, visible);
        return prompt == null
                ? null
                : prompt.arguments().stream()
                        .filter(one -> one.name().equals(argument))
                        .map(PromptRow.Argument::tool)
                        .filter(Objects::nonNull)
                        .map(name -> tool(name, visible))
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null);
    }

    private static List<String> allowed(Map<String, Object> schema) {
        Object values = schema.get("items") instanceof Map<?, ?> items ? items.get("enum") : schema.get("enum");
        return values instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    private static @Nullable Tool tool(String name, Admission.Visible visible) {
        return visible.tools().stream()
                .filter(tool -> tool.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** Returns an argument that the operator has not fixed; null if there is none. */
    private static @Nullable Param<?> param(Tool tool, String name) {
        return tool.open().stream()
                .filter(param -> param.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    private CallContext admitted(CallContext context) {
        if (!admission.enter(context).admitted()) {
            throw new AccessRefusedException(AdmissionStage.UNAUTHENTICATED.message());
        }
        return context;
    }
}
