package io.github.desk365mcp.tools.internal.pipeline;

import static io.github.desk365mcp.tools.internal.core.Param.param;

import io.github.desk365mcp.tools.host.Approval;
import io.github.desk365mcp.tools.host.Approvals;
import io.github.desk365mcp.tools.internal.core.Call;
import io.github.desk365mcp.tools.internal.core.Param;
import io.github.desk365mcp.tools.internal.core.Tool;
import io.github.desk365mcp.tools.internal.core.Type;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One-time tokens for staged calls; each is valid for one call. Only their hashes are kept. Thread-safe. */
public final class ApprovalTokens {

    static final String ARGUMENT = "approval_token";
    static final Param<String> TOKEN = param(ARGUMENT, Type.TEXT).description("From a preview.");

    private static final int MOST = 10_000;
    private static final int BYTES = 16;

    private final SecureRandom random = new SecureRandom();
    private final Clock clock;
    private final Duration life;

    // The oldest token is removed first, so unused tokens do not pile up.
    private final Map<String, Staged> staged = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Staged> eldest) {
            return size() > MOST;
        }
    };

    /** A staged call, with the recipients and the files that its preview showed. */
    private record Staged(String fingerprint, Object to, List<Map<String, Object>> files, Instant end) {}

    public ApprovalTokens(Clock clock, Duration life) {
        this.clock = clock;
        this.life = life;
    }

    /** Returns the tool with an argument for the token if its calls can be staged; otherwise unchanged. */
    static Tool on(Tool tool, Approvals approvals) {
        if (!ApprovalDecision.some(approvals, tool, Approval.STAGE)) {
            return tool;
        }
        return tool.toBuilder().takes(TOKEN).build();
    }

    /** A new token and its expiry. */
    public record Token(String text, Instant end) {

        @Override
        public String toString() {
            return "Token[until " + end + "]";
        }
    }

    public Token give(String fingerprint, Object to, List<Map<String, Object>> files) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        Instant end = clock.instant().plus(life);
        synchronized (staged) {
            staged.put(Fingerprint.sha256(text), new Staged(fingerprint, to, files, end));
        }
        return new Token(text, end);
    }

    /** An approved call: the recipients and files that its preview showed, and the permit to send it once. */
    record Approved(Object to, List<Map<String, Object>> files, Call.Permit permit) {}

    /** Returns null if the token is not valid for this call. */
    @Nullable
    Approved find(String token, String fingerprint) {
        String hash = Fingerprint.sha256(token);
        synchronized (staged) {
            Staged call = staged.get(hash);
            if (call == null
                    || !call.fingerprint().equals(fingerprint)
                    || !clock.instant().isBefore(call.end())) {
                return null;
            }
            return new Approved(call.to(), call.files(), () -> use(hash));
        }
    }

    private boolean use(String hash) {
        synchronized (staged) {
            return staged.remove(hash) != null;
        }
    }
}
