package io.github.desk365mcp.tools.internal.account;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where one account's attachments are stored, learned from the {@code attachment_url} fields in its answers. Thread-safe.
 */
public final class FileHosts {

    private static final int MOST = 50;

    /** An IP address has no letter in its last label. */
    private static final Pattern NAME = Pattern.compile("([a-z0-9_-]+\\.)+[a-z0-9_-]*[a-z][a-z0-9_-]*");

    /** On these hosts, the first part of the path names the bucket; other buckets belong to other people. */
    private static final Pattern PATH_STYLE = Pattern.compile("s3([.-][a-z0-9.-]+)?\\.amazonaws\\.com(\\.cn)?");

    private final Set<String> places = new LinkedHashSet<>();

    /** Adds the place that a link of the service points to. */
    public void saw(String link) {
        String place = place(link);
        if (place != null) {
            synchronized (places) {
                if (places.size() < MOST) {
                    places.add(place);
                }
            }
        }
    }

    /** Whether a link points to a place where this account has files. */
    public boolean has(String link) {
        String place = place(link);
        synchronized (places) {
            return place != null && places.contains(place);
        }
    }

    /** The host, with the bucket where that is in the path; null if the link is not https or its host is no name. */
    private static @Nullable String place(String link) {
        URI uri;
        try {
            uri = new URI(link);
        } catch (URISyntaxException e) {
            return null;
        }
        String host = uri.getHost();
        if (!"https".equals(uri.getScheme())
                || host == null
                || !NAME.matcher(host).matches()
                || uri.getPort() != -1
                || uri.getUserInfo() != null) {
            return null;
        }
        if (!PATH_STYLE.matcher(host).matches()) {
            return host;
        }
        String[] path = uri.getRawPath().split("/", 3);
        return path.length < 3 || !path[1].matches("[a-z0-9][a-z0-9.-]+") ? null : host + "/" + path[1];
    }
}
