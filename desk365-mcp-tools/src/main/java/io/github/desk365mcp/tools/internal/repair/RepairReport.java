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

/** Tells how an argument was read where it was written otherwise: of objects, which of their fields. */
public final class RepairReport {

    private final Param<?> param;
    private final CallNotes trace;

    RepairReport(Param<?> param, CallNotes trace) {
        this.param = param;
        this.trace = trace;
    }

    /** A value as it was given, and as it is read. */
    void tell(String path, Object given, Object read) {
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
                tellForm(path, given instanceof List<?>, "a list");
                if (opened instanceof List<?> list && list.size() > items.size()) {
                    trace.repaired(path + ": items of nothing were left out");
                }
                for (int i = 0; i < items.size(); i++) {
                    tell(path + "[" + i + "]", before.get(i), items.get(i));
                }
                return;
            }
        } else if (read instanceof Map<?, ?> fields && opened instanceof Map<?, ?> before) {
            tellForm(path, given instanceof Map<?, ?>, "an object");
            tellFields(path, before, fields);
            return;
        }
        tellValue(path, given, read);
    }

    private void tellForm(String path, boolean same, String form) {
        if (!same) {
            trace.repaired(path + " was read as " + form);
        }
    }

    private void tellFields(String path, Map<?, ?> given, Map<?, ?> read) {
        List<Map.Entry<?, ?>> before = new ArrayList<>(given.entrySet());
        if (before.size() != read.size()) {
            before.removeIf(field -> field.getValue() == null);
            trace.repaired(path + ": null was left out");
        }
        if (before.size() != read.size()) {
            tellValue(path, given, read);
            return;
        }
        Iterator<Map.Entry<?, ?>> old = before.iterator();
        read.forEach((name, value) -> {
            Map.Entry<?, ?> field = old.next();
            if (!name.equals(field.getKey())) {
                trace.repaired(path + "." + field.getKey() + " was read as " + name);
            }
            if (value != null && field.getValue() != null) {
                tell(path + "." + name, field.getValue(), value);
            }
        });
    }

    /** A zone that was guessed, and a name that was parted, may be wrong; all else says what it said. */
    private void tellValue(String path, Object given, Object read) {
        String words = path + " was read as " + Text.brief(read);
        String text = Type.single(given) instanceof String one ? one : "";
        if (read instanceof String time && time.matches("\\d{4}-\\d\\d-\\d\\dT.*Z") && !Times.isZoned(text)) {
            trace.noted(words + ": without a zone, a time is UTC");
        } else if (read instanceof List<?> parts && parts.size() > 1 && isParted(text)) {
            trace.noted(words);
        } else {
            trace.repaired(words);
        }
    }

    private boolean isParted(String text) {
        return param.topic() != null && param.type() != Type.ADDRESSES && text.matches("(?s)[^\\[].*[,;].*");
    }
}
