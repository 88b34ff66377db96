package io.github.desk365mcp.tools.internal.catalogue;

import static io.github.desk365mcp.tools.internal.core.Param.param;

import io.github.desk365mcp.tools.internal.core.Param;
import io.github.desk365mcp.tools.internal.core.Type;
import java.util.List;
import java.util.Map;

/** The argument that replaces passages of a body, so that a model need neither read nor send all of it. */
public final class Passages {

    /** The fields of a replacement. */
    public static final String OLD = "old";

    public static final String NEW = "new";

    private Passages() {}

    /** Returns the argument that replaces passages of the body which another argument replaces as a whole. */
    static Param<List<Map<String, Object>>> of(Param<String> body) {
        return param(
                        "replace",
                        Type.objects(
                                param(OLD, Type.NON_BLANK)
                                        .description("Exact words, found once.")
                                        .required(),
                                param(NEW, Type.TEXT).description("Plain text.").required()))
                .about(Param.Change.EDITS, body.name())
                .description("Passages; markup stays.")
                .example(List.of(Map.of(OLD, "three days", NEW, "five days")));
    }
}
