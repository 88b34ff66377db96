package io.github.desk365mcp.tools.internal.pipeline;

import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.tools.host.ErrorCodes;
import io.github.desk365mcp.tools.internal.core.AnswerOptions;
import io.github.desk365mcp.tools.internal.core.Call;
import io.github.desk365mcp.tools.internal.core.Field;
import io.github.desk365mcp.tools.internal.core.KeptRecord;
import io.github.desk365mcp.tools.internal.core.Outcome;
import io.github.desk365mcp.tools.internal.core.Param;
import io.github.desk365mcp.tools.internal.core.RecordMapping;
import io.github.desk365mcp.tools.internal.core.RefusedException;
import io.github.desk365mcp.tools.internal.core.Stage;
import io.github.desk365mcp.tools.internal.core.Tool;
import io.github.desk365mcp.tools.internal.text.Text;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Replaces passages in the stored body of a record, and says what an update has changed: the fields that it was to change,
 * with their values before and after, and others if the whole record was read before.
 */
final class ChangeStage implements Stage {

    /** The key of the values that a preview has shown, in what it keeps. */
    static final String BEFORE = "before";

    private static final Outcome.Refused CHANGED_SINCE = new Outcome.Refused(
            ErrorCodes.RECORD_CHANGED,
            "The text has changed since the preview. Nothing was changed. Call again without approval_token for a new"
                    + " preview.");

    private static final String CHANGED = "changed";
    private static final int LONGEST = 100;

    /** Fields that follow from others, or that the service changes on its own. */
    private static final Set<String> FOLLOWING = Set.of(
            "updated_on",
            "updated_by",
            "updated_by_type",
            "updated_by_email",
            "resolved_on",
            "closed_on",
            "closed_by",
            "closed_by_type",
            "completed_within_sla",
            "first_response_time",
            "first_assigned_time",
            "first_assigned_duration",
            "first_replied_duration",
            "resolved_duration",
            "closed_duration",
            "conversation_count",
            "survey_rating",
            "attachments",
            "inline_images",
            "agent_url",
            "support_url",
            "article_views",
            "article_likes",
            "article_dislikes");

    private final boolean compares;

    /** @param compares whether each update first reads the record */
    ChangeStage(boolean compares) {
        this.compares = compares;
    }

    @Override
    public Outcome run(Call call, Next next) {
        Tool tool = call.tool();
        if (tool.verb() != Tool.Verb.UPDATES || tool.reader() == null) {
            return next.run(call);
        }
        Param<?> argument = PassageEdits.argument(call);
        Object shown = call.notes().previewed().get(BEFORE);
        if (argument == null && !compares && shown == null) {
            return next.run(call);
        }
        RecordBefore before = argument == null && !compares ? null : RecordBefore.of(call, next);
        Call edited = call;
        PassageEdits edits = null;
        if (argument != null && before != null) {
            try {
                edits = PassageEdits.of(call, argument, before);
            } catch (RefusedException refused) {
                return refused.outcome();
            }
            Object version = call.notes().previewed().get(PassageEdits.VERSION);
            if (version != null && !version.equals(edits.version())) {
                return CHANGED_SINCE;
            }
            Map<String, Object> arguments = new LinkedHashMap<>(call.arguments());
            arguments.remove(argument.name());
            arguments.put(edits.field(), edits.body());
            call.notes().edited();
            edited = call.withArguments(arguments);
        }
        // A model need not read the whole text again of which it has changed a passage.
        KeptRecord after = new KeptRecord(tool.answer(), edits == null ? Set.of() : Set.of(edits.field()));
        Outcome outcome = next.run(edited.answering(after));
        if (!(outcome instanceof Outcome.Done done)) {
            return outcome;
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        Map<String, Object> changed = new LinkedHashMap<>();
        answer.put(CHANGED, changed);
        JsonDocument now = after.record();
        if (edits != null) {
            changed.put(edits.field(), edits.changes());
        }
        if (compares && before != null && before.record() != null && now != null) {
            compare(call, before.record(), now, after.shape(), edits, answer);
        } else if (shown instanceof Map<?, ?> values && now != null) {
            Set<String> returned = returned(now, after.shape());
            // Unlike the answer, it has bodies.
            Map<String, Object> is = RecordBefore.shown(call, now, after.shape());
            values.forEach((name, value) -> {
                if (returned.contains(String.valueOf(name))) {
                    put(changed, String.valueOf(name), "".equals(value) ? null : value, is.get(name));
                }
            });
        }
        label(call, after.shape(), answer);
        answer.putAll(done.answer());
        return new Outcome.Done(answer, done.blocks());
    }

    /** Adds the fields that were to change and have, and the others that have. */
    private static void compare(
            Call call,
            JsonDocument before,
            JsonDocument after,
            RecordMapping shape,
            @Nullable PassageEdits edits,
            Map<String, Object> answer) {
        Map<String, Object> was = shape.convert(before.toMap(), AnswerOptions.EVERYTHING);
        Map<String, Object> is = shape.convert(after.toMap(), AnswerOptions.EVERYTHING);
        Set<String> asked = asked(call);
        Set<String> names = returned(before, shape);
        names.retainAll(returned(after, shape));
        @SuppressWarnings("unchecked") // Put there above.
        Map<String, Object> changed = (Map<String, Object>) Objects.requireNonNull(answer.get(CHANGED));
        Map<String, Object> others = new LinkedHashMap<>();
        for (String name : names) {
            boolean isEdited = edits != null && edits.field().equals(name);
            if (!isEdited && asked.contains(name)) {
                put(changed, name, was.get(name), is.get(name));
            } else if (!isEdited && !FOLLOWING.contains(name)) {
                put(others, name, was.get(name), is.get(name));
            }
        }
        if (others.isEmpty()) {
            answer.put("nothing_else_changed", true);
        } else {
            answer.put("also_changed", others);
        }
    }

    /** Returns the fields that the call was to change, by their names in answers. */
    private static Set<String> asked(Call call) {
        Set<String> asked = new HashSet<>();
        for (Param<?> param : call.tool().params()) {
            Object given = call.arguments().get(param.name());
            if (param.change() == Param.Change.CLEARS && given instanceof List<?> fields) {
                fields.forEach(field -> asked.add(String.valueOf(field)));
            } else if (given != null) {
                asked.add(param.field());
            }
        }
        return asked;
    }

    /** Returns the names of the fields that the service returned, even if they are empty. */
    private static Set<String> returned(JsonDocument record, RecordMapping shape) {
        Set<String> names = new LinkedHashSet<>();
        shape.fields().stream()
                .filter(field -> record.has(field.wire()))
                .map(Field::name)
                .forEach(names::add);
        return names;
    }

    private static void put(Map<String, Object> changes, String name, @Nullable Object from, @Nullable Object to) {
        if (Objects.equals(from, to)) {
            return;
        }
        Map<String, Object> change = new LinkedHashMap<>();
        change.put("from", brief(from, to));
        change.put("to", brief(to, from));
        changes.put(name, change);
    }

    /** Returns a value without the parts that the other one has too; an empty text if there is none. */
    private static Object brief(@Nullable Object value, @Nullable Object other) {
        if (value instanceof String text) {
            return Text.cut(text, LONGEST);
        }
        if (value instanceof Map<?, ?> fields && other instanceof Map<?, ?> others) {
            Map<Object, Object> different = new LinkedHashMap<>(fields);
            different.entrySet().removeIf(field -> Objects.equals(field.getValue(), others.get(field.getKey())));
            return different;
        }
        return value == null ? "" : value;
    }

    private static void label(Call call, RecordMapping shape, Map<String, Object> answer) {
        answer.forEach((part, changes) -> {
            if (changes instanceof Map<?, ?> fields) {
                shape.fields().stream()
                        .filter(field -> field.writer() != null && fields.containsKey(field.name()))
                        .forEach(field -> call.notes()
                                .untrusted(
                                        part + "." + field.name(),
                                        Objects.requireNonNull(field.writer()).word()));
            }
        });
    }

    /** Returns what a preview keeps of the values before, for the answer of the approved call. */
    static Map<String, Object> kept(Tool tool, Map<String, Object> arguments, RecordBefore before) {
        if (before.record() == null) {
            return Map.of();
        }
        Map<String, Object> kept = new LinkedHashMap<>();
        for (Param<?> param : tool.params()) {
            Object given = arguments.get(param.name());
            Object now = before.answer().get(param.field());
            boolean isSet = param.change() == Param.Change.SETS && !before.key().containsKey(param.name());
            if (isSet && (given instanceof String || given instanceof Number || given instanceof Boolean)) {
                if (now == null || now instanceof Number || now instanceof Boolean) {
                    kept.put(param.field(), now == null ? "" : now);
                } else if (now instanceof String text && text.length() <= LONGEST) {
                    kept.put(param.field(), text);
                }
            }
        }
        return kept;
    }
}
