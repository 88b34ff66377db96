package io.github.desk365mcp.sandbox;

import java.net.URLConnection;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The files of all tickets and messages, and their links, which work for an hour. */
final class Attachments {

    static final String PATH = "/files/";

    private static final Duration LIFE = Duration.ofSeconds(3_600);

    private final Clock clock;
    private final String host;
    private final List<StoredFile> files = new ArrayList<>();

    Attachments(Clock clock, String host) {
        this.clock = clock;
        this.host = host;
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
        long expires = clock.instant().plus(LIFE).getEpochSecond();
        String name = URLEncoder.encode(file.name(), StandardCharsets.UTF_8).replace("+", "%20");
        return Json.object()
                .put("file_name", file.name())
                .put("file_size", file.size())
                .put("file_type", file.type())
                .put("created_on", file.createdOn())
                .put("attachment_url", host + PATH + file.id() + "-" + expires + "/" + name);
    }

    /** Returns the file of a link with the path {@code /files/{id}-{expiry}/{name}}. */
    Answer download(String path) {
        String[] token = path.substring(PATH.length()).split("/", 2)[0].split("-", 2);
        StoredFile file;
        Instant expires;
        try {
            file = files.get(Integer.parseInt(token[0]) - 1);
            expires = Instant.ofEpochSecond(Long.parseLong(token[1]));
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw Refusal.notFound();
        }
        if (!clock.instant().isBefore(expires)) {
            throw Refusal.forbidden("Request has expired");
        }
        if (file.bytes() == null) {
            // Too large to be kept.
            throw Refusal.notFound();
        }
        return Answer.of(200, file.type(), file.bytes());
    }
}
