package io.github.desk365mcp.tools.internal.account;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
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

    /** The members of answers that are records, or lists of them. */
    private static final List<String> RECORDS = List.of("ticket", "conversations");

    private final Set<String> places = new LinkedHashSet<>();

    /** Adds the places of all files in an answer about a record, or about several. */
    public void sawAnswer(Map<?, ?> answer) {
        sawRecord(answer);
        for (String name : RECORDS) {
            Object part = answer.get(name);
            for (Object record : part instanceof List<?> records ? records : part == null ? List.of() : List.of(part)) {
                if (record instanceof Map<?, ?> fields) {
                    sawRecord(fields);
                }
            }
        }
    }

    /** Adds the places of a record's attachments: of no other field, which people may write. */
    public void sawRecord(Map<?, ?> record) {
        if (record.get("attachments") instanceof List<?> attachments) {
            for (Object attachment : attachments) {
                if (attachment instanceof Map<?, ?> file && file.get("attachment_url") instanceof String link) {
                    saw(link);
                }
            }
        }
    }

    /** Adds the place that a link of the service points to. */
    public void saw(String link) {
        HttpUrl url = HttpUrl.parse(link);
        String place = url == null ? null : place(url);
        if (place != null) {
            synchronized (places) {
                if (places.size() < MOST) {
                    places.add(place);
                }
            }
        }
    }

    /** Whether a link, in the form in which it is fetched, points to a place where this account has files. */
    public boolean has(HttpUrl link) {
        String place = place(link);
        synchronized (places) {
            return place != null && places.contains(place);
        }
    }

    /** The host, with the bucket where that is in the path; null if the link is not https or its host is no name. */
    private static @Nullable String place(HttpUrl url) {
        String host = url.host();
        if (!url.isHttps()
                || url.port() != 443
                || !NAME.matcher(host).matches()
                || !url.username().isEmpty()
                || !url.password().isEmpty()) {
            return null;
        }
        if (!PATH_STYLE.matcher(host).matches()) {
            return host;
        }
        List<String> path = url.encodedPathSegments();
        return path.size() < 2 || !path.get(0).matches("[a-z0-9][a-z0-9.-]+") ? null : host + "/" + path.get(0);
    }
}
