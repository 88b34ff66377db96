package io.github.desk365mcp.tools.host;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import okhttp3.Dns;
import okhttp3.OkHttpClient;

/** Fetches links as a policy does, on a network of the test's own. */
public final class HttpsOnAnotherNetwork {

    private HttpsOnAnotherNetwork() {}

    public static AttachmentResolver resolver(
            List<String> hosts,
            Dns dns,
            Predicate<InetAddress> allowed,
            UnaryOperator<OkHttpClient.Builder> network,
            Duration mostTime) {
        return new HttpsAttachments(hosts, dns, allowed, network, mostTime);
    }
}
