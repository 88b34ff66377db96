package io.github.desk365mcp.tools.internal.core;

import io.github.desk365mcp.api.Cancellation;
import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.ErrorCodes;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.internal.account.Account;
import io.github.desk365mcp.tools.internal.net.PublicHttp;
import io.github.desk365mcp.tools.internal.net.ServerList;
import io.github.desk365mcp.tools.internal.text.Ascii;
import io.github.desk365mcp.tools.internal.text.PublicAddress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import okhttp3.Dns;
import okhttp3.HttpUrl;
import okhttp3.Response;

/**
 * The file servers that files are read from, and how: by https and from public addresses only, without the API key, and
 * without following redirects. The one exception is a helpdesk on loopback, which serves its own files. Thread-safe.
 */
public final class FileServers {

    private static final Duration MOST_TIME = Duration.ofSeconds(30);

    /** Where the service keeps images that were pasted into a mail. Their links have no signature and do not expire. */
    private static final Set<String> INLINE_IMAGES = Set.of(
            "d365-inline-imgs.s3.amazonaws.com",
            "d365-temp-inline-imgs.s3.amazonaws.com",
            "prod-eu1-d365-inline-imgs.s3.eu-central-1.amazonaws.com");

    /** What S3 answers for a link that has expired, or whose session has. */
    private static final Set<Integer> ENDED = Set.of(400, 401, 403, 404, 410);

    /** A file, its text or pixels, and what they are made into: about so much memory a call. */
    private static final long MEMORY_PER_FILE = 128L * 1024 * 1024;

    private static final int MOST_FILES_AT_ONCE = 8;

    private final ServerList listed;
    private final long mostBytes;
    private final PublicHttp http;
    private final PublicHttp loopback;
    private final Duration mostTime;
    private final Semaphore turns;

    /** With another network, for tests. */
    FileServers(Policy policy, PublicHttp http, Duration mostTime) {
        this.listed = new ServerList(policy.fileServerHosts());
        this.mostBytes = policy.mostFileBytes();
        this.http = http;
        this.loopback = new PublicHttp(Dns.SYSTEM, InetAddress::isLoopbackAddress, UnaryOperator.identity());
        this.mostTime = mostTime;
        this.turns = new Semaphore((int)
                Math.max(1, Math.min(MOST_FILES_AT_ONCE, Runtime.getRuntime().maxMemory() / MEMORY_PER_FILE)));
    }

    /** Those that a policy allows. */
    public static FileServers of(Policy policy) {
        return new FileServers(
                policy, new PublicHttp(Dns.SYSTEM, PublicAddress::is, UnaryOperator.identity()), MOST_TIME);
    }

    /** How many bytes a file may have. */
    public long mostBytes() {
        return mostBytes;
    }

    /** Whether files are read from where a link points to. */
    public boolean serve(String link, Account account) {
        HttpUrl url = HttpUrl.parse(link);
        if (url == null || !url.username().isEmpty() || !url.password().isEmpty()) {
            return false;
        }
        if (isOwn(url, account)) {
            return true;
        }
        return url.isHttps() && (url.port() == 443 && INLINE_IMAGES.contains(url.host()) || listed.has(url))
                || account.fileHosts().has(url);
    }

    /** Whether the helpdesk itself serves it; plain http is for one on loopback, as for the API. */
    private static boolean isOwn(HttpUrl url, Account account) {
        URI base = account.desk().baseUrl();
        HttpUrl own = HttpUrl.parse(base.toString());
        return own != null
                && own.scheme().equals(url.scheme())
                && own.host().equals(url.host())
                && own.port() == url.port();
    }

    /** Waits for a turn: files are held in memory while they are read. */
    public Turn enter() {
        try {
            if (turns.tryAcquire(mostTime.toNanos(), TimeUnit.NANOSECONDS)) {
                return turns::release;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new RefusedException(Outcome.BUSY.code(), Outcome.BUSY.message());
    }

    /** Ends a turn. */
    public interface Turn extends AutoCloseable {

        @Override
        void close();
    }

    /**
     * Fetches a file.
     *
     * @throws LinkEndedException if a link of the same file that is made anew may work
     * @throws FileTooLargeException if it has more bytes than the policy allows
     * @throws RefusedException if it is on another file server, or cannot be fetched
     */
    public byte[] fetch(String link, Account account, CallContext context)
            throws LinkEndedException, FileTooLargeException {
        HttpUrl url = HttpUrl.parse(link);
        if (url == null || !serve(link, account)) {
            throw new RefusedException(
                    ErrorCodes.INVALID_ARGUMENTS,
                    "Nothing was read: files are read only from where this helpdesk keeps them, and this link points"
                            + " elsewhere. Give ticket_number and file_name as answers have them.");
        }
        Cancellation cancellation = context.cancellation();
        PublicHttp client = url.isHttps() ? http : loopback;
        try (PublicHttp.Fetch fetch = client.fetch(url, System.nanoTime() + mostTime.toNanos(), cancellation)) {
            return read(fetch.response());
        } catch (PublicHttp.NotPublicException e) {
            throw failed("The file server is not at a public address.");
        } catch (IOException e) {
            if (cancellation != null && cancellation.isCancelled()) {
                throw new RefusedException(ErrorCodes.CANCELLED, "The call was cancelled; nothing was changed.");
            }
            throw failed(
                    e instanceof InterruptedIOException
                            ? "It took more than " + mostTime.toSeconds() + " seconds."
                            : "The file server could not be reached. It may be tried again.");
        }
    }

    private byte[] read(Response response) throws IOException, LinkEndedException, FileTooLargeException {
        int status = response.code();
        if (ENDED.contains(status)) {
            throw new LinkEndedException(status);
        }
        if (status != 200) {
            throw failed("The file server answered " + status
                    + (response.isRedirect() ? ", a redirect, which is not followed." : "."));
        }
        if (!Ascii.isSame("identity", response.header("Content-Encoding", "identity"))) {
            throw failed("The file server sends it compressed, which is not read.");
        }
        long length = response.body().contentLength();
        if (length > mostBytes) {
            throw new FileTooLargeException();
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream((int) Math.max(0, length));
        byte[] buffer = new byte[64 * 1024];
        InputStream in = response.body().byteStream();
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            if (bytes.size() + count > mostBytes) {
                throw new FileTooLargeException();
            }
            bytes.write(buffer, 0, count);
        }
        return bytes.toByteArray();
    }

    private static RefusedException failed(String why) {
        return new RefusedException(ErrorCodes.ATTACHMENT_FAILED, "The file was not read. " + why);
    }

    /** The server no longer honors a link. */
    public static final class LinkEndedException extends Exception {

        private static final long serialVersionUID = 1;

        /** What the file server answered. */
        private final int status;

        LinkEndedException(int status) {
            this.status = status;
        }

        public int status() {
            return status;
        }
    }

    /** A file has more bytes than the policy allows. */
    public static final class FileTooLargeException extends Exception {

        private static final long serialVersionUID = 1;
    }
}
