package io.github.desk365mcp.tools.internal.attachments;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.desk365mcp.tools.internal.text.Ascii;
import io.github.desk365mcp.tools.internal.text.Invisible;
import io.github.desk365mcp.tools.internal.text.Text;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A mail as a file: its headers, its text, and the names of its attachments. Reads the MIME that mail programs write. */
final class MailFile {

    private static final List<String> SHOWN = List.of("From", "To", "Cc", "Subject", "Date");
    private static final Pattern ENCODED_WORD =
            Pattern.compile("=\\?([\\w.:+-]{1,40})(?:\\*[\\w-]+)?\\?([bBqQ])\\?([^?\\s]*)\\?=");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("(\\?=)\\s+(=\\?)");
    /** Its name, the number of its piece, whether it is encoded, and its value: RFC 2231. */
    private static final Pattern PARAMETER =
            Pattern.compile(";\\s*([\\w-]{1,40})(?:\\*(\\d{1,3}))?(\\*)?=(?:\"([^\"]*)\"|([^;\\s]+))");

    private static final int DEEPEST = 10;
    private static final int MOST_PARTS = 200;

    static final String CUT = "Only the first " + MOST_PARTS + " parts of the mail were read.";

    /** HTML of a mail beyond this is shown as nobody would read it: by its tags. */
    private static final int LONGEST_HTML = 2_000_000;

    private final List<String> attachments = new ArrayList<>();
    private final String text;
    private int htmlRead;
    private int parts;
    private boolean isCut;

    private MailFile(byte[] bytes) {
        String file = new String(bytes, ISO_8859_1);
        Part whole = Part.of(file, 0, file.length());
        String body = read(whole, 0, true);
        StringBuilder text = new StringBuilder();
        for (String name : SHOWN) {
            String value = whole.headers().get(Ascii.lower(name));
            if (value != null) {
                text.append(name).append(": ").append(decoded(value)).append('\n');
            }
        }
        if (!attachments.isEmpty()) {
            text.append("Attachments, not read: ")
                    .append(Text.list(attachments, "and"))
                    .append('\n');
        }
        this.text = Invisible.strip(text.append('\n')
                .append(body.replace("\r\n", "\n").replace('\r', '\n'))
                .toString()
                .strip());
    }

    static MailFile of(byte[] bytes) {
        return new MailFile(bytes);
    }

    String text() {
        return text;
    }

    /** Whether it has more parts than are read. */
    boolean isCut() {
        return isCut;
    }

    /**
     * Notes the attachments in a part, and returns its text: of several forms of a text the first that is not blank, of
     * other parts all, since some programs put pictures between paragraphs.
     *
     * @param wanted whether the text is used
     */
    private String read(Part part, int depth, boolean wanted) {
        parts++;
        String type = part.type();
        String boundary = part.parameter("content-type", "boundary");
        if (type.startsWith("multipart/") && boundary != null && depth < DEEPEST) {
            boolean isChoice = type.equals("multipart/alternative");
            StringBuilder text = new StringBuilder();
            for (Range inner : part.split(boundary, MOST_PARTS)) {
                if (parts == MOST_PARTS) {
                    isCut = true;
                    break;
                }
                String one = read(
                        Part.of(part.mail, inner.from, inner.to),
                        depth + 1,
                        wanted && !(isChoice && text.length() > 0));
                if (!one.isBlank()) {
                    text.append(text.length() == 0 ? "" : "\n\n").append(one.stripTrailing());
                }
            }
            return text.toString();
        }
        String name = part.parameter("content-disposition", "filename");
        if (name == null) {
            name = part.parameter("content-type", "name");
        }
        boolean isText = type.equals("text/plain") || type.equals("text/html");
        if (name != null || !isText || part.isAttached()) {
            attachments.add(name == null ? type : decoded(name));
            return "";
        }
        if (!wanted) {
            return "";
        }
        String text = part.text();
        if (type.equals("text/plain")) {
            return text;
        }
        htmlRead += text.length();
        return htmlRead > LONGEST_HTML ? text : FileReader.readHtml(text);
    }

    /** A header with its encoded words read. */
    private static String decoded(String header) {
        String words = BETWEEN_WORDS.matcher(header).replaceAll("$1$2");
        Matcher word = ENCODED_WORD.matcher(words);
        StringBuilder decoded = new StringBuilder();
        // A character may begin in one word and end in the next one.
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Charset charset = ISO_8859_1;
        int end = 0;
        while (word.find()) {
            Charset next = charset(word.group(1));
            if (word.start() > end || !next.equals(charset)) {
                decoded.append(bytes.toString(charset)).append(words, end, word.start());
                bytes.reset();
            }
            bytes.writeBytes(
                    Ascii.isSame("b", word.group(2))
                            ? base64(word.group(3))
                            : quoted(word.group(3).replace('_', ' ')));
            charset = next;
            end = word.end();
        }
        decoded.append(bytes.toString(charset)).append(words, end, words.length());
        return Invisible.stripName(decoded.toString()).strip();
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

    /** Where a part begins and ends in its mail: parts of parts would be copies of copies. */
    private record Range(int from, int to) {}

    /** A mail, or a part of one: its headers, and where its body begins and ends. Each character is a byte. */
    private record Part(Map<String, String> headers, String mail, int from, int to) {

        static Part of(String mail, int from, int to) {
            Map<String, StringBuilder> headers = new LinkedHashMap<>();
            StringBuilder last = new StringBuilder();
            int at = from;
            while (at < to) {
                int next = nextLine(mail, at, to);
                String line = mail.substring(at, next).stripTrailing();
                at = next;
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
            headers.forEach((name, value) -> whole.put(
                    name, TextFile.of(value.toString().getBytes(ISO_8859_1)).text()));
            return new Part(whole, mail, at, to);
        }

        private static int nextLine(String mail, int at, int to) {
            int end = mail.indexOf('\n', at);
            return end < 0 ? to : Math.min(to, end + 1);
        }

        String type() {
            return Ascii.lower(headers.getOrDefault("content-type", "text/plain")
                    .split(";", 2)[0]
                    .strip());
        }

        /** Whether it is a file, and not a part of the message. */
        boolean isAttached() {
            return Ascii.lower(headers.getOrDefault("content-disposition", "").strip())
                    .startsWith("attachment");
        }

        /** A parameter of a header, such as the boundary; null if it has none. A long one may be in numbered pieces. */
        @Nullable
        String parameter(String header, String name) {
            Matcher parameter = PARAMETER.matcher(headers.getOrDefault(header, ""));
            String plain = null;
            Map<Integer, MatchResult> pieces = new TreeMap<>();
            while (parameter.find()) {
                if (!Ascii.isSame(parameter.group(1), name)) {
                    continue;
                }
                if (parameter.group(2) != null || parameter.group(3) != null) {
                    int number = parameter.group(2) == null ? 0 : Integer.parseInt(parameter.group(2));
                    pieces.putIfAbsent(number, parameter.toMatchResult());
                } else if (plain == null) {
                    plain = value(parameter);
                }
            }
            return pieces.isEmpty() ? plain : joined(pieces.values());
        }

        private static String value(MatchResult parameter) {
            return parameter.group(4) == null ? parameter.group(5) : parameter.group(4);
        }

        /** The first piece, if it is encoded, begins with the charset and the language: {@code UTF-8''M%C3%A4rz}. */
        private static String joined(Collection<MatchResult> pieces) {
            Charset charset = ISO_8859_1;
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            for (MatchResult piece : pieces) {
                String value = value(piece);
                if (piece.group(3) == null) {
                    bytes.writeBytes(value.getBytes(charset));
                    continue;
                }
                String[] encoded = value.split("'", 3);
                if (bytes.size() == 0 && encoded.length == 3) {
                    charset = charset(encoded[0]);
                    value = encoded[2];
                }
                bytes.writeBytes(quoted(value.replace('%', '=')));
            }
            return bytes.toString(charset);
        }

        /** The parts between lines that begin with the boundary, at most one more than is asked for. */
        List<Range> split(String boundary, int most) {
            List<Range> inner = new ArrayList<>();
            String mark = "--" + boundary;
            int start = -1;
            for (int at = from; at < to && inner.size() <= most; at = nextLine(mail, at, to)) {
                if (mail.startsWith(mark, at) && at + mark.length() <= to) {
                    if (start >= 0) {
                        inner.add(new Range(start, at));
                    }
                    start = mail.startsWith("--", at + mark.length()) ? -1 : nextLine(mail, at, to);
                }
            }
            if (start >= 0) {
                inner.add(new Range(start, to));
            }
            return inner;
        }

        String text() {
            String encoding = Ascii.lower(
                    headers.getOrDefault("content-transfer-encoding", "").strip());
            String body = mail.substring(from, to);
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
