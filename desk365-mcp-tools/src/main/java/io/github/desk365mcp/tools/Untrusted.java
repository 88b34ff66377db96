package io.github.desk365mcp.tools;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Which texts of a list somebody outside wrote, and who. */
final class Untrusted {

    /** Of a message: contact, agent or system, as the service says. */
    private static final String SENDER = "sender_type";

    private Untrusted() {}

    /** Paths to writers; one path for all items where the writers are the same. */
    static Map<String, String> in(String items, List<?> list, Shape shape) {
        Map<String, String> untrusted = new LinkedHashMap<>();
        shape.written().forEach((name, writer) -> {
            TreeSet<String> writers = new TreeSet<>();
            Map<String, String> each = new LinkedHashMap<>();
            for (int i = 0; i < list.size(); i++) {
                if (list.get(i) instanceof Map<?, ?> item && item.containsKey(name)) {
                    String who = item.get(SENDER) instanceof String sender ? sender : writer.word();
                    writers.add(who);
                    each.put(items + "[" + i + "]." + name, who);
                }
            }
            if (writers.size() == 1) {
                untrusted.put(items + "[]." + name, writers.first());
            } else {
                untrusted.putAll(each);
            }
        });
        return untrusted;
    }
}
