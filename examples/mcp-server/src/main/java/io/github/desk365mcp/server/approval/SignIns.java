package io.github.desk365mcp.server.approval;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The approvers who are signed in, and how many wrong tokens were sent. Thread-safe. */
final class SignIns {

    static final Duration LIFE = Duration.ofHours(12);

    /** How many sessions are kept; then the oldest ends. */
    static final int MOST = 200;

    /**
     * How many wrong tokens are answered as wrong in a minute from one address; further ones are refused. The right token
     * always signs in, because strangers could otherwise keep out everybody behind the same proxy. A token is too long to
     * be guessed.
     */
    static final int MOST_WRONG = 10;

    /**
     * One person in one browser.
     *
     * @param name who is signed in
     * @param form the secret that every form must send, against forms of other sites
     * @param isByRequest whether each request shows who it is, so that each is checked
     * @param end when the session ends
     */
    record Session(String name, String form, boolean isByRequest, Instant end) {}

    private final Clock clock;
    private final Map<String, Session> sessions = new LinkedHashMap<>();
    private final Map<String, Integer> wrong = new HashMap<>();
    private long minute;

    SignIns(Clock clock) {
        this.clock = clock;
    }

    /** Starts a session, and returns its secret for the cookie. */
    synchronized String begin(String name, boolean byRequest) {
        Iterator<Session> all = sessions.values().iterator();
        while (sessions.size() >= MOST && all.hasNext()) {
            all.next();
            all.remove();
        }
        String secret = Secrets.next();
        sessions.put(
                secret,
                new Session(name, Secrets.next(), byRequest, clock.instant().plus(LIFE)));
        return secret;
    }

    synchronized @Nullable Session find(String secret) {
        Session session = sessions.get(secret);
        if (session != null && !clock.instant().isBefore(session.end())) {
            sessions.remove(secret);
            return null;
        }
        return session;
    }

    synchronized void end(String secret) {
        sessions.remove(secret);
    }

    /** Counts a wrong token; false if there were too many in this minute. */
    synchronized boolean mayBeWrong(String address) {
        long now = clock.instant().getEpochSecond() / 60;
        if (now != minute) {
            minute = now;
            wrong.clear();
        }
        int ofAddress = wrong.getOrDefault(address, 0);
        if (ofAddress >= MOST_WRONG) {
            return false;
        }
        wrong.put(address, ofAddress + 1);
        return true;
    }
}
