package io.github.desk365mcp.tools.internal.attachments;

import io.github.desk365mcp.tools.internal.core.Answer;
import io.github.desk365mcp.tools.internal.core.AnswerOptions;
import io.github.desk365mcp.tools.internal.core.OutsideMarks;
import io.github.desk365mcp.tools.internal.core.Param;
import io.github.desk365mcp.tools.internal.text.InlineImages;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One file: what it is, and its text; a picture is a content block beside it. */
public final class ReadFileAnswer implements Answer {

    private static final String FILE_NAME = "file_name";
    private static final String FILE_TYPE = "file_type";
    private static final String TEXT = "text";
    private static final String IMAGE = OutsideMarks.IMAGE;
    private static final String LINK = "attachment_url";

    /** For the figures that come with a part of a text. */
    private static final int ROOM_FOR_FIGURES = 100;

    /** A part ends at a line, unless that would leave out more than this share of it. */
    private static final int SHARE = 4;

    /** Of no text a token is longer, so no more has to be measured. */
    private static final long MOST_CHARACTERS_PER_TOKEN = 16;

    @Override
    public Map<String, Object> schema() {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (String name : List.of(
                FILE_NAME, FILE_TYPE, "found_in", "message_created_on", IMAGE, TEXT, "charset", "notice", LINK)) {
            properties.put(name, Map.of("type", "string"));
        }
        for (String name : List.of("file_size", "pages", "characters", "offset", "next_offset")) {
            properties.put(name, Map.of("type", "integer"));
        }
        properties.put(TRUNCATED, Map.of("type", "object"));
        return Answer.schemaOf(properties);
    }

    @Override
    public List<Param<?>> takes() {
        return List.of(AnswerOptions.OFFSET);
    }

    @Override
    public Map<String, Object> convert(Object result, AnswerOptions view) {
        ReadFile file = (ReadFile) result;
        Map<String, Object> answer = file.facts();
        Picture picture = file.picture();
        String text = file.text();
        if (picture != null) {
            answer.put(IMAGE, picture.width() + " x " + picture.height() + ", " + picture.mediaType());
        } else if (text != null) {
            write(text, answer, view);
        } else {
            answer.put(LINK, file.file().link());
        }
        return answer;
    }

    private static void write(String text, Map<String, Object> answer, AnswerOptions view) {
        int from = (int) Math.min(view.offset(), text.length());
        answer.put("characters", text.length());
        if (from > 0) {
            answer.put("offset", (long) from);
        }
        int room = Math.max(ROOM_FOR_FIGURES, view.size().tokens() - view.size().of(answer) - 2 * ROOM_FOR_FIGURES);
        int end = end(text, from, room, view);
        answer.put(TEXT, text.substring(from, end));
        if (end < text.length()) {
            answer.put("next_offset", (long) end);
            Map<String, Object> truncated = Answer.truncated(answer);
            truncated.put("characters_left_out", text.length() - end);
            truncated.put("get_with", view.again(Map.of("offset", end)));
        }
    }

    /** As far as there is room, and to the end of a line if one is near. */
    private static int end(String text, int from, int room, AnswerOptions view) {
        int high = (int) Math.min(text.length(), from + MOST_CHARACTERS_PER_TOKEN * room);
        if (fits(text, from, high, room, view)) {
            return high;
        }
        int low = from + 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (fits(text, from, middle, room, view)) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        int line = text.lastIndexOf('\n', low - 1) + 1;
        if (line > low - (low - from) / SHARE) {
            return line;
        }
        return Character.isLowSurrogate(text.charAt(low)) && low > from + 1 ? low - 1 : low;
    }

    private static boolean fits(String text, int from, int to, int room, AnswerOptions view) {
        return view.size().of(Map.of(TEXT, text.substring(from, to))) <= room;
    }

    @Override
    public List<Map<String, Object>> blocks(Object result, boolean withCharts) {
        Picture picture = ((ReadFile) result).picture();
        if (picture == null) {
            return List.of();
        }
        Map<String, Object> block = new LinkedHashMap<>();
        block.put("type", IMAGE);
        block.put("data", Base64.getEncoder().encodeToString(picture.bytes()));
        block.put("mimeType", picture.mediaType());
        return List.of(block);
    }

    /**
     * The sender of a file is not always its author, so all of it counts as a contact's, except names that are ours. The
     * media type is the sender's too; without a blank, it is no text.
     */
    @Override
    public Map<String, String> untrusted(Map<String, Object> answer) {
        Map<String, String> untrusted = new LinkedHashMap<>();
        for (String part : List.of(FILE_NAME, TEXT, IMAGE)) {
            if (answer.containsKey(part)
                    && !(part.equals(FILE_NAME) && InlineImages.isName(String.valueOf(answer.get(part))))) {
                untrusted.put(part, "contact");
            }
        }
        if (answer.get(FILE_TYPE) instanceof String type && type.indexOf(' ') >= 0) {
            untrusted.put(FILE_TYPE, "contact");
        }
        return untrusted;
    }
}
