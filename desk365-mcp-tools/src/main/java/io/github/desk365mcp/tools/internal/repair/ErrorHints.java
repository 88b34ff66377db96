package io.github.desk365mcp.tools.internal.repair;

import io.github.desk365mcp.tools.internal.account.AccountVocabulary;
import io.github.desk365mcp.tools.internal.account.VocabularyKind;
import io.github.desk365mcp.tools.internal.catalogue.Catalogue;
import io.github.desk365mcp.tools.internal.core.AllowedType;
import io.github.desk365mcp.tools.internal.core.Call;
import io.github.desk365mcp.tools.internal.core.Names;
import io.github.desk365mcp.tools.internal.core.Param;
import io.github.desk365mcp.tools.internal.text.Ascii;
import io.github.desk365mcp.tools.internal.text.Text;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the argument that an error of the service is about, and suggests a better value. */
public final class ErrorHints {

    private final Call call;
    private final Names names;

    public ErrorHints(Call call) {
        this.call = call;
        this.names = call.names();
    }

    /** Returns one next step, as a sentence with a leading space. */
    public String after(@Nullable String message) {
        Param<?> param = message == null ? null : meant(message);
        if (param == null) {
            return " Correct the arguments.";
        }
        if (call.notes().isFilledIn(param.name())) {
            return " The operator has set " + param.name() + ", and must correct it.";
        }
        return of(param);
    }

    private String of(Param<?> param) {
        String known = known(param);
        return known.isEmpty() ? " Correct " + param.name() + (param.isRequired() ? "." : ", or leave it out.") : known;
    }

    /** Suggests a known value, or lists some, or names a tool that lists them; empty if nothing is known. */
    private String known(Param<?> param) {
        Object value = call.arguments().get(param.name());
        VocabularyKind topic = param.topic();
        String suggestion = topic == null || !Catalogue.isShown(topic, call) ? "" : suggestion(topic, value);
        return suggestion.isEmpty() ? source(param) : suggestion;
    }

    /** Suggests the nearest known value, or names a tool that lists the values; empty if there is neither. */
    String values(Param<?> param) {
        String near = near(param);
        return near.isEmpty() ? source(param) : near;
    }

    private String source(Param<?> param) {
        if (param.type() instanceof AllowedType<?>) {
            // The source has values that the operator does not allow.
            return "";
        }
        return param.sources().stream()
                .filter(source -> names.isVisible(source.tool()))
                .findFirst()
                .map(source ->
                        " Get " + param.name() + " from " + names.of(source.tool()) + " (" + source.path() + ").")
                .orElse("");
    }

    private String suggestion(VocabularyKind topic, @Nullable Object value) {
        AccountVocabulary words = call.account().words();
        if (topic == VocabularyKind.CUSTOM_FIELD && value instanceof Map<?, ?> fields) {
            List<?> unknown = fields.keySet().stream()
                    .filter(name -> !words.known(topic).contains(String.valueOf(name)))
                    .toList();
            return words.suggestion(topic, unknown.size() == 1 ? unknown : null, true);
        }
        return words.suggestion(topic, value, true);
    }

    /** Suggests the known value that is nearest to the given one; empty if none is near. */
    public String near(Param<?> param) {
        VocabularyKind topic = param.topic();
        return topic == null || !Catalogue.isShown(topic, call)
                ? ""
                : call.account().words().suggestion(topic, call.arguments().get(param.name()), false);
    }

    /**
     * Suggests known values that are near to those of the call's filters; empty if none is near.
     *
     * @param nothingFound whether the filters matched nothing, so that a usual status is worth a try too
     */
    public String nearFilters(boolean nothingFound) {
        StringBuilder near = new StringBuilder();
        for (Param<?> param : call.tool().params()) {
            Object value = call.arguments().get(param.name());
            if (value != null) {
                near.append(nearFilter(param, value, nothingFound));
            }
        }
        return near.toString();
    }

    private String nearFilter(Param<?> param, Object value, boolean nothingFound) {
        VocabularyKind topic = param.topic();
        String near = near(param);
        if (topic == null || !Catalogue.isShown(topic, call)) {
            return near;
        }
        List<String> unseen = call.account().words().unseen(topic, value);
        // If rows match, one word at least is right; a count does not show which.
        boolean isSuspect = nothingFound
                || Boolean.TRUE.equals(call.arguments().get("count_only"))
                        && value instanceof Collection<?> words
                        && words.stream().filter(word -> !word.equals("--")).count() > 1;
        if (!near.isEmpty() && unseen.size() < 2 || unseen.isEmpty() || !isSuspect) {
            return near;
        }
        String elsewhere = elsewhere(param);
        String usual = AccountVocabulary.usual(topic, value);
        return usual.isEmpty() || unseen.size() > 1
                ? " " + param.name() + " "
                        + Text.list(unseen.stream().map(Text::brief).toList(), "and")
                        + (unseen.size() == 1 ? " has" : " have") + " not been seen here."
                        + (elsewhere.isEmpty() ? known(param) : elsewhere)
                : usual;
    }

    /** Names the argument whose known values have a word that is unknown for this one; empty if there is none. */
    String elsewhere(Param<?> param) {
        Object value = call.arguments().get(param.name());
        VocabularyKind topic = param.topic();
        AccountVocabulary words = call.account().words();
        for (Object word :
                value instanceof List<?> list ? list : value instanceof String ? List.of(value) : List.of()) {
            for (Param<?> other : call.tool().params()) {
                VocabularyKind kind = other.topic();
                if (topic != null
                        && kind != null
                        && kind != topic
                        && !words.knows(topic, word)
                        && words.knows(kind, word)
                        && Catalogue.isShown(kind, call)) {
                    return " " + Text.brief(word) + " is a known " + other.name() + ".";
                }
            }
        }
        return "";
    }

    private @Nullable Param<?> meant(String message) {
        String words = Ascii.lower(message.replaceAll("'[^']*'|\"[^\"]*\"", " "));
        List<Param<?>> named = new ArrayList<>();
        List<Param<?>> quoted = new ArrayList<>();
        for (Param<?> param : call.tool().params()) {
            if (names(words, param) && call.arguments().containsKey(param.name())) {
                named.add(param);
                if (message.contains("'" + call.arguments().get(param.name()) + "'")) {
                    quoted.add(param);
                }
            }
        }
        List<Param<?>> either = quoted.isEmpty() ? named : quoted;
        // Of several, prefer one whose value is near to a known one.
        return either.stream()
                .filter(param -> !near(param).isEmpty())
                .findFirst()
                .orElse(either.isEmpty() ? null : either.get(0));
    }

    private static boolean names(String words, Param<?> param) {
        return param.topic() == VocabularyKind.CUSTOM_FIELD && words.contains("custom field")
                || List.of(words.split("[^a-z0-9_]+")).contains(param.name());
    }
}
