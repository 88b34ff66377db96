package io.github.desk365mcp.server.approval;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Signs a person in through an address with a secret, which a program opens in the person's own browser. Only the latest
 * address is valid, until its first use. Thread-safe.
 */
public final class OneTimeLinks implements Approvers {

    private final String name;
    private final Clock clock;
    private @Nullable String secret;
    private Instant end = Instant.MIN;

    /**
     * Creates links for one person.
     *
     * @param name the name of the person, for the audit
     * @param clock for the time until when a link can be used
     */
    public OneTimeLinks(String name, Clock clock) {
        this.name = name;
        this.clock = clock;
    }

    /**
     * Returns a new path, relative to the servlet. It ends the one before.
     *
     * @param life how long it can be used
     * @return the path, with a random secret of 192 bits
     */
    public synchronized String next(Duration life) {
        String made = Secrets.next();
        secret = made;
        end = clock.instant().plus(life);
        return ApprovalServlet.OPEN + made;
    }

    /** {@return whether a link was made that is not used and has not expired} */
    public synchronized boolean isOpen() {
        return secret != null && clock.instant().isBefore(end);
    }

    @Override
    public boolean isOnce() {
        return true;
    }

    @Override
    public @Nullable String byToken(String token) {
        return null;
    }

    @Override
    public synchronized @Nullable String byRequest(HttpServletRequest request) {
        String path = request.getPathInfo();
        if (path == null
                || !path.startsWith(ApprovalServlet.OPEN)
                || secret == null
                || !isOpen()
                || !Secrets.areEqual(path.substring(ApprovalServlet.OPEN.length()), secret)) {
            return null;
        }
        secret = null;
        return name;
    }

    @Override
    public boolean haveTokens() {
        return false;
    }
}
