package io.github.desk365mcp.tools.internal.core;

import io.github.desk365mcp.tools.internal.text.CharacterReferences;
import io.github.desk365mcp.tools.internal.text.EmailAddress;
import io.github.desk365mcp.tools.internal.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** E-mail addresses as mail programs write them. Anything else is refused before mail is sent to anyone. */
public final class AddressesType extends Type<List<String>> {

    @Override
    public Map<String, Object> schema() {
        Map<String, Object> schema = typed("array");
        schema.put("items", typed("string"));
        return schema;
    }

    @Override
    List<String> read(Object valid) {
        return ((List<?>) valid).stream().map(String.class::cast).toList();
    }

    @Override
    public Object repair(Object given) {
        Object opened = parsed(given, '[');
        // A Markdown link begins like a list too.
        if (opened instanceof String text
                && (beginsWith(text, '[') && !text.contains("](") || ListType.isManyParts(text))) {
            return given;
        }
        List<Object> addresses = new ArrayList<>();
        for (Object item : opened instanceof List<?> list ? list : List.of(given)) {
            Object one = item == null ? "" : single(item);
            if (one instanceof String text) {
                entries(CharacterReferences.decode(text)).forEach(entry -> add(addresses, entry));
            } else {
                addresses.add(one);
            }
        }
        return addresses.equals(given) ? given : addresses;
    }

    @Override
    @Nullable
    public String complaint(Object valid) {
        for (Object item : (List<?>) valid) {
            String fault = item instanceof String address ? EmailAddress.fault(address) : "it is not a text";
            if (fault != null) {
                return "e-mail addresses, not " + Text.brief(item) + ": " + fault;
            }
        }
        return null;
    }

    /** Adds an address, or several that only white space separates. */
    private static void add(List<Object> addresses, String entry) {
        String bare = EmailAddress.bare(entry);
        boolean isOne = entry.chars().anyMatch(letter -> "<([\"".indexOf(letter) >= 0);
        if (isOne || entry.length() > EmailAddress.LONGEST_TEXT || EmailAddress.isBare(bare)) {
            addresses.add(bare);
            return;
        }
        List<String> words =
                Stream.of(entry.split("\\s+")).map(EmailAddress::bare).toList();
        addresses.addAll(words.stream().allMatch(EmailAddress::isBare) ? words : List.of(entry));
    }

    /**
     * Splits a text at commas, but not at those in a name: {@code "Doe, John" <john@b.example>} is one entry, even
     * without the quotes.
     */
    static List<String> entries(String text) {
        List<String> entries = new ArrayList<>();
        String name = "";
        for (String piece : pieces(text)) {
            if (!name.isEmpty() && piece.matches("(?s)[^<]*<[^<>@]*@[^<>]*>")) {
                entries.set(entries.size() - 1, name + ", " + piece);
            } else {
                entries.add(piece);
            }
            name = piece.contains("@") ? "" : piece;
        }
        return entries;
    }

    private static List<String> pieces(String text) {
        List<String> pieces = new ArrayList<>();
        boolean balanced = text.chars().filter(letter -> letter == '"').count() % 2 == 0;
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            char letter = i == text.length() ? ',' : text.charAt(i);
            if (letter == '"') {
                quoted = balanced && !quoted;
            } else if (!quoted && (letter == ',' || letter == ';')) {
                String piece = text.substring(start, i).strip();
                if (!piece.isEmpty()) {
                    pieces.add(piece);
                }
                start = i + 1;
            }
        }
        return pieces;
    }
}
