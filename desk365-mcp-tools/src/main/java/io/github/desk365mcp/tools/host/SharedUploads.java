package io.github.desk365mcp.tools.host;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.desk365mcp.api.Attachment;
import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.tools.internal.text.Text;
import io.github.desk365mcp.tools.internal.text.ValueCipher;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Uploaded files in a shared state, encrypted: the length of a JSON object, the object, and the content. Thread-safe. */
final class SharedUploads {

    private static final String FILE_NAME = "file_name";
    private static final String MEDIA_TYPE = "media_type";
    private static final String TENANT = "tenant";
    private static final String CALLER = "caller";

    private final SharedState state;
    private final ValueCipher cipher;
    private final Duration life;

    SharedUploads(SharedState state, byte[] key, Duration life) {
        this.state = state;
        this.cipher = new ValueCipher(key);
        this.life = life;
    }

    private static String key(String handle) {
        return "upload/" + handle;
    }

    void put(String handle, String fileName, String mediaType, byte[] content, CallContext context) {
        Map<String, @Nullable Object> about = new LinkedHashMap<>();
        about.put(FILE_NAME, fileName);
        about.put(MEDIA_TYPE, mediaType);
        about.put(TENANT, context.tenant());
        about.put(CALLER, context.caller());
        byte[] json = Text.json(about).getBytes(UTF_8);
        ByteBuffer plain = ByteBuffer.allocate(Integer.BYTES + json.length + content.length);
        plain.putInt(json.length).put(json).put(content);
        state.putIfAbsent(key(handle), cipher.encrypt(key(handle), plain.array()), life);
    }

    /** {@return the file; null if the handle is unknown, has expired or is another caller's} */
    @Nullable
    Attachment get(String handle, CallContext context) {
        byte[] value = state.get(key(handle));
        if (value == null) {
            return null;
        }
        ByteBuffer plain = ByteBuffer.wrap(cipher.decrypt(key(handle), value));
        byte[] json = new byte[plain.getInt()];
        plain.get(json);
        byte[] content = new byte[plain.remaining()];
        plain.get(content);
        JsonDocument about = JsonDocument.parse(new String(json, UTF_8));
        boolean isOwn = Objects.equals(about.text(TENANT), context.tenant())
                && Objects.equals(about.text(CALLER), context.caller());
        return isOwn
                ? Attachment.of(
                        Objects.requireNonNull(about.text(FILE_NAME)),
                        Objects.requireNonNull(about.text(MEDIA_TYPE)),
                        content)
                : null;
    }

    void remove(String handle) {
        byte[] value = state.get(key(handle));
        if (value != null) {
            state.remove(key(handle), value);
        }
    }
}
