package io.github.desk365mcp.api;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Downloads a file by its link. The link points to another server and may come from an untrusted source. That server
 * therefore receives no API key, cannot redirect this client, and cannot fill the disk.
 */
final class Download {

    private static final String OPERATION = "download attachment";

    /** A large file may take long. The time limit restarts whenever this many bytes have arrived. */
    private static final int STEP = 64 * 1024;

    private final Calls calls;

    Download(Calls calls) {
        this.calls = calls;
    }

    long to(String url, Path target, long mostBytes) throws IOException {
        Request request = request(url, mostBytes);
        OutputStream file = Files.newOutputStream(target, CREATE_NEW, WRITE);
        try (file) {
            return to(request, file, mostBytes);
        } catch (IOException | RuntimeException failure) {
            Files.deleteIfExists(target);
            throw failure;
        }
    }

    long to(String url, OutputStream target, long mostBytes) throws IOException {
        return to(request(url, mostBytes), target, mostBytes);
    }

    private long to(Request request, OutputStream target, long mostBytes) throws IOException {
        TimeLimit limit = new TimeLimit(calls.options().limit());
        try {
            return calls.transport()
                    .exchange(
                            OPERATION,
                            request,
                            limit,
                            calls.options().cancellation(),
                            false,
                            response -> copy(response, limit, target, mostBytes));
        } catch (TargetFailed e) {
            throw e.thrown();
        }
    }

    /** A failure of the target, such as a full disk, as opposed to one of the connection. */
    static final class TargetFailed extends RuntimeException {

        private static final long serialVersionUID = 1;

        TargetFailed(Exception thrown) {
            super(thrown);
        }

        /** Returns the exception that the target threw. */
        IOException thrown() {
            if (getCause() instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            return (IOException) Objects.requireNonNull(getCause());
        }
    }

    /** Anyone who has the link can read the file, so messages do not quote it. */
    private static Request request(String url, long mostBytes) {
        HttpUrl link = HttpUrl.parse(url);
        if (link == null || !BaseUrl.isPrivate(link)) {
            throw new InvalidArgumentException("A file link must use https, or http with a loopback address");
        }
        if (mostBytes < 0) {
            throw new InvalidArgumentException("mostBytes must not be negative");
        }
        return Transport.tagged(new Request.Builder().url(link));
    }

    private static long copy(Response response, TimeLimit limit, OutputStream target, long mostBytes)
            throws IOException {
        if (!response.isSuccessful()) {
            // Not a subclass: what those say about keys and records does not apply to a file server.
            int status = response.code();
            throw new ApiException(
                    new ErrorAnswer(OPERATION + ": " + status + hint(status), status, null, null, false));
        }
        if (response.body().contentLength() > mostBytes) {
            throw tooLong(mostBytes);
        }
        byte[] buffer = new byte[16 * 1024];
        long bytes = 0;
        long step = STEP;
        // Bytes are counted after decompression.
        InputStream in = response.body().byteStream();
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            bytes += read;
            if (bytes > mostBytes) {
                throw tooLong(mostBytes);
            }
            write(target, buffer, read);
            if (bytes >= step) {
                limit.restart();
                step = bytes + STEP;
            }
        }
        flush(target);
        return bytes;
    }

    private static InvalidResponseException tooLong(long mostBytes) {
        return new InvalidResponseException(OPERATION + ": the file has more than " + mostBytes + " bytes");
    }

    private static String hint(int status) {
        if (status >= 300 && status < 400) {
            return " (the link redirects; redirects are not followed)";
        }
        return status == 403 || status == 404
                ? " (links expire within an hour: read the ticket again for a new one)"
                : "";
    }

    private static void write(OutputStream target, byte[] bytes, int length) {
        try {
            target.write(bytes, 0, length);
        } catch (IOException | RuntimeException e) {
            throw new TargetFailed(e);
        }
    }

    private static void flush(OutputStream target) {
        try {
            target.flush();
        } catch (IOException | RuntimeException e) {
            throw new TargetFailed(e);
        }
    }
}
