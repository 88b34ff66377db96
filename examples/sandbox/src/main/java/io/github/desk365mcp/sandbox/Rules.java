package io.github.desk365mcp.sandbox;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The guessed refusals that are on. */
final class Rules {

    private final Set<Guess> on;

    private final Set<String> ignored;

    Rules(Set<Guess> off) {
        this(off, Set.of());
    }

    Rules(Set<Guess> off, Set<String> ignored) {
        this.ignored = Set.copyOf(ignored);
        this.on = EnumSet.allOf(Guess.class);
        this.on.removeAll(off);
    }

    /** Returns whether a filter or a query parameter is ignored. */
    boolean ignores(String name) {
        return ignored.contains(name);
    }

    /** Refuses a request with 400, if the guess is on. */
    void refuse(Guess guess, String message) {
        if (on.contains(guess)) {
            throw Refusal.badRequest(message);
        }
    }

    void refuseIf(boolean broken, Guess guess, String message) {
        if (broken) {
            refuse(guess, message);
        }
    }

    /** Refuses a number that is not one of the codes of a field. */
    void code(String field, int value, Integer... codes) {
        List<Integer> known = List.of(codes);
        refuseIf(
                !known.contains(value),
                Guess.KNOWN_CODES,
                "Invalid value '" + value + "' for " + field + ", must be one of " + known);
    }
}
