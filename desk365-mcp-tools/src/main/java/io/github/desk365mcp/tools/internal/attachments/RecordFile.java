package io.github.desk365mcp.tools.internal.attachments;

import io.github.desk365mcp.tools.internal.text.Ascii;
import io.github.desk365mcp.tools.internal.text.InlineImages;
import io.github.desk365mcp.tools.internal.text.Invisible;
import java.net.URI;
import java.net.URISyntaxException;
import java.text.Normalizer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An attachment or inline image of a record.
 *
 * @param where the record, in words
 * @param messageOn when the message that has it was written; null if it is not in a message
 * @param name as answers list it
 * @param type the media type that its sender declared; null if unknown
 * @param size in bytes; null if unknown
 * @param link where it is
 */
public record RecordFile(
        String where,
        @Nullable Instant messageOn,
        String name,
        @Nullable String type,
        @Nullable Long size,
        String link) {

    private static final Pattern NUMBERED = Pattern.compile("(?s)(.*)#(\\d{1,3})");
    private static final Pattern IMAGE_NUMBER =
            Pattern.compile("\\[?(?:image|inline)[ -]?(\\d{1,3})\\]?(?:\\.[a-z]+)?");

    /** A file that is known by its link alone. */
    public static RecordFile at(String link, @Nullable String name) {
        return new RecordFile("", null, name == null ? lastOf(link) : name, null, null, link);
    }

    private static String lastOf(String link) {
        String path;
        try {
            path = String.valueOf(new URI(link).getPath());
        } catch (URISyntaxException e) {
            path = place(link);
        }
        String last = path.substring(path.lastIndexOf('/') + 1);
        return last.isBlank() ? "file" : last;
    }

    /**
     * The files of a record: its attachments, then the images of its body.
     *
     * @param body the field that has the body
     * @param served whether images are read from where a link points to
     */
    public static List<RecordFile> of(
            String where, @Nullable Instant messageOn, Map<?, ?> record, String body, Predicate<String> served) {
        List<RecordFile> files = new ArrayList<>();
        if (record.get("attachments") instanceof List<?> attachments) {
            for (Object attachment : attachments) {
                if (attachment instanceof Map<?, ?> file
                        && file.get("attachment_url") instanceof String link
                        && file.get("file_name") instanceof String name) {
                    String type = file.get("file_type") instanceof String given ? given : null;
                    Long size = file.get("file_size") instanceof Number bytes ? bytes.longValue() : null;
                    files.add(new RecordFile(where, messageOn, name, type, size, link));
                }
            }
        }
        if (record.get(body) instanceof String html) {
            InlineImages.in(html, served)
                    .forEach(image ->
                            files.add(new RecordFile(where, messageOn, image.name(), null, null, image.link())));
        }
        return files;
    }

    /** Those that have a name: as it is listed, in another case, or with {@code #2} for the second of that name. */
    public static List<RecordFile> named(String name, List<RecordFile> files) {
        List<RecordFile> same = matching(files, file -> file.name().equals(name));
        if (same.isEmpty()) {
            String seen = seen(name);
            same = matching(files, file -> seen(file.name()).equals(seen));
        }
        if (!same.isEmpty()) {
            return same;
        }
        Matcher numbered = NUMBERED.matcher(name);
        if (numbered.matches()) {
            List<RecordFile> all = named(numbered.group(1), files);
            int number = Integer.parseInt(numbered.group(2));
            return number < 1 || number > all.size() ? List.of() : List.of(all.get(number - 1));
        }
        return List.of();
    }

    /** Those that a model may mean by a name that no file has: an image of the body, by its number. */
    public static List<RecordFile> meant(String name, List<RecordFile> files) {
        Matcher image = IMAGE_NUMBER.matcher(seen(name));
        return image.matches()
                ? matching(files, file -> seen(file.name()).matches("inline-" + image.group(1) + "(\\.[a-z]+)?"))
                : List.of();
    }

    private static List<RecordFile> matching(List<RecordFile> files, Predicate<RecordFile> test) {
        return files.stream().filter(test).toList();
    }

    /** Whether both links, without their signatures, point to the same file. */
    public boolean isSameFileAs(RecordFile other) {
        return place(link).equals(place(other.link));
    }

    private static String place(String link) {
        return link.split("[?#]", 2)[0];
    }

    /** Names as a model sees them: without invisible characters, accents composed, in one case. */
    private static String seen(String name) {
        return Ascii.lower(Normalizer.normalize(Invisible.stripName(name), Normalizer.Form.NFC))
                .strip();
    }
}
