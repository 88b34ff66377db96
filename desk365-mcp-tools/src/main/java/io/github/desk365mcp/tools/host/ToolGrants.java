package io.github.desk365mcp.tools.host;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Issues secrets that each open a part of the tools, and revokes them.
 *
 * <pre>{@code
 * ToolGrants.Issued issued = tools.grants().issue(ToolGrant.of("contractor", Selection.knowledgeBase()));
 * giveOnce(issued.secret());
 *
 * ToolGrant grant = tools.grants().find(secretOfTheRequest).orElseThrow(AccessRefused::new);
 * tools.call(name, arguments, CallContext.none().grant(grant));
 * }</pre>
 *
 * <p>Look the secret up for every request: {@link #find} then returns nothing once it was revoked or has ended, in any
 * process with the same {@link Policy#state}. Calls with a grant that was looked up more than five seconds ago, such as
 * calls of a kept grant or calls that waited for a person, look it up again. A call that was sent before is completed.
 *
 * <p>Only hashes of secrets are kept: in the shared state, encrypted if it has a key, or without a shared state in
 * memory. At most {@link #MOST} grants exist at once; a grant that has ended is forgotten. Issuing and changing also
 * update a list of all grants, so these need a few exchanges with the state, and {@link #find} needs one. Thread-safe.
 *
 * <p>Every method throws an {@link java.io.UncheckedIOException} if the shared state cannot be reached.
 */
public interface ToolGrants {

    /** What every secret begins with, so that scanners of source code can find it. */
    String PREFIX = "desk365_";

    /** How many grants can exist at once. */
    int MOST = 200;

    /**
     * A grant that was just issued, with its secret.
     *
     * @param secret opens the tools; it is not kept, so it cannot be read again
     * @param grant what it opens
     */
    record Issued(String secret, ToolGrant grant) {

        /** {@return the grant, without the secret} */
        @Override
        public String toString() {
            return "Issued[" + grant + "]";
        }
    }

    /**
     * Issues a grant, with a new random secret of 256 bits.
     *
     * @param wanted what the secret shall open
     * @return the secret and the grant
     * @throws IllegalArgumentException if it names an unknown method, tag or tool, if the policy allows none of its
     *     tools, if its end is not in the future, after that of the policy or more than ten years away, or if its name is
     *     blank, too long or has invisible characters
     * @throws IllegalStateException if too many grants exist
     */
    Issued issue(ToolGrant wanted);

    /**
     * {@return what a secret opens; empty if no grant has it, also because it was revoked or has ended}
     *
     * @param secret what a request has shown; anything else than a secret of {@link #issue} is not found
     */
    Optional<ToolGrant> find(String secret);

    /**
     * {@return the grant with this identifier; empty if there is none, also because it was revoked or has ended}
     *
     * @param id see {@link ToolGrant#id()}
     */
    Optional<ToolGrant> get(String id);

    /** {@return all grants, in the order in which they were issued} */
    List<ToolGrant> list();

    /**
     * Changes when a grant ends.
     *
     * @param id see {@link ToolGrant#id()}
     * @param end null for no end
     * @return the changed grant; empty if there is none with this identifier
     * @throws IllegalArgumentException if the end is not in the future, after that of the policy or more than ten years
     *     away
     */
    Optional<ToolGrant> end(String id, @Nullable Instant end);

    /**
     * Revokes a grant for ever.
     *
     * @param id see {@link ToolGrant#id()}
     * @return whether it existed
     */
    boolean revoke(String id);

    /**
     * {@return the names of the tools that a grant opens now, as they are listed}
     *
     * @param grant which grant
     */
    List<String> tools(ToolGrant grant);
}
