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
 * The form of the answer that a call asks for: which fields, how many items, and in which format bodies are.
 *
 * @param detail how much is shown if no fields are named
 * @param fields the only fields to show; null for the default
 * @param written the fields that a write has set, which its answer shows again if they are short
 * @param most the maximum number of items
 * @param offset how many items to skip in a list that the service returns whole
 * @param countOnly whether only the total is wanted
 * @param bodies the format of bodies
 * @param size the maximum size
 * @param takes whether the tool has an argument of this name
 * @param given the call's arguments, to say how to get what is left out
 * @param served whether inline images are read from the host of a link
 * @param subject the subject of the ticket that the records belong to; null if it is not known
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
        Predicate<String> takes,
        Map<String, Object> given,
        Predicate<String> served,
        @Nullable String subject) {

    /** All fields, unchanged. */
    public static final AnswerOptions EVERYTHING = new AnswerOptions(
            Field.Detail.NAMED,
            null,
            Set.of(),
            Integer.MAX_VALUE,
            0,
            false,
            BodyFormat.HTML,
            AnswerSize.UNLIMITED,
            name -> false,
            Map.of(),
            link -> false,
            null);

    public static final String FIELDS = "fields";

    private static final int WORTH_PICKING = 2;
    private static final Param<List<String>> PICKED = Param.param(FIELDS, Type.list(Type.TEXT));
    public static final Param<Long> MAX_ITEMS =
            Param.param("max_items", Type.INTEGER).description("At most.").example(5);
    public static final Param<Long> OFFSET = Param.param("offset", Type.INTEGER)
            .description("From next_offset.")
            .example(0)
            .alsoKnownAs("next_cursor", "next_offset", "cursor");
    static final Param<Boolean> COUNT_ONLY = Param.param("count_only", Type.FLAG)
            .description("Returns only total.")
            .example(false);
    public static final Param<String> BODY_FORMAT =
            Param.param("body_format", Type.oneOf(BodyFormat.words())).description("Default text.");

    /** The argument that selects fields of a record; empty if it has too few to select from. */
    static Optional<Param<List<String>>> fields(RecordMapping shape) {
        return fields(shape, shape.names());
    }

    /** @param offered the fields in the definition, if it names them; the others are accepted too */
    static Optional<Param<List<String>>> fields(RecordMapping shape, List<String> offered) {
        List<String> names = shape.names();
        return names.size() < WORTH_PICKING
                ? Optional.empty()
                : Optional.of(Param.param(FIELDS, Type.list(new WordType(names, offered, false)))
                        .description("Only these.")
                        .example(List.of(names.get(0))));
    }

    /** The form that a call asks for, or the default. */
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
                name -> tool.param(name) != null,
                call.arguments(),
                link -> call.files().serve(link, call.account()),
                null);
    }

    /** The same form for the messages of a ticket with this subject, which tells forwarded mail from quoted mail. */
    public AnswerOptions ofTicket(@Nullable String itsSubject) {
        return new AnswerOptions(
                detail, fields, written, most, offset, countOnly, bodies, size, takes, given, served, itsSubject);
    }

    /**
     * The fields that the call's arguments set: add_watchers sets watchers. Attachments are excluded, since the answer
     * lists them in full.
     */
    private static Set<String> written(Call call) {
        return call.arguments().keySet().stream()
                .filter(name -> !name.equals(Uploader.ARGUMENT))
                .map(name -> {
                    Param<?> param = call.tool().param(name);
                    return param == null ? name : param.field();
                })
                .collect(Collectors.toSet());
    }

    /** The call's arguments with changes, so that a model can make the next call without composing it. */
    public Map<String, Object> again(Map<String, ?> changes) {
        Map<String, Object> again = new LinkedHashMap<>(given);
        again.putAll(changes);
        return again;
    }

    /** The arguments that get these fields of a record; empty if the tool cannot select them. */
    Map<String, Object> picking(List<String> names, RecordMapping shape) {
        List<String> known = names.stream().filter(shape.names()::contains).toList();
        return takes.test(FIELDS) && !known.isEmpty() ? Map.of(FIELDS, known) : Map.of();
    }

    /** The fields that the tool shows only on request. */
    List<String> hides(RecordMapping shape) {
        return fields != null || !takes.test(FIELDS) ? List.of() : shape.hidden(this);
    }

    /** The requested fields that lists show only on request, so that the service may leave them out of lists. */
    List<String> asksOfRecord(RecordMapping shape) {
        return fields == null
                ? List.of()
                : shape.fields().stream()
                        .filter(field -> field.detail().compareTo(Field.Detail.RECORD) >= 0)
                        .map(Field::name)
                        .filter(fields::contains)
                        .distinct()
                        .toList();
    }

    /** Whether a field was requested by its name. */
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

    /** Whether the answer may contain this name, given the requested fields. */
    boolean names(String name) {
        return fields == null || fields.contains(name);
    }

    /**
     * Converts a body to the requested format.
     *
     * @param images receives the inline images that the text shows
     */
    String body(String html, boolean isAnswer, Consumer<InlineImages.Image> images) {
        return HtmlBody.read(html, bodies, isAnswer, subject, served, images);
    }

    /** Adds the format of bodies to the answer, unless they are unchanged. */
    void mark(Map<String, Object> answer, List<Map<String, Object>> records, RecordMapping shape) {
        if (bodies != BodyFormat.HTML && records.stream().anyMatch(shape::showsBody)) {
            answer.put(BODY_FORMAT.name(), bodies.word());
        }
    }
}
