package io.github.desk365mcp.server.approval;

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
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Pages without scripts on which people sign in, and forms that only these pages can submit. */
@SuppressWarnings("serial") // Containers do not serialize servlets.
abstract class PageServlet extends HttpServlet {

    static final String HOME = "/";

    private static final String SIGN_IN = "/sign-in";
    private static final String SIGN_OUT = "/sign-out";
    private static final String STYLE = "/style.css";

    /**
     * How many tokens may be read at once in a container without asynchronous requests. Strangers send them, and may send
     * them slowly; they must not keep the threads of people who are signed in.
     */
    private static final int MOST_SIGNING_IN = 4;

    private static final long serialVersionUID = 1;

    private final Approvers people;
    private final @Nullable URI address;
    private final Clock clock;
    private final SignIns signIns;
    private final Semaphore signingIn = new Semaphore(MOST_SIGNING_IN);

    /** A name of its own: cookies do not depend on the port, so two servers on one computer would share one. */
    private final String cookie;

    private volatile Instant used = Instant.MIN;

    /**
     * @param people who may sign in
     * @param address where people reach the pages; null if the server sees the same address
     * @param clock for the ends of sessions
     * @param kind the beginning of the cookie's name
     */
    PageServlet(Approvers people, @Nullable URI address, Clock clock, String kind) {
        this.people = people;
        this.address = address;
        this.clock = clock;
        this.signIns = new SignIns(clock);
        this.cookie = kind + "-" + Secrets.next().substring(0, 8);
    }

    /** Returns the pages that everybody sees. */
    abstract Html html(HttpServletRequest request);

    /** Shows a page to a person who is signed in. */
    abstract void show(String path, SignIns.Session session, HttpServletRequest request, HttpServletResponse response)
            throws IOException;

    /** Does what a form of a person who is signed in asks for. */
    abstract void submit(
            String path, Form form, SignIns.Session session, HttpServletRequest request, HttpServletResponse response)
            throws IOException;

    /** Returns the page to open after signing in. */
    abstract String wanted(String path);

    /** Returns the content security policy of all pages. */
    abstract String contentSecurity();

    /** {@return when a signed-in person last opened a page; {@link Instant#MIN} if never} */
    final Instant used() {
        return used;
    }

    final Instant now() {
        return clock.instant();
    }

    @Override
    protected final void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Content-Security-Policy", contentSecurity());
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
        SignIns.Session session = session(request);
        String known = request.getMethod().equals("GET") ? people.byRequest(request) : null;
        if (known != null && (session == null || !session.name().equals(known))) {
            // A link is used once, so its session cannot be checked again.
            session = begin(known, !people.isOnce(), request, response);
        }
        if (session == null) {
            boolean isFromElsewhere = "cross-site".equals(request.getHeader("Sec-Fetch-Site"));
            // A browser sends the cookie only if the person comes from this page.
            send(
                    response,
                    HttpServletResponse.SC_OK,
                    isFromElsewhere && request.getQueryString() == null
                            ? html(request).bounce(wanted(path))
                            : signInPage(request, "", path));
            return;
        }
        used = clock.instant();
        show(path, session, request, response);
    }

    private void post(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = Objects.requireNonNullElse(request.getPathInfo(), "");
        if (!isOfThisOrigin(request)) {
            leaveUnread(request, response);
            send(response, HttpServletResponse.SC_FORBIDDEN, html(request).refused());
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
        if (!Secrets.areEqual(form.get(Html.FORM), session.form())) {
            send(response, HttpServletResponse.SC_FORBIDDEN, html(request).refused());
        } else if (path.equals(SIGN_OUT)) {
            signIns.end(secret(request));
            response.addHeader("Set-Cookie", cookie("", 0, request));
            redirect(request, response, HOME);
        } else {
            used = clock.instant();
            submit(path, form, session, request, response);
        }
    }

    private void signIn(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.isAsyncSupported()) {
            Form form = ComingForm.of(request);
            if (form != null) {
                signIn(form, request, response);
            }
        } else if (signingIn.tryAcquire()) {
            Form form;
            try {
                form = Form.read(request);
            } finally {
                signingIn.release();
            }
            signIn(form, request, response);
        } else {
            busy(request, response, "Too many people sign in right now. Try again in a moment.", 5);
        }
    }

    private void signIn(Form form, HttpServletRequest request, HttpServletResponse response) throws IOException {
        String name = people.byToken(form.get(Html.TOKEN).strip());
        String wanted = wanted(form.get(Html.WANTED));
        if (name == null) {
            if (!signIns.mayBeWrong(request.getRemoteAddr())) {
                busy(request, response, "Too many attempts. Wait a minute, then try again.", 60);
                return;
            }
            send(
                    response,
                    HttpServletResponse.SC_FORBIDDEN,
                    signInPage(request, html(request).wrongToken(), wanted));
            return;
        }
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
        return html(request).signIn(problem, people.haveTokens(), wanted(path));
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
        return session != null && session.isByRequest() && !session.name().equals(people.byRequest(request))
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

    final String base(HttpServletRequest request) {
        return address == null ? request.getContextPath() + request.getServletPath() : address.getRawPath();
    }

    final void redirect(HttpServletRequest request, HttpServletResponse response, String path) {
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        response.setHeader("Location", base(request) + path);
    }

    static void send(HttpServletResponse response, int status, String page) throws IOException {
        response.setStatus(status);
        response.setContentType("text/html");
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.getWriter().write(page);
    }

    private static void style(HttpServletResponse response) throws IOException {
        response.setContentType("text/css");
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        try (InputStream css = Objects.requireNonNull(PageServlet.class.getResourceAsStream("style.css"))) {
            css.transferTo(response.getOutputStream());
        }
    }
}
