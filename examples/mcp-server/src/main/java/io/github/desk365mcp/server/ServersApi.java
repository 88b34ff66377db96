package io.github.desk365mcp.server;

import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.server.approval.Approvers;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.Selection;
import io.github.desk365mcp.tools.host.ToolGrant;
import io.github.desk365mcp.tools.host.ToolGrants;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Creates, lists, reads, changes and revokes servers on demand, in JSON with the keys of the hosted product. Nothing of a
 * request is read before its admin token was checked.
 */
@SuppressWarnings("serial") // Containers do not serialize servlets.
final class ServersApi extends HttpServlet {

    private static final int MOST_BYTES = 16 << 10;
    private static final String END = "expires_at";
    private static final String REQUIRES_TOKEN = "require_api_token_auth";
    private static final String EXPOSURE = "tool_exposure";
    private static final Set<String> KEYS = new TreeSet<>(Set.of("name", "config", END, REQUIRES_TOKEN, "tenant"));
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final System.Logger LOG = System.getLogger("desk365.servers");
    private static final long serialVersionUID = 1;

    private final ToolGrants servers;
    private final Approvers admins;
    private final @Nullable String publicUrl;

    /**
     * @param admins who may create servers
     * @param publicUrl where clients reach this server, without a slash at the end; null if they use the address of the
     *     request
     */
    ServersApi(ToolGrants servers, Approvers admins, @Nullable String publicUrl) {
        this.servers = servers;
        this.admins = admins;
        this.publicUrl = publicUrl;
    }

    /** A request that cannot be answered, with the reason for the admin. */
    private static final class WrongRequest extends Exception {

        private static final long serialVersionUID = 1;

        private final int status;

        WrongRequest(int status, String sentence) {
            super(sentence, null, false, false);
            this.status = status;
        }
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("X-Content-Type-Options", "nosniff");
        String token = Gate.token(request);
        String admin = token == null ? null : admins.byToken(token);
        if (admin == null) {
            response.setHeader("WWW-Authenticate", "Bearer");
            send(response, 401, Map.of("error", "Send the token of an admin in the header Authorization: Bearer."));
            return;
        }
        try {
            answer(admin, request, response);
        } catch (WrongRequest e) {
            send(response, e.status, Map.of("error", String.valueOf(e.getMessage())));
        } catch (IllegalArgumentException e) {
            send(response, 400, Map.of("error", e.getMessage() + "."));
        } catch (IllegalStateException e) {
            send(response, 409, Map.of("error", e.getMessage() + "."));
        } catch (UncheckedIOException e) {
            response.setHeader("Retry-After", "1");
            send(response, 503, Map.of("error", "The shared state cannot be reached. Try again in a moment."));
        }
    }

    private void answer(String admin, HttpServletRequest request, HttpServletResponse response)
            throws IOException, WrongRequest {
        String id = Objects.requireNonNullElse(request.getPathInfo(), "").replaceFirst("^/", "");
        switch ((id.isEmpty() ? "" : "one ") + request.getMethod()) {
            case "GET" ->
                send(
                        response,
                        200,
                        Map.of(
                                "result",
                                servers.list().stream().map(ServersApi::facts).toList()));
            case "POST" -> create(admin, request, response);
            case "one GET" -> {
                ToolGrant server = servers.get(id).orElseThrow(ServersApi::missing);
                send(response, 200, withTools(server));
            }
            case "one PATCH" -> {
                Instant end = newEnd(read(request));
                ToolGrant changed = servers.end(id, end).orElseThrow(ServersApi::missing);
                LOG.log(System.Logger.Level.INFO, "{0} changed the end of the server {1}", admin, changed.id());
                send(response, 200, withTools(changed));
            }
            case "one DELETE" -> {
                if (!servers.revoke(id)) {
                    throw missing();
                }
                LOG.log(System.Logger.Level.INFO, "{0} revoked the server {1}", admin, id);
                response.setStatus(HttpServletResponse.SC_NO_CONTENT);
            }
            default -> {
                response.setHeader("Allow", id.isEmpty() ? "GET, POST" : "GET, PATCH, DELETE");
                throw new WrongRequest(405, "Use " + (id.isEmpty() ? "GET or POST." : "GET, PATCH or DELETE."));
            }
        }
    }

    private static WrongRequest missing() {
        return new WrongRequest(404, "There is no such server; it may have been revoked or have ended.");
    }

    private void create(String admin, HttpServletRequest request, HttpServletResponse response)
            throws IOException, WrongRequest {
        ToolGrants.Issued issued = servers.issue(wanted(read(request)).createdBy(admin));
        ToolGrant server = issued.grant();
        LOG.log(System.Logger.Level.INFO, "{0} created the server {1}", admin, server.id());
        Map<String, @Nullable Object> created = withTools(server);
        created.put("token", issued.secret());
        created.put("url", address(request, publicUrl, issued.secret()));
        response.setHeader("Location", Gate.SERVERS + "/" + server.id());
        send(response, 201, created);
    }

    /** {@return the address of a server on demand} */
    static String address(HttpServletRequest request, @Nullable String publicUrl, String secret) {
        String server = publicUrl == null ? request.getScheme() + "://" + request.getHeader("Host") : publicUrl;
        return server + Gate.MCP + "/" + secret;
    }

    // Requests.

    private static Map<String, @Nullable Object> read(HttpServletRequest request) throws WrongRequest {
        String type = String.valueOf(request.getContentType()).toLowerCase(Locale.ROOT);
        if (!type.replaceFirst(";.*", "").strip().equals("application/json")) {
            throw new WrongRequest(415, "The header Content-Type must be application/json.");
        }
        byte[] body;
        try {
            body = request.getContentLengthLong() > MOST_BYTES
                    ? new byte[MOST_BYTES + 1]
                    : request.getInputStream().readNBytes(MOST_BYTES + 1);
        } catch (IOException e) {
            throw new WrongRequest(408, "The rest of the body did not arrive in time.");
        }
        if (body.length > MOST_BYTES) {
            throw new WrongRequest(413, "The body is too large: it has at most 16 KB.");
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            return JsonDocument.parse(text).toMap();
        } catch (CharacterCodingException e) {
            throw new WrongRequest(400, "The body is not in UTF-8.");
        } catch (IllegalArgumentException e) {
            // It quotes nothing but a key that occurs twice.
            throw new WrongRequest(400, e.getMessage() + ".");
        }
    }

    private static ToolGrant wanted(Map<String, @Nullable Object> body) {
        check(body, KEYS);
        if (!(body.get("name") instanceof String name)) {
            throw new IllegalArgumentException("name is missing; it must be a string");
        }
        Map<String, @Nullable Object> config = config(body.get("config"));
        boolean requiresToken = requiresToken(body, config);
        Object exposure = config.remove(EXPOSURE);
        if (exposure != null && !exposure.equals("all")) {
            throw new IllegalArgumentException("config.tool_exposure can only be all; discovery is not supported here");
        }
        Selection selection = Policy.fromMap(Map.of("config", config)).selection();
        ToolGrant grant = ToolGrant.of(name, selection).endsAt(end(body));
        Object tenant = body.get("tenant");
        if (tenant != null) {
            if (!(tenant instanceof String text)) {
                throw new IllegalArgumentException("tenant must be a string");
            }
            grant = grant.tenant(text.toLowerCase(Locale.ROOT));
        }
        return requiresToken ? grant.requiringCaller() : grant;
    }

    private static void check(Map<String, @Nullable Object> object, Set<String> known) {
        for (String key : object.keySet()) {
            if (!known.contains(key)) {
                throw new IllegalArgumentException(
                        "There is no key " + (key.length() > 80 ? key.substring(0, 80) + "…" : key) + "; known are "
                                + String.join(", ", known));
            }
        }
    }

    private static Map<String, @Nullable Object> config(@Nullable Object given) {
        Map<String, @Nullable Object> config = new LinkedHashMap<>();
        if (given instanceof Map<?, ?> object) {
            object.forEach((key, value) -> config.put(String.valueOf(key), value));
        } else if (given != null) {
            throw new IllegalArgumentException("config must be an object");
        }
        return config;
    }

    /** The hosted product has this key in {@code config}, and had it beside it. */
    private static boolean requiresToken(Map<String, @Nullable Object> body, Map<String, @Nullable Object> config) {
        Boolean outside = flag(body.get(REQUIRES_TOKEN));
        Boolean inside = flag(config.remove(REQUIRES_TOKEN));
        if (outside != null && inside != null && !outside.equals(inside)) {
            throw new IllegalArgumentException(REQUIRES_TOKEN + " is given twice, with different values");
        }
        return Boolean.TRUE.equals(outside) || Boolean.TRUE.equals(inside);
    }

    private static @Nullable Boolean flag(@Nullable Object value) {
        if (value != null && !(value instanceof Boolean)) {
            throw new IllegalArgumentException(REQUIRES_TOKEN + " must be true or false");
        }
        return (Boolean) value;
    }

    private static @Nullable Instant end(Map<String, @Nullable Object> body) {
        Object end = body.get(END);
        return end == null ? null : Policy.fromMap(Map.of(END, end)).endsAt();
    }

    private static @Nullable Instant newEnd(Map<String, @Nullable Object> body) {
        if (!body.keySet().equals(Set.of(END))) {
            throw new IllegalArgumentException("Only expires_at can be changed; for everything else, create another"
                    + " server and revoke this one");
        }
        return end(body);
    }

    // Responses.

    private Map<String, @Nullable Object> withTools(ToolGrant server) {
        Map<String, @Nullable Object> facts = facts(server);
        facts.put("tools", servers.tools(server));
        return facts;
    }

    private static Map<String, @Nullable Object> facts(ToolGrant server) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("id", server.id());
        facts.put("name", server.name());
        facts.put("tenant", server.tenant());
        facts.put("config", config(server.selection()));
        facts.put(REQUIRES_TOKEN, server.requiresCaller());
        facts.put(END, server.endsAt() == null ? null : server.endsAt().toString());
        facts.put("created_by", server.createdBy());
        facts.put("created_at", server.createdAt().toString());
        facts.put("updated_at", server.updatedAt().toString());
        return facts;
    }

    private static Map<String, Object> config(Selection selection) {
        Map<String, Object> config = new LinkedHashMap<>();
        put(config, "methods", selection.methods());
        put(config, "tags", selection.tags());
        put(config, "tools", selection.tools());
        put(config, "exclude", selection.excluded());
        if (selection.onlyReads()) {
            config.put("read_only", true);
        }
        return config;
    }

    private static void put(Map<String, Object> config, String key, Set<String> words) {
        if (!words.isEmpty()) {
            config.put(key, List.copyOf(words));
        }
    }

    private static void send(HttpServletResponse response, int status, Map<String, ?> body) throws IOException {
        response.setStatus(status);
        response.setContentType("application/json");
        response.setCharacterEncoding("UTF-8");
        response.getOutputStream().write(JSON.writeValueAsBytes(body));
    }
}
