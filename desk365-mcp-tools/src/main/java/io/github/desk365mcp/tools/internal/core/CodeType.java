package io.github.desk365mcp.tools.internal.core;

import io.github.desk365mcp.api.model.Code;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One of the words for an enum of codes; the code itself is accepted too. */
public final class CodeType<C extends Enum<C> & Code> extends Type<C> {

    private final C[] codes;
    private final List<String> words;

    CodeType(C[] codes) {
        this.codes = codes;
        this.words = Stream.of(this.codes).map(Type::word).toList();
    }

    /** Returns the code with a number; null if there is none, or the number is not whole. */
    static <C extends Enum<C> & Code> @Nullable C of(C[] codes, Number number) {
        try {
            return Code.of(codes, new BigDecimal(number.toString()).longValueExact());
        } catch (ArithmeticException e) {
            return null;
        }
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
            C known = of(codes, code);
            return known == null ? given : word(known);
        }
        return single(given) instanceof String text ? WordType.anyCase(text, words, given) : given;
    }
}
