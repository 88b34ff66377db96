package io.github.desk365mcp.sandbox;

import java.net.URLConnection;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The files of all tickets and messages, with links that work for an hour, and inline images, whose links need no
 * signature.
 */
final class Attachments {

    static final String PATH = "/files/";
    static final String INLINE_PATH = "/inline/";

    private static final DateTimeFormatter BASIC =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final Pattern SIGNED = Pattern.compile("X-Amz-Date=(\\d{8}T\\d{6}Z)&X-Amz-Expires=(\\d{1,6})");

    private static final Duration LIFE = Duration.ofSeconds(3_600);

    private final Clock clock;
    private final String host;
    private final List<StoredFile> files = new ArrayList<>();
    private final List<StoredFile> inlineImages = new ArrayList<>();

    Attachments(Clock clock, String host) {
        this.clock = clock;
        this.host = host;
    }

    /** Returns a list of its own with the same files, which never change. */
    Attachments copy() {
        Attachments copy = new Attachments(clock, host);
        copy.files.addAll(files);
        copy.inlineImages.addAll(inlineImages);
        return copy;
    }

    List<StoredFile> store(List<Upload> uploads) {
        String now = Times.format(clock.instant());
        List<StoredFile> stored = new ArrayList<>();
        for (Upload upload : uploads) {
            Part part = upload.part();
            String name = String.valueOf(part.fileName());
            stored.add(store(name, part.contentType(), part.size(), upload.bytes(), now));
        }
        return stored;
    }

    StoredFile store(String name, @Nullable String type, long size, byte @Nullable [] bytes, String createdOn) {
        StoredFile file = new StoredFile(files.size() + 1, name, type(name, type), size, bytes, createdOn);
        files.add(file);
        return file;
    }

    private static String type(String name, @Nullable String given) {
        if (given != null) {
            return given;
        }
        String guessed = URLConnection.guessContentTypeFromName(name);
        return guessed == null ? "application/octet-stream" : guessed;
    }

    /** Describes files as the service does, each with a new link. */
    ArrayNode describe(List<StoredFile> described) {
        ArrayNode array = Json.MAPPER.createArrayNode();
        described.forEach(file -> array.add(describe(file)));
        return array;
    }

    private ObjectNode describe(StoredFile file) {
        String name = URLEncoder.encode(file.name(), StandardCharsets.UTF_8).replace("+", "%20");
        return Json.object()
                .put("file_name", file.name())
                .put("file_size", file.size())
                .put("file_type", file.type())
                .put("created_on", file.createdOn())
                .put(
                        "attachment_url",
                        host + PATH + file.id() + "/" + name + "?X-Amz-Date=" + BASIC.format(clock.instant())
                                + "&X-Amz-Expires=" + LIFE.toSeconds());
    }

    /** Keeps an image as the service keeps those that are pasted into a mail; returns its link. */
    String storeInline(String type, byte[] bytes) {
        int id = inlineImages.size() + 1;
        String name = id + "." + type.substring(type.indexOf('/') + 1);
        inlineImages.add(new StoredFile(id, name, type, bytes.length, bytes, Times.format(clock.instant())));
        return host + INLINE_PATH + name;
    }

    /** Follows a link: {@code /files/{id}/{name}} with a signature in the query, or {@code /inline/{id}.{type}}. */
    Answer download(String path, @Nullable String query) {
        boolean inline = path.startsWith(INLINE_PATH);
        String id = path.substring((inline ? INLINE_PATH : PATH).length()).split("[/.]", 2)[0];
        StoredFile file;
        try {
            file = (inline ? inlineImages : files).get(Integer.parseInt(id) - 1);
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw Refusal.notFound();
        }
        if (!inline) {
            checkSignature(String.valueOf(query));
        }
        if (file.bytes() == null) {
            // Too large to be kept.
            throw Refusal.notFound();
        }
        return Answer.of(200, file.type(), file.bytes());
    }

    private void checkSignature(String query) {
        Matcher signed = SIGNED.matcher(query);
        if (!signed.matches()) {
            throw Refusal.forbidden("Access Denied");
        }
        Instant signedOn = BASIC.parse(signed.group(1), Instant::from);
        if (!clock.instant().isBefore(signedOn.plusSeconds(Long.parseLong(signed.group(2))))) {
            throw Refusal.forbidden("Request has expired");
        }
    }
}
