package io.github.desk365mcp.api.model;

import org.jspecify.annotations.Nullable;

/** A number that stands for a word on the wire. */
public interface Code {

    /** The number on the wire. */
    int code();

    /** The constant with this code; null if the code is null or new. */
    static <C extends Code> @Nullable C of(C[] known, @Nullable Long code) {
        for (C constant : known) {
            if (code != null && constant.code() == code) {
                return constant;
            }
        }
        return null;
    }
}
