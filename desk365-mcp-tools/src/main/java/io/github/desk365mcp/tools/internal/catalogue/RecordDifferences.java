package io.github.desk365mcp.tools.internal.catalogue;

import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.tools.internal.attachments.AttachmentUpload;
import io.github.desk365mcp.tools.internal.core.AnswerOptions;
import io.github.desk365mcp.tools.internal.core.Arguments;
import io.github.desk365mcp.tools.internal.core.BodyType;
import io.github.desk365mcp.tools.internal.core.Field;
import io.github.desk365mcp.tools.internal.core.Param;
import io.github.desk365mcp.tools.internal.core.RecordMapping;
import io.github.desk365mcp.tools.internal.core.Uploader;
import io.github.desk365mcp.tools.internal.text.Ascii;
import io.github.desk365mcp.tools.internal.text.ComparableText;
import io.github.desk365mcp.tools.internal.text.Times;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compares a record with a call's arguments, as far as the service returns their fields. */
public final class RecordDifferences {

    private static final Pattern ADDRESS = Pattern.compile("[^\\s@]+@[^\\s@]+");

    /** An alias for a policy with another name, so it cannot be compared. */
    private static final String DEFAULT_SLA = "helpdesk default";

    private RecordDifferences() {}

    /**
     * A record's fields as in answers.
     *
     * @param fields the values, by their names in answers
     * @param names the names of the fields that the service returned, even if they are empty
     */
    record Shown(Map<String, Object> fields, Set<String> names) {

        static Shown of(JsonDocument record, RecordMapping shape) {
            return new Shown(
                    shape.convert(record.toMap(), AnswerOptions.EVERYTHING),
                    shape.fields().stream()
                            .filter(field -> record.has(field.wire()))
                            .map(Field::name)
                            .collect(Collectors.toCollection(LinkedHashSet::new)));
        }
    }

    /**
     * Returns the names of the arguments whose values differ from the record's.
     *
     * @param given the arguments that were sent
     * @param params the parameters of the arguments
     * @param shownAs the names of fields by argument, if they differ; an empty name if the argument is compared
     *     elsewhere
     */
    static List<String> between(
            Map<String, Object> given, Collection<Param<?>> params, Shown record, Map<String, String> shownAs) {
        List<String> differences = new ArrayList<>();
        for (Param<?> param : params) {
            Object sent = given.get(param.name());
            String name = shownAs.getOrDefault(param.name(), param.name());
            if (sent != null
                    && record.names().contains(name)
                    && !param.name().equals(Uploader.ARGUMENT)
                    && !isSame(param, sent, record.fields().get(name))) {
                differences.add(param.name());
            }
        }
        return differences;
    }

    /** Whether the record's files differ from the call's by name, or by number if the call gives no names. */
    static boolean inFiles(Arguments in, JsonDocument record) {
        if (!record.has("attachments")) {
            return false;
        }
        List<String> shown = record.objects("attachments", JsonDocument::new).stream()
                .map(file -> ComparableText.ofText(file.text("file_name")).words())
                .sorted()
                .toList();
        List<Map<String, Object>> sent =
                in.call().tool().param(Uploader.ARGUMENT) == null ? null : in.get(AttachmentUpload.ATTACHMENTS);
        List<String> names = new ArrayList<>();
        boolean isNamed = true;
        for (Map<String, Object> file : sent == null ? List.<Map<String, Object>>of() : sent) {
            String name = file.get("file_name") instanceof String given ? given : null;
            isNamed &= name != null;
            names.add(ComparableText.ofText(name).words());
        }
        return isNamed ? !names.stream().sorted().toList().equals(shown) : names.size() != shown.size();
    }

    private static boolean isSame(Param<?> param, Object sent, @Nullable Object shown) {
        return param.type() instanceof BodyType && shown instanceof String html
                ? ComparableText.ofHtml(sent.toString()).equals(ComparableText.ofHtml(html))
                : isSame(sent, shown, param.topic() != null);
    }

    private static boolean isSame(Object sent, @Nullable Object shown, boolean isWord) {
        if (sent instanceof Map<?, ?> fields) {
            return fields.entrySet().stream()
                    .allMatch(field -> field.getValue() == null
                            || isSame(field.getValue(), in(shown, String.valueOf(field.getKey())), false));
        }
        if (sent instanceof List<?> items) {
            List<?> others = shown instanceof List<?> list ? list : shown == null ? List.of() : List.of(shown);
            return texts(items, isWord).equals(texts(others, isWord));
        }
        if (shown == null) {
            return ComparableText.of(sent.toString()).equals(ComparableText.ofText(null));
        }
        if (sent instanceof Number && shown instanceof Number) {
            return new BigDecimal(sent.toString()).compareTo(new BigDecimal(shown.toString())) == 0;
        }
        return sent.equals(DEFAULT_SLA)
                || text(sent, isWord).equals(text(shown, isWord))
                || isSameTime(sent.toString(), shown.toString());
    }

    private static @Nullable Object in(@Nullable Object fields, String name) {
        if (fields instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> field : map.entrySet()) {
                if (folded(String.valueOf(field.getKey())).equals(folded(name))) {
                    return field.getValue();
                }
            }
        }
        return null;
    }

    private static Set<ComparableText> texts(List<?> items, boolean isWord) {
        return items.stream().map(item -> text(item, isWord)).collect(Collectors.toSet());
    }

    /** Vocabulary values and addresses are compared without regard to case. */
    private static ComparableText text(Object value, boolean isWord) {
        ComparableText text = ComparableText.of(String.valueOf(value));
        return isWord || ADDRESS.matcher(text.words()).matches() ? text.folded() : text;
    }

    private static boolean isSameTime(String one, String other) {
        Instant sent = Times.parse(one);
        Instant shown = Times.parse(other);
        return sent != null
                && shown != null
                && sent.truncatedTo(ChronoUnit.SECONDS).equals(shown.truncatedTo(ChronoUnit.SECONDS));
    }

    /** Returns the text in lower case; only ASCII letters are changed. */
    public static String folded(@Nullable String text) {
        return text == null ? "" : Ascii.lower(text.strip());
    }
}
