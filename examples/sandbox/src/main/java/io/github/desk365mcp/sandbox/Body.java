package io.github.desk365mcp.sandbox;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The JSON object of a request. The service refuses an unknown field, and names it. */
final class Body {

    private final ObjectNode json;
    private final Rules rules;

    private Body(ObjectNode json, Rules rules) {
        this.json = json;
        this.rules = rules;
    }

    static Body read(String text, Set<String> allowed, Rules rules) {
        try {
            if (Json.MAPPER.readTree(text) instanceof ObjectNode object) {
                return of(object, allowed, rules);
            }
        } catch (JacksonException e) {
            // Refused below, like JSON that is not an object.
        }
        rules.refuse(Guess.READABLE_BODY, "The request must be a JSON object");
        return new Body(Json.object(), rules);
    }

    private static Body of(ObjectNode object, Set<String> allowed, Rules rules) {
        for (String name : object.propertyNames()) {
            if (!allowed.contains(name)) {
                throw Refusal.badRequest("Invalid field: " + name);
            }
        }
        return new Body(object, rules);
    }

    /** Returns whether a field was sent with a value. */
    boolean has(String name) {
        return json.hasNonNull(name);
    }

    /** Returns the value as it was sent, or null if there is none. */
    @Nullable
    JsonNode value(String name) {
        return has(name) ? json.get(name) : null;
    }

    @Nullable
    String text(String name) {
        if (!has(name)) {
            return null;
        }
        JsonNode value = json.get(name);
        rules.refuseIf(!value.isString(), Guess.FIELD_TYPES, "Field " + name + " must be a string");
        return value.asString("");
    }

    /** Returns a required text. */
    String required(String name) {
        String text = text(name);
        if (text == null || text.isBlank()) {
            throw Refusal.badRequest("Field " + name + " is required");
        }
        return text.strip();
    }

    /** Returns a text that is required if the guess is on; otherwise a substitute if it is missing. */
    String required(String name, Guess guess, String otherwise) {
        String text = text(name);
        if (text == null || text.isBlank()) {
            rules.refuse(guess, "Field " + name + " is required");
            return otherwise;
        }
        return text.strip();
    }

    @Nullable
    Integer integer(String name) {
        if (!has(name)) {
            return null;
        }
        JsonNode value = json.get(name);
        rules.refuseIf(!value.isIntegralNumber(), Guess.FIELD_TYPES, "Field " + name + " must be an integer");
        return value.asInt(0);
    }

    int integer(String name, int otherwise) {
        Integer value = integer(name);
        return value == null ? otherwise : value;
    }

    /** Returns a number that must be one of these codes. */
    int code(String name, int otherwise, Integer... codes) {
        Integer value = integer(name);
        if (value == null) {
            return otherwise;
        }
        rules.code(name, value, codes);
        return value;
    }

    boolean flag(String name, boolean otherwise) {
        if (!has(name)) {
            return otherwise;
        }
        JsonNode value = json.get(name);
        rules.refuseIf(!value.isBoolean(), Guess.FIELD_TYPES, "Field " + name + " must be a boolean");
        return value.asBoolean(otherwise);
    }

    List<String> texts(String name) {
        if (!has(name)) {
            return List.of();
        }
        JsonNode value = json.get(name);
        rules.refuseIf(!value.isArray(), Guess.FIELD_TYPES, "Field " + name + " must be an array");
        return Json.texts(value);
    }

    /** Returns an object inside this one, or null if there is none. */
    @Nullable
    Body object(String name, Set<String> allowed) {
        if (!has(name)) {
            return null;
        }
        if (!(json.get(name) instanceof ObjectNode object)) {
            rules.refuse(Guess.FIELD_TYPES, "Field " + name + " must be an object");
            return null;
        }
        return of(object, allowed, rules);
    }

    /** Returns the objects of an array. */
    List<Body> objects(String name, Set<String> allowed) {
        return json.path(name)
                .valueStream()
                .filter(item -> {
                    rules.refuseIf(!item.isObject(), Guess.FIELD_TYPES, "Field " + name + " must hold objects");
                    return item.isObject();
                })
                .map(item -> of((ObjectNode) item, allowed, rules))
                .toList();
    }

    /** Copies the texts that were sent into a record. */
    void copyTexts(ObjectNode to, String... names) {
        for (String name : names) {
            if (has(name)) {
                to.put(name, text(name));
            }
        }
    }
}
