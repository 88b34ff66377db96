package io.github.desk365mcp.tools.internal.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What tools are called for one caller, and which of them there are. */
public final class Names {

    /** Full names, and every tool visible. */
    public static final Names FULL = new Names(name -> name, null);

    private static final Pattern TOOL = Pattern.compile("\\w*desk_365\\w*");

    private final UnaryOperator<String> naming;
    private final @Nullable Set<String> visible;

    /**
     * @param naming from the full name to the one that is shown
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
     * The text with the tools in it called as this caller knows them, and without the clauses that speak of others: a
     * clause ends at a full stop, or begins behind a colon or a semicolon.
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
