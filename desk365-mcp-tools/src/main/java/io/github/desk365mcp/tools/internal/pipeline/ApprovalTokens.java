package io.github.desk365mcp.tools.internal.pipeline;

import static io.github.desk365mcp.tools.internal.core.Param.param;

import io.github.desk365mcp.tools.host.Approval;
import io.github.desk365mcp.tools.host.Approvals;
import io.github.desk365mcp.tools.internal.core.Call;
import io.github.desk365mcp.tools.internal.core.Names;
import io.github.desk365mcp.tools.internal.core.OwnRow;
import io.github.desk365mcp.tools.internal.core.Param;
import io.github.desk365mcp.tools.internal.core.Tool;
import io.github.desk365mcp.tools.internal.core.Type;
import io.github.desk365mcp.tools.internal.repair.OwnSchemas;
import io.github.desk365mcp.tools.internal.state.Records;
import io.github.desk365mcp.tools.internal.text.Text;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One-time tokens for staged calls; each is valid for one call. Of a token only the hash is kept; of its call the
 * arguments too, so that they need not be repeated. Thread-safe.
 */
public final class ApprovalTokens {

    static final String ARGUMENT = OwnRow.TOKEN;
    static final Param<String> TOKEN =
            param(ARGUMENT, Type.TEXT).description("If a call returned a preview: its token.");

    /** For a host's own tool, whose identifiers are not known. */
    private static final Param<String> OWN_TOKEN = TOKEN.description(
            "From the preview that a call needing approval returns first; then leave optional arguments out.");

    private static final int MOST = 10_000;

    /** Longer arguments, such as large files, are not kept. */
    private static final int MOST_CHARACTERS = 1_000_000;

    private static final long MOST_CHARACTERS_OF_ALL = 20_000_000;
    private static final int BYTES = 16;

    // Fields of a stored call.
    private static final String FINGERPRINT = "fingerprint";
    private static final String TO = "to";
    private static final String FILES = "files";
    private static final String ARGUMENTS = "arguments";
    private static final String END = "end";
    private static final String IS_USED = "is_used";

    private final Clock clock;
    private final Duration life;

    /** Where calls are kept for all processes; null if they are kept here. */
    private final @Nullable Records shared;

    /** By the hash of the token, the oldest first. */
    private final Map<String, Staged> staged = new LinkedHashMap<>();

    /** Of all arguments that are kept; guarded by {@code staged}. */
    private long characters;

    /**
     * A staged call, with the recipients and the files that its preview showed.
     *
     * @param arguments null if they are too long to be kept
     * @param characters how long they are
     * @param isUsed whether the call was made; it can still be repeated, to get its result again
     */
    private record Staged(
            String fingerprint,
            Object to,
            List<Map<String, Object>> files,
            @Nullable Map<String, Object> arguments,
            int characters,
            Instant end,
            boolean isUsed) {

        Map<String, Object> toMap() {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put(FINGERPRINT, fingerprint);
            map.put(TO, to);
            map.put(FILES, files);
            if (arguments != null) {
                map.put(ARGUMENTS, arguments);
            }
            map.put(END, end.toString());
            map.put(IS_USED, isUsed);
            return map;
        }

        static Staged of(Map<String, @Nullable Object> map) {
            return new Staged(
                    (String) Objects.requireNonNull(map.get(FINGERPRINT)),
                    Objects.requireNonNull(map.get(TO)),
                    maps(Objects.requireNonNull(map.get(FILES))),
                    map.get(ARGUMENTS) == null ? null : map(Objects.requireNonNull(map.get(ARGUMENTS))),
                    0,
                    Instant.parse((String) Objects.requireNonNull(map.get(END))),
                    Boolean.TRUE.equals(map.get(IS_USED)));
        }

        @SuppressWarnings("unchecked") // Written by toMap.
        private static Map<String, Object> map(Object value) {
            return (Map<String, Object>) value;
        }

        @SuppressWarnings("unchecked") // Written by toMap.
        private static List<Map<String, Object>> maps(Object value) {
            return (List<Map<String, Object>>) value;
        }

        Staged used() {
            return new Staged(fingerprint, to, files, arguments, characters, end, true);
        }

        @Override
        public String toString() {
            return "Staged[until " + end + "]";
        }
    }

    public ApprovalTokens(Clock clock, Duration life) {
        this(clock, life, null);
    }

    /** @param shared the state that processes share; null if there is none, or if it keeps no text */
    ApprovalTokens(Clock clock, Duration life, @Nullable Records shared) {
        this.clock = clock;
        this.life = life;
        this.shared = shared;
    }

    /** Returns the tool with an argument for the token if its calls can be staged; otherwise unchanged. */
    static Tool on(Tool tool, Approvals approvals) {
        if (!ApprovalDecision.some(approvals, tool, Approval.STAGE)) {
            return tool;
        }
        OwnRow own = tool.own();
        if (own != null) {
            OwnSchemas.checkAllows(tool.name(), own.schema(List.of(OWN_TOKEN), Names.FULL), ARGUMENT);
        }
        return tool.toBuilder().takes(own == null ? TOKEN : OWN_TOKEN).build();
    }

    /**
     * A new token and its expiry.
     *
     * @param isShort whether the call's arguments need not be repeated
     */
    public record Token(String text, Instant end, boolean isShort) {

        @Override
        public String toString() {
            return "Token[until " + end + "]";
        }
    }

    public Token give(String fingerprint, Object to, List<Map<String, Object>> files, Map<String, Object> arguments) {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        Instant now = clock.instant();
        Instant end = now.plus(life);
        int length = Text.json(arguments).length();
        boolean isKept = length <= MOST_CHARACTERS;
        Staged call = new Staged(fingerprint, to, files, isKept ? arguments : null, isKept ? length : 0, end, false);
        if (shared != null) {
            shared.putIfAbsent(key(Fingerprint.sha256(text)), call.toMap(), life);
            return new Token(text, end, isKept);
        }
        synchronized (staged) {
            staged.put(Fingerprint.sha256(text), call);
            characters += call.characters();
            Iterator<Staged> oldest = staged.values().iterator();
            Staged first = oldest.next();
            // Unused tokens do not pile up.
            while (!now.isBefore(first.end()) || staged.size() > MOST || characters > MOST_CHARACTERS_OF_ALL) {
                oldest.remove();
                characters -= first.characters();
                first = oldest.next();
            }
        }
        return new Token(text, end, isKept);
    }

    /**
     * Returns the arguments of the staged call that a call with its token repeats, also after it was made; null if the
     * token is not for this tool, tenant and caller, or has expired, or if the arguments are not kept.
     */
    @Nullable
    Map<String, Object> arguments(String token, Call call) {
        Staged known = known(Fingerprint.sha256(token));
        if (known == null || !clock.instant().isBefore(known.end())) {
            return null;
        }
        Map<String, Object> arguments = known.arguments();
        return arguments != null && known.fingerprint().equals(Fingerprint.exact(call.withArguments(arguments)))
                ? arguments
                : null;
    }

    /** How many characters of arguments are kept. */
    public long characters() {
        synchronized (staged) {
            return characters;
        }
    }

    /**
     * An approved call.
     *
     * @param to the recipients that its preview showed
     * @param files the files that its preview showed
     * @param since how long ago the preview was shown
     * @param permit to send it once
     */
    record Approved(Object to, List<Map<String, Object>> files, Duration since, Call.Permit permit) {}

    /** Returns null if the token is not valid for this call. */
    @Nullable
    Approved find(String token, String fingerprint) {
        String hash = Fingerprint.sha256(token);
        Staged call = known(hash);
        Instant now = clock.instant();
        if (call == null || call.isUsed() || !call.fingerprint().equals(fingerprint) || !now.isBefore(call.end())) {
            return null;
        }
        Duration since = life.minus(Duration.between(now, call.end()));
        return new Approved(call.to(), call.files(), since, () -> use(hash) ? null : RedeemStage.NOT_GOOD);
    }

    private @Nullable Staged known(String hash) {
        if (shared != null) {
            Records.Stored stored = shared.get(key(hash));
            return stored == null ? null : Staged.of(stored.value());
        }
        synchronized (staged) {
            return staged.get(hash);
        }
    }

    private static String key(String hash) {
        return "token/" + hash;
    }

    private boolean use(String hash) {
        if (shared != null) {
            Records.Stored stored = shared.get(key(hash));
            Staged call = stored == null ? null : Staged.of(stored.value());
            return stored != null
                    && call != null
                    && !call.isUsed()
                    && shared.replace(stored, call.used().toMap(), life) != null;
        }
        synchronized (staged) {
            Staged call = staged.get(hash);
            if (call == null || call.isUsed()) {
                return false;
            }
            staged.put(hash, call.used());
            return true;
        }
    }
}
