package io.github.desk365mcp.tools.internal.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jsoup.nodes.Element;

/** Converts the fields of a form to text: check boxes, values, and selected options. */
final class FormFields {

    private static final Set<String> BUTTONS = Set.of("submit", "reset", "button");
    /** Types of fields that show no value. */
    private static final Set<String> WITHOUT_TEXT = Set.of("hidden", "password", "file", "image", "range", "color");

    private static final int LONGEST_OPTION = 200;
    private static final int MOST_OPTIONS = 1_000;

    private FormFields() {}

    /** Returns the text of an {@code input}; empty if it shows none. */
    static String input(Element input) {
        String type = Ascii.lower(input.attr("type").strip());
        String value = input.attr("value").strip();
        if (type.equals("checkbox") || type.equals("radio")) {
            String mark = input.hasAttr("checked") ? "x" : " ";
            return type.equals("radio") ? "(" + mark + ")" : "[" + mark + "]";
        }
        if (BUTTONS.contains(type)) {
            return value.isEmpty() ? "" : "[" + value + "]";
        }
        return WITHOUT_TEXT.contains(type) ? "" : value;
    }

    /** Returns the options of a {@code select} that are visible while it is closed. */
    static String selected(Element select, SeenNodes seen) {
        List<String> selected = new ArrayList<>();
        String first = "";
        int options = 0;
        for (Element option : select.getElementsByTag("option")) {
            if (options++ == MOST_OPTIONS) {
                break;
            }
            if (options == 1 || option.hasAttr("selected")) {
                String label = option.attr("label").strip();
                String text = label.isEmpty() ? seen.beginning(option, LONGEST_OPTION) : label;
                first = options == 1 ? text : first;
                if (option.hasAttr("selected")) {
                    selected.add(text);
                }
            }
        }
        if (select.hasAttr("multiple")) {
            return String.join(", ", selected);
        }
        return selected.isEmpty() ? first : selected.get(selected.size() - 1);
    }
}
