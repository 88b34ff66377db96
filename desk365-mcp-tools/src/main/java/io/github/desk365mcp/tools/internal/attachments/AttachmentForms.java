package io.github.desk365mcp.tools.internal.attachments;

import static io.github.desk365mcp.tools.internal.core.Param.param;
import static io.github.desk365mcp.tools.internal.core.Type.INTEGER;
import static io.github.desk365mcp.tools.internal.core.Type.TEXT;

import io.github.desk365mcp.tools.host.AttachmentResolver;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.internal.core.Arguments;
import io.github.desk365mcp.tools.internal.core.Param;
import io.github.desk365mcp.tools.internal.core.Tool;
import io.github.desk365mcp.tools.internal.core.Type;
import io.github.desk365mcp.tools.internal.core.Uploaded;
import io.github.desk365mcp.tools.internal.core.Uploader;
import io.github.desk365mcp.tools.internal.text.Text;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The forms of references to files that a host accepts, and the argument for them.
 *
 * @param resolvers asked in this order
 * @param fileParams whether the host fills in the argument automatically, in ChatGPT's form
 */
public record AttachmentForms(List<AttachmentResolver> resolvers, boolean fileParams) implements Uploader {

    public static final AttachmentForms INLINE = new AttachmentForms(List.of(AttachmentResolver.inline()), false);

    static final int MOST_FILES = 10;

    private static final Param<String> FILE_NAME = param("file_name", Type.FILE_NAME)
            .description("With its extension.")
            .required();
    private static final Param<Long> FILE_SIZE = param("file_size", INTEGER).description("Bytes; checked.");

    /** The forms of a policy. */
    public static AttachmentForms of(Policy policy) {
        return new AttachmentForms(policy.attachmentResolvers(), policy.hasOpenAiFileParams());
    }

    /** The argument in this host's form. */
    Param<List<Map<String, Object>>> argument() {
        Type<List<Map<String, Object>>> items = fileParams
                ? Type.objects(
                        param("download_url", TEXT)
                                .description("Filled in by the host.")
                                .required(),
                        param("file_id", TEXT).description("The file's id.").required(),
                        param("mime_type", TEXT).description("Such as image/png."),
                        FILE_NAME.optional())
                : Type.objects(
                        param("reference", TEXT).description(described()).required(),
                        FILE_NAME,
                        param("media_type", TEXT).description("Such as image/png."),
                        FILE_SIZE);
        return param(ARGUMENT, items)
                .description("Up to " + MOST_FILES + " files.")
                .required()
                .example(List.of(example()));
    }

    private static Map<String, Object> example() {
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("reference", "data:text/plain;base64,aGVsbG8=");
        file.put("file_name", "note.txt");
        file.put("media_type", "text/plain");
        return file;
    }

    /** The tool with the argument in this host's form if it sends files; otherwise unchanged. */
    public Tool on(Tool tool) {
        // Not equals, which the JDK would generate: this runs at each start.
        boolean isInline = !fileParams && resolvers.equals(INLINE.resolvers);
        if (isInline || tool.param(ARGUMENT) == null) {
            return tool;
        }
        Param<?> ours = argument();
        return tool.toBuilder()
                .takesOnly(tool.params().stream()
                        .<Param<?>>map(param -> param.name().equals(ARGUMENT) ? ours : param)
                        .toList())
                .build();
    }

    @Override
    public Uploaded send(Arguments in, Upload upload) {
        return AttachmentUpload.send(this, in, null, upload);
    }

    @Override
    public List<Map<String, Object>> measure(Arguments in) {
        return AttachmentUpload.measure(this, in);
    }

    @Override
    public Uploader only(List<Map<String, Object>> measured) {
        return new Only(this, measured);
    }

    /** Sends only the files that a preview showed. */
    private record Only(AttachmentForms forms, List<Map<String, Object>> measured) implements Uploader {

        @Override
        public Uploaded send(Arguments in, Upload upload) {
            return AttachmentUpload.send(forms, in, measured, upload);
        }

        @Override
        public List<Map<String, Object>> measure(Arguments in) {
            return forms.measure(in);
        }

        @Override
        public Uploader only(List<Map<String, Object>> others) {
            return forms.only(others);
        }
    }

    /** What a program needs to know to fill in the argument for a model. */
    public Map<String, Object> hints() {
        Map<String, Object> hints = new LinkedHashMap<>();
        hints.put("argument", ARGUMENT);
        hints.put("most_files", MOST_FILES);
        hints.put(
                "most_bytes",
                resolvers.stream()
                        .mapToLong(AttachmentResolver::mostBytes)
                        .max()
                        .orElse(0));
        hints.put("media_types", List.of("*/*"));
        hints.put(
                "forms",
                resolvers.stream()
                        .flatMap(resolver -> resolver.formNames().stream())
                        .distinct()
                        .toList());
        return hints;
    }

    /** A sentence that says what a reference may be. */
    String described() {
        String forms = resolvers.stream()
                .map(resolver -> resolver.form() + " (up to " + Text.bytes(resolver.mostBytes()) + ")")
                .collect(Collectors.joining("; or "));
        return Character.toUpperCase(forms.charAt(0)) + forms.substring(1) + ".";
    }

    /** One file of the argument, as written. */
    record Item(
            String reference,
            @Nullable String fileName,
            @Nullable String mediaType,
            @Nullable Long size) {}

    Item item(Map<String, Object> written) {
        return new Item(
                String.valueOf(written.get(fileParams ? "download_url" : "reference")),
                FILE_NAME.in(written),
                (String) written.get(fileParams ? "mime_type" : "media_type"),
                FILE_SIZE.in(written));
    }
}
