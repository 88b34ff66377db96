package io.github.desk365mcp.tools.internal.catalogue;

import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.tools.host.ErrorCodes;
import io.github.desk365mcp.tools.internal.core.LostCall;
import io.github.desk365mcp.tools.internal.core.RefusedException;
import io.github.desk365mcp.tools.internal.text.Text;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects similar records and decides which one the lost call created. */
final class LostWriteCandidates {

    private final Desk365Client desk;
    private final LostCall lost;
    private final List<JsonDocument> equal = new ArrayList<>();
    private @Nullable String doubt;

    LostWriteCandidates(Desk365Client desk, LostCall lost) {
        this.desk = desk;
        this.lost = lost;
    }

    LostCall.When when(@Nullable Instant created) {
        return lost.when(created, desk.clockOffset());
    }

    /** Adds a similar record; one from before the call is ignored. */
    void add(JsonDocument record, @Nullable Instant created, List<String> differences) {
        switch (when(created)) {
            case BEFORE -> {}
            case DURING -> {
                if (differences.isEmpty()) {
                    equal.add(record);
                } else {
                    differs(differences);
                }
            }
            case AFTER -> doubt = "An equal record exists, but was created later";
            default -> {
                if (differences.isEmpty()) {
                    doubt = "An equal record exists, but when it was created is unknown";
                } else {
                    differs(differences);
                }
            }
        }
    }

    private void differs(List<String> differences) {
        doubt = "A similar record exists, but differs in " + Text.list(differences, "and");
    }

    void doubt(String words) {
        doubt = words;
    }

    /** Returns the only possible record; null if there is none. */
    @Nullable
    JsonDocument found() {
        if (equal.size() == 1) {
            return equal.get(0);
        }
        if (equal.size() > 1) {
            throw unclear(equal.size() + " equal records were created at that time");
        }
        if (doubt != null) {
            throw unclear(doubt);
        }
        return null;
    }

    /** Returns the error for a call whose outcome a person must check. */
    static RefusedException unclear(String message) {
        return new RefusedException(ErrorCodes.UNKNOWN_OUTCOME, message + ": a person must check.");
    }
}
