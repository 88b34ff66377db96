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
 * One field of an answer: its name on the wire, its name for the model, its kind.
 *
 * @param type its JSON type in the output schema
 * @param conversion from the wire's value to the answer's; null where the value is not of the expected kind
 * @param detail where it is shown without being asked for
 * @param writer who wrote it; null if nobody outside did
 * @param html whether it is a body, which is converted
 * @param answers whether it is one that answers others, and what it quotes of them is folded
 * @param inner the shape of its objects; null if it has none, or they are as they are
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

    /** How much an answer shows, from little to all; each shows what those before it show. */
    enum Detail {
        /** In every answer. */
        MAIN,
        /** In lists, to which the service adds it on request, and in answers about one record. */
        ADDED,
        /** In answers about one record. */
        RECORD,
        /** Only where it is asked for by name. */
        NAMED
    }

    /** Who wrote a text, for whoever must not take it for an order. */
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

    /** A text that the service keeps as HTML. */
    public static Field html(String wire) {
        Field text = text(wire);
        return new Field(wire, wire, text.type, text.conversion, Detail.ADDED, null, true, false, null);
    }

    /** The body of a message; others are before it, so it may quote what is known. */
    public static Field message(String wire) {
        Field body = html(wire);
        return new Field(wire, wire, body.type, body.conversion, body.detail, null, true, true, null);
    }

    /** Also in lists, if the service was asked to add it. */
    public Field added() {
        return shown(Detail.ADDED);
    }

    /** Not in lists. */
    public Field inRecord() {
        return shown(Detail.RECORD);
    }

    /** Everywhere. */
    Field always() {
        return shown(Detail.MAIN);
    }

    /** Noise to most. */
    public Field named() {
        return shown(Detail.NAMED);
    }

    private Field shown(Detail where) {
        return new Field(wire, name, type, conversion, where, writer, html, answers, inner);
    }

    /** Written by somebody outside. */
    public Field by(Writer who) {
        return new Field(wire, name, type, conversion, detail, who, html, answers, inner);
    }

    /** Whether objects in it have a text that nobody knows the writer of; where the writer is known, all is labelled. */
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

    /** Turns a value of the wire, never null, into one of an answer. */
    public interface Conversion {

        /** {@link #LEAVE_OUT} for a value that means nothing. */
        @Nullable
        Object apply(Object value);
    }

    /** Said by a conversion for what stands for "none", such as the epoch. */
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

    /** A time; the epoch stands for never. */
    public static Field time(String wire) {
        return new Field(wire, wire, type("string"), value -> {
            Instant time = value instanceof String text ? Times.parse(text) : null;
            return time == null ? null : time.equals(Instant.EPOCH) ? LEAVE_OUT : time.toString();
        });
    }

    /** A day; a time of day behind it is left out. */
    public static Field date(String wire) {
        return new Field(wire, wire, type("string"), value -> {
            Instant time = value instanceof String text ? Times.parse(text) : null;
            return time == null ? null : time.toString().substring(0, 10);
        });
    }

    /** A code as its word; a new code as its number, in a text. */
    public static <C extends Enum<C> & Code> Field code(String wire, Class<C> codes) {
        return new Field(wire, wire, type("string"), value -> {
            if (!(Type.INTEGER.repair(value) instanceof Number code)) {
                return value instanceof String ? value : null;
            }
            C known = Code.of(codes.getEnumConstants(), code.longValue());
            return known == null ? code.toString() : Type.word(known);
        });
    }

    /** Texts, of which the wire has arrays and comma lists. */
    public static Field texts(String wire) {
        return new Field(wire, wire, array("string"), value -> {
            if (value instanceof String text) {
                return AddressesType.entries(text);
            }
            return value instanceof List<?> list && list.stream().allMatch(String.class::isInstance) ? list : null;
        });
    }

    /** An object that is passed on as it is, null values too. */
    public static Field object(String wire) {
        return new Field(wire, wire, type("object"), value -> value instanceof Map ? value : null);
    }

    /** Anything, as it is. */
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

    /** Who can read a message, from a flag that is true where the customer can. */
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

    /** The same field under the name that it has everywhere else. */
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
