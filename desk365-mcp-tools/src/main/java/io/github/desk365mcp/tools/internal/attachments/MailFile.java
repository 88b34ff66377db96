package io.github.desk365mcp.tools.internal.attachments;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.desk365mcp.tools.internal.text.Ascii;
import io.github.desk365mcp.tools.internal.text.Invisible;
import io.github.desk365mcp.tools.internal.text.Text;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A mail as a file: its headers, its text, and the names of its attachments. Reads the MIME that mail programs write. */
final class MailFile {

    private static final List<String> SHOWN = List.of("From", "To", "Cc", "Subject", "Date");
    private static final Pattern ENCODED_WORD =
            Pattern.compile("=\\?([\\w.:+-]{1,40})(?:\\*[\\w-]+)?\\?([bBqQ])\\?([^?\\s]*)\\?=");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("(\\?=)\\s+(=\\?)");
    private static final Pattern PARAMETER = Pattern.compile(";\\s*([\\w-]{1,40})\\*?=(?:\"([^\"]*)\"|([^;\\s]+))");
    private static final int DEEPEST = 10;
    private static final int MOST_PARTS = 200;

    /** A mail's HTML that is longer is shown as nobody would read it: by its tags. */
    private static final int LONGEST_HTML = 2_000_000;

    private final List<String> attachments = new ArrayList<>();
    private @Nullable String plain;
    private @Nullable String html;
    private int parts;

    private MailFile() {}

    static String text(byte[] bytes) {
        Part whole = Part.of(new String(bytes, ISO_8859_1));
        MailFile mail = new MailFile();
        mail.read(whole, 0);
        StringBuilder text = new StringBuilder();
        for (String name : SHOWN) {
            String value = whole.headers().get(Ascii.lower(name));
            if (value != null) {
                text.append(name).append(": ").append(decoded(value)).append('\n');
            }
        }
        if (!mail.attachments.isEmpty()) {
            text.append("Attachments, not read: ")
                    .append(Text.list(mail.attachments, "and"))
                    .append('\n');
        }
        String html = mail.html;
        String body = mail.plain != null ? mail.plain : "";
        if (body.isBlank() && html != null) {
            body = html.length() > LONGEST_HTML ? html : FileReader.readHtml(html);
        }
        return Invisible.strip(text.append('\n')
                .append(body.replace("\r\n", "\n").replace('\r', '\n'))
                .toString()
                .strip());
    }

    private void read(Part part, int depth) {
        parts++;
        String type = part.type();
        String boundary = part.parameter("content-type", "boundary");
        if (type.startsWith("multipart/") && boundary != null && depth < DEEPEST) {
            for (String inner : part.split(boundary)) {
                if (parts < MOST_PARTS) {
                    read(Part.of(inner), depth + 1);
                }
            }
            return;
        }
        String name = part.parameter("content-disposition", "filename");
        if (name == null) {
            name = part.parameter("content-type", "name");
        }
        boolean isText = type.equals("text/plain") || type.equals("text/html");
        if (name != null || !isText) {
            attachments.add(name == null ? type : decoded(name));
        } else if (type.equals("text/html")) {
            html = html == null ? part.text() : html;
        } else {
            plain = plain == null ? part.text() : plain;
        }
    }

    /** A header with its encoded words read. */
    private static String decoded(String header) {
        Matcher words = ENCODED_WORD.matcher(BETWEEN_WORDS.matcher(header).replaceAll("$1$2"));
        String decoded = words.replaceAll(word -> {
            byte[] bytes = Ascii.isSame("b", word.group(2))
                    ? base64(word.group(3))
                    : quoted(word.group(3).replace('_', ' '));
            return Matcher.quoteReplacement(new String(bytes, charset(word.group(1))));
        });
        return Invisible.stripName(decoded).strip();
    }

    private static Charset charset(String name) {
        try {
            return Charset.forName(name);
        } catch (IllegalArgumentException e) {
            return ISO_8859_1;
        }
    }

    private static byte[] base64(String text) {
        String letters = text.replaceAll("[^A-Za-z0-9+/]", "");
        return Base64.getDecoder()
                .decode(letters.length() % 4 == 1 ? letters.substring(0, letters.length() - 1) : letters);
    }

    private static byte[] quoted(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (letter != '=') {
                bytes.write(letter);
            } else if (text.startsWith("\r\n", i + 1)) {
                i += 2;
            } else if (text.startsWith("\n", i + 1)) {
                i++;
            } else if (i + 2 < text.length()
                    && Character.digit(text.charAt(i + 1), 16) >= 0
                    && Character.digit(text.charAt(i + 2), 16) >= 0) {
                bytes.write(Character.digit(text.charAt(i + 1), 16) << 4 | Character.digit(text.charAt(i + 2), 16));
                i += 2;
            } else {
                bytes.write(letter);
            }
        }
        return bytes.toByteArray();
    }

    /** A mail, or a part of one; each character is a byte. */
    private record Part(Map<String, String> headers, String body) {

        static Part of(String mail) {
            Map<String, StringBuilder> headers = new LinkedHashMap<>();
            StringBuilder last = new StringBuilder();
            int at = 0;
            while (at < mail.length()) {
                int end = mail.indexOf('\n', at);
                String line = (end < 0 ? mail.substring(at) : mail.substring(at, end)).stripTrailing();
                at = end < 0 ? mail.length() : end + 1;
                int colon = line.indexOf(':');
                if (line.isEmpty()) {
                    break;
                }
                if (line.charAt(0) == ' ' || line.charAt(0) == '\t') {
                    last.append(' ').append(line.strip());
                } else if (colon > 0) {
                    last = new StringBuilder(line.substring(colon + 1).strip());
                    headers.putIfAbsent(Ascii.lower(line.substring(0, colon).strip()), last);
                }
            }
            Map<String, String> whole = new LinkedHashMap<>();
            headers.forEach((name, value) -> whole.put(name, value.toString()));
            return new Part(whole, mail.substring(at));
        }

        String type() {
            return Ascii.lower(headers.getOrDefault("content-type", "text/plain")
                    .split(";", 2)[0]
                    .strip());
        }

        /** A parameter of a header, such as the boundary; null if it has none. */
        @Nullable
        String parameter(String header, String name) {
            Matcher parameter = PARAMETER.matcher(headers.getOrDefault(header, ""));
            while (parameter.find()) {
                if (Ascii.isSame(parameter.group(1), name)) {
                    return parameter.group(2) == null ? parameter.group(3) : parameter.group(2);
                }
            }
            return null;
        }

        /** The parts between lines that begin with the boundary. */
        List<String> split(String boundary) {
            List<String> inner = new ArrayList<>();
            String mark = "--" + boundary;
            int from = -1;
            for (int at = body.indexOf(mark); at >= 0; at = body.indexOf(mark, at + mark.length())) {
                if (at > 0 && body.charAt(at - 1) != '\n') {
                    continue;
                }
                if (from >= 0) {
                    inner.add(body.substring(from, at));
                }
                int line = body.indexOf('\n', at);
                from = line < 0 || body.startsWith("--", at + mark.length()) ? -1 : line + 1;
            }
            if (from >= 0) {
                inner.add(body.substring(from));
            }
            return inner;
        }

        String text() {
            String encoding = Ascii.lower(
                    headers.getOrDefault("content-transfer-encoding", "").strip());
            byte[] bytes = switch (encoding) {
                case "base64" -> base64(body);
                case "quoted-printable" -> quoted(body);
                default -> body.getBytes(ISO_8859_1);
            };
            String charset = parameter("content-type", "charset");
            return charset == null ? TextFile.of(bytes).text() : new String(bytes, charset(charset));
        }
    }
}
