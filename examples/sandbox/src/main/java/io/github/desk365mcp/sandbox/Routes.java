package io.github.desk365mcp.sandbox;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Maps methods and paths to handlers. */
final class Routes {

    /** Answers one operation, or throws a {@link Refusal}. */
    @FunctionalInterface
    interface Handler {
        Answer handle(Request request);
    }

    /**
     * A handler and its cost.
     *
     * @param calls how many calls of the plan one request costs
     */
    record Route(Handler handler, int calls) {}

    private static final String BASE = "/apis/v3";

    private final Map<String, Map<String, Route>> paths = new HashMap<>();

    void get(String path, Handler handler) {
        add("GET", path, new Route(handler, 1));
    }

    /** Adds an operation that counts as several calls. */
    void get(String path, int calls, Handler handler) {
        add("GET", path, new Route(handler, calls));
    }

    void post(String path, Handler handler) {
        add("POST", path, new Route(handler, 1));
    }

    void put(String path, Handler handler) {
        add("PUT", path, new Route(handler, 1));
    }

    void delete(String path, Handler handler) {
        add("DELETE", path, new Route(handler, 1));
    }

    private void add(String method, String path, Route route) {
        paths.computeIfAbsent(BASE + path, key -> new HashMap<>()).put(method, route);
    }

    /** Finds a route. For an unknown path, returns a route that refuses, because such a call is also counted. */
    Route find(Request request) {
        Map<String, Route> methods = paths.get(request.path());
        if (methods == null) {
            return new Route(missed -> Refusal.notFound().answer(), 1);
        }
        @Nullable Route route = methods.get(request.method());
        if (route == null) {
            return new Route(
                    missed -> Refusal.methodNotAllowed("Request method '" + missed.method() + "' is not supported")
                            .answer(),
                    1);
        }
        return route;
    }
}
