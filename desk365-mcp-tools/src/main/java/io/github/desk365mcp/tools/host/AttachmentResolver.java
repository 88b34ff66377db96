package io.github.desk365mcp.tools.host;

import io.github.desk365mcp.api.Attachment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Resolves the {@code reference} that a model writes for an attachment to the file it means.
 *
 * <p>Resolvers are asked in the order of {@link Policy#attachments}; the first that returns a file is used. The whole
 * file is read, into memory or a temporary file, before anything is sent, so that its length and hash are known; a
 * declared length must be correct. Do not trust a reference: it may originate in a customer's message. Implementations
 * must be thread-safe.
 */
@FunctionalInterface
public interface AttachmentResolver {

    /**
     * Returns the file that a reference means. It is opened once. A call that needs approval asks twice, for the preview
     * and when it is sent, so a reference must work more than once; if the bytes differ, nothing is sent. Its name and media type are used only if the model
     * gave none. For a stream of unknown length use {@link Attachment#of(String, String, Attachment.Source)}.
     *
     * @param reference as the model wrote it
     * @param context the call's context, with the authenticated caller and the resolved tenant
     * @return the file; null if references of this form are for another resolver
     * @throws AttachmentRefusedException if there is no such file, or the caller may not use it; its message is for the
     *     model
     * @throws IOException if reading fails for another reason; the model learns that, but no details
     */
    @Nullable
    Attachment resolve(String reference, CallContext context) throws IOException;

    /**
     * {@return the form of its references in a few words for the model, such as "the path of a file in the shared
     * folder"}
     */
    default String form() {
        return "a reference that this host gave";
    }

    /** {@return the forms of its references as words for programs, for the definitions' {@code _meta}} */
    default List<String> formNames() {
        return List.of("custom");
    }

    /** {@return the maximum size of a file in bytes; larger files are refused} The default is 25 MiB. */
    default long mostBytes() {
        return 25L * 1024 * 1024;
    }

    /**
     * {@return a resolver of small files in the argument itself, as a {@code data:} URI or base64, up to 128 KiB} It is
     * the default.
     */
    static AttachmentResolver inline() {
        return new InlineAttachments();
    }

    /**
     * Returns a resolver of paths to files in the given folders and their subfolders. Relative paths are tried against
     * each root in order. A path that leads out of the roots, directly or through a symbolic link, is refused. Meant
     * for hosts whose model and disk belong to the same person.
     *
     * @param roots the folders
     * @return the resolver
     * @throws IllegalArgumentException if there is no root, or one is not a folder
     */
    static AttachmentResolver files(Path... roots) {
        return new FolderAttachments(List.of(roots));
    }

    /**
     * Returns a resolver of {@code https} links to files on the listed file servers. A server whose name resolves to an
     * address that is not public is refused, for the first request and for each redirect; the connection is made to
     * exactly the address that was checked. A download may take 30 seconds. It never uses a proxy.
     *
     * @param hosts host names, such as {@code files.example.com}, {@code *.example.com}, or with a port
     *     {@code files.example.com:8443}
     * @return the resolver
     * @throws IllegalArgumentException if there is no host name, or one is not valid
     */
    static AttachmentResolver https(String... hosts) {
        return new HttpsAttachments(List.of(hosts));
    }
}
