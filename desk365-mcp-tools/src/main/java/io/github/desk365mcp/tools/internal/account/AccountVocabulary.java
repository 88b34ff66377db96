package io.github.desk365mcp.tools.internal.account;

import io.github.desk365mcp.tools.host.Vocabulary;
import io.github.desk365mcp.tools.internal.text.Ascii;
import io.github.desk365mcp.tools.internal.text.EmailAddress;
import io.github.desk365mcp.tools.internal.text.NameForm;
import io.github.desk365mcp.tools.internal.text.Text;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The vocabulary of one helpdesk: the words that the host supplied or, without those, the words seen in responses so
 * far.
 *
 * <p>Words from the host are complete; words seen are not, so no value is refused because of them. Thread-safe.
 */
public final class AccountVocabulary {

    private static final int MOST = 200;
    private static final int LONGEST = 255;
    private static final int FEW = 12;
    private static final int MOST_NAMESAKES = 3;
    static final List<String> USUAL_STATUSES = List.of("Open", "Pending", "Resolved", "Closed", "Archived");

    private final Map<VocabularyKind, List<String>> given = new EnumMap<>(VocabularyKind.class);
    private final Map<String, List<String>> subcategories = new LinkedHashMap<>();
    private final Map<VocabularyKind, Set<String>> seen = new EnumMap<>(VocabularyKind.class);

    /**
     * Only from the service's list of agents: in other responses, a caller may have put any address into an agent's
     * field.
     */
    private volatile List<String> agents = List.of();

    /** Their names, in lower case, by address. */
    private volatile Map<String, String> namesOfAgents = Map.of();

    public AccountVocabulary(Vocabulary given) {
        Map<String, Object> data = given.toMap();
        for (VocabularyKind kind : VocabularyKind.values()) {
            Object words = data.get(kind.plural());
            if (words instanceof Map<?, ?> categories) {
                categories.forEach(
                        (category, all) -> subcategories.put(String.valueOf(category), texts((List<?>) all)));
                this.given.put(kind, List.copyOf(subcategories.keySet()));
            } else if (words instanceof List<?> list) {
                this.given.put(kind, texts(list));
            }
        }
        if (subcategories.values().stream().noneMatch(List::isEmpty)) {
            this.given.put(
                    VocabularyKind.SUBCATEGORY,
                    subcategories.values().stream()
                            .flatMap(List::stream)
                            .distinct()
                            .toList());
        }
    }

    private static List<String> texts(List<?> words) {
        return words.stream().map(String::valueOf).toList();
    }

    /** All words that the host supplied for a topic; empty if every word is accepted. */
    public List<String> given(VocabularyKind topic) {
        return given.getOrDefault(topic, List.of());
    }

    /** All known words for a topic, the last seen at the end. */
    public List<String> known(VocabularyKind topic) {
        List<String> all = given(topic);
        if (!all.isEmpty()) {
            return all;
        }
        synchronized (seen) {
            return List.copyOf(seen.getOrDefault(topic, Set.of()));
        }
    }

    public boolean isGiven(VocabularyKind topic) {
        return !given(topic).isEmpty();
    }

    /** Whether this is a known word, ignoring case. */
    public boolean knows(VocabularyKind topic, Object word) {
        List<String> known = known(topic);
        return known.contains(repair(topic, word));
    }

    /** Whether this is certainly an agent's address, according to the host or the service's list of agents. */
    public boolean isAgent(String address) {
        return (isGiven(VocabularyKind.AGENT) ? given(VocabularyKind.AGENT) : agents).contains(address);
    }

    /** Stores the service's list of agents: their names by address; a name may be empty. */
    public void listed(Map<String, String> namesByAddress) {
        agents = List.copyOf(namesByAddress.keySet());
        Map<String, String> names = new LinkedHashMap<>();
        namesByAddress.forEach((address, name) -> names.put(address, Ascii.lower(NameForm.of(name))));
        namesOfAgents = names;
        agents.forEach(address -> saw(VocabularyKind.AGENT, address));
    }

    /** The addresses of the agents whose name, or a part of it, is the given one. */
    private List<String> agentsNamed(String word) {
        String wanted = Ascii.lower(NameForm.of(word));
        List<String> whole = agentsWhere(name -> name.equals(wanted));
        return whole.isEmpty()
                ? agentsWhere(name -> List.of(name.split("[ .,_-]+")).contains(wanted))
                : whole;
    }

    private List<String> agentsWhere(Predicate<String> isMeant) {
        List<String> all = isGiven(VocabularyKind.AGENT) ? given(VocabularyKind.AGENT) : agents;
        Map<String, String> names = namesOfAgents;
        return all.stream()
                .filter(address -> isMeant.test(names.getOrDefault(address, ""))
                        || isMeant.test(Ascii.lower(address.replaceFirst("@.*", ""))))
                .toList();
    }

    public void saw(VocabularyKind topic, @Nullable Object value) {
        if (!(value instanceof String text) || text.isBlank() || text.length() > LONGEST) {
            return;
        }
        if (sawAgain(topic, text)) {
            return;
        }
        boolean isOfPeople = topic == VocabularyKind.AGENT || topic == VocabularyKind.CONTACT;
        if (text.chars().anyMatch(Character::isISOControl) || isOfPeople && !EmailAddress.isBare(text)) {
            return;
        }
        synchronized (seen) {
            Set<String> words = seen.computeIfAbsent(topic, none -> new LinkedHashSet<>());
            words.add(text);
            if (words.size() > MOST) {
                // Names in an unusual form stay longest: without them, their records could not be found again.
                words.remove(words.stream()
                        .filter(word -> NameForm.of(word).equals(word))
                        .findFirst()
                        .orElse(words.iterator().next()));
            }
        }
    }

    /** Returns whether a word was seen before; then it is the last one now. */
    private boolean sawAgain(VocabularyKind topic, String word) {
        synchronized (seen) {
            Set<String> words = seen.get(topic);
            return words != null && words.remove(word) && words.add(word);
        }
    }

    /**
     * The value in the spelling of the known word that equals it: "open" becomes Open. A name that the service wrote in
     * an unusual form, such as decomposed or with two blanks, is sent in that form; an unknown name in its usual form.
     */
    public Object repair(VocabularyKind topic, Object value) {
        Spellings known = new Spellings(known(topic));
        if (value instanceof String text) {
            return known.of(text);
        }
        if (value instanceof List<?> list) {
            return list.stream()
                    .map(item -> item instanceof String text ? known.of(text) : item)
                    .toList();
        }
        if (value instanceof Map<?, ?> fields) {
            Map<String, Object> named = new LinkedHashMap<>();
            fields.forEach((name, field) -> named.put(known.of(String.valueOf(name)), field));
            return named.size() == fields.size() ? named : value;
        }
        return value;
    }

    /** The known words by what they look like, so that each of very many values is looked up once. */
    private static final class Spellings {

        private final Set<String> known;

        /** Empty where two words look the same. */
        private final Map<String, String> byForm = new HashMap<>();

        private final Map<String, String> byLetters = new HashMap<>();

        Spellings(List<String> words) {
            known = new HashSet<>(words);
            for (String word : known) {
                String form = NameForm.of(word);
                byForm.merge(form, word, (one, other) -> "");
                byLetters.merge(Ascii.lower(form), word, (one, other) -> "");
            }
        }

        String of(String text) {
            if (known.contains(text)) {
                return text;
            }
            String given = text.strip();
            if (EmailAddress.isBare(given)) {
                return known.contains(given) ? given : text;
            }
            String form = NameForm.of(text);
            if (known.contains(form)) {
                return form;
            }
            String same = byForm.get(form);
            if (same == null && !isAddress(form)) {
                same = byLetters.get(Ascii.lower(form));
            }
            return same == null || same.isEmpty() ? form : same;
        }
    }

    /** Addresses are never replaced by other spellings: mail goes to an address exactly as written. */
    private static boolean isAddress(String word) {
        return word.indexOf('@') >= 0;
    }

    /** The first few words of a value that are not known, ignoring case. */
    public List<String> unseen(VocabularyKind topic, Object value) {
        List<String> known = known(topic);
        Collection<?> words = value instanceof Map<?, ?> fields
                ? fields.keySet()
                : value instanceof List<?> list ? list : List.of(value);
        return words.stream()
                .map(String::valueOf)
                .filter(word -> !word.equals("--") && known.stream().noneMatch(one -> Ascii.isSame(one, word)))
                .limit(FEW)
                .toList();
    }

    /** What is wrong with a value if all words are known; null if nothing is. */
    @Nullable
    public String complaint(VocabularyKind topic, Object value, @Nullable Object category) {
        List<String> all = given(topic);
        if (topic == VocabularyKind.SUBCATEGORY && category instanceof String name) {
            List<String> ofCategory = subcategories.getOrDefault(name, List.of());
            all = ofCategory.isEmpty() ? all : ofCategory;
        }
        if (all.isEmpty()) {
            return null;
        }
        for (Object item : value instanceof List<?> list
                ? list
                : value instanceof Map<?, ?> fields ? fields.keySet() : List.of(value)) {
            String word = String.valueOf(item);
            if (!all.contains(word) && !word.equals("--")) {
                String nearest = all.size() > FEW || isAddress(word) ? nearest(word, all) : misspelled(word, all);
                return "one of " + some(all) + (nearest == null ? "" : "; did you mean " + nearest + "?");
            }
        }
        return null;
    }

    /** A sentence that suggests other values; empty if none are known. */
    public String suggestion(VocabularyKind topic, @Nullable Object value, boolean all) {
        List<String> known = suggested(topic);
        List<?> values = value instanceof List<?> list ? list : List.of(Objects.requireNonNullElse(value, ""));
        for (Object one : values.subList(0, Math.min(values.size(), FEW))) {
            String nearest =
                    one instanceof String word ? meant(topic, word, isAddress(word) ? known(topic) : known) : null;
            if (nearest != null) {
                return values.size() == 1
                        ? " Did you mean " + nearest + "?"
                        : " " + Text.brief(one) + " has not been seen; did you mean " + nearest + "?";
            }
        }
        List<String> others =
                known.stream().filter(word -> !values.contains(word)).toList();
        return others.isEmpty() || !all ? "" : (isGiven(topic) ? " There are " : " Seen so far: ") + some(others) + ".";
    }

    /** Returns the word that was probably meant; of agents with the same name, several. */
    private @Nullable String meant(VocabularyKind topic, String word, List<String> known) {
        List<String> named =
                topic == VocabularyKind.AGENT && !isAddress(word) && !word.isBlank() ? agentsNamed(word) : List.of();
        return named.isEmpty()
                ? nearest(word, known)
                : Text.list(named.subList(0, Math.min(named.size(), MOST_NAMESAKES)), "or");
    }

    /**
     * A sentence that suggests a status that accounts usually have, in case the service distinguishes upper and lower
     * case, which is unknown; empty if none is near.
     */
    public static String usual(VocabularyKind topic, Object value) {
        if (topic != VocabularyKind.STATUS) {
            return "";
        }
        List<String> near = new ArrayList<>();
        for (Object one :
                value instanceof List<?> list ? list.subList(0, Math.min(list.size(), FEW)) : List.of(value)) {
            String nearest = one instanceof String word ? nearest(word, USUAL_STATUSES) : null;
            if (nearest != null && !near.contains(nearest)) {
                near.add(nearest);
            }
        }
        return near.isEmpty() ? "" : " Did you mean " + Text.list(near, "or") + "?";
    }

    /**
     * Returns the words that may be suggested for another one. Addresses only if the host or the service's list of
     * agents has them: anybody can write to the helpdesk from an address that looks like the right one.
     */
    public List<String> suggested(VocabularyKind topic) {
        List<String> known = known(topic);
        return isGiven(topic)
                ? known
                : known.stream()
                        .filter(word -> !isAddress(word) || topic == VocabularyKind.AGENT && isAgent(word))
                        .toList();
    }

    /**
     * Returns the known word that was probably meant. For an address, only one that differs in case: a stranger's
     * address may be one letter away from the right one.
     */
    private static @Nullable String nearest(String word, List<String> known) {
        if (isAddress(word)) {
            return known.stream()
                    .filter(name -> !name.equals(word) && Ascii.isSame(name, word.strip()))
                    .findFirst()
                    .orElse(null);
        }
        return nearest(word, known, Text::nearest);
    }

    /** Returns the known word that was probably meant, if at most a third of the letters differ. */
    private static @Nullable String misspelled(String word, List<String> known) {
        return nearest(word, known, Text::misspelled);
    }

    private static @Nullable String nearest(
            String word, List<String> known, BiFunction<String, Collection<String>, @Nullable String> finder) {
        if (word.isBlank() || known.contains(word) || Negation.negated(word, known) != null) {
            return null;
        }
        Map<String, String> byLetters = new LinkedHashMap<>();
        known.forEach(name -> byLetters.putIfAbsent(Ascii.lower(name), name));
        String nearest = finder.apply(Ascii.lower(word), byLetters.keySet());
        return nearest == null ? null : byLetters.get(nearest);
    }

    private static String some(List<String> words) {
        List<String> first = new ArrayList<>(words.subList(Math.max(0, words.size() - FEW), words.size()));
        return String.join(", ", first) + (words.size() > FEW ? " and " + (words.size() - FEW) + " more" : "");
    }
}
