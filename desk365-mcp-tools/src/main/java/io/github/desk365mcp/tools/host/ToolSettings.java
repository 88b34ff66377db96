package io.github.desk365mcp.tools.host;

import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.tools.internal.text.Frozen;
import io.github.desk365mcp.tools.internal.text.Text;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * An operator's own words and limits for a tool: its title and description, and the values of its arguments.
 *
 * <pre>{@code
 * policy.tool("update_a_desk_365_ticket_by_id", ToolSettings.none()
 *         .allowed("status", "Pending", "Resolved")
 *         .fixed("group", "IT"))
 * }</pre>
 *
 * <p>The limits hold for what a call may say, not for what its answer shows: a list that may only filter by one group still
 * shows all tickets if the call has no filter; use {@link #fixed} for that.
 *
 * <p>{@code desk_365_tickets_update_many} takes over the limits and defaults of {@code update_a_desk_365_ticket_by_id}, except
 * for arguments that it has limits of its own for. It is not offered if an argument that it does not have is fixed there.
 *
 * <p>Immutable; each method that takes a value returns a copy.
 */
public final class ToolSettings {

    private static final ToolSettings NONE = new ToolSettings(null, null, Map.of(), Map.of(), Map.of());
    private static final Set<String> KEYS =
            new TreeSet<>(List.of("title", "description", "fixed", "defaults", "allowed"));

    /** As in a definition. */
    private static final int LONGEST_DESCRIPTION = 1_024;

    private final @Nullable String title;
    private final @Nullable String description;
    private final Map<String, Object> fixed;
    private final Map<String, Object> defaults;
    private final Map<String, List<Object>> allowed;

    private ToolSettings(
            @Nullable String title,
            @Nullable String description,
            Map<String, Object> fixed,
            Map<String, Object> defaults,
            Map<String, List<Object>> allowed) {
        this.title = title;
        this.description = description;
        this.fixed = fixed;
        this.defaults = defaults;
        this.allowed = allowed;
    }

    /** {@return settings that change nothing} */
    public static ToolSettings none() {
        return NONE;
    }

    /**
     * Reads settings from data, for example {@code {"allowed": {"status": ["Pending", "Resolved"]}}}.
     *
     * @param data plain JSON values under {@code title}, {@code description}, {@code fixed}, {@code defaults} and
     *     {@code allowed}; the last three are objects keyed by argument
     * @return the settings
     * @throws IllegalArgumentException if a key is unknown, or a value has the wrong type
     */
    public static ToolSettings fromMap(Map<String, ?> data) {
        ToolSettings settings = NONE;
        for (Map.Entry<String, Object> entry : new JsonDocument(data).toMap().entrySet()) {
            String key = entry.getKey();
            Object value = entry.getValue();
            if (!KEYS.contains(key)) {
                String nearest = Text.nearest(key, KEYS);
                throw new IllegalArgumentException("There is no setting " + key + " of a tool"
                        + (nearest == null
                                ? "; there are " + String.join(", ", KEYS)
                                : "; did you mean " + nearest + "?"));
            }
            switch (key) {
                case "title" -> settings = settings.title(text(key, value));
                case "description" -> settings = settings.description(text(key, value));
                default -> {
                    for (Map.Entry<?, ?> one : object(key, value).entrySet()) {
                        settings = settings.with(key, String.valueOf(one.getKey()), one.getValue());
                    }
                }
            }
        }
        return settings;
    }

    private static String text(String key, @Nullable Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException(key + " of a tool must be a string");
    }

    private static Map<?, ?> object(String key, @Nullable Object value) {
        if (value instanceof Map<?, ?> object) {
            return object;
        }
        throw new IllegalArgumentException(key + " of a tool must be an object whose keys are arguments");
    }

    private ToolSettings with(String key, String argument, @Nullable Object value) {
        if (value == null) {
            throw new IllegalArgumentException(key + "." + argument + " of a tool is null; leave it out");
        }
        if (!key.equals("allowed")) {
            return key.equals("fixed") ? fixed(argument, value) : byDefault(argument, value);
        }
        if (value instanceof List<?> values) {
            if (values.stream().anyMatch(Objects::isNull)) {
                throw new IllegalArgumentException("allowed." + argument + " of a tool has a null");
            }
            return allowed(argument, values.toArray());
        }
        throw new IllegalArgumentException("allowed." + argument + " of a tool must be a list");
    }

    /**
     * {@return a copy with this title for people}
     *
     * @param words not blank
     * @throws IllegalArgumentException if it is blank
     */
    public ToolSettings title(String words) {
        return new ToolSettings(notBlank("title", words), description, fixed, defaults, allowed);
    }

    /**
     * {@return a copy with this description for the model, in place of the tool's own}
     *
     * @param words not blank, at most 1,024 characters
     * @throws IllegalArgumentException if it is blank or too long
     */
    public ToolSettings description(String words) {
        if (notBlank("description", words).length() > LONGEST_DESCRIPTION) {
            throw new IllegalArgumentException(
                    "A description has at most " + LONGEST_DESCRIPTION + " characters, not " + words.length());
        }
        return new ToolSettings(title, words, fixed, defaults, allowed);
    }

    private static String notBlank(String what, String words) {
        if (words.isBlank()) {
            throw new IllegalArgumentException("The " + what + " of a tool is blank");
        }
        return words;
    }

    /**
     * Gives an argument the same value in every call. Definitions do not show the argument, and a call with another value is
     * refused.
     *
     * @param argument the argument's name in the definition
     * @param value a value that the argument accepts, as plain JSON
     * @return a copy with the value
     */
    public ToolSettings fixed(String argument, Object value) {
        return new ToolSettings(title, description, and(fixed, argument, frozen(value)), defaults, allowed);
    }

    /**
     * Gives an argument a value in calls that leave it out. Definitions show the value.
     *
     * @param argument the argument's name in the definition
     * @param value a value that the argument accepts, as plain JSON
     * @return a copy with the value
     */
    public ToolSettings byDefault(String argument, Object value) {
        return new ToolSettings(title, description, fixed, and(defaults, argument, frozen(value)), allowed);
    }

    /**
     * Allows only some values of an argument; of a list, each item must be one of them. Definitions show the values. Fields
     * whose values are limited cannot be cleared either. A call may leave the argument out; add a default to prevent that.
     *
     * @param argument the argument's name in the definition
     * @param values at least one value that the argument, or an item of its list, accepts, as plain JSON
     * @return a copy with the limit
     * @throws IllegalArgumentException if no value is given
     */
    public ToolSettings allowed(String argument, Object... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("allowed." + argument + " has no value");
        }
        List<Object> copies = new ArrayList<>();
        for (Object value : values) {
            copies.add(frozen(value));
        }
        return new ToolSettings(
                title, description, fixed, defaults, and(allowed, argument, Collections.unmodifiableList(copies)));
    }

    private static Object frozen(Object value) {
        return Objects.requireNonNull(Frozen.map(Map.of("v", value)).get("v"));
    }

    private static <T> Map<String, T> and(Map<String, T> map, String key, T value) {
        Map<String, T> more = new LinkedHashMap<>(map);
        more.put(key, value);
        return Collections.unmodifiableMap(more);
    }

    /** {@return the title; null to keep the tool's own} */
    public @Nullable String title() {
        return title;
    }

    /** {@return the description; null to keep the tool's own} */
    public @Nullable String description() {
        return description;
    }

    /** {@return the values set by {@link #fixed(String, Object)}, by argument} */
    public Map<String, Object> fixed() {
        return fixed;
    }

    /** {@return the values set by {@link #byDefault}, by argument} */
    public Map<String, Object> defaults() {
        return defaults;
    }

    /** {@return the values set by {@link #allowed(String, Object...)}, by argument} */
    public Map<String, List<Object>> allowed() {
        return allowed;
    }

    /** {@return the names of the arguments that these settings concern} */
    public Set<String> arguments() {
        Set<String> names = new TreeSet<>(fixed.keySet());
        names.addAll(defaults.keySet());
        names.addAll(allowed.keySet());
        return Collections.unmodifiableSet(names);
    }

    @Override
    public String toString() {
        return "ToolSettings[" + String.join(", ", arguments()) + "]";
    }
}
