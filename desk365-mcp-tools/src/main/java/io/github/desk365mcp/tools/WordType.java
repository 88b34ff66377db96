package io.github.desk365mcp.tools;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One of some words that have no code, and are sent as they are. */
final class WordType extends Type<String> {

    private final List<String> words;

    WordType(List<String> words) {
        this.words = words;
    }

    @Override
    Map<String, Object> schema() {
        Map<String, Object> schema = typed("string");
        schema.put("enum", words);
        return schema;
    }

    @Override
    String read(Object valid) {
        return (String) valid;
    }

    @Override
    Object repair(Object given) {
        return given instanceof String text ? anyCase(text, words, given) : given;
    }

    static Object anyCase(String text, List<String> words, Object otherwise) {
        String word = text.strip().toLowerCase(Locale.ROOT).replace(' ', '_');
        return words.contains(word) ? word : otherwise;
    }
}
