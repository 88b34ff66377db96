package io.github.desk365mcp.tools.host;

import io.github.desk365mcp.api.Attachment;
import io.github.desk365mcp.tools.internal.text.NameForm;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLConnection;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Resolves paths to files below the given folders, without revealing anything about the rest of the disk. */
final class FolderAttachments implements AttachmentResolver {

    /** A URI scheme; a single letter is a drive. */
    private static final Pattern SCHEME = Pattern.compile("(?s)[A-Za-z][A-Za-z0-9+.-]+:.*");

    private static final int LONGEST = 4_096;

    /** In larger folders, names must be written exactly. */
    private static final int MOST_ENTRIES = 10_000;

    private final List<Root> roots;

    /** A folder: its path as given, and its real path. */
    private record Root(Path given, Path real) {

        static Root of(Path folder) {
            try {
                Path real = folder.toRealPath();
                if (Files.isDirectory(real)) {
                    return new Root(folder.toAbsolutePath().normalize(), real);
                }
            } catch (IOException e) {
                // Reported below.
            }
            throw new IllegalArgumentException("Not a folder: " + folder);
        }

        /** Resolves the path without looking at the disk; null if it leads outside. */
        @Nullable
        Path lexically(Path path) {
            Path target = real.resolve(path).normalize();
            if (path.isAbsolute() && target.startsWith(given)) {
                target = real.resolve(given.relativize(target)).normalize();
            }
            return target.startsWith(real) ? target : null;
        }
    }

    FolderAttachments(List<Path> roots) {
        this.roots = roots.stream().map(Root::of).toList();
        if (roots.isEmpty()) {
            throw new IllegalArgumentException("At least one folder is required");
        }
    }

    @Override
    public @Nullable Attachment resolve(String reference, CallContext context) throws IOException {
        if (reference.isBlank()
                || reference.length() > LONGEST
                || SCHEME.matcher(reference).matches()) {
            return null;
        }
        Path path;
        try {
            path = Path.of(reference);
        } catch (InvalidPathException e) {
            return null;
        }
        boolean inside = false;
        for (Root root : roots) {
            Path target = root.lexically(path);
            inside |= target != null;
            Path found = target == null ? null : existing(root, target);
            if (found != null) {
                return attachment(root, found);
            }
        }
        if (!inside) {
            // Decided without looking at the disk, so that the answer does not reveal what exists there.
            throw new AttachmentRefusedException(
                    "The path is outside the shared folder. Give a path relative to that folder.");
        }
        return null;
    }

    /** Finds a file even if the disk has its name in another form, such as decomposed; null if there is none. */
    private static @Nullable Path existing(Root root, Path target) throws IOException {
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            return target;
        }
        Path found = root.real();
        for (Path part : root.real().relativize(target)) {
            Path exact = found.resolve(part);
            if (!Files.exists(exact, LinkOption.NOFOLLOW_LINKS)) {
                exact = alike(found, String.valueOf(part));
            }
            if (exact == null) {
                return null;
            }
            found = exact;
        }
        return found;
    }

    /** Finds the only entry of a folder whose name looks the same. */
    private static @Nullable Path alike(Path folder, String name) throws IOException {
        // A link could lead out of the shared folder, and listing it would reveal what is there.
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return null;
        }
        List<Path> alike = new ArrayList<>();
        int left = MOST_ENTRIES;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                if (left-- == 0) {
                    return null;
                }
                if (NameForm.isSame(String.valueOf(entry.getFileName()), name)) {
                    alike.add(entry);
                }
            }
        } catch (DirectoryIteratorException | AccessDeniedException e) {
            return null;
        }
        return alike.size() == 1 ? alike.get(0) : null;
    }

    private static Attachment attachment(Root root, Path target) throws IOException {
        Path real = real(root, target);
        if (!Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)) {
            throw new AttachmentRefusedException("The path is not a file.");
        }
        String name = String.valueOf(real.getFileName());
        String type = URLConnection.guessContentTypeFromName(name);
        return Attachment.of(
                name, type == null ? "application/octet-stream" : type, Files.size(real), () -> open(root, real));
    }

    private static InputStream open(Root root, Path file) throws IOException {
        InputStream in = Files.newInputStream(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        try {
            // Checked again: a parent folder may have become a link meanwhile.
            real(root, file);
            return in;
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    private static Path real(Root root, Path target) throws IOException {
        Path real;
        try {
            real = target.toRealPath();
        } catch (IOException e) {
            throw new AttachmentRefusedException("The file cannot be read.");
        }
        if (!real.startsWith(root.real())) {
            throw new AttachmentRefusedException("The path is a link to a place outside the shared folder.");
        }
        return real;
    }

    @Override
    public String form() {
        return "the path of a file in the shared folder";
    }

    @Override
    public List<String> formNames() {
        return List.of("path");
    }
}
