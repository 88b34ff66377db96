package io.github.desk365mcp.tools.internal.attachments;

import io.github.desk365mcp.api.Attachment;
import io.github.desk365mcp.api.Spool;
import io.github.desk365mcp.tools.host.AttachmentRefusedException;
import io.github.desk365mcp.tools.host.AttachmentResolver;
import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.ErrorCodes;
import io.github.desk365mcp.tools.internal.core.Arguments;
import io.github.desk365mcp.tools.internal.core.Param;
import io.github.desk365mcp.tools.internal.core.RefusedException;
import io.github.desk365mcp.tools.internal.core.Uploaded;
import io.github.desk365mcp.tools.internal.core.Uploader;
import io.github.desk365mcp.tools.internal.text.FileNames;
import io.github.desk365mcp.tools.internal.text.NameForm;
import io.github.desk365mcp.tools.internal.text.Text;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The files of one call: resolved, fully read and measured before anything is sent, and always released afterwards.
 */
public final class AttachmentUpload implements AutoCloseable {

    public static final Param<List<Map<String, Object>>> ATTACHMENTS = AttachmentForms.INLINE.argument();

    private static final System.Logger LOG = System.getLogger(AttachmentUpload.class.getName());

    private final AttachmentForms forms;
    private final CallContext context;
    private final List<Spool> spools = new ArrayList<>();
    private final List<Attachment> attachments = new ArrayList<>();
    private final List<Map<String, Object>> sent = new ArrayList<>();

    private AttachmentUpload(AttachmentForms forms, CallContext context) {
        this.forms = forms;
        this.context = context;
    }

    /**
     * Uploads the files of a call and returns their names, sizes and hashes with the response.
     *
     * @param approved the files of the preview, which must be the same; null if there was none
     */
    static Uploaded send(
            AttachmentForms forms, Arguments in, @Nullable List<Map<String, Object>> approved, Uploader.Upload upload) {
        try (AttachmentUpload files = read(forms, in)) {
            // As JSON, since a shared state returns numbers of other types.
            if (approved != null
                    && !Text.json(Map.of("files", approved)).equals(Text.json(Map.of("files", files.sent)))) {
                throw new RefusedException(
                        ErrorCodes.APPROVAL_NOT_GOOD,
                        "Nothing was sent. A file has changed since the preview. Call again without approval_token for"
                                + " a new preview.");
            }
            return new Uploaded(upload.send(files.attachments), files.sent);
        }
    }

    /** Reads the files of a call and returns their names, sizes and hashes. */
    static List<Map<String, Object>> measure(AttachmentForms forms, Arguments in) {
        try (AttachmentUpload files = read(forms, in)) {
            return List.copyOf(files.sent);
        }
    }

    private static AttachmentUpload read(AttachmentForms forms, Arguments in) {
        List<Map<String, Object>> written = in.need(ATTACHMENTS);
        if (written.isEmpty() || written.size() > AttachmentForms.MOST_FILES) {
            throw refused(
                    "attachments takes 1 to " + AttachmentForms.MOST_FILES + " files, not " + written.size() + ".");
        }
        List<AttachmentForms.Item> items = written.stream().map(forms::item).toList();
        // All names are checked before any file is read, so that a wrong one costs no download.
        items.forEach(AttachmentUpload::check);
        AttachmentUpload files = new AttachmentUpload(forms, in.context());
        try {
            items.forEach(files::read);
            return files;
        } catch (RuntimeException | Error e) {
            files.close();
            throw e;
        }
    }

    @Override
    public void close() {
        for (Spool spool : spools) {
            try {
                spool.close();
            } catch (IOException e) {
                LOG.log(System.Logger.Level.WARNING, "A temporary file was not deleted", e);
            }
        }
    }

    private static void check(AttachmentForms.Item item) {
        String name = item.fileName();
        if (name != null && !FileNames.isName(name)) {
            throw refused("file_name must have 1 to " + FileNames.LONGEST
                    + " characters, without slashes, quotes, line breaks or"
                    + " other control or invisible characters: " + Text.brief(name) + ".");
        }
        if (item.mediaType() != null && !FileNames.isMediaType(item.mediaType())) {
            throw refused("media_type must look like image/png: " + Text.brief(item.mediaType()) + ".");
        }
    }

    private void read(AttachmentForms.Item item) {
        String label = "In attachments, " + Text.brief(item.fileName() == null ? "file" : item.fileName()) + ": ";
        try {
            for (AttachmentResolver resolver : forms.resolvers()) {
                Attachment found = resolver.resolve(item.reference(), context);
                if (found != null) {
                    keep(item, found, spooled(item, found, resolver.mostBytes()));
                    return;
                }
            }
        } catch (AttachmentRefusedException e) {
            throw refused(label + e.getMessage());
        } catch (IOException | RuntimeException e) {
            throw failed(label, e);
        }
        throw refused(label + "This host does not accept this reference. It accepts: " + forms.described());
    }

    /** Reads the file and checks its length against the declared ones. */
    private Spool spooled(AttachmentForms.Item item, Attachment found, long mostBytes) throws IOException {
        try (InputStream in = found.source().open()) {
            if (found.hasLength() && found.length() > mostBytes) {
                throw tooLarge(mostBytes);
            }
            Spool spool;
            try {
                spool = Spool.of(in, mostBytes);
            } catch (Spool.TooLargeException e) {
                throw tooLarge(mostBytes);
            }
            spools.add(spool);
            check(spool.length(), found.hasLength() ? found.length() : null, "its source declared");
            check(spool.length(), item.size(), "file_size says");
            if (spool.length() == 0) {
                throw new AttachmentRefusedException("It is empty.");
            }
            return spool;
        }
    }

    private static void check(long bytes, @Nullable Long expected, String whoSays) {
        if (expected != null && expected != bytes) {
            throw new AttachmentRefusedException("It has " + bytes + " bytes, not the " + expected + " that " + whoSays
                    + ": it is incomplete or altered.");
        }
    }

    private static AttachmentRefusedException tooLarge(long mostBytes) {
        return new AttachmentRefusedException("It is larger than " + Text.bytes(mostBytes) + ".");
    }

    private void keep(AttachmentForms.Item item, Attachment found, Spool spool) {
        String ownName = FileNames.isName(found.name()) ? NameForm.ofFile(found.name()) : "file";
        String name = item.fileName() == null ? ownName : item.fileName();
        String type = item.mediaType() == null ? found.mediaType() : item.mediaType();
        attachments.add(spool.attachment(name, type));
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("file_name", name);
        file.put("media_type", type);
        file.put("file_size", spool.length());
        file.put("sha256", spool.sha256());
        sent.add(file);
    }

    private RefusedException failed(String label, Exception failure) {
        if (context.cancellation() != null && context.cancellation().isCancelled()) {
            return new RefusedException(ErrorCodes.CANCELLED, "The call was cancelled; nothing was sent.");
        }
        // Its message may contain what the model must not see: paths, links, keys.
        LOG.log(
                System.Logger.Level.WARNING,
                "An attachment could not be read: {0}",
                failure.getClass().getName());
        String why = failure instanceof InterruptedIOException
                ? "It took too long to fetch."
                : "This host failed to read it; other arguments do not help.";
        return new RefusedException(ErrorCodes.ATTACHMENT_FAILED, "Nothing was sent. " + label + why);
    }

    private static RefusedException refused(String message) {
        return new RefusedException(ErrorCodes.INVALID_ARGUMENTS, "Nothing was sent. " + message);
    }
}
