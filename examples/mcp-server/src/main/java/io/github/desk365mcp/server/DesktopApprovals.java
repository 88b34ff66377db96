package io.github.desk365mcp.server;

import io.github.desk365mcp.server.approval.ApprovalServlet;
import io.github.desk365mcp.server.approval.OneTimeLinks;
import io.github.desk365mcp.tools.host.PendingCall;
import io.github.desk365mcp.tools.host.PendingCalls;
import io.github.desk365mcp.tools.host.PendingListener;
import io.github.desk365mcp.tools.host.Policy;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The approval page for a server on standard input and output. It starts with the first call that waits, is reachable
 * only from this computer, and opens in the person's own browser with a secret that the model never sees. Thread-safe.
 */
final class DesktopApprovals implements PendingListener, AutoCloseable {

    /** While the page has been used this recently, it is open in the browser, and its list shows new calls. */
    private static final Duration OPEN = Duration.ofSeconds(90);

    private static final Duration AGAIN = Duration.ofSeconds(30);

    /** When the server ends, how long a call that a person has approved may take to finish. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final int THREADS = 8;
    private static final String LOOPBACK = "127.0.0.1";

    private final @Nullable Browser browser;
    private final PrintStream error;
    private final Duration life;
    private final Clock clock = Clock.systemUTC();
    private final OneTimeLinks links = new OneTimeLinks(System.getProperty("user.name", "user"), clock);

    /** In the path too: a cookie does not depend on the port, so a known path would give it to other servers here. */
    private final String path = "/" + HexFormat.of().formatHex(random()) + Gate.APPROVALS;

    private final ScheduledExecutorService opener = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "desk365-mcp-server-browser");
        thread.setDaemon(true);
        return thread;
    });
    private @Nullable PendingCalls calls;
    private @Nullable ApprovalServlet page;
    private @Nullable Site site;
    private @Nullable Future<?> later;
    private boolean isClosed;

    /**
     * Prepares the page.
     *
     * @param browser opens it; null to print its address instead
     * @param error where the address is printed
     * @param life how long a call can be approved
     */
    DesktopApprovals(@Nullable Browser browser, PrintStream error, Duration life) {
        this.browser = browser;
        this.error = error;
        this.life = life;
    }

    private static byte[] random() {
        byte[] bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    /** Lets calls that need a person wait for a decision on this page. */
    Policy on(Policy policy) {
        return policy.pendingListener(this)
                .approvalPlace(
                        browser == null
                                ? "the approval page; its address is on the standard error of this server"
                                : "the approval page that has opened in the browser");
    }

    /** Sets the calls to decide on. */
    synchronized void serve(PendingCalls pending) {
        calls = pending;
    }

    @Override
    public void waits(PendingCall call) {
        opener.execute(this::open);
    }

    private synchronized void open() {
        if (isClosed || calls == null || links.isOpen() || calls.waiting().isEmpty()) {
            return;
        }
        try {
            if (page == null) {
                start(calls);
            }
        } catch (IOException e) {
            error.println("A call waits for a person's approval, but the approval page cannot start.");
            return;
        }
        if (page == null || site == null) {
            return;
        }
        if (page.lastUsed().isAfter(clock.instant().minus(OPEN))) {
            // The person may have closed it since.
            if (later != null) {
                later.cancel(false);
            }
            later = opener.schedule(this::open, AGAIN.toSeconds(), TimeUnit.SECONDS);
        } else {
            String address = site.address() + path + links.next(life);
            if (browser == null || !browser.open(address)) {
                error.println("A call waits for a person's approval. Open this address within "
                        + Math.max(1, life.toMinutes()) + " minutes; it works once: " + address);
            }
        }
    }

    private void start(PendingCalls pending) throws IOException {
        HostNames names = HostNames.of(new HttpOptions());
        ApprovalServlet servlet = new ApprovalServlet(pending, links, null, clock);
        Site started = new Site(LOOPBACK, 0, THREADS)
                .add("approvals", servlet, path + "/*")
                .patient(PATIENCE)
                .add((request, response, chain) -> {
                    if (names.allow((HttpServletRequest) request)) {
                        chain.doFilter(request, response);
                    } else {
                        ((HttpServletResponse) response).setStatus(HttpServletResponse.SC_FORBIDDEN);
                    }
                });
        started.start();
        page = servlet;
        site = started;
    }

    /** Lets approved calls finish, then ends the page. All who close it wait until then. */
    @Override
    public void close() {
        opener.shutdownNow();
        synchronized (this) {
            isClosed = true;
            if (site != null) {
                site.close();
                site = null;
            }
        }
    }
}
