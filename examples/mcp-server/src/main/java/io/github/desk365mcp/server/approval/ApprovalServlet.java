package io.github.desk365mcp.server.approval;

import io.github.desk365mcp.tools.host.PendingCall;
import io.github.desk365mcp.tools.host.PendingCall.State;
import io.github.desk365mcp.tools.host.PendingCalls;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The web page where people decide on pending calls. It shows what a call would do, and carries out what a signed-in
 * approver approves.
 *
 * <p>Mount it at a path and everything below it, such as {@code /approvals/*}, on a server that people reach through
 * https or on their own computer:
 *
 * <pre>{@code
 * Approvers approvers = Approvers.tokens(Map.of(sha256OfJanesToken, "jane"));
 * servletContext.addServlet("approvals", new ApprovalServlet(tools.pendingCalls(), approvers))
 *         .addMapping("/approvals/*");
 * }</pre>
 *
 * <p>Having the address is not enough to decide. A session starts when a person enters an approver's
 * token, or when {@link Approvers#byRequest} identifies the person, and lives in a cookie that scripts and other sites cannot use. Each form has a
 * secret of its session, and forms of other origins are refused. Pages have no scripts, load nothing from other
 * servers, cannot be framed, and are not cached. Sessions are kept in memory, for at most 12 hours. Nothing is logged
 * about calls. Host names are not checked here: a server that is reachable under others checks them itself.
 *
 * <p>Each approver sees and decides the calls of all callers and tenants. To show some of them, pass a
 * {@link PendingCalls} of your own that leaves out the others.
 */
@SuppressWarnings("serial") // Containers do not serialize servlets.
public final class ApprovalServlet extends HttpServlet {

    /** The channel of decisions made on this page; see {@link PendingCall#channel()}. */
    public static final String CHANNEL = "page";

    static final String OPEN = "/open/";

    private static final String CALL = "/call/";
    private static final String HOME = "/";
    private static final String SIGN_IN = "/sign-in";
    private static final String SIGN_OUT = "/sign-out";

    /** Allows the style sheet of this servlet, that of the frame, and images within a page. */
    private static final String CONTENT_SECURITY = "default-src 'none'; style-src 'self' " + MailFrame.STYLE_HASH
            + "; img-src data:; frame-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    /**
     * How many tokens may be read at once. Strangers send them, and may send them slowly; they must not keep the
     * threads of people who are signed in.
     */
    private static final int MOST_SIGNING_IN = 4;

    private static final String STYLE = "/style.css";
    private static final Pattern WANTED = Pattern.compile(CALL + "[A-Za-z0-9_-]{1,64}");
    private static final System.Logger LOG = System.getLogger(ApprovalServlet.class.getName());
    private static final long serialVersionUID = 1;

    private final PendingCalls calls;
    private final Approvers approvers;
    private final @Nullable URI address;
    private final Clock clock;
    private final SignIns signIns;
    private final Semaphore signingIn = new Semaphore(MOST_SIGNING_IN);

    /** A name of its own: cookies do not depend on the port, so two servers on one computer would share one. */
    private final String cookie = "approver-" + Secrets.next().substring(0, 8);

    private volatile Instant used = Instant.MIN;

    /**
     * Creates the page for a server that people reach at the address that it sees itself.
     *
     * @param calls the calls of {@code BoundTools.pendingCalls()}
     * @param approvers who may decide
     */
    public ApprovalServlet(PendingCalls calls, Approvers approvers) {
        this(calls, approvers, null, Clock.systemUTC());
    }

    /**
     * Creates the page for a server behind a proxy.
     *
     * @param calls the calls of {@code BoundTools.pendingCalls()}
     * @param approvers who may decide
     * @param address where people reach the page, without a slash at the end, such as
     *     {@code https://desk.example.com/approvals}; null if the server sees the same address. With https, the cookie
     *     is sent only over https.
     * @param clock for the ends of sessions
     */
    public ApprovalServlet(PendingCalls calls, Approvers approvers, @Nullable URI address, Clock clock) {
        this.calls = calls;
        this.approvers = approvers;
        this.address = address;
        this.clock = clock;
        this.signIns = new SignIns(clock);
    }

    /** {@return when a signed-in person last opened a page; {@link Instant#MIN} if never} */
    public Instant lastUsed() {
        return used;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Content-Security-Policy", CONTENT_SECURITY);
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("X-Content-Type-Options", "nosniff");
        // With no-referrer, browsers would send "Origin: null" with the forms of these pages.
        response.setHeader("Referrer-Policy", "same-origin");
        response.setHeader("Cache-Control", "no-store");
        switch (request.getMethod()) {
            case "GET", "HEAD" -> get(request, response);
            case "POST" -> post(request, response);
            default -> {
                response.setHeader("Allow", "GET, HEAD, POST");
                response.setStatus(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
            }
        }
    }

    private void get(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getPathInfo();
        if (path == null) {
            redirect(request, response, HOME);
            return;
        }
        if (path.equals(STYLE)) {
            style(response);
            return;
        }
        Pages pages = pages(request);
        SignIns.Session session = session(request);
        String known = request.getMethod().equals("GET") ? approvers.byRequest(request) : null;
        if (known != null && (session == null || !session.name().equals(known))) {
            // A link is used once, so its session cannot be checked again.
            session = begin(known, !approvers.isOnce(), request, response);
        }
        if (session == null) {
            boolean isFromElsewhere = "cross-site".equals(request.getHeader("Sec-Fetch-Site"));
            // A browser sends the cookie only if the person comes from this page.
            send(
                    response,
                    HttpServletResponse.SC_OK,
                    isFromElsewhere && request.getQueryString() == null
                            ? pages.bounce(wanted(path))
                            : signInPage(request, "", path));
            return;
        }
        used = clock.instant();
        if (path.equals(HOME)) {
            boolean reloads = !"reload=off".equals(request.getQueryString());
            if (reloads) {
                response.setHeader("Refresh", String.valueOf(Pages.RELOAD.toSeconds()));
            }
            send(response, HttpServletResponse.SC_OK, pages.list(session, calls.waiting(), calls.decided(), reloads));
        } else if (path.startsWith(OPEN)) {
            redirect(request, response, HOME);
        } else {
            Optional<PendingCall> call =
                    path.startsWith(CALL) ? calls.find(path.substring(CALL.length())) : Optional.empty();
            if (call.isPresent()) {
                boolean isLate = "late".equals(request.getQueryString());
                send(response, HttpServletResponse.SC_OK, pages.call(session, call.get(), isLate));
            } else {
                send(response, HttpServletResponse.SC_NOT_FOUND, pages.missing(session));
            }
        }
    }

    private void post(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = Objects.requireNonNullElse(request.getPathInfo(), "");
        Pages pages = pages(request);
        if (!isOfThisOrigin(request)) {
            leaveUnread(request, response);
            send(response, HttpServletResponse.SC_FORBIDDEN, pages.refused());
            return;
        }
        if (path.equals(SIGN_IN)) {
            signIn(request, response);
            return;
        }
        // Nothing of the body is read for a stranger, who could keep the thread by sending it slowly.
        SignIns.Session session = session(request);
        if (session == null) {
            leaveUnread(request, response);
            send(
                    response,
                    HttpServletResponse.SC_FORBIDDEN,
                    signInPage(request, "Nothing was done, because you are not signed in.", path));
            return;
        }
        Form form = Form.read(request);
        if (!Secrets.areEqual(form.get(Pages.FORM), session.form())) {
            send(response, HttpServletResponse.SC_FORBIDDEN, pages.refused());
        } else if (path.equals(SIGN_OUT)) {
            signIns.end(secret(request));
            response.addHeader("Set-Cookie", cookie("", 0, request));
            redirect(request, response, HOME);
        } else if (path.startsWith(CALL)) {
            used = clock.instant();
            decide(path.substring(CALL.length()), form, session, request, response);
        } else {
            send(response, HttpServletResponse.SC_NOT_FOUND, pages.missing(session));
        }
    }

    private void signIn(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String from = request.getRemoteAddr();
        if (!signIns.mayTry(from)) {
            busy(request, response, "Too many attempts. Wait a minute, then try again.", 60);
            return;
        }
        if (!signingIn.tryAcquire()) {
            busy(request, response, "Too many people sign in right now. Try again in a moment.", 5);
            return;
        }
        Form form;
        try {
            form = Form.read(request);
        } finally {
            signingIn.release();
        }
        String wanted = wanted(form.get(Pages.WANTED));
        String name = approvers.byToken(form.get(Pages.TOKEN).strip());
        if (name == null) {
            send(
                    response,
                    HttpServletResponse.SC_FORBIDDEN,
                    signInPage(request, "This is not an approver’s token.", wanted));
            return;
        }
        signIns.succeeded(from);
        begin(name, false, request, response);
        redirect(request, response, wanted);
    }

    /** Tells the client that its connection closes, because the form on it is not read. */
    private static void leaveUnread(HttpServletRequest request, HttpServletResponse response) {
        if (request.getProtocol().startsWith("HTTP/1")) {
            response.setHeader("Connection", "close");
        }
    }

    private void busy(HttpServletRequest request, HttpServletResponse response, String problem, int seconds)
            throws IOException {
        response.setHeader("Retry-After", String.valueOf(seconds));
        leaveUnread(request, response);
        send(response, 429, signInPage(request, problem, HOME));
    }

    private String signInPage(HttpServletRequest request, String problem, String path) {
        return pages(request).signIn(problem, approvers.haveTokens(), wanted(path));
    }

    /** Returns the page to open after signing in. */
    private static String wanted(String path) {
        return WANTED.matcher(path).matches() ? path : HOME;
    }

    private void decide(
            String id, Form form, SignIns.Session session, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Optional<PendingCall> before = calls.find(id);
        String decision = form.get(Pages.DECISION);
        boolean approves = decision.equals(Pages.APPROVE);
        if (before.isEmpty() || !approves && !decision.equals(Pages.DECLINE)) {
            send(response, HttpServletResponse.SC_NOT_FOUND, pages(request).missing(session));
            return;
        }
        String who = session.name();
        boolean isLate = false;
        try {
            PendingCall after =
                    approves ? calls.approve(id, who, CHANNEL) : calls.decline(id, who, CHANNEL, form.get(Pages.WORDS));
            isLate = after.state() == State.EXPIRED
                    || after.decidedBy() != null
                            && (!who.equals(after.decidedBy()) || approves == (after.state() == State.DECLINED));
        } catch (RuntimeException e) {
            // The redirect below shows the call's current state.
            LOG.log(
                    System.Logger.Level.WARNING,
                    "A decision failed: {0}",
                    e.getClass().getName());
        }
        redirect(request, response, CALL + id + (isLate ? "?late" : ""));
    }

    /** Whether the form was submitted from a page of this servlet. */
    private boolean isOfThisOrigin(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        String origin = request.getHeader("Origin");
        if (site != null && !site.equals("same-origin") || site == null && origin == null) {
            return false;
        }
        return origin == null
                || origin.replaceFirst("^https?://", "").equalsIgnoreCase(request.getHeader("Host"))
                || address != null && origin.equalsIgnoreCase(address.getScheme() + "://" + address.getRawAuthority());
    }

    // Sessions.

    /** Returns null if nobody is signed in, or if the request itself shows that it is not that person any more. */
    private SignIns.@Nullable Session session(HttpServletRequest request) {
        SignIns.Session session = signIns.find(secret(request));
        return session != null && session.isByRequest() && !session.name().equals(approvers.byRequest(request))
                ? null
                : session;
    }

    private String secret(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        for (Cookie one : cookies == null ? new Cookie[0] : cookies) {
            if (one.getName().equals(cookie)) {
                return one.getValue();
            }
        }
        return "";
    }

    /** @param byRequest whether each request shows who the person is */
    private SignIns.Session begin(
            String name, boolean byRequest, HttpServletRequest request, HttpServletResponse response) {
        signIns.end(secret(request));
        String secret = signIns.begin(name, byRequest);
        response.addHeader("Set-Cookie", cookie(secret, SignIns.LIFE.toSeconds(), request));
        return Objects.requireNonNull(signIns.find(secret));
    }

    private String cookie(String value, long seconds, HttpServletRequest request) {
        String path = base(request);
        boolean isSecure = request.isSecure() || address != null && "https".equalsIgnoreCase(address.getScheme());
        return cookie + "=" + value + "; Path=" + (path.isEmpty() ? "/" : path) + "; Max-Age=" + seconds
                + "; HttpOnly; SameSite=Strict" + (isSecure ? "; Secure" : "");
    }

    // Responses.

    private String base(HttpServletRequest request) {
        return address == null ? request.getContextPath() + request.getServletPath() : address.getRawPath();
    }

    private Pages pages(HttpServletRequest request) {
        return new Pages(base(request), clock.instant());
    }

    private void redirect(HttpServletRequest request, HttpServletResponse response, String path) {
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        response.setHeader("Location", base(request) + path);
    }

    private static void send(HttpServletResponse response, int status, String page) throws IOException {
        response.setStatus(status);
        response.setContentType("text/html");
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.getWriter().write(page);
    }

    private static void style(HttpServletResponse response) throws IOException {
        response.setContentType("text/css");
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        try (InputStream css = Objects.requireNonNull(ApprovalServlet.class.getResourceAsStream("style.css"))) {
            css.transferTo(response.getOutputStream());
        }
    }
}
