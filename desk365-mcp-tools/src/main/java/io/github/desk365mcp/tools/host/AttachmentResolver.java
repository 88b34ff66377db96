package io.github.desk365mcp.tools.host;

import io.github.desk365mcp.api.Attachment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns what a model writes as an attachment's {@code reference} into bytes.
 *
 * <p>Resolvers are asked in the order in which {@link Policy#attachments} has them, and the first that knows a reference
 * has it. Whatever one answers is read to its end, into memory or a temporary file, before anything is sent: length and
 * hash are known then, and a length that was promised must be the true one. What the model wrote is not to be trusted:
 * it may come from a customer's message. Implementations are thread-safe.
 */
@FunctionalInterface
public interface AttachmentResolver {

    /**
     * The file that a reference means, which is opened once. Its name counts only where the model gave none, and so does
     * its media type; {@link Attachment#of(String, String, Attachment.Source)} is for a stream of unknown length.
     *
     * @param reference as the model wrote it
     * @param context whose call it is: caller and tenant are those that were checked
     * @return null if references of this form are for another resolver
     * @throws AttachmentRefusedException if there is no such file, or not for this caller; its message is for the model
     * @throws IOException if it fails otherwise; the model is told so, without details
     */
    @Nullable
    Attachment resolve(String reference, CallContext context) throws IOException;

    /** The form of reference in a few words for the model, such as "the path of a file in the shared folder". */
    default String form() {
        return "a reference that this host gave";
    }

    /** The form in a word for programs, in the definitions' {@code _meta}. */
    default List<String> formNames() {
        return List.of("custom");
    }

    /** How large a file may be; more is not read. Default 25 MiB. */
    default long mostBytes() {
        return 25L * 1024 * 1024;
    }

    /** Small files that stand in the argument itself: a {@code data:} URI or base64, up to 128 KiB. The default. */
    static AttachmentResolver inline() {
        return new InlineAttachments();
    }

    /**
     * Files in these folders and the folders below, by path; relative paths are looked up in the order of the roots. A
     * path that leads outside, and be it by a link, is refused. For hosts whose model and disk belong to one person.
     *
     * @throws IllegalArgumentException if a root is no folder
     */
    static AttachmentResolver files(Path... roots) {
        return new FolderAttachments(List.of(roots));
    }

    /**
     * What {@code https} links lead to, on these hosts alone: {@code files.example.com}, {@code *.example.com}, or with
     * a port {@code files.example.com:8443}. A host whose name leads to an address that is not public is refused, before
     * the request and after each redirect, and what is connected to is the very address that was checked. A fetch may
     * take 30 seconds. It goes out directly, through no proxy.
     *
     * @throws IllegalArgumentException if a host is no name of a host
     */
    static AttachmentResolver https(String... hosts) {
        return new HttpsAttachments(List.of(hosts));
    }
}
