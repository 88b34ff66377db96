package io.github.desk365mcp.tools.internal.core;

import io.github.desk365mcp.tools.host.ErrorCodes;
import io.github.desk365mcp.tools.internal.text.BodyFormat;
import io.github.desk365mcp.tools.internal.text.HtmlBody;
import io.github.desk365mcp.tools.internal.text.InlineImages;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a call wants its answer: which fields, how many items, and bodies in which form.
 *
 * @param detail how much is shown where no fields are named
 * @param fields what alone is shown; null for the default
 * @param written what a write was given, which its answer shows again, if it is short
 * @param most how many items at most
 * @param offset how many items of a list that comes whole are skipped
 * @param countOnly whether only the total is wanted
 * @param size how large it may be
 * @param arguments what the tool takes
 * @param given the call's arguments, for saying how to get what is left out
 * @param served whether inline images are read from where a link points to
 */
public record AnswerOptions(
        Field.Detail detail,
        @Nullable Set<String> fields,
        Set<String> written,
        int most,
        long offset,
        boolean countOnly,
        BodyFormat bodies,
        AnswerSize size,
        Set<String> arguments,
        Map<String, Object> given,
        Predicate<String> served) {

    /** All there is, as the service has it. */
    public static final AnswerOptions EVERYTHING = new AnswerOptions(
            Field.Detail.NAMED,
            null,
            Set.of(),
            Integer.MAX_VALUE,
            0,
            false,
            BodyFormat.HTML,
            AnswerSize.UNLIMITED,
            Set.of(),
            Map.of(),
            link -> false);

    public static final String FIELDS = "fields";

    private static final int WORTH_PICKING = 2;
    private static final Param<List<String>> PICKED = Param.param(FIELDS, Type.list(Type.TEXT));
    static final Param<Long> MAX_ITEMS =
            Param.param("max_items", Type.INTEGER).description("At most.").example(5);
    public static final Param<Long> OFFSET = Param.param("offset", Type.INTEGER)
            .description("From next_offset.")
            .example(0)
            .alsoKnownAs("next_cursor", "next_offset", "cursor");
    static final Param<Boolean> COUNT_ONLY = Param.param("count_only", Type.FLAG)
            .description("Answers total alone.")
            .example(false);
    public static final Param<String> BODY_FORMAT =
            Param.param("body_format", Type.oneOf(BodyFormat.words())).description("Default text.");

    /** The argument that picks fields of a shape, if there is anything to pick. */
    static Optional<Param<List<String>>> fields(RecordMapping shape) {
        List<String> names = shape.names();
        return names.size() < WORTH_PICKING
                ? Optional.empty()
                : Optional.of(Param.param(FIELDS, Type.list(new WordType(names, false)))
                        .description("Only these.")
                        .example(List.of(names.get(0))));
    }

    /** What the call asks for, where it asks at all. */
    public static AnswerOptions of(Call call, AnswerSize size) {
        Arguments in = new Arguments(call);
        Tool tool = call.tool();
        Field.Detail detail = !tool.verb().reads()
                ? Field.Detail.MAIN
                : tool.verb() == Tool.Verb.LISTS ? Field.Detail.ADDED : Field.Detail.RECORD;
        List<String> fields = tool.param(FIELDS) == null ? null : in.get(PICKED);
        Long most = tool.param(MAX_ITEMS.name()) == null ? null : in.get(MAX_ITEMS);
        if (most != null && most < 1) {
            throw new RefusedException(ErrorCodes.INVALID_ARGUMENTS, "Nothing was read. max_items must be at least 1.");
        }
        Long offset = tool.param(OFFSET.name()) == null ? null : in.get(OFFSET);
        String bodies = tool.param(BODY_FORMAT.name()) == null ? null : in.get(BODY_FORMAT);
        return new AnswerOptions(
                detail,
                fields == null || fields.isEmpty() ? null : Set.copyOf(fields),
                tool.verb().reads() ? Set.of() : written(call),
                most == null ? Integer.MAX_VALUE : (int) Math.min(most, Integer.MAX_VALUE),
                offset == null ? 0 : offset,
                in.asksForCount(),
                bodies == null ? BodyFormat.TEXT : BodyFormat.named(bodies),
                size,
                tool.params().stream().map(Param::name).collect(Collectors.toSet()),
                call.arguments(),
                link -> call.files().serve(link, call.account()));
    }

    /** The fields that the arguments of a call are about: add_watchers is about watchers. Of files the answer tells more. */
    private static Set<String> written(Call call) {
        return call.arguments().keySet().stream()
                .filter(name -> !name.equals(Uploader.ARGUMENT))
                .map(name -> {
                    Param<?> param = call.tool().param(name);
                    return param == null ? name : param.field();
                })
                .collect(Collectors.toSet());
    }

    /** The call's arguments with some changed: another call of the tool that a model need not put together. */
    public Map<String, Object> again(Map<String, ?> changes) {
        Map<String, Object> again = new LinkedHashMap<>(given);
        again.putAll(changes);
        return again;
    }

    /** What to change in the arguments to get these fields of a record; empty where the tool cannot pick them. */
    Map<String, Object> picking(List<String> names, RecordMapping shape) {
        List<String> known = names.stream().filter(shape.names()::contains).toList();
        return arguments.contains(FIELDS) && !known.isEmpty() ? Map.of(FIELDS, known) : Map.of();
    }

    /** The fields that the tool can be asked for, and are not shown unless it is. */
    List<String> hides(RecordMapping shape) {
        return fields != null || !arguments.contains(FIELDS)
                ? List.of()
                : shape.names().stream()
                        .filter(name -> !shape.shows(name, this))
                        .toList();
    }

    /** Whether a field was asked for by its name. */
    boolean asksFor(String name) {
        return fields != null && fields.contains(name);
    }

    boolean shows(Field field) {
        if (fields != null) {
            return fields.contains(field.name());
        }
        return field.detail().compareTo(detail) <= 0
                || field.detail() == Field.Detail.RECORD && written.contains(field.name());
    }

    /** Whether a name may stand in the answer, when the fields were named. */
    boolean names(String name) {
        return fields == null || fields.contains(name);
    }

    /**
     * A body in the form that is asked for.
     *
     * @param images gets the inline images that it shows
     */
    String body(String html, boolean isAnswer, Consumer<InlineImages.Image> images) {
        return HtmlBody.read(html, bodies, isAnswer, served, images);
    }

    /** Says in the answer that bodies are not what the service has. */
    void mark(Map<String, Object> answer, List<Map<String, Object>> records, RecordMapping shape) {
        if (bodies != BodyFormat.HTML && records.stream().anyMatch(shape::showsBody)) {
            answer.put(BODY_FORMAT.name(), bodies.word());
        }
    }
}
