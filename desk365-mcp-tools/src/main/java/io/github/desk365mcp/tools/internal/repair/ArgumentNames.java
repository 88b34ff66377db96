package io.github.desk365mcp.tools.internal.repair;

import io.github.desk365mcp.tools.host.ErrorCodes;
import io.github.desk365mcp.tools.internal.catalogue.MessagePage;
import io.github.desk365mcp.tools.internal.catalogue.TicketPage;
import io.github.desk365mcp.tools.internal.core.Call;
import io.github.desk365mcp.tools.internal.core.CallNotes;
import io.github.desk365mcp.tools.internal.core.Param;
import io.github.desk365mcp.tools.internal.core.RefusedException;
import io.github.desk365mcp.tools.internal.core.Tool;
import io.github.desk365mcp.tools.internal.core.Type;
import io.github.desk365mcp.tools.internal.text.Ascii;
import io.github.desk365mcp.tools.internal.text.CustomFieldName;
import io.github.desk365mcp.tools.internal.text.Text;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts arguments under the names that a tool has for them: those of the API and of the product this replaces are taken
 * too, and objects that the API wants as text are opened. One instance is one call.
 */
public final class ArgumentNames {

    /** Objects that the API takes around what are plain arguments here. */
    private static final Set<String> WRAPPERS =
            Set.of("filters", "ticket_object", "reply_object", "note_object", "contact_object", "company_object");

    private static final String CUSTOM_FIELDS = TicketPage.CUSTOM_FIELDS.name();
    private static final List<String> LIMITS = List.of("limit", "page_size", "per_page");
    private static final List<String> PAGE_SIZES = List.of("ticket_count", "time_entries_count");
    private static final List<Integer> SIZES = List.of(30, 50, 100);

    private final Tool tool;
    private final CallNotes trace;
    private final Map<String, Object> named = new LinkedHashMap<>();

    /** What is beside {@code custom_fields} and belongs into it. */
    private final Map<String, Object> custom = new LinkedHashMap<>();

    /** How an argument reads that has come under several names, so that it is read once. */
    private final Map<String, String> read = new HashMap<>();

    private ArgumentNames(Tool tool, CallNotes trace) {
        this.tool = tool;
        this.trace = trace;
    }

    /** The arguments under their names; nulls stay. */
    static Map<String, Object> of(Call call) {
        ArgumentNames names = new ArgumentNames(call.tool(), call.trace());
        call.arguments().forEach((name, value) -> {
            if (call.tool().param(name) != null) {
                names.named.put(name, value);
            }
        });
        call.arguments().forEach(names::take);
        names.mergeCustom();
        return names.named;
    }

    private void take(String name, @Nullable Object value) {
        if (tool.param(name) != null) {
            return;
        }
        if (WRAPPERS.contains(name) && open(name, value)) {
            return;
        }
        if (change(name, value)) {
            return;
        }
        if (custom(name, value) || visibility(name, value)) {
            return;
        }
        if (LIMITS.contains(name) && tool.verb() == Tool.Verb.LISTS) {
            limit(name, value);
            return;
        }
        Param<?> param = meant(name);
        if (param == null) {
            named.put(name, value);
        } else if (value != null) {
            put(name, param, value);
        }
    }

    private void put(String alias, Param<?> param, Object value) {
        Object there = named.get(param.name());
        if (there == null) {
            named.put(param.name(), value);
            trace.renamed(alias, param.name());
        } else if (isSame(param, there, value)) {
            trace.repaired(alias + " was left out: " + param.name() + " says the same");
        } else {
            throw refused("%s is %s, and %s, another name for it, is %s; give one of them."
                    .formatted(param.name(), Text.brief(there), alias, Text.brief(value)));
        }
    }

    private boolean isSame(Param<?> param, Object there, Object other) {
        return there.equals(other)
                || read.computeIfAbsent(
                                param.name(),
                                name -> String.valueOf(param.type().repair(there)))
                        .equals(String.valueOf(param.type().repair(other)));
    }

    private @Nullable Param<?> meant(String name) {
        String plain = Ascii.lower(name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").replaceAll("[ .-]", "_"));
        for (Param<?> param : tool.params()) {
            if (param.aliases().contains(plain) || param.name().equals(plain)) {
                return param;
            }
        }
        return null;
    }

    /** {@code filters} of the API, {@code ticket_object} of its uploads: what is in them are arguments here. */
    private boolean open(String name, @Nullable Object value) {
        Object object = value == null || "".equals(value) ? Map.of() : Type.parsed(value, '{');
        if (!(object instanceof Map<?, ?> fields)) {
            return false;
        }
        trace.repaired(
                name + (fields.isEmpty() ? " was left out: it is empty" : " was opened: its fields are arguments"));
        fields.forEach((field, content) -> {
            String key = String.valueOf(field);
            Param<?> param = tool.param(key);
            if (param == null) {
                take(key, content);
            } else if (content != null) {
                Object there = named.get(key);
                if (there != null && !isSame(param, there, content)) {
                    throw refused("%s is given twice, beside %s and in it; give it once.".formatted(key, name));
                }
                named.put(key, content);
            }
        });
        return true;
    }

    /** The API's {@code {"add": […], "remove": […]}}. */
    private boolean change(String name, @Nullable Object value) {
        Param<?> add = tool.param("add_" + name);
        Param<?> remove = tool.param("remove_" + name);
        if (add == null || remove == null || value == null) {
            return false;
        }
        if (!(Type.parsed(value, '{') instanceof Map<?, ?> change)
                || !Set.of("add", "remove").containsAll(change.keySet())) {
            throw refused("%s cannot be set as a whole: name those to add in add_%s, those to drop in remove_%s."
                    .formatted(name, name, name));
        }
        if (change.values().stream().allMatch(java.util.Objects::isNull)) {
            trace.repaired(name + " was left out: it is empty");
        }
        for (Param<?> part : List.of(add, remove)) {
            String key = part.name().replace("_" + name, "");
            Object addresses = change.get(key);
            if (addresses != null) {
                put(name + "." + key, part, addresses);
            }
        }
        return true;
    }

    /** A field of the account's own, beside the arguments instead of in theirs. */
    private boolean custom(String name, @Nullable Object value) {
        if (tool.param(CUSTOM_FIELDS) == null || value == null || !CustomFieldName.isPrefixed(name)) {
            return false;
        }
        Object before = custom.put(CustomFieldName.of(name), value);
        if (before != null && !before.equals(value)) {
            throw givenTwice(name);
        }
        trace.repaired(name + " was read as a field in " + CUSTOM_FIELDS);
        return true;
    }

    /** Puts the fields that stood beside the argument into it. */
    private void mergeCustom() {
        Param<?> param = tool.param(CUSTOM_FIELDS);
        if (param == null || custom.isEmpty()) {
            return;
        }
        Object given = named.get(CUSTOM_FIELDS);
        Object there = given == null ? Map.of() : param.type().repair(given);
        if (!(there instanceof Map<?, ?> fields)) {
            // Refused for what it is; the rest comes up when that is mended.
            return;
        }
        Map<String, Object> all = new LinkedHashMap<>();
        fields.forEach((field, content) -> all.put(String.valueOf(field), content));
        custom.forEach((field, content) -> {
            Object before = all.put(field, content);
            if (before != null && !before.equals(content)) {
                throw givenTwice(field);
            }
        });
        named.put(CUSTOM_FIELDS, all);
    }

    private static RefusedException givenTwice(String field) {
        return refused("%s is given twice, beside %s and in it; give it once.".formatted(field, CUSTOM_FIELDS));
    }

    /** As answers have it, where a note takes whether it is private. */
    private boolean visibility(String name, @Nullable Object value) {
        Param<?> param = tool.param(MessagePage.PRIVATE.name());
        String who = value instanceof String text ? Ascii.lower(text.strip()) : "";
        if (param == null
                || !name.equals("visibility")
                || !Set.of("internal", "customer").contains(who)) {
            return false;
        }
        put(name, param, who.equals("internal"));
        trace.noted(name + " " + who + " was read as " + param.name() + " " + who.equals("internal"));
        return true;
    }

    /** As the replaced product had it: any number, where the API has three page sizes, or one. */
    private void limit(String name, @Nullable Object value) {
        if (value == null || "".equals(value)) {
            trace.repaired(name + " was left out: it is empty");
            return;
        }
        long limit = Type.INTEGER.repair(value) instanceof Number number ? number.longValue() : 0;
        Param<?> most = tool.param("max_items");
        Param<?> size = PAGE_SIZES.stream()
                .map(tool::param)
                .filter(java.util.Objects::nonNull)
                .findFirst()
                .orElse(null);
        if (limit < 1) {
            throw refused(name + " must be a whole number above 0.");
        }
        boolean isGiven =
                size != null && named.get(size.name()) != null || most != null && named.get(most.name()) != null;
        if (isGiven || size == null && most == null) {
            trace.noted(name + " " + limit + " was left out: "
                    + (isGiven ? "the size of the page is given otherwise" : "this list has pages of a fixed size"));
            return;
        }
        int page = SIZES.stream().filter(fits -> fits >= limit).findFirst().orElse(100);
        boolean cut = most != null && (size == null || limit < page);
        if (size != null && (!cut || limit > SIZES.get(0))) {
            named.put(size.name(), page);
        }
        if (cut && most != null) {
            named.put(most.name(), limit);
            trace.renamed(name, most.name());
        } else if (size != null) {
            String words = name + " " + limit + " was read as " + size.name() + " " + page;
            if (limit == page) {
                trace.repaired(words);
            } else {
                trace.noted(words + ": pages have 30, 50 or 100");
            }
        }
    }

    private static RefusedException refused(String message) {
        return new RefusedException(ErrorCodes.INVALID_ARGUMENTS, "Nothing was done. " + message);
    }
}
