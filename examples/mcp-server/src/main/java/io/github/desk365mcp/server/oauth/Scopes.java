package io.github.desk365mcp.server.oauth;

import io.github.desk365mcp.tools.ToolDefinition;
import io.github.desk365mcp.tools.host.MetaKeys;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which tools each scope allows. A token allows what any of its scopes allows, so that a client which asks for fewer
 * scopes never gets more tools.
 */
final class Scopes {

    private static final String OURS = "desk365.";

    /** Allows every tool that only reads. */
    static final String READ = "desk365.read";

    /** Allows every tool that changes something. */
    static final String WRITE = "desk365.write";

    /** Followed by a tag, allows the tools with this tag: {@code desk365.tags.tickets.create}. */
    static final String TAGS = "desk365.tags.";

    /** Allows its owner to decide on pending calls, and no tool. */
    static final String APPROVE = "desk365.approve";

    private final Map<String, Set<String>> toolsByScope = new LinkedHashMap<>();
    private final String prefix;

    /**
     * @param tools every tool that the policy allows
     * @param prefix what the authorization server puts before each scope; usually empty
     */
    Scopes(List<ToolDefinition> tools, String prefix) {
        this.prefix = prefix;
        for (ToolDefinition tool : tools) {
            add(Boolean.TRUE.equals(tool.annotations().get("readOnlyHint")) ? READ : WRITE, tool);
            if (tool.meta().get(MetaKeys.TOOL) instanceof Map<?, ?> facts
                    && facts.get("tags") instanceof List<?> tags) {
                tags.forEach(tag -> add(TAGS + tag, tool));
            }
        }
    }

    private void add(String scope, ToolDefinition tool) {
        toolsByScope.computeIfAbsent(scope, one -> new TreeSet<>()).add(tool.name());
    }

    /** {@return the known ones of a token's scopes, which may have the prefix} */
    Set<String> known(Collection<String> granted) {
        return granted.stream()
                .map(this::withoutPrefix)
                .filter(scope -> scope.equals(APPROVE) || toolsByScope.containsKey(scope))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** {@return whether a token has a scope of this server for tools, also for tools that the policy does not allow} */
    boolean haveOthers(Collection<String> granted) {
        return granted.stream()
                .map(this::withoutPrefix)
                .anyMatch(scope -> scope.startsWith(OURS) && !scope.equals(APPROVE));
    }

    private String withoutPrefix(String scope) {
        return !prefix.isEmpty() && scope.startsWith(prefix) ? scope.substring(prefix.length()) : scope;
    }

    /** {@return the names of the tools that these scopes allow} */
    Set<String> tools(Collection<String> known) {
        return known.stream()
                .flatMap(scope -> toolsByScope.getOrDefault(scope, Set.of()).stream())
                .collect(Collectors.toSet());
    }

    /** {@return the scopes to ask for to use every tool, with the prefix} */
    List<String> offered() {
        return Stream.of(READ, WRITE)
                .filter(toolsByScope::containsKey)
                .map(prefix::concat)
                .toList();
    }

    /** {@return the scopes to ask for to use a tool as well, with the prefix} */
    List<String> needed(String tool, Set<String> granted) {
        String missing = toolsByScope.getOrDefault(WRITE, Set.of()).contains(tool) ? WRITE : READ;
        return Stream.concat(granted.stream().filter(toolsByScope::containsKey).sorted(), Stream.of(missing))
                .map(prefix::concat)
                .toList();
    }
}
