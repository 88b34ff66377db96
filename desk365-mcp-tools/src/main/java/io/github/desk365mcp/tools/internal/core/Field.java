package io.github.desk365mcp.tools.internal.core;

import io.github.desk365mcp.api.model.Code;
import io.github.desk365mcp.tools.internal.text.Ascii;
import io.github.desk365mcp.tools.internal.text.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One field of an answer: its name in the API, its name for the model, and its type.
 *
 * @param wire its name in the API
 * @param name its name for the model
 * @param type its JSON type in the output schema
 * @param conversion from the API's value to the answer's; null if the value does not have the expected type
 * @param detail in which answers it is shown by default
 * @param writer who wrote it; null if no outsider did
 * @param html whether it is a body, which is converted
 * @param answers whether it is a message that replies to others, so that what it quotes is folded
 * @param inner the mapping of its objects; null if it has none, or they are unchanged
 */
public record Field(
        String wire,
        String name,
        Map<String, Object> type,
        Conversion conversion,
        Detail detail,
        @Nullable Writer writer,
        boolean html,
        boolean answers,
        @Nullable RecordMapping inner) {

    /** How much an answer shows, in increasing order; each level includes those before it. */
    enum Detail {
        /** In every answer. */
        MAIN,
        /** In lists if the service was asked to add it, and in answers about one record. */
        ADDED,
        /** In answers about one record. */
        RECORD,
        /** Only if requested by name. */
        NAMED
    }

    /** Who wrote a text, so that the model does not take it for an instruction. */
    public enum Writer {
        CONTACT,
        AGENT,
        SYSTEM;

        public String word() {
            return Ascii.lower(name());
        }
    }

    Field(String wire, String name, Map<String, Object> type, Conversion conversion) {
        this(wire, name, type, conversion, Detail.MAIN, null, false, false, null);
    }

    /** A text that the service stores as HTML. */
    public static Field html(String wire) {
        Field text = text(wire);
        return new Field(wire, wire, text.type, text.conversion, Detail.ADDED, null, true, false, null);
    }

    /** The body of a message, which may quote earlier ones. */
    public static Field message(String wire) {
        Field body = html(wire);
        return new Field(wire, wire, body.type, body.conversion, body.detail, null, true, true, null);
    }

    /** Shown in lists if the service was asked to add it. */
    public Field added() {
        return shown(Detail.ADDED);
    }

    /** Not shown in lists. */
    public Field inRecord() {
        return shown(Detail.RECORD);
    }

    /** Shown in every answer. */
    Field always() {
        return shown(Detail.MAIN);
    }

    /** Shown only on request: of little use to most callers. */
    public Field named() {
        return shown(Detail.NAMED);
    }

    private Field shown(Detail where) {
        return new Field(wire, name, type, conversion, where, writer, html, answers, inner);
    }

    /** Written by an outsider. */
    public Field by(Writer who) {
        return new Field(wire, name, type, conversion, detail, who, html, answers, inner);
    }

    /**
     * Whether its objects contain a text whose writer is unknown. If the field's writer is known, the whole field is
     * labeled.
     */
    boolean hidesText(@Nullable Object value) {
        if (inner == null || writer != null) {
            return false;
        }
        for (Object one : value instanceof List<?> list ? list : java.util.Collections.singletonList(value)) {
            if (one instanceof Map<?, ?> record && !inner.written(record, true).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** Converts a value from the API, never null, to one of an answer. */
    public interface Conversion {

        /** Returns {@link #LEAVE_OUT} for a value that means nothing. */
        @Nullable
        Object apply(Object value);
    }

    /** Returned by a conversion for a value that stands for "none", such as the epoch. */
    static final Object LEAVE_OUT = new Object();

    public static Field text(String wire) {
        return new Field(wire, wire, type("string"), value -> value instanceof String ? value : null);
    }

    public static Field integer(String wire) {
        return new Field(
                wire,
                wire,
                type("integer"),
                value -> Type.INTEGER.repair(value) instanceof Long whole
                        ? whole
                        : value instanceof Integer || value instanceof Long ? value : null);
    }

    public static Field number(String wire) {
        return new Field(wire, wire, type("number"), value -> value instanceof Number ? value : null);
    }

    public static Field flag(String wire) {
        return new Field(
                wire, wire, type("boolean"), value -> Type.FLAG.repair(value) instanceof Boolean flag ? flag : null);
    }

    /** A time; the epoch means never. */
    public static Field time(String wire) {
        return new Field(wire, wire, type("string"), value -> {
            Instant time = value instanceof String text ? Times.parse(text) : null;
            return time == null ? null : time.equals(Instant.EPOCH) ? LEAVE_OUT : time.toString();
        });
    }

    /** A date; a time of day is dropped. */
    public static Field date(String wire) {
        return new Field(wire, wire, type("string"), value -> {
            Instant time = value instanceof String text ? Times.parse(text) : null;
            return time == null ? null : time.toString().substring(0, 10);
        });
    }

    /** A code as its word; an unknown code as its number, in a string. */
    public static <C extends Enum<C> & Code> Field code(String wire, Class<C> codes) {
        return new Field(wire, wire, type("string"), value -> {
            if (!(Type.INTEGER.repair(value) instanceof Number code)) {
                return value instanceof String ? value : null;
            }
            C known = CodeType.of(codes.getEnumConstants(), code);
            return known == null ? code.toString() : Type.word(known);
        });
    }

    /** A list of texts, which the API sends as an array or separated by commas. */
    public static Field texts(String wire) {
        return new Field(wire, wire, array("string"), value -> {
            if (value instanceof String text) {
                return AddressesType.entries(text);
            }
            return value instanceof List<?> list && list.stream().allMatch(String.class::isInstance) ? list : null;
        });
    }

    /** An object that is passed on unchanged, including null values. */
    public static Field object(String wire) {
        return new Field(wire, wire, type("object"), value -> value instanceof Map ? value : null);
    }

    /** Any value, unchanged. */
    static Field any(String wire) {
        return new Field(wire, wire, Map.of(), value -> value);
    }

    public static Field object(String wire, RecordMapping shape) {
        return new Field(
                        wire,
                        wire,
                        type("object"),
                        value -> value instanceof Map<?, ?> map ? shape.convert(map, AnswerOptions.EVERYTHING) : null)
                .of(shape);
    }

    public static Field objects(String wire, RecordMapping shape) {
        return new Field(wire, wire, array("object"), value -> {
                    if (!(value instanceof List<?> list)) {
                        return null;
                    }
                    List<Object> converted = new ArrayList<>();
                    for (Object item : list) {
                        if (!(item instanceof Map<?, ?> map)) {
                            return null;
                        }
                        converted.add(shape.convert(map, AnswerOptions.EVERYTHING));
                    }
                    return converted;
                })
                .of(shape);
    }

    private Field of(RecordMapping shape) {
        return new Field(wire, name, type, conversion, detail, writer, html, answers, shape);
    }

    /**
     * Who can read a message.
     *
     * @param customerIf the value of the flag if the customer can read it
     */
    public static Field visibility(String wire, boolean customerIf) {
        return new Field(
                        wire,
                        wire,
                        type("string"),
                        value -> Type.FLAG.repair(value) instanceof Boolean flag
                                ? (flag == customerIf ? "customer" : "internal")
                                : null)
                .as("visibility");
    }

    /** The same field under another name for the model. */
    public Field as(String newName) {
        return new Field(wire, newName, type, conversion, detail, writer, html, answers, inner);
    }

    private static Map<String, Object> type(String type) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", type);
        return schema;
    }

    private static Map<String, Object> array(String items) {
        Map<String, Object> schema = type("array");
        schema.put("items", type(items));
        return schema;
    }
}
