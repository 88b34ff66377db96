package io.github.desk365mcp.api.model;

import org.jspecify.annotations.Nullable;

/** An enum constant that the API represents as a number. */
public interface Code {

    /** {@return the number that the API uses} */
    int code();

    /**
     * Finds the constant for a code.
     *
     * @param known the constants to search
     * @param code the code; may be null
     * @param <C> the enum
     * @return the constant, or null if the code is null or unknown
     */
    static <C extends Code> @Nullable C of(C[] known, @Nullable Long code) {
        for (C constant : known) {
            if (code != null && constant.code() == code) {
                return constant;
            }
        }
        return null;
    }
}
