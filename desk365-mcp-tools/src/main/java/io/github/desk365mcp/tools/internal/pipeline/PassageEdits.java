package io.github.desk365mcp.tools.internal.pipeline;

import io.github.desk365mcp.tools.host.ErrorCodes;
import io.github.desk365mcp.tools.internal.catalogue.Passages;
import io.github.desk365mcp.tools.internal.core.Call;
import io.github.desk365mcp.tools.internal.core.Field;
import io.github.desk365mcp.tools.internal.core.Param;
import io.github.desk365mcp.tools.internal.core.RefusedException;
import io.github.desk365mcp.tools.internal.text.PassageEditor;
import io.github.desk365mcp.tools.internal.text.PassageException;
import io.github.desk365mcp.tools.internal.text.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The replacements of a call in the body that is stored.
 *
 * @param field the argument for the whole body, which is also its name in answers
 * @param body the whole body with the replacements
 * @param passages each changed passage as it was and as it is, with a few words around it
 * @param version identifies the body before
 */
record PassageEdits(String field, String body, List<Passage> passages, String version) {

    /** The key of the version in what a preview keeps. */
    static final String VERSION = "body";

    /**
     * A changed passage.
     *
     * @param given the new text as the call has it
     */
    record Passage(String from, String to, String given) {}

    /** Returns the argument of a call that replaces passages; null if it replaces none. */
    static @Nullable Param<?> argument(Call call) {
        return call.tool().params().stream()
                .filter(param -> param.change() == Param.Change.EDITS
                        && call.arguments().get(param.name()) instanceof List<?> list
                        && !list.isEmpty())
                .findFirst()
                .orElse(null);
    }

    /**
     * Makes the replacements.
     *
     * @param argument has them
     * @throws RefusedException if the body cannot be read, or a passage is not there exactly once; nothing is changed
     */
    static PassageEdits of(Call call, Param<?> argument, RecordBefore before) {
        if (before.refused() != null) {
            call.notes().quoted(before.notes());
            throw new RefusedException(before.refused().code(), before.refused().text());
        }
        Field field = before.shape().fields().stream()
                .filter(one -> one.html() && one.name().equals(argument.field()))
                .findFirst()
                .orElseThrow();
        if (before.record() == null || !(before.record().get(field.wire()) instanceof String stored)) {
            throw new RefusedException(
                    ErrorCodes.REFUSED, "Nothing was changed: Desk365 did not return " + argument.field() + ".");
        }
        List<?> replacements = (List<?>) Objects.requireNonNull(call.arguments().get(argument.name()));
        List<Passage> passages = new ArrayList<>();
        String body = stored;
        for (Object one : replacements) {
            Map<?, ?> replacement = (Map<?, ?>) one;
            String fresh = String.valueOf(replacement.get(Passages.NEW));
            try {
                PassageEditor.Edited edited =
                        PassageEditor.replace(body, String.valueOf(replacement.get(Passages.OLD)), fresh);
                passages.add(new Passage(edited.from(), edited.to(), fresh));
                body = edited.html();
            } catch (PassageException problem) {
                Field.Writer writer = field.writer();
                if (writer != null) {
                    problem.quotes().forEach(quote -> call.notes().quoted(quote, writer));
                }
                throw new RefusedException(
                        ErrorCodes.INVALID_ARGUMENTS,
                        "Nothing was changed. "
                                + (replacements.size() == 1 ? "" : argument.name() + "[" + passages.size() + "]: ")
                                + problem.getMessage());
            }
        }
        return new PassageEdits(argument.field(), body, passages, Sha256.hex(stored.getBytes(StandardCharsets.UTF_8)));
    }

    /** Returns the passages as they were and as they are, for answers. */
    List<Map<String, Object>> changes() {
        return passages.stream()
                .map(passage -> {
                    Map<String, Object> change = new LinkedHashMap<>();
                    change.put("from", passage.from());
                    change.put("to", passage.to());
                    return change;
                })
                .toList();
    }
}
