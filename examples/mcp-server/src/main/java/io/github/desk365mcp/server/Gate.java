package io.github.desk365mcp.server;

import io.github.desk365mcp.server.oauth.AccessToken;
import io.github.desk365mcp.tools.BoundTools;
import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.CallerAuthenticator;
import io.github.desk365mcp.tools.host.ToolGrant;
import io.github.desk365mcp.tools.host.ToolGrants;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The filter in front of the servlets. It answers {@code /health}, admits the callers that the policy knows, limits how
 * many requests run at once, keeps each caller to its own sessions, and lets running requests finish before the server
 * ends. The approval page has its own sign-in, so no caller's token is needed there.
 */
final class Gate implements Filter {

    static final String MCP = "/mcp";
    static final String HEALTH = "/health";
    static final String APPROVALS = "/approvals";
    static final String SERVERS = "/servers";
    static final String ADMIN = "/admin";

    /** The paths with a sign-in of their own. */
    private static final Set<String> PAGES = Set.of(APPROVALS, SERVERS, ADMIN);

    /** The attribute, and the key of the context, with what an address of a server on demand opens. */
    static final String GRANT = ToolGrant.class.getName();

    private static final String TOKEN = "token";
    private static final String VERIFIED = "verified";
    static final String AUTHORIZATION = "Authorization";

    private static final String VISIT = Visit.class.getName();

    /** One caller may hold this part of the places with bodies that are still arriving. */
    private static final int CALLERS_SHARE = 4;

    /** How often to check whether clients are still connected. */
    private static final Duration BEAT = Duration.ofMillis(500);

    /** The same for streams that only listen. Proxies cut those that are silent for long. */
    private static final Duration LISTENING_BEAT = Duration.ofSeconds(5);

    private final BoundTools tools;
    private final ToolNames names;
    private final McpJsonMapper json;
    private final HostNames hosts;
    private final Bodies bodies;
    private final Servlets servlets;
    private final @Nullable BearerTokens oauth;
    private final Health health;
    private final ServerAddresses addresses;
    private final OpenRequests ofServers;
    private final RunningRequests running;
    private final Sessions sessions = new Sessions();
    private final Set<Visit> visits = ConcurrentHashMap.newKeySet();
    private final Map<List<Object>, Visit> underWay = new ConcurrentHashMap<>();
    private final ScheduledExecutorService heart = Executors.newSingleThreadScheduledExecutor(Gate::daemon);
    private final Future<?> beats;

    /**
     * The servlets besides the one at the end of the filter chain, which serves older clients.
     *
     * @param isStateless whether older clients have no sessions
     * @param cards serves clients that show approval cards; null to serve them like all others
     * @param modern serves clients of revision 2026-07-28, which have no sessions
     */
    record Servlets(boolean isStateless, @Nullable HttpServlet cards, HttpServlet modern) {}

    /**
     * Creates the filter.
     *
     * @param most how many requests may run at once; further ones are refused as busy
     * @param hosts the host names for the approval page; the MCP servlet checks them itself
     * @param servlets serve some of the clients
     * @param parts has what checks access tokens, and whether the server is ready
     */
    Gate(BoundTools tools, McpJsonMapper json, int most, HostNames hosts, Servlets servlets, HttpServer.Parts parts) {
        this.tools = tools;
        this.names = new ToolNames(tools);
        this.json = json;
        this.running = new RunningRequests(most);
        this.bodies = new Bodies(Math.max(1, most / CALLERS_SHARE));
        this.hosts = hosts;
        this.servlets = servlets;
        this.oauth = parts.tokens();
        this.health = new Health(parts.readiness(), json);
        ToolGrants servers = parts.servers() == null ? null : parts.servers().grants();
        this.addresses = new ServerAddresses(servers);
        this.ofServers = new OpenRequests(servers);
        beats = heart.scheduleWithFixedDelay(
                () -> visits.forEach(Visit::beat), BEAT.toMillis(), BEAT.toMillis(), TimeUnit.MILLISECONDS);
    }

    static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "desk365-mcp-server-heart");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * {@return the token of the {@code Authorization} header, or what it says if it is a verified access token, what the
     * address opens if it is of a server on demand, and the {@link Visit} of a request, for {@link #caller}}
     */
    static McpTransportContext transportContext(HttpServletRequest request) {
        Map<String, Object> known = new HashMap<>();
        String token = token(request);
        AccessToken verified = BearerTokens.verified(request);
        if (verified != null) {
            known.put(VERIFIED, verified);
        } else if (token != null) {
            known.put(TOKEN, token);
        }
        if (request.getAttribute(GRANT) instanceof ToolGrant server) {
            known.put(GRANT, server);
        }
        if (request.getAttribute(VISIT) instanceof Visit visit) {
            known.put(VISIT, visit);
        }
        return McpTransportContext.create(known);
    }

    /** {@return the token; null if the header is missing or has none} */
    static @Nullable String token(HttpServletRequest request) {
        String header = request.getHeader(AUTHORIZATION);
        String token = header == null ? "" : header.strip().replaceFirst("(?i)^Bearer(\\s+|$)", "");
        return token.isBlank() ? null : token;
    }

    /** {@return the caller of a request} */
    static CallContext caller(McpTransportContext transport) {
        CallContext caller = CallContext.none();
        if (transport.get(TOKEN) instanceof String token) {
            caller = caller.credential(token);
        }
        if (transport.get(VERIFIED) instanceof AccessToken verified) {
            caller = verified.on(caller);
        }
        if (transport.get(GRANT) instanceof ToolGrant server) {
            caller = caller.grant(server);
        }
        return transport.get(VISIT) instanceof Visit visit
                ? caller.cancellation(visit.cancellation()).abandonment(visit.abandonment())
                : caller;
    }

    /**
     * {@return the owner of sessions that this request starts: the caller of an access token, which changes every few
     * minutes, else the hash of the token, since no token is kept}
     */
    private static String owner(HttpServletRequest request) {
        return request.getAttribute(GRANT) instanceof ToolGrant server
                ? server.caller() + (server.requiresCaller() ? " " + ownCaller(request) : "")
                : ownCaller(request);
    }

    private static String ownCaller(HttpServletRequest request) {
        AccessToken verified = BearerTokens.verified(request);
        if (verified != null) {
            return verified.caller();
        }
        String token = token(request);
        return token == null ? "" : CallerAuthenticator.hash(token);
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletResponse answer = (HttpServletResponse) response;
        HttpServletRequest asked;
        try {
            asked = addresses.resolve((HttpServletRequest) request, answer);
        } catch (Refusal e) {
            e.write((HttpServletRequest) request, answer);
            return;
        }
        boolean mayShowAccessToken =
                ServerAddresses.secret((HttpServletRequest) request).isEmpty()
                        || asked.getAttribute(GRANT) instanceof ToolGrant server && server.requiresCaller();
        if (asked.getServletPath().equals(HEALTH)) {
            health.answer(Objects.requireNonNullElse(asked.getPathInfo(), ""), running.isClosing(), answer);
        } else if (PAGES.contains(asked.getServletPath())) {
            decide(asked, answer, chain);
        } else if (oauth != null && oauth.answers(asked, answer)) {
            return;
        } else if (oauth != null && mayShowAccessToken && oauth.refuses(asked, answer)) {
            return;
        } else if (!tools.admits(caller(transportContext(asked)))) {
            answer.setHeader("WWW-Authenticate", oauth == null ? "Bearer" : oauth.challenge());
            answer.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        } else if (asked.getMethod().equals("HEAD")) {
            // The servlet would treat it as a GET, which never ends.
            answer.setHeader("Allow", "GET, POST, DELETE");
            answer.setStatus(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
        } else {
            try {
                running.enter();
                try {
                    pass(asked, answer, chain);
                } finally {
                    running.leave();
                }
            } catch (Refusal e) {
                e.write(asked, answer);
            }
        }
    }

    /** Lets a request to a page, or to the servers on demand, through. The mapped path counts, not the one that the client wrote. */
    private void decide(HttpServletRequest asked, HttpServletResponse answer, FilterChain chain)
            throws IOException, ServletException {
        if (!hosts.allow(asked)) {
            answer.setStatus(HttpServletResponse.SC_FORBIDDEN);
            return;
        }
        try {
            running.enterPage();
            try {
                chain.doFilter(asked, answer);
            } finally {
                running.leavePage();
            }
        } catch (Refusal e) {
            e.write(asked, answer);
        }
    }

    private void pass(HttpServletRequest asked, HttpServletResponse answer, FilterChain chain)
            throws IOException, ServletException, Refusal {
        String owner = owner(asked);
        boolean hasModernHeader = Eras.isModern(asked);
        String session =
                hasModernHeader ? "" : Objects.requireNonNullElse(asked.getHeader(WatchedResponse.SESSION), "");
        boolean inSession = !session.isBlank();
        if (inSession && !sessions.isOf(session, owner)) {
            // The same answer as for a session that does not exist, so that callers cannot find out which sessions
            // exist.
            answer.setStatus(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        Visit visit = new Visit(session);
        boolean showsCards = sessions.showsCards(session, owner);
        if (asked.getMethod().equals("POST")) {
            boolean mayBeLarge = inSession || hasModernHeader || servlets.isStateless();
            try (Bodies.Body body = bodies.read(asked, owner, mayBeLarge)) {
                post(asked, body.bytes(), visit, owner, showsCards, answer, chain);
            }
        } else {
            HttpServletResponse watched = watched(asked, answer, visit, false, begun -> {});
            serve(asked, watched, servlet(hasModernHeader, showsCards), chain);
            if (asked.isAsyncStarted()) {
                try {
                    listens(asked.getAsyncContext(), visit);
                    ofServers.addStream(asked);
                } catch (IllegalStateException e) {
                    // The stream has just ended.
                    visit.end();
                }
            }
        }
        boolean isDeleted = asked.getMethod().equals("DELETE") && answer.getStatus() < 300;
        if (inSession && (isDeleted || answer.getStatus() == HttpServletResponse.SC_NOT_FOUND)) {
            sessions.ended(session, owner);
            abandon(session);
        }
    }

    /** Ends a stream that only listens when its client has gone: until then, it holds a connection. */
    private void listens(AsyncContext stream, Visit visit) {
        visit.abandonment().onCancel(() -> {
            try {
                stream.complete();
            } catch (IllegalStateException e) {
                // It has just ended.
            }
        });
        Future<?> beat = heart.scheduleWithFixedDelay(
                visit::beat, LISTENING_BEAT.toMillis(), LISTENING_BEAT.toMillis(), TimeUnit.MILLISECONDS);
        Runnable ends = () -> {
            visit.end();
            beat.cancel(false);
        };
        try {
            stream.addListener(new Completion(ends));
        } catch (IllegalStateException e) {
            ends.run();
            throw e;
        }
    }

    /** Calls of a session that has ended, and that have sent nothing yet, do not begin. */
    private void abandon(String session) {
        visits.stream()
                .filter(other -> other.session().equals(session))
                .forEach(other -> other.abandonment().cancel());
    }

    /** {@return the servlet that serves a message; null if it is the one at the end of the chain} */
    private @Nullable HttpServlet servlet(boolean isModern, boolean showsCards) {
        return isModern ? servlets.modern() : showsCards ? servlets.cards() : null;
    }

    private static void serve(
            HttpServletRequest request, HttpServletResponse response, @Nullable HttpServlet one, FilterChain others)
            throws IOException, ServletException {
        if (one != null) {
            one.service(request, response);
        } else {
            others.doFilter(request, response);
        }
    }

    private void post(
            HttpServletRequest asked,
            byte[] body,
            Visit visit,
            String owner,
            boolean inCards,
            HttpServletResponse answer,
            FilterChain chain)
            throws IOException, ServletException, Refusal {
        JSONRPCMessage message;
        boolean isModern = Eras.isModern(asked);
        try {
            message = RefusedMessage.check(body, null, json);
            isModern = Eras.isModern(message, isModern);
            names.check(message, caller(transportContext(asked)));
        } catch (RefusedMessage e) {
            boolean isOk = e.isUnderstood() && !isModern;
            answer.setStatus(isOk ? HttpServletResponse.SC_OK : HttpServletResponse.SC_BAD_REQUEST);
            showCallsLeft(asked, answer);
            answer.setContentType("application/json");
            answer.setCharacterEncoding("UTF-8");
            answer.getWriter().write(e.answer(json));
            return;
        }
        if (!servlets.isStateless() && !isModern && Eras.isInitialize(message)) {
            Bodies.checkInitialize(body);
        }
        if (oauth != null && oauth.refuses(message, asked, answer)) {
            return;
        }
        Object ping = visit.session().isBlank() && !isModern ? RefusedMessage.ping(message) : null;
        if (ping != null) {
            showCallsLeft(asked, answer);
            answer.setContentType("application/json");
            answer.setCharacterEncoding("UTF-8");
            answer.getWriter().write(json.writeValueAsString(RefusedMessage.pong(ping)));
            return;
        }
        Object cancelled = RefusedMessage.cancelled(message);
        if (cancelled != null && !visit.session().isBlank()) {
            Visit call = underWay.get(List.of(visit.session(), cancelled));
            if (call != null) {
                call.cancellation().cancel();
            }
            answer.setStatus(HttpServletResponse.SC_ACCEPTED);
            return;
        }
        List<Object> name =
                List.of(visit.session(), message instanceof JSONRPCRequest request ? request.id() : new Object());
        asked.setAttribute(VISIT, visit);
        visits.add(visit);
        underWay.put(name, visit);
        Runnable abandons = visit.abandonment()::cancel;
        ofServers.add(asked, abandons);
        try {
            boolean showsCards = inCards || servlets.cards() != null && CardClients.begin(message, json);
            List<Sessions.Forgotten> forgotten = new ArrayList<>();
            HttpServletResponse watched = watched(asked, answer, visit, isModern, session -> {
                Sessions.Forgotten oldest = sessions.began(session, owner, showsCards);
                if (oldest != null) {
                    forgotten.add(oldest);
                }
            });
            serve(new ReadRequest(asked, body), watched, servlet(isModern, showsCards), chain);
            for (Sessions.Forgotten oldest : forgotten) {
                abandon(oldest.session());
                EndOfSession end = new EndOfSession(asked, oldest.session());
                serve(end, EndOfSession.unseen(answer), servlet(false, oldest.cards()), chain);
            }
        } finally {
            visit.end();
            ofServers.remove(abandons);
            underWay.remove(name, visit);
            visits.remove(visit);
        }
    }

    private HttpServletResponse watched(
            HttpServletRequest asked,
            HttpServletResponse response,
            Visit visit,
            boolean isModern,
            Consumer<String> sessionBegan) {
        return new WatchedResponse(response, visit, isModern, sessionBegan, answer -> showCallsLeft(asked, answer));
    }

    /** Adds {@code ratelimit-limit}, {@code ratelimit-remaining} and {@code ratelimit-reset}, as far as known. */
    private void showCallsLeft(HttpServletRequest asked, HttpServletResponse response) {
        tools.rateLimit(caller(transportContext(asked)))
                .forEach((name, figure) -> response.setHeader(name, String.valueOf(figure)));
    }

    /**
     * Refuses new requests, abandons calls that have sent nothing yet, and waits for the others. A stream that only
     * listens is treated as disconnected.
     */
    void close(Duration patience) {
        running.close();
        visits.forEach(visit -> visit.abandonment().cancel());
        running.awaitLeave(System.nanoTime() + patience.toNanos());
        beats.cancel(false);
        heart.shutdown();
        ofServers.close();
    }
}
