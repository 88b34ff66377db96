package io.github.desk365mcp.server.approval;

import io.github.desk365mcp.tools.host.PendingCall;
import io.github.desk365mcp.tools.host.PendingCall.State;
import io.github.desk365mcp.tools.host.PendingCalls;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
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
public final class ApprovalServlet extends PageServlet {

    /** The channel of decisions made on this page; see {@link PendingCall#channel()}. */
    public static final String CHANNEL = "page";

    static final String OPEN = "/open/";

    private static final String CALL = "/call/";

    /** Allows the style sheet of this servlet, that of the frame, and images within a page. */
    private static final String CONTENT_SECURITY = "default-src 'none'; style-src 'self' " + MailFrame.STYLE_HASH
            + "; img-src data:; frame-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    private static final Pattern WANTED = Pattern.compile(CALL + "[A-Za-z0-9_-]{1,64}");
    private static final System.Logger LOG = System.getLogger(ApprovalServlet.class.getName());
    private static final long serialVersionUID = 1;

    private final PendingCalls calls;

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
        super(approvers, address, clock, "approver");
        this.calls = calls;
    }

    /** {@return when a signed-in person last opened a page; {@link Instant#MIN} if never} */
    public Instant lastUsed() {
        return used();
    }

    @Override
    String contentSecurity() {
        return CONTENT_SECURITY;
    }

    @Override
    Html html(HttpServletRequest request) {
        return pages(request);
    }

    private Pages pages(HttpServletRequest request) {
        return new Pages(base(request), now());
    }

    @Override
    String wanted(String path) {
        return WANTED.matcher(path).matches() ? path : HOME;
    }

    @Override
    void show(String path, SignIns.Session session, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Pages pages = pages(request);
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

    @Override
    void submit(
            String path, Form form, SignIns.Session session, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (path.startsWith(CALL)) {
            decide(path.substring(CALL.length()), form, session, request, response);
        } else {
            send(response, HttpServletResponse.SC_NOT_FOUND, pages(request).missing(session));
        }
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
}
