package io.github.desk365mcp.sandbox;

import java.time.Duration;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The API as a function from requests to responses: the general checks, and then the operations. */
final class Desk365Api {

    static final String KEY = "sandbox-key";

    private static final String PING = "/apis/v3/ping";

    /** The longest request line that the web server in front of the service accepts. */
    private static final int LONGEST_LINE = 8190;

    private final Options options;
    private final RateLimit limit;
    private final Helpdesk seed;
    private Helpdesk helpdesk;
    private Routes routes;
    private boolean isChanged;

    Desk365Api(Options options, String host) {
        this.options = options;
        this.limit = new RateLimit(options.plan(), options.clock());
        Helpdesk seed =
                new Helpdesk(Account.seeded(options.rules()), options.clock(), new Attachments(options.clock(), host));
        new Seed(seed).plant();
        this.seed = seed;
        this.helpdesk = seed.copy();
        this.routes = routes(helpdesk, options);
    }

    /** Restores the seed data and a full rate limit. */
    synchronized void reset() {
        // Reads change nothing, so after them the seed data is still as it was planted.
        if (isChanged) {
            helpdesk = seed.copy();
            routes = routes(helpdesk, options);
            isChanged = false;
        }
        limit.reset();
    }

    private static Routes routes(Helpdesk helpdesk, Options options) {
        Routes routes = new Routes();
        new TicketRoutes(helpdesk).addTo(routes);
        new ConversationRoutes(helpdesk).addTo(routes);
        new ContactRoutes(helpdesk).addTo(routes);
        new CompanyRoutes(helpdesk).addTo(routes);
        new TimeEntryRoutes(helpdesk).addTo(routes);
        new SurveyRoutes(helpdesk).addTo(routes);
        new ContractRoutes(helpdesk, options.contractsEnabled()).addTo(routes);
        new CategoryRoutes(helpdesk).addTo(routes);
        new FolderRoutes(helpdesk).addTo(routes);
        new ArticleRoutes(helpdesk).addTo(routes);
        new LocationRoutes(helpdesk).addTo(routes);
        new AgentRoutes(helpdesk).addTo(routes);
        return routes;
    }

    /** Answers a request. Requests are handled one at a time, so one lock protects the whole state. */
    synchronized Answer answer(Request request) {
        if (request.lineLength() > LONGEST_LINE) {
            return tooLong();
        }
        if (request.path().equals(PING) && request.method().equals("GET")) {
            // The response claims to be JSON but is not. It is not counted, and needs no key.
            return Answer.text(200, "application/json", "All good! Desk365 APIs are running fine");
        }
        if (!isAuthorized(request.header("authorization"))) {
            return Answer.error(401, "The API key is missing or not valid");
        }
        Routes.Route route = routes.find(request);
        OptionalInt remaining = limit.take(route.calls());
        if (remaining.isEmpty()) {
            return tooMany();
        }
        isChanged |= !request.method().equals("GET");
        Answer answer = handle(route, request);
        return options.plan() == Plan.UNLIMITED
                ? answer
                : answer.with("X-Rate-Limit-Remaining", String.valueOf(remaining.getAsInt()));
    }

    private static Answer handle(Routes.Route route, Request request) {
        try {
            request.check();
            return route.handler().handle(request);
        } catch (Refusal refusal) {
            return refusal.answer();
        } catch (RuntimeException e) {
            // A bug of the sandbox is reported, instead of hidden behind a broken connection.
            return Answer.error(500, "The sandbox failed: " + e);
        }
    }

    /** Keeps an inline image; returns its link. */
    synchronized String storeInline(String type, byte[] bytes) {
        isChanged = true;
        return helpdesk.attachments().storeInline(type, bytes);
    }

    /** Returns a file of an attachment, which needs no key but a link that is young enough, or an inline image. */
    synchronized Answer file(String path, @Nullable String query) {
        try {
            return helpdesk.attachments().download(path, query);
        } catch (Refusal refusal) {
            return refusal.answer();
        }
    }

    private static boolean isAuthorized(@Nullable String header) {
        return header != null && (header.equals(KEY) || header.equals("Bearer " + KEY));
    }

    /** Returns the error page of the web server in front of the service. */
    private static Answer tooLong() {
        return Answer.text(
                414,
                "text/html; charset=iso-8859-1",
                "<!DOCTYPE HTML PUBLIC \"-//IETF//DTD HTML 2.0//EN\">\n<html><head>\n<title>414 Request-URI Too Long"
                        + "</title>\n</head><body>\n<h1>Request-URI Too Long</h1>\n<p>The requested URL's length exceeds"
                        + " the capacity limit for this server.<br />\n</p>\n</body></html>\n");
    }

    private Answer tooMany() {
        Answer answer = Answer.error(429, "Too many requests, try again later");
        Duration wait = options.retryAfter();
        return wait == null ? answer : answer.with("Retry-After", String.valueOf(wait.toSeconds()));
    }
}
