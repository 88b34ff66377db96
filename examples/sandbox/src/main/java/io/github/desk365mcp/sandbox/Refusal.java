package io.github.desk365mcp.sandbox;

/** Ends the handling of a request with an error response. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;

    private Refusal(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    static Refusal badRequest(String message) {
        return new Refusal(400, message);
    }

    static Refusal forbidden(String message) {
        return new Refusal(403, message);
    }

    static Refusal notFound() {
        return new Refusal(404, "The resource you were trying to reach is not found");
    }

    static Refusal methodNotAllowed(String message) {
        return new Refusal(405, message);
    }

    static Refusal conflict(String message) {
        return new Refusal(409, message);
    }

    Answer answer() {
        return Answer.error(status, String.valueOf(getMessage()));
    }
}
