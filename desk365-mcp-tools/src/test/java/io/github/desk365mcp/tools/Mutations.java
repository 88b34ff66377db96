package io.github.desk365mcp.tools;

import io.github.desk365mcp.tools.internal.core.Param;
import io.github.desk365mcp.tools.internal.core.Tool;
import io.github.desk365mcp.tools.internal.text.Text;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Arguments as models get them wrong: other kinds, other names, nothing, too much, in a text. Seeded. */
final class Mutations {

    private static final List<@Nullable Object> JUNK = Arrays.asList(
            null,
            true,
            false,
            0,
            1,
            -1,
            30,
            3.7,
            4052.0,
            1e308,
            Long.MAX_VALUE,
            new BigInteger("9223372036854775808"),
            new BigInteger("1" + "0".repeat(40)),
            "",
            "   ",
            "null",
            "undefined",
            "yes",
            "#4052",
            "4052",
            "-7",
            "10",
            "high",
            "HIGH",
            "open, pending",
            "--",
            "- -",
            "a@b.example; c@d.example",
            "<p>Hello</p><script>alert(1)</script>",
            "Zürich 北京 \uD83D\uDE80 \u202Eevil",
            "\uD83D",
            "\u0000\u0007",
            "long ".repeat(3_000),
            "2026-11-22",
            "2026-11-22 10:00:00",
            "2026-11-22T10:00:00+01:00",
            "+999999999-01-01T00:00:00Z",
            "22/11/2026",
            "https://acme.desk365.io/app/tickets/ticketdetails?tktNum=4052",
            "[\"a\",\"b\"]",
            "[1,2",
            "{\"add\":[\"a@b.example\"]}",
            "{\"a\":",
            "https://jira.other.example/tickets/4052",
            "Doe, John <john@b.example>, c@d.example",
            "2026-02-30",
            "20261101T100000z",
            "unresolved",
            "!Network",
            "../../etc/passwd",
            List.of(),
            Arrays.asList((Object) null),
            List.of(List.of(List.of())),
            List.of(1, "two", true),
            List.of("a", "b", "c"),
            List.of(Map.of("a", 1)),
            Map.of(),
            Map.of("a", Map.of("b", List.of(1, Map.of("c", "d")))),
            Map.of("", ""),
            Map.of("add", List.of("a@b.example"), "remove", "c@d.example"),
            deep(60),
            Collections.nCopies(2_000, "a"),
            "[".repeat(2_000),
            "{\"a\":".repeat(100) + "1" + "}".repeat(100));

    private static final List<String> NAMES = List.of(
            "id",
            "limit",
            "next_cursor",
            "email",
            "name",
            "filters",
            "status",
            "Status",
            "ticket_object",
            "page",
            "",
            "description ",
            "assign_to",
            "sub_category",
            "__proto__",
            "watchers",
            "share_to",
            "fields",
            "clear",
            "not_set",
            "visibility",
            "cf_Site Name",
            "message",
            "na\u0000me",
            "\uD83D",
            "x".repeat(150),
            "x".repeat(300));

    private final Random random;

    private static Object deep(int levels) {
        Object value = "a";
        for (int level = 0; level < levels; level++) {
            value = level % 2 == 0 ? List.of(value) : Map.of("a", value);
        }
        return value;
    }

    Mutations(long seed) {
        this.random = new Random(seed);
    }

    /** Valid arguments with one to three mistakes. */
    Map<String, @Nullable Object> of(Tool tool, Map<String, Object> valid) {
        Map<String, @Nullable Object> arguments = new LinkedHashMap<>(valid);
        for (int mistakes = 1 + random.nextInt(3); mistakes > 0; mistakes--) {
            mistake(tool, arguments);
        }
        return arguments;
    }

    private void mistake(Tool tool, Map<String, @Nullable Object> arguments) {
        List<String> names = new ArrayList<>(arguments.keySet());
        if (names.isEmpty() || random.nextInt(12) == 0) {
            arguments.put(newName(tool), junk());
            return;
        }
        String name = any(names);
        Object value = arguments.get(name);
        Param<?> param = tool.param(name);
        switch (random.nextInt(10)) {
            case 0, 1, 2 -> arguments.put(name, junk());
            case 3 -> arguments.put(name, inside(value));
            case 4 -> arguments.put(name, asText(value));
            case 5 -> arguments.put(name, value == null ? List.of() : List.of(value));
            case 6 -> arguments.put(name, value instanceof List<?> list ? joined(list) : String.valueOf(value));
            case 7 -> {
                arguments.remove(name);
                arguments.put(param == null ? newName(tool) : otherName(param), value);
            }
            case 8 -> arguments.put(param == null ? newName(tool) : otherName(param), junk());
            default -> {
                if (random.nextInt(4) == 0) {
                    Map<String, @Nullable Object> all = new LinkedHashMap<>(arguments);
                    arguments.clear();
                    arguments.put(any(List.of("filters", "ticket_object", "note_object")), asText(all));
                } else {
                    arguments.remove(name);
                }
            }
        }
    }

    /** A name that is nearly the tool's, or is none. */
    String nameFor(Tool tool) {
        String name = tool.name();
        int at = random.nextInt(name.length());
        return switch (random.nextInt(5)) {
            case 0 -> name.toUpperCase(Locale.ROOT);
            case 1 -> name.substring(0, at) + name.substring(at + 1);
            case 2 -> name.substring(0, at) + any(List.of("\u0000", "\uD83D", "x", " ", "\u202E")) + name.substring(at);
            case 3 -> name + "_" + name;
            default -> any(NAMES);
        };
    }

    private String newName(Tool tool) {
        List<String> names = new ArrayList<>(NAMES);
        tool.params().forEach(param -> names.add(param.name()));
        return any(names);
    }

    private String otherName(Param<?> param) {
        List<String> names = new ArrayList<>(param.aliases());
        names.add(param.name().toUpperCase(Locale.ROOT));
        names.add(param.name().replace('_', '-'));
        names.add(param.name() + "s");
        return any(names);
    }

    /** Junk in the place of something in a list or an object. */
    private @Nullable Object inside(@Nullable Object value) {
        if (value instanceof List<?> list && !list.isEmpty()) {
            List<@Nullable Object> changed = new ArrayList<>(list);
            int at = random.nextInt(changed.size());
            changed.set(at, random.nextBoolean() ? inside(changed.get(at)) : junk());
            return changed;
        }
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            Map<String, @Nullable Object> changed = new LinkedHashMap<>();
            map.forEach((key, field) -> changed.put(String.valueOf(key), field));
            changed.put(random.nextInt(4) == 0 ? any(NAMES) : any(new ArrayList<>(changed.keySet())), junk());
            return changed;
        }
        return junk();
    }

    private @Nullable Object junk() {
        return JUNK.get(random.nextInt(JUNK.size()));
    }

    private <T> T any(List<T> items) {
        return items.get(random.nextInt(items.size()));
    }

    private static String joined(List<?> list) {
        return String.join(", ", list.stream().map(String::valueOf).toList());
    }

    private static String asText(@Nullable Object value) {
        Map<String, @Nullable Object> holder = new LinkedHashMap<>();
        holder.put("v", value);
        String json = Text.json(holder);
        return json.substring(5, json.length() - 1);
    }
}
