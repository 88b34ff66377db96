package io.github.desk365mcp.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** JSON as the service prints it. Records are stored as objects in the shape of responses. */
final class Json {

    static final JsonMapper MAPPER = JsonMapper.shared();

    private static final ObjectWriter WRITER = MAPPER.writer()
            .with(new DefaultPrettyPrinter(Separators.createDefaultInstance()
                            .withObjectNameValueSpacing(Separators.Spacing.AFTER)
                            .withObjectEmptySeparator("")
                            .withArrayEmptySeparator(""))
                    .withObjectIndenter(new DefaultIndenter("  ", "\n"))
                    .withArrayIndenter(new DefaultIndenter("  ", "\n")));

    private Json() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static ArrayNode array(Collection<? extends JsonNode> items) {
        return MAPPER.createArrayNode().addAll(items);
    }

    static ArrayNode texts(Collection<String> items) {
        ArrayNode array = MAPPER.createArrayNode();
        items.forEach(array::add);
        return array;
    }

    static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(item -> texts.add(item.asString()));
        return texts;
    }

    /** Returns a text of an object, or null if it is null or absent. */
    static @Nullable String text(JsonNode object, String name) {
        JsonNode value = object.path(name);
        return value.isNull() || value.isMissingNode() ? null : value.asString();
    }

    /** Returns an object with these fields of another object, in the order of the names. Missing fields are null. */
    static ObjectNode pick(ObjectNode from, String... names) {
        ObjectNode picked = object();
        for (String name : names) {
            picked.set(name, from.optional(name).orElseGet(MAPPER::nullNode));
        }
        return picked;
    }

    static byte[] print(JsonNode json) {
        return WRITER.writeValueAsBytes(json);
    }

    /** Reads a file of the seed data. */
    static JsonNode resource(String name) {
        try (InputStream in = Json.class.getResourceAsStream("/seed/" + name)) {
            if (in == null) {
                throw new IllegalStateException("/seed/" + name + " is not on the class path");
            }
            return MAPPER.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads a file of the seed data that contains an array of objects. */
    static List<ObjectNode> resources(String name) {
        List<ObjectNode> objects = new ArrayList<>();
        resource(name).forEach(item -> objects.add((ObjectNode) item));
        return objects;
    }
}
