package io.github.desk365mcp.tools.internal.repair;

import io.github.desk365mcp.tools.host.ErrorCodes;
import io.github.desk365mcp.tools.internal.catalogue.MessagePage;
import io.github.desk365mcp.tools.internal.catalogue.TicketFilters;
import io.github.desk365mcp.tools.internal.catalogue.TicketPage;
import io.github.desk365mcp.tools.internal.core.AnswerOptions;
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
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Renames arguments to the names that the tool uses. Names of the API and of the product this replaces are accepted
 * too, and wrapper objects of the API are unwrapped. One instance handles one call.
 */
public final class ArgumentNames {

    /** Objects in which the API wraps fields that are plain arguments here. */
    private static final Set<String> WRAPPERS =
            Set.of("filters", "ticket_object", "reply_object", "note_object", "contact_object", "company_object");

    private static final String CUSTOM_FIELDS = TicketPage.CUSTOM_FIELDS.name();
    private static final List<String> LIMITS = List.of("limit", "page_size", "per_page");
    private static final List<String> PAGE_SIZES = List.of("ticket_count", "time_entries_count");
    private static final List<Integer> SIZES = List.of(30, 50, 100);
    private static final String MOST = AnswerOptions.MAX_ITEMS.name();

    private final Tool tool;
    private final CallNotes notes;
    private final Map<String, Object> named = new LinkedHashMap<>();

    /** Custom fields that were given outside {@code custom_fields}. */
    private final Map<String, Object> custom = new LinkedHashMap<>();

    /** Read last, because what they mean depends on the other arguments. */
    private final Map<String, @Nullable Object> limits = new LinkedHashMap<>();

    /** The repaired values of arguments given under several names, so that each is repaired once. */
    private final Map<String, String> read = new HashMap<>();

    private ArgumentNames(Tool tool, CallNotes notes) {
        this.tool = tool;
        this.notes = notes;
    }

    /** Returns the arguments under the tool's names; nulls are kept. */
    static Map<String, Object> of(Call call) {
        ArgumentNames names = new ArgumentNames(call.tool(), call.notes());
        call.arguments().forEach((name, value) -> {
            if (call.tool().param(name) != null) {
                names.named.put(name, value);
            }
        });
        names.each(call.arguments(), names::take);
        names.each(names.limits, names::limit);
        try {
            names.mergeCustom();
        } catch (RefusedException refused) {
            call.notes().problem(CUSTOM_FIELDS, refused.problem());
        }
        return names.named;
    }

    private void each(Map<String, ?> arguments, BiConsumer<String, @Nullable Object> taker) {
        arguments.forEach((name, value) -> {
            try {
                taker.accept(name, value);
            } catch (RefusedException refused) {
                notes.problem(name, refused.problem());
            }
        });
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
        if (LIMITS.contains(name) && tool.verb() == Tool.Verb.LISTS && tool.param(MOST) != null) {
            limits.put(name, value);
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
            notes.renamed(alias, param.name());
        } else if (isSame(param, there, value)) {
            notes.repaired(alias + " was ignored: " + param.name() + " has the same value");
        } else {
            throw refused("%s is %s, but its alias %s is %s; give only one of them."
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

    /** The name in the form of our arguments: {@code updatedSince} becomes {@code updated_since}. */
    static String plain(String name) {
        return Ascii.lower(name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").replaceAll("[ .-]", "_"));
    }

    private @Nullable Param<?> meant(String name) {
        String plain = plain(name);
        for (Param<?> param : tool.params()) {
            if (param.aliases().contains(plain) || param.name().equals(plain)) {
                return param;
            }
        }
        return null;
    }

    /** Unwraps objects such as the API's {@code filters} and {@code ticket_object}, whose fields are arguments here. */
    private boolean open(String name, @Nullable Object value) {
        Object object = value == null || "".equals(value) ? Map.of() : Type.parsed(value, '{');
        if (!(object instanceof Map<?, ?> fields)) {
            return false;
        }
        notes.repaired(
                name + (fields.isEmpty() ? " was ignored: it is empty" : " was unwrapped: its fields are arguments"));
        fields.forEach((field, content) -> {
            String key = String.valueOf(field);
            Param<?> param = tool.param(key);
            if (param == null) {
                take(key, content);
            } else if (content != null) {
                Object there = named.get(key);
                if (there != null && !isSame(param, there, content)) {
                    throw refused("%s is given both inside and outside %s; give it once.".formatted(key, name));
                }
                named.put(key, content);
            }
        });
        return true;
    }

    /** Splits the API's {@code {"add": […], "remove": […]}} into two arguments. */
    private boolean change(String name, @Nullable Object value) {
        Param<?> add = part(name, Param.Change.ADDS);
        Param<?> remove = part(name, Param.Change.REMOVES);
        if (add == null || remove == null || value == null) {
            return false;
        }
        if (!(Type.parsed(value, '{') instanceof Map<?, ?> change)
                || !Set.of("add", "remove").containsAll(change.keySet())) {
            throw refused("%s cannot be replaced as a whole; use add_%s and remove_%s.".formatted(name, name, name));
        }
        if (change.values().stream().allMatch(java.util.Objects::isNull)) {
            notes.repaired(name + " was ignored: it is empty");
        }
        for (Param<?> part : List.of(add, remove)) {
            String key = part == add ? "add" : "remove";
            Object addresses = change.get(key);
            if (addresses != null) {
                put(name + "." + key, part, addresses);
            }
        }
        return true;
    }

    private @Nullable Param<?> part(String field, Param.Change change) {
        return tool.params().stream()
                .filter(param -> param.change() == change && param.field().equals(field))
                .findFirst()
                .orElse(null);
    }

    /** Takes a custom field that was given outside {@code custom_fields}. */
    private boolean custom(String name, @Nullable Object value) {
        if (tool.param(CUSTOM_FIELDS) == null || value == null || !CustomFieldName.isPrefixed(name)) {
            return false;
        }
        Object before = custom.put(CustomFieldName.of(name), value);
        if (before != null && !before.equals(value)) {
            throw givenTwice(name);
        }
        notes.repaired(name + " was read as a field in " + CUSTOM_FIELDS);
        return true;
    }

    /** Moves custom fields that were given outside {@code custom_fields} into it. */
    private void mergeCustom() {
        Param<?> param = tool.param(CUSTOM_FIELDS);
        if (param == null || custom.isEmpty()) {
            return;
        }
        Object given = named.get(CUSTOM_FIELDS);
        Object there = given == null ? Map.of() : param.type().repair(given);
        if (!(there instanceof Map<?, ?> fields)) {
            // Validation refuses this value; any other problem is reported after it is corrected.
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
        return refused("%s is given both inside and outside %s; give it once.".formatted(field, CUSTOM_FIELDS));
    }

    /** Accepts {@code visibility}, the field of answers, in place of a note's {@code private}. */
    private boolean visibility(String name, @Nullable Object value) {
        Param<?> param = tool.param(MessagePage.PRIVATE.name());
        String who = value instanceof String text ? Ascii.lower(text.strip()) : "";
        if (param == null
                || !name.equals("visibility")
                || !Set.of("internal", "customer").contains(who)) {
            return false;
        }
        put(name, param, who.equals("internal"));
        notes.noted(name + " " + who + " was read as " + param.name() + " " + who.equals("internal"));
        return true;
    }

    /**
     * Accepts any {@code limit}, as the replaced product did. A list can be cut; some have a page size too, of three,
     * unless their rows are checked here.
     */
    private void limit(String name, @Nullable Object value) {
        if (value == null || "".equals(value)) {
            notes.repaired(name + " was ignored: it is empty");
            return;
        }
        long limit = Type.INTEGER.repair(value) instanceof Number number ? number.longValue() : 0;
        if (limit < 1) {
            throw refused(name + " must be a whole number above 0.");
        }
        Param<?> size = hasCondition()
                ? null
                : PAGE_SIZES.stream()
                        .map(tool::param)
                        .filter(java.util.Objects::nonNull)
                        .findFirst()
                        .orElse(null);
        if (named.get(MOST) != null || size != null && named.get(size.name()) != null) {
            notes.noted(name + " " + limit + " was ignored: the page size is already set");
            return;
        }
        int page = SIZES.stream().filter(fits -> fits >= limit).findFirst().orElse(100);
        if (size != null && limit >= SIZES.get(0)) {
            named.put(size.name(), page);
        }
        if (size == null || limit < page) {
            named.put(MOST, limit);
            notes.renamed(name, MOST);
            return;
        }
        String words = name + " " + limit + " was read as " + size.name() + " " + page;
        if (limit == page) {
            notes.repaired(words);
        } else {
            notes.noted(words + ": page sizes are 30, 50 and 100");
        }
    }

    /** Whether rows are checked here, on pages of one size. */
    private boolean hasCondition() {
        return TicketFilters.conditions().stream()
                .map(condition -> named.get(condition.name()))
                .anyMatch(
                        value -> value != null && !"".equals(value) && !Boolean.FALSE.equals(Type.FLAG.repair(value)));
    }

    private static RefusedException refused(String message) {
        return new RefusedException(ErrorCodes.INVALID_ARGUMENTS, "Nothing was done. " + message);
    }
}
