package io.github.desk365mcp.tools.internal.pipeline;

import org.jspecify.annotations.Nullable;

/** Gives the claims on creates. */
interface Claims {

    /**
     * The result of an attempt to claim a create.
     *
     * @param own the claim; null if there is none
     * @param made the answer of an equal call; null if there is none
     */
    record Attempt(@Nullable Claim own, Claim.@Nullable Made made) {

        static final Attempt ELSEWHERE = new Attempt(null, null);
    }

    /**
     * Claims a create for the only call of this process that has this key.
     *
     * @param key of exactly this call
     * @param recordKey of the record that it creates, without regard to files
     * @return neither a claim nor an answer if another process has the claim
     */
    Attempt claim(String key, String recordKey);
}
