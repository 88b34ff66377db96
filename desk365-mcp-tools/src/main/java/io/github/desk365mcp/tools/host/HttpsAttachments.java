package io.github.desk365mcp.tools.host;

import io.github.desk365mcp.api.Attachment;
import io.github.desk365mcp.api.Cancellation;
import io.github.desk365mcp.tools.internal.net.PublicHttp;
import io.github.desk365mcp.tools.internal.net.ServerList;
import io.github.desk365mcp.tools.internal.text.Ascii;
import io.github.desk365mcp.tools.internal.text.FileNames;
import io.github.desk365mcp.tools.internal.text.PublicAddress;
import io.github.desk365mcp.tools.internal.text.Text;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import okhttp3.Dns;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Downloads files by link, from listed file servers at public addresses. */
final class HttpsAttachments implements AttachmentResolver {

    private static final Pattern HTTPS = Pattern.compile("(?is)https:.*");
    private static final Pattern HOST =
            Pattern.compile("(\\*\\.)?([a-z0-9_-]+\\.)*[a-z0-9_-]*[a-z_-][a-z0-9_-]*(:\\d{1,5})?");
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final String ANY_TYPE = "application/octet-stream";
    private static final int MOST_REDIRECTS = 5;
    private static final Duration MOST_TIME = Duration.ofSeconds(30);

    private final ServerList listed;
    private final PublicHttp http;
    private final Duration mostTime;

    HttpsAttachments(List<String> hosts) {
        this(hosts, Dns.SYSTEM, PublicAddress::is, UnaryOperator.identity(), MOST_TIME);
    }

    /** For tests, which need another network. */
    HttpsAttachments(
            List<String> hosts,
            Dns dns,
            Predicate<InetAddress> allowed,
            UnaryOperator<OkHttpClient.Builder> network,
            Duration mostTime) {
        this.listed =
                new ServerList(hosts.stream().map(HttpsAttachments::host).collect(Collectors.toUnmodifiableSet()));
        if (hosts.isEmpty()) {
            throw new IllegalArgumentException("At least one host name is required");
        }
        this.mostTime = mostTime;
        this.http = new PublicHttp(dns, allowed, network);
    }

    /** The host name in lower case, without the default port. */
    static String host(String given) {
        String host = Ascii.lower(given.strip());
        if (!HOST.matcher(host).matches()) {
            throw new IllegalArgumentException(
                    "A host name must look like files.example.com or *.example.com, and not be an IP address: "
                            + given);
        }
        return host.endsWith(":443") ? host.substring(0, host.length() - 4) : host;
    }

    @Override
    public @Nullable Attachment resolve(String reference, CallContext context) throws IOException {
        String given = reference.strip();
        if (!HTTPS.matcher(given).matches()) {
            return null;
        }
        HttpUrl url = HttpUrl.parse(given);
        if (url == null) {
            throw new AttachmentRefusedException("The link is not valid.");
        }
        if (!listed.has(url)) {
            return null;
        }
        long end = System.nanoTime() + mostTime.toNanos();
        for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
            check(url, hop);
            PublicHttp.Fetch fetch = fetch(url, end, context.cancellation());
            String location = fetch.response().header("Location");
            if (!REDIRECTS.contains(fetch.response().code()) || location == null) {
                return attachment(url, fetch);
            }
            fetch.close();
            url = url.resolve(location);
            if (url == null) {
                throw new AttachmentRefusedException("The link redirects to an invalid link.");
            }
        }
        throw new AttachmentRefusedException("The link redirects too often; give the final link.");
    }

    private void check(HttpUrl url, int hop) {
        String link = hop == 0 ? "The link" : "The link redirects to a link that";
        if (!url.isHttps()) {
            throw new AttachmentRefusedException(link + " is not https.");
        }
        if (!url.username().isEmpty() || !url.password().isEmpty()) {
            throw new AttachmentRefusedException(link + " contains a user name or password.");
        }
        if (!listed.has(url)) {
            throw new AttachmentRefusedException(link + " is on a server that is not allowed.");
        }
    }

    private PublicHttp.Fetch fetch(HttpUrl url, long end, @Nullable Cancellation cancellation) throws IOException {
        try {
            return http.fetch(url, end, cancellation);
        } catch (PublicHttp.NotPublicException e) {
            throw new AttachmentRefusedException("The link's server has no public address.");
        } catch (IOException e) {
            if (e instanceof InterruptedIOException || cancellation != null && cancellation.isCancelled()) {
                throw e;
            }
            throw new AttachmentRefusedException("The link's server cannot be reached over https.");
        }
    }

    private static Attachment attachment(HttpUrl url, PublicHttp.Fetch fetch) {
        Response response = fetch.response();
        if (!response.isSuccessful()) {
            fetch.close();
            throw new AttachmentRefusedException(
                    "The link's server responded " + response.code() + "; the link may have expired.");
        }
        String encoding = response.header("Content-Encoding", "identity");
        if (!Ascii.isSame("identity", encoding)) {
            fetch.close();
            throw new AttachmentRefusedException(
                    "The link's server sends the file compressed, which is not supported.");
        }
        long length = response.body().contentLength();
        String type = String.valueOf(response.header("Content-Type", ANY_TYPE));
        List<String> path = url.pathSegments();
        String name = path.get(path.size() - 1);
        return Attachment.of(
                name.isBlank() ? "file" : name,
                FileNames.isMediaType(type) ? type : ANY_TYPE,
                length < 0 ? Attachment.UNKNOWN_LENGTH : length,
                fetch::stream);
    }

    @Override
    public String form() {
        return "an https link to a file on "
                + Text.list(listed.names().stream().sorted().toList(), "or");
    }

    @Override
    public List<String> formNames() {
        return List.of("https-url");
    }
}
