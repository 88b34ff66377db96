package io.github.desk365mcp.server.approval;

import io.github.desk365mcp.tools.ToolDefinition;
import io.github.desk365mcp.tools.host.Selection;
import io.github.desk365mcp.tools.host.ToolGrant;
import io.github.desk365mcp.tools.host.ToolGrants;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The web page where admins create, list, change and revoke servers on demand. The address of a server, which has its
 * secret, is shown once.
 *
 * <p>People sign in as on the {@linkplain ApprovalServlet approval page}, and the same protects the pages. Mount it at a
 * path and everything below it, such as {@code /admin/*}.
 */
@SuppressWarnings("serial") // Containers do not serialize servlets.
public final class ServersServlet extends PageServlet {

    private static final String CONTENT_SECURITY = "default-src 'none'; style-src 'self'; img-src data:;"
            + " form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    private static final Pattern SERVER = Pattern.compile("/server/([0-9a-f-]{36})(/end|/revoke|/created)?");
    private static final System.Logger LOG = System.getLogger("desk365.servers");

    /** How many addresses wait to be shown, and how long. The browser asks for them at once. */
    private static final int MOST_UNSHOWN = 20;

    private static final Duration UNSHOWN = Duration.ofMinutes(1);
    private static final long serialVersionUID = 1;

    private final ToolGrants servers;
    private final Choices choices;
    private final BiFunction<HttpServletRequest, String, String> addresses;

    /** The addresses that were not shown yet, by the session's secret and the server. */
    private final Map<String, Unshown> unshown = new LinkedHashMap<>();

    private record Unshown(String address, Instant end) {

        @Override
        public String toString() {
            return "Unshown";
        }
    }

    /**
     * What can be chosen for a server.
     *
     * @param tools every tool that the policy allows
     * @param tenants the helpdesks
     * @param hasCallers whether callers can show a token of their own besides
     */
    public record Choices(Collection<ToolDefinition> tools, List<String> tenants, boolean hasCallers) {}

    /**
     * Creates the page.
     *
     * @param servers the servers
     * @param choices what can be chosen for a server
     * @param admins who may sign in
     * @param addresses makes the address of a server from a request and the secret
     * @param address where people reach the page, without a slash at the end; null if the server sees the same address
     * @param clock for the ends of sessions
     */
    public ServersServlet(
            ToolGrants servers,
            Choices choices,
            Approvers admins,
            BiFunction<HttpServletRequest, String, String> addresses,
            @Nullable URI address,
            Clock clock) {
        super(admins, address, clock, "admin");
        this.servers = servers;
        this.choices = choices;
        this.addresses = addresses;
    }

    @Override
    String contentSecurity() {
        return CONTENT_SECURITY;
    }

    @Override
    Html html(HttpServletRequest request) {
        return pages(request);
    }

    private ServerPages pages(HttpServletRequest request) {
        return new ServerPages(base(request), choices);
    }

    /** After signing in, people begin at the list: the other pages are about to change something. */
    @Override
    String wanted(String path) {
        return HOME;
    }

    @Override
    void show(String path, SignIns.Session session, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        ServerPages pages = pages(request);
        try {
            Matcher one = SERVER.matcher(path);
            if (path.equals(HOME)) {
                send(response, HttpServletResponse.SC_OK, pages.list(session, servers.list()));
            } else if (path.equals(ServerPages.NEW)) {
                send(
                        response,
                        HttpServletResponse.SC_OK,
                        pages.create(session, new Form(ServerPages.first(now())), ""));
            } else if (one.matches()) {
                Optional<ToolGrant> server = servers.get(one.group(1));
                if (server.isEmpty()) {
                    send(response, HttpServletResponse.SC_NOT_FOUND, pages.missing(session));
                } else if ("/revoke".equals(one.group(2))) {
                    send(response, HttpServletResponse.SC_OK, pages.revoke(session, server.get()));
                } else if ("/created".equals(one.group(2))) {
                    String address = request.getMethod().equals("GET") ? once(session, server.get()) : null;
                    send(response, HttpServletResponse.SC_OK, pages.created(session, server.get(), address));
                } else {
                    send(response, HttpServletResponse.SC_OK, one(pages, session, server.get(), ""));
                }
            } else {
                send(response, HttpServletResponse.SC_NOT_FOUND, pages.missing(session));
            }
        } catch (UncheckedIOException e) {
            send(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, pages.unreachable(session));
        }
    }

    private String one(ServerPages pages, SignIns.Session session, ToolGrant server, String problem) {
        return pages.server(session, server, servers.tools(server), problem);
    }

    @Override
    void submit(
            String path, Form form, SignIns.Session session, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        ServerPages pages = pages(request);
        try {
            Matcher one = SERVER.matcher(path);
            if (path.equals(ServerPages.NEW)) {
                create(form, session, request, response);
            } else if (one.matches() && "/end".equals(one.group(2))) {
                changeEnd(one.group(1), form, session, request, response);
            } else if (one.matches() && "/revoke".equals(one.group(2))) {
                if (servers.revoke(one.group(1))) {
                    LOG.log(System.Logger.Level.INFO, "{0} revoked the server {1}", session.name(), one.group(1));
                }
                redirect(request, response, HOME);
            } else {
                send(response, HttpServletResponse.SC_NOT_FOUND, pages.missing(session));
            }
        } catch (UncheckedIOException e) {
            send(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, pages.unreachable(session));
        }
    }

    private void create(Form form, SignIns.Session session, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        ToolGrants.Issued issued;
        try {
            issued = servers.issue(wanted(form).createdBy(session.name()));
        } catch (IllegalArgumentException | IllegalStateException e) {
            send(
                    response,
                    HttpServletResponse.SC_BAD_REQUEST,
                    pages(request).create(session, form, e.getMessage() + "."));
            return;
        }
        String id = issued.grant().id();
        LOG.log(System.Logger.Level.INFO, "{0} created the server {1}", session.name(), id);
        keep(session, id, addresses.apply(request, issued.secret()));
        // So that reloading the page creates no further server.
        redirect(request, response, "/server/" + id + "/created");
    }

    private static ToolGrant wanted(Form form) {
        Selection selection =
                Selection.everything().methods(form.checked(ServerPages.METHOD)).tags(form.checked(ServerPages.TAG));
        ToolGrant wanted = ToolGrant.of(form.get(ServerPages.NAME), selection).endsAt(end(form.get(ServerPages.END)));
        String tenant = form.get(ServerPages.TENANT);
        ToolGrant ofTenant = tenant.isEmpty() ? wanted : wanted.tenant(tenant);
        return form.get(ServerPages.CALLER).isEmpty() ? ofTenant : ofTenant.requiringCaller();
    }

    private static @Nullable Instant end(String text) {
        try {
            return text.isBlank() ? null : LocalDateTime.parse(text.strip()).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("The end must be a date and a time, such as 2099-12-31T17:00");
        }
    }

    private void changeEnd(
            String id, Form form, SignIns.Session session, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        ServerPages pages = pages(request);
        Optional<ToolGrant> before = servers.get(id);
        if (before.isEmpty()) {
            send(response, HttpServletResponse.SC_NOT_FOUND, pages.missing(session));
            return;
        }
        try {
            servers.end(id, end(form.get(ServerPages.END)));
        } catch (IllegalArgumentException e) {
            send(response, HttpServletResponse.SC_BAD_REQUEST, one(pages, session, before.get(), e.getMessage() + "."));
            return;
        }
        LOG.log(System.Logger.Level.INFO, "{0} changed the end of the server {1}", session.name(), id);
        redirect(request, response, "/server/" + id);
    }

    private void keep(SignIns.Session session, String id, String address) {
        synchronized (unshown) {
            unshown.values().removeIf(one -> !now().isBefore(one.end()));
            if (unshown.size() >= MOST_UNSHOWN) {
                unshown.remove(unshown.keySet().iterator().next());
            }
            unshown.put(session.form() + id, new Unshown(address, now().plus(UNSHOWN)));
        }
    }

    /** Returns null if the address was shown before. */
    private @Nullable String once(SignIns.Session session, ToolGrant server) {
        synchronized (unshown) {
            Unshown one = unshown.remove(session.form() + server.id());
            return one == null || !now().isBefore(one.end()) ? null : one.address();
        }
    }
}
