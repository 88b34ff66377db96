package io.github.desk365mcp.api;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.RequestBody;
import okio.Buffer;
import okio.BufferedSink;
import okio.Okio;
import okio.Source;
import org.jspecify.annotations.Nullable;

/** Creates request bodies: empty, JSON, or files with a JSON object. */
final class Bodies {

    static final RequestBody EMPTY = RequestBody.create(new byte[0]);

    /** Servers reject long URLs with 414; all common servers accept this length. */
    static final int LONGEST_URL = 2_000;

    private static final MediaType JSON = MediaType.get("application/json");
    private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f]");

    private Bodies() {}

    static RequestBody json(Map<String, ?> fields) {
        return RequestBody.create(Json.write(fields).getBytes(StandardCharsets.UTF_8), JSON);
    }

    /** Sends one file as {@code file}, and several as repeated {@code files}. */
    static RequestBody multipart(@Nullable String objectName, String object, List<Attachment> files) {
        MultipartBody.Builder form = new MultipartBody.Builder().setType(MultipartBody.FORM);
        if (objectName != null) {
            form.addFormDataPart(objectName, null, RequestBody.create(object.getBytes(StandardCharsets.UTF_8), JSON));
        }
        String part = files.size() == 1 ? "file" : "files";
        for (Attachment file : files) {
            form.addFormDataPart(part, escaped(file.name()), new FileBody(file));
        }
        return form.build();
    }

    /** OkHttp escapes quotes and line breaks, as browsers do. A header must not have other control characters either. */
    private static String escaped(String name) {
        return CONTROL.matcher(name)
                .replaceAll(found -> "%%%02X".formatted((int) found.group().charAt(0)));
    }

    /** Whether the request uploads files. Uploads may take long while bytes are sent, so sending has no time limit. */
    static boolean isUpload(@Nullable RequestBody body) {
        return body instanceof OneShotBody once
                && (once.body() instanceof MultipartBody || once.body() instanceof ProgressBody);
    }

    /** A file caused the failure, not the connection. */
    static final class BadFile extends IOException {

        private static final long serialVersionUID = 1;

        BadFile(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    private static final class FileBody extends RequestBody {

        private final Attachment file;

        FileBody(Attachment file) {
            this.file = file;
        }

        @Override
        public @Nullable MediaType contentType() {
            String type = file.mediaType();
            MediaType whole = MediaType.parse(type);
            // OkHttp knows fewer forms of parameters, and would send none of the type.
            return whole == null ? MediaType.parse(type.split(";", 2)[0].strip()) : whole;
        }

        @Override
        public long contentLength() {
            return file.hasLength() ? file.length() : -1;
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            long left = file.hasLength() ? file.length() : Long.MAX_VALUE;
            try (Source in = open()) {
                while (left > 0) {
                    // Straight into the memory that is sent, at most 8 KB at once.
                    long read = read(in, sink.getBuffer(), left);
                    if (read < 0 && !file.hasLength()) {
                        return;
                    }
                    if (read < 0) {
                        throw new BadFile("a file ended " + left + " bytes before its declared length", null);
                    }
                    sink.emitCompleteSegments();
                    left -= read;
                }
                long more = 0;
                // Some streams return nothing before they end.
                while (more == 0) {
                    more = read(in, new Buffer(), 1);
                }
                if (more > 0) {
                    throw new BadFile("a file is longer than its declared length of " + file.length() + " bytes", null);
                }
            }
        }

        private Source open() throws BadFile {
            try {
                return Okio.source(file.source().open());
            } catch (IOException | RuntimeException e) {
                throw new BadFile("a file could not be opened", e);
            }
        }

        private static long read(Source in, Buffer to, long most) throws IOException {
            try {
                return in.read(to, most);
            } catch (IOException | RuntimeException e) {
                if (e instanceof InterruptedIOException stopped
                        && Thread.currentThread().isInterrupted()) {
                    throw stopped;
                }
                throw new BadFile("a file could not be read", e);
            }
        }
    }
}
