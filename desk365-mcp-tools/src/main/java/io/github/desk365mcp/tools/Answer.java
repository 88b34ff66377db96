package io.github.desk365mcp.tools;

import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.api.Page;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a tool answers: the schema that promises it, and the conversion that keeps the promise. */
interface Answer {

    /** An object schema that is shallow, requires nothing and allows more: a broken promise would cost the answer. */
    Map<String, Object> schema();

    /** The answer, from what the handler got. */
    Map<String, Object> convert(Object result);

    /** One record. */
    static Answer one(Shape shape) {
        return new Answer() {
            @Override
            public Map<String, Object> schema() {
                return schemaOf(shape.properties());
            }

            @Override
            public Map<String, Object> convert(Object result) {
                return shape.convert(((JsonDocument) result).toMap());
            }
        };
    }

    /** One record, and the files that were sent with it, from {@link Files.Uploaded}. */
    static Answer uploaded(Shape shape) {
        return new Answer() {
            @Override
            public Map<String, Object> schema() {
                Map<String, Object> properties = shape.properties();
                properties.put("sent_files", array("object"));
                return schemaOf(properties);
            }

            @Override
            public Map<String, Object> convert(Object result) {
                Files.Uploaded uploaded = (Files.Uploaded) result;
                Map<String, Object> answer = shape.convert(uploaded.answer().toMap());
                answer.put("sent_files", uploaded.files());
                return answer;
            }
        };
    }

    /** A page of records, from a {@link Page}. */
    static Answer page(String items, Shape shape) {
        return new Answer() {
            @Override
            public Map<String, Object> schema() {
                Map<String, Object> properties = envelope(items);
                properties.put("offset", Map.of("type", "integer"));
                properties.put("next_offset", Map.of("type", "integer"));
                return schemaOf(properties);
            }

            @Override
            public Map<String, Object> convert(Object result) {
                Page<?> page = (Page<?>) result;
                List<Map<String, Object>> converted = page.items().stream()
                        .map(item -> shape.convert(((JsonDocument) item).toMap()))
                        .toList();
                Map<String, Object> answer = envelope(items, converted, page.total());
                answer.put("offset", page.offset());
                if (page.hasMore()) {
                    answer.put("next_offset", page.offset() + converted.size());
                }
                return answer;
            }
        };
    }

    /** Records that all come at once, under the wire's name for them. */
    static Answer all(String items, String wire, Shape shape) {
        Field field = Field.objects(wire, shape);
        return new Answer() {
            @Override
            public Map<String, Object> schema() {
                return schemaOf(envelope(items));
            }

            @Override
            public Map<String, Object> convert(Object result) {
                JsonDocument document = (JsonDocument) result;
                Object value = document.get(wire);
                Object converted =
                        value == null ? List.of() : field.conversion().apply(value);
                List<?> records = converted instanceof List<?> list ? list : List.of();
                Map<String, Object> answer = envelope(items, records, (long) records.size());
                document.toMap().forEach((name, other) -> {
                    if (other != null && !name.equals(wire) && !name.equals("count") && !name.equals("total")) {
                        answer.put(name, other);
                    }
                });
                if (value != null && converted == null) {
                    answer.put(items + "_as_sent", value);
                }
                return answer;
            }
        };
    }

    private static Map<String, Object> envelope(String items, List<?> records, @Nullable Long total) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put(items, records);
        answer.put("returned", records.size());
        if (total != null) {
            answer.put("total", total);
        }
        return answer;
    }

    private static Map<String, Object> envelope(String items) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put(items, array("object"));
        properties.put("returned", Map.of("type", "integer"));
        properties.put("total", Map.of("type", "integer"));
        return properties;
    }

    static Map<String, Object> array(String items) {
        Map<String, Object> array = new LinkedHashMap<>();
        array.put("type", "array");
        array.put("items", Map.of("type", items));
        return array;
    }

    static Map<String, Object> schemaOf(Map<String, Object> properties) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", properties);
        return schema;
    }
}
