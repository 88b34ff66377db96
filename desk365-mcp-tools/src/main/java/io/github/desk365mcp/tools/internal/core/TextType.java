package io.github.desk365mcp.tools.internal.core;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A text; the API's limits on its length are checked before anything is sent. */
public class TextType extends Type<String> {

    private final int longest;
    private final boolean mayBeEmpty;

    TextType(int longest, boolean mayBeEmpty) {
        this.longest = longest;
        this.mayBeEmpty = mayBeEmpty;
    }

    @Override
    public Map<String, Object> schema() {
        return typed("string");
    }

    @Override
    String read(Object valid) {
        return (String) valid;
    }

    @Override
    public Object repair(Object given) {
        Object one = single(given);
        return one instanceof Number number ? plain(number) : one instanceof String ? one : given;
    }

    private static String plain(Number number) {
        return number instanceof Double fraction && fraction % 1 == 0 && Math.abs(fraction) < 1e15
                ? String.valueOf(number.longValue())
                : String.valueOf(number);
    }

    @Override
    @Nullable
    public String complaint(Object valid) {
        String text = (String) valid;
        if (!mayBeEmpty && text.isBlank()) {
            return "a text that is not empty";
        }
        return text.length() > longest ? "a text of at most " + longest + " characters" : null;
    }
}
