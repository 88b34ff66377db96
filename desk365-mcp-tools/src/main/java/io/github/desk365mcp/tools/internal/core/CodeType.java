package io.github.desk365mcp.tools.internal.core;

import io.github.desk365mcp.api.model.Code;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One of the words for an enum of codes; the code itself is accepted too. */
public final class CodeType<C extends Enum<C> & Code> extends Type<C> {

    private final C[] codes;
    private final List<String> words;

    CodeType(C[] codes) {
        this.codes = codes;
        this.words = Stream.of(this.codes).map(Type::word).toList();
    }

    @Override
    public Map<String, Object> schema() {
        Map<String, Object> schema = typed("string");
        schema.put("enum", words);
        return schema;
    }

    @Override
    C read(Object valid) {
        return codes[words.indexOf(valid)];
    }

    @Override
    public Object repair(Object given) {
        Object number = INTEGER.repair(given);
        if (number instanceof Number code) {
            C known = Code.of(codes, code.longValue());
            return known == null ? given : word(known);
        }
        return single(given) instanceof String text ? WordType.anyCase(text, words, given) : given;
    }
}
