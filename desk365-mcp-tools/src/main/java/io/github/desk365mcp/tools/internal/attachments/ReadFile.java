package io.github.desk365mcp.tools.internal.attachments;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A file as it was read: a picture, a text or a link. Used by one thread. */
public final class ReadFile {

    private final RecordFile file;
    private final Map<String, Object> facts = new LinkedHashMap<>();
    private final List<String> notices = new ArrayList<>();
    private @Nullable String type;
    private @Nullable Long size;
    private @Nullable Picture picture;
    private @Nullable String text;

    public ReadFile(RecordFile file) {
        this.file = file;
        this.type = file.type();
        this.size = file.size();
    }

    ReadFile sized(long bytes) {
        size = bytes;
        return this;
    }

    ReadFile typed(String mediaType) {
        type = mediaType;
        return this;
    }

    ReadFile shows(Picture shown) {
        picture = shown;
        return shown.done().isEmpty() ? this : notice(shown.done());
    }

    ReadFile says(String words) {
        text = words;
        return this;
    }

    ReadFile fact(String name, Object value) {
        facts.put(name, value);
        return this;
    }

    ReadFile notice(String sentence) {
        notices.add(sentence);
        return this;
    }

    /** Leaves the file to a person. */
    public ReadFile linked(String why) {
        return notice(why + " A person can open the link, if it has not expired.");
    }

    RecordFile file() {
        return file;
    }

    @Nullable
    Picture picture() {
        return picture;
    }

    @Nullable
    String text() {
        return text;
    }

    /** All but the text. */
    Map<String, Object> facts() {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("file_name", file.name());
        put(answer, "file_type", type);
        put(answer, "file_size", size);
        put(answer, "found_in", file.where().isEmpty() ? null : file.where());
        put(
                answer,
                "message_created_on",
                file.messageOn() == null ? null : file.messageOn().toString());
        answer.putAll(facts);
        put(answer, "notice", notices.isEmpty() ? null : String.join(" ", notices));
        return answer;
    }

    private static void put(Map<String, Object> answer, String name, @Nullable Object value) {
        if (value != null) {
            answer.put(name, value);
        }
    }
}
