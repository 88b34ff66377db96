package io.github.desk365mcp.tools;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Finds the attachments in an answer, at any depth, and presents them to hosts as links to files. */
final class ResourceLinks {

    private static final String LINK = "attachment_url";
    private static final String ENDS = "Works without a key, for up to an hour.";

    private ResourceLinks() {}

    /** Adds a {@code resource_link} block for each attachment. */
    static void in(Object answer, List<Map<String, Object>> blocks) {
        if (answer instanceof List<?> list) {
            list.forEach(item -> in(item, blocks));
        } else if (answer instanceof Map<?, ?> map) {
            if (isFile(map)) {
                blocks.add(block(String.valueOf(map.get(LINK)), map));
                return;
            }
            map.values().forEach(value -> {
                if (value != null) {
                    in(value, blocks);
                }
            });
        }
    }

    private static boolean isFile(Map<?, ?> map) {
        return map.get(LINK) instanceof String link && (link.startsWith("https://") || link.startsWith("http://"));
    }

    /**
     * Returns an answer in which the files of a record have no links, because each link has a block of its own. A model
     * reads a file by its name. The answer about a single file keeps its link.
     */
    static Map<String, Object> leftOut(Map<String, Object> answer) {
        Map<String, Object> copy = new LinkedHashMap<>();
        answer.forEach((name, value) -> copy.put(name, Objects.requireNonNull(without(value))));
        return copy;
    }

    private static @Nullable Object without(@Nullable Object value) {
        if (value instanceof List<?> items) {
            List<@Nullable Object> copy = new ArrayList<>(items.size());
            items.forEach(item -> {
                Object inside = without(item);
                if (inside instanceof Map<?, ?> file && isFile(file)) {
                    file.remove(LINK);
                }
                copy.add(inside);
            });
            return copy;
        }
        if (value instanceof Map<?, ?> fields) {
            Map<String, @Nullable Object> copy = new LinkedHashMap<>();
            fields.forEach((name, field) -> copy.put(String.valueOf(name), without(field)));
            return copy;
        }
        return value;
    }

    private static Map<String, Object> block(String link, Map<?, ?> file) {
        Map<String, Object> block = new LinkedHashMap<>();
        block.put("type", "resource_link");
        block.put("uri", link);
        block.put("name", file.get("file_name") instanceof String name && !name.isBlank() ? name : "attachment");
        block.put("description", ENDS);
        if (file.get("file_type") instanceof String type && !type.isBlank()) {
            block.put("mimeType", type);
        }
        if (file.get("file_size") instanceof Number size) {
            block.put("size", size.longValue());
        }
        return block;
    }
}
