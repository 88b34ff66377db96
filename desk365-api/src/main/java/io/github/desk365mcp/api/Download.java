package io.github.desk365mcp.api;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Fetches a file by its link. The link leads to another host, and may come from anywhere, so the host gets no key, sends
 * us nowhere else, and cannot fill a disk.
 */
final class Download {

    private static final String OPERATION = "download attachment";

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
        try {
            return calls.transport()
                    .exchange(
                            OPERATION,
                            request,
                            null,
                            calls.options().cancellation(),
                            false,
                            response -> copy(response, target, mostBytes));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** A link is as good as the file, so no message quotes it. */
    private static Request request(String url, long mostBytes) {
        HttpUrl link = HttpUrl.parse(url);
        if (link == null || !BaseUrl.isPrivate(link)) {
            throw new InvalidArgumentException("A link to a file is https; plain http is for loopback");
        }
        if (mostBytes < 0) {
            throw new InvalidArgumentException("mostBytes must not be negative");
        }
        return Transport.tagged(new Request.Builder().url(link));
    }

    private static long copy(Response response, OutputStream target, long mostBytes) throws IOException {
        if (!response.isSuccessful()) {
            // Not one of its subclasses: what they say about keys and records does not hold for another host.
            int status = response.code();
            throw new ApiException(
                    new ErrorAnswer(OPERATION + ": " + status + hint(status), status, null, null, false));
        }
        if (response.body().contentLength() > mostBytes) {
            throw tooLong(mostBytes);
        }
        byte[] buffer = new byte[16 * 1024];
        long bytes = 0;
        // What is counted are the bytes after decompression.
        InputStream in = response.body().byteStream();
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            bytes += read;
            if (bytes > mostBytes) {
                throw tooLong(mostBytes);
            }
            write(target, buffer, read);
        }
        flush(target);
        return bytes;
    }

    private static InvalidResponseException tooLong(long mostBytes) {
        return new InvalidResponseException(OPERATION + ": the file has more than " + mostBytes + " bytes");
    }

    private static String hint(int status) {
        if (status >= 300 && status < 400) {
            return " (the link leads elsewhere, which is not followed)";
        }
        return status == 403 || status == 404
                ? " (links end after an hour: read the ticket again for a fresh one)"
                : "";
    }

    /** Unchecked, to tell a full disk from a broken connection. */
    private static void write(OutputStream target, byte[] bytes, int length) {
        try {
            target.write(bytes, 0, length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void flush(OutputStream target) {
        try {
            target.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
