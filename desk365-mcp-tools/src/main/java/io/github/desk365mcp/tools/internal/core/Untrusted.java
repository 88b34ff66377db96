package io.github.desk365mcp.tools.internal.core;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds the texts of a list that outsiders wrote, with their writers. */
public final class Untrusted {

    /** A message's field that says who wrote it: contact, agent or system. */
    private static final String SENDER = "sender_type";

    private Untrusted() {}

    /** Returns paths with their writers; one path for all items if they have the same writers. */
    public static Map<String, String> in(String items, List<?> list, RecordMapping shape) {
        Map<String, Map<String, String>> byName = new LinkedHashMap<>();
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i) instanceof Map<?, ?> item) {
                String path = items + "[" + i + "].";
                shape.written(item, false)
                        .forEach((name, writer) -> byName.computeIfAbsent(name, first -> new LinkedHashMap<>())
                                .put(path + name, item.get(SENDER) instanceof String sender ? sender : writer.word()));
            }
        }
        Map<String, String> untrusted = new LinkedHashMap<>();
        byName.forEach((name, each) -> {
            Set<String> writers = Set.copyOf(each.values());
            if (writers.size() == 1) {
                untrusted.put(items + "[]." + name, writers.iterator().next());
            } else {
                untrusted.putAll(each);
            }
        });
        return untrusted;
    }
}
