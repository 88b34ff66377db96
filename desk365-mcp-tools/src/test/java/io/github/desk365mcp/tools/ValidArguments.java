package io.github.desk365mcp.tools;

import io.github.desk365mcp.tools.internal.core.Param;
import io.github.desk365mcp.tools.internal.core.Tool;
import io.github.desk365mcp.tools.internal.core.Type;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Random arguments that a tool's schema accepts, in the form that no repair changes. What only the account knows, such as
 * the name of a group, is as in the examples. Seeded.
 */
final class ValidArguments {

    /** The beginnings and ends of periods: those of the examples are in order. */
    private static final Set<String> PERIODS = Set.of("after", "before", "start_date", "end_date");

    /** A report is grouped by two fields at most. */
    private static final int MOST_WORDS = 2;

    private static final List<String> TEXTS = List.of(
            "VPN",
            "a",
            "Zürich 北京 \uD83D\uDE80",
            "Grüße, an alle; sofort!",
            "#4052",
            "true",
            "null",
            "2026-11-22",
            "1 < 2 & 3",
            "{}",
            "[x",
            "=1+1",
            "a@b.example",
            "'; drop table tickets --",
            "İstanbul ŉ ß",
            "long ".repeat(10).strip());

    private static final List<String> BODIES = List.of(
            "Hello",
            "<p>Hello</p>",
            "<p>Caf&eacute; &amp; <b>bar</b></p><ul><li>One</li></ul>",
            "Zürich 北京 \uD83D\uDE80",
            "<table><tr><td>a</td></tr></table>",
            "<p>" + "long ".repeat(2_000).strip() + "</p>");

    private static final List<String> ADDRESSES = List.of(
            "nora.vance@northwind.example",
            "b@northwind.example",
            "o'hara+desk@sub.mail.example",
            "x_1.y-2@a-b.example");

    private static final List<Object> NUMBERS = List.of(1, 2, 7, 50, 4_052, 1_000_000, 3L);

    private final Random random;

    ValidArguments(long seed) {
        this.random = new Random(seed);
    }

    /** What a call must have, and some of what it may have. */
    Map<String, Object> of(Tool tool) {
        Map<String, Object> smallest = ToolExamples.smallest(tool);
        Map<String, Object> fullest = ToolExamples.fullest(tool);
        int kept = random.nextInt(100);
        Map<String, Object> arguments = new LinkedHashMap<>();
        for (Param<?> param : tool.params()) {
            boolean isNeeded = smallest.containsKey(param.name());
            boolean isPossible = isNeeded || fullest.containsKey(param.name());
            if (isPossible && (isNeeded || random.nextInt(100) < kept)) {
                arguments.put(param.name(), random.nextInt(8) == 0 ? ToolExamples.value(param) : value(param));
            }
        }
        if (arguments.containsKey("rollover_unused_hours")) {
            // Hours roll over up to a value, or not at all.
            arguments.put("rollover_unused_hours", arguments.containsKey("rollover_value"));
        } else {
            arguments.remove("rollover_value");
        }
        if (!arguments.containsKey("contract_hours")) {
            arguments.remove("min_increment");
        }
        for (String empty : List.of("clear", "not_set")) {
            if (arguments.get(empty) instanceof List<?> fields) {
                // A field either has a value or is empty.
                List<?> others = fields.stream()
                        .filter(field -> !arguments.containsKey(field))
                        .toList();
                if (others.isEmpty()) {
                    arguments.remove(empty);
                } else {
                    arguments.put(empty, others);
                }
            }
        }
        return arguments;
    }

    private Object value(Param<?> param) {
        Map<String, Object> schema = param.type().schema();
        if (schema.get("enum") instanceof List<?> words) {
            return any(words);
        }
        if (schema.get("items") instanceof Map<?, ?> items && items.get("enum") instanceof List<?> words) {
            List<Object> some = new ArrayList<>(words);
            Collections.shuffle(some, random);
            return List.copyOf(some.subList(0, 1 + random.nextInt(Math.min(MOST_WORDS, some.size()))));
        }
        if (param.topic() != null || PERIODS.contains(param.name()) || param.example() != null && !isFree(param)) {
            return ToolExamples.value(param);
        }
        if (param.type() == Type.TIME) {
            return Instant.ofEpochSecond(1_700_000_000L + random.nextInt(100_000_000))
                    .toString();
        }
        if (param.type() == Type.DATE) {
            return LocalDate.ofEpochDay(19_000 + random.nextInt(3_000)).toString();
        }
        if (param.type() == Type.ADDRESSES) {
            return IntStream.range(0, 1 + random.nextInt(3))
                    .mapToObj(i -> any(ADDRESSES))
                    .distinct()
                    .toList();
        }
        return switch (String.valueOf(schema.get("type"))) {
            case "boolean" -> random.nextBoolean();
            case "integer" -> any(NUMBERS);
            case "string" -> text(param);
            default -> ToolExamples.value(param);
        };
    }

    /** Whether any value of the type will do: an example only shows one. */
    private static boolean isFree(Param<?> param) {
        return param.type() == Type.TIME
                || param.type() == Type.DATE
                || param.type() == Type.INTEGER
                || param.type() == Type.BODY
                || param.type() == Type.ADDRESS
                || param.type() == Type.ADDRESSES;
    }

    private String text(Param<?> param) {
        if (param.type() == Type.BODY) {
            return any(BODIES);
        }
        return any(param.type() == Type.ADDRESS ? ADDRESSES : TEXTS);
    }

    private <T> T any(List<T> items) {
        return items.get(random.nextInt(items.size()));
    }
}
