package io.github.desk365mcp.tools;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds the attachments in an answer, at any depth, and presents them to hosts as links to files. */
final class ResourceLinks {

    private static final String ENDS =
            "An attachment in the helpdesk. The link works without a key for up to an hour; read again for a fresh one.";

    private ResourceLinks() {}

    /** Adds a {@code resource_link} block for each attachment. */
    static void in(Object answer, List<Map<String, Object>> blocks) {
        if (answer instanceof List<?> list) {
            list.forEach(item -> in(item, blocks));
        } else if (answer instanceof Map<?, ?> map) {
            if (map.get("attachment_url") instanceof String link && link.matches("(?s)https?://.*")) {
                blocks.add(block(link, map));
                return;
            }
            map.values().forEach(value -> {
                if (value != null) {
                    in(value, blocks);
                }
            });
        }
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
