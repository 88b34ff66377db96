package io.github.desk365mcp.tools.internal.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The names of tools for one caller, and which of them the caller has. */
public final class Names {

    /** Full names, with every tool visible. */
    public static final Names FULL = new Names(name -> name, null);

    private static final Pattern TOOL = Pattern.compile("\\w*desk_365\\w*");

    private final UnaryOperator<String> naming;
    private final @Nullable Set<String> visible;

    /**
     * @param naming from the full name to the one shown
     * @param visible full names; null for every tool
     */
    public Names(UnaryOperator<String> naming, @Nullable Set<String> visible) {
        this.naming = naming;
        this.visible = visible;
    }

    public String of(String tool) {
        return naming.apply(tool);
    }

    public boolean isVisible(String tool) {
        return visible == null || visible.contains(tool);
    }

    /**
     * Replaces the names of tools in a text by this caller's names, and removes clauses about tools that the caller
     * does not have. A clause ends at the end of its sentence, and begins at the start of the sentence or after a colon
     * or semicolon.
     */
    public String inText(String text) {
        if (!text.contains("desk_365")) {
            return text;
        }
        List<String> sentences = new ArrayList<>();
        for (String sentence : text.split("(?<=[.?!]) ")) {
            String clauses = withoutHidden(sentence);
            if (!clauses.isEmpty()) {
                sentences.add(clauses);
            }
        }
        return TOOL.matcher(String.join(" ", sentences)).replaceAll(name -> of(name.group()));
    }

    private String withoutHidden(String sentence) {
        Matcher tool = TOOL.matcher(sentence);
        while (tool.find()) {
            if (!isVisible(tool.group())) {
                String before = sentence.substring(0, tool.start());
                int clause = Math.max(before.lastIndexOf(": "), before.lastIndexOf("; "));
                return clause < 0 ? "" : before.substring(0, clause) + ".";
            }
        }
        return sentence;
    }
}
