package io.github.desk365mcp.tools.internal.repair;

import io.github.desk365mcp.tools.internal.core.CallNotes;
import io.github.desk365mcp.tools.internal.core.Param;
import io.github.desk365mcp.tools.internal.core.Type;
import io.github.desk365mcp.tools.internal.text.Text;
import io.github.desk365mcp.tools.internal.text.Times;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reports how an argument was read if that differs from how it was written; for objects, field by field. */
public final class RepairReport {

    private final Param<?> param;
    private final CallNotes notes;
    private final boolean isReworded;

    /** @param isReworded whether a filter's word was replaced by one of the account's words */
    RepairReport(Param<?> param, CallNotes notes, boolean isReworded) {
        this.param = param;
        this.notes = notes;
        this.isReworded = isReworded;
    }

    /** Compares a value as given with the value as read. */
    void report(String path, Object given, Object read) {
        if (read.equals(given)) {
            return;
        }
        Object opened = Type.parsed(Type.parsed(given, '['), '{');
        if (read instanceof List<?> items && !items.isEmpty() && items.stream().allMatch(Map.class::isInstance)) {
            List<?> before = opened instanceof List<?> list
                    ? list.stream()
                            .filter(Objects::nonNull)
                            .filter(item -> !"".equals(item))
                            .toList()
                    : List.of(opened);
            if (before.size() == items.size()) {
                reportForm(path, given instanceof List<?>, "a list");
                if (opened instanceof List<?> list && list.size() > items.size()) {
                    notes.repaired(path + ": empty items were ignored");
                }
                for (int i = 0; i < items.size(); i++) {
                    report(path + "[" + i + "]", before.get(i), items.get(i));
                }
                return;
            }
        } else if (read instanceof Map<?, ?> fields && opened instanceof Map<?, ?> before) {
            reportForm(path, given instanceof Map<?, ?>, "an object");
            reportFields(path, before, fields);
            return;
        }
        reportValue(path, given, read);
    }

    private void reportForm(String path, boolean same, String form) {
        if (!same) {
            notes.repaired(path + " was read as " + form);
        }
    }

    private void reportFields(String path, Map<?, ?> given, Map<?, ?> read) {
        List<Map.Entry<?, ?>> before = new ArrayList<>(given.entrySet());
        if (before.size() != read.size()) {
            before.removeIf(field -> field.getValue() == null);
            notes.repaired(path + ": null was ignored");
        }
        if (before.size() != read.size()) {
            reportValue(path, given, read);
            return;
        }
        Iterator<Map.Entry<?, ?>> old = before.iterator();
        read.forEach((name, value) -> {
            Map.Entry<?, ?> field = old.next();
            if (!name.equals(field.getKey())) {
                String words = path + "." + field.getKey() + " was read as " + name;
                if (isReworded) {
                    notes.noted(words);
                } else {
                    notes.repaired(words);
                }
            }
            if (value != null && field.getValue() != null) {
                report(path + "." + name, field.getValue(), value);
            }
        });
    }

    /**
     * An assumed zone, a split name and another word may be wrong, so the model is told; other repairs keep the meaning.
     */
    private void reportValue(String path, Object given, Object read) {
        if (param.type() == Type.BODY && read instanceof String && given instanceof String) {
            notes.repaired(path + " was converted from plain text to HTML; it reads the same");
            return;
        }
        String words = path + " was read as " + Text.brief(read);
        String text = Type.single(given) instanceof String one ? one : "";
        if (read instanceof String time && time.matches("\\d{4}-\\d\\d-\\d\\dT.*Z") && !Times.isZoned(text)) {
            notes.noted(words + ": without a zone, a time is UTC");
        } else if (isReworded || read instanceof List<?> parts && parts.size() > 1 && isSplit(text)) {
            notes.noted(words);
        } else {
            notes.repaired(words);
        }
    }

    private boolean isSplit(String text) {
        return param.topic() != null && param.type() != Type.ADDRESSES && text.matches("(?s)[^\\[].*[,;].*");
    }
}
