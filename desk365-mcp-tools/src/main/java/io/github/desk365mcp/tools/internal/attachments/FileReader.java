package io.github.desk365mcp.tools.internal.attachments;

import io.github.desk365mcp.tools.internal.text.BodyFormat;
import io.github.desk365mcp.tools.internal.text.HtmlBody;
import io.github.desk365mcp.tools.internal.text.Invisible;

/** Turns the bytes of a file into what a model can read. */
public final class FileReader {

    private static final int LONGEST_HTML = 2_000_000;

    private FileReader() {}

    /** HTML as a person sees it. */
    static String readHtml(String html) {
        // A file has no other format to ask for.
        return HtmlBody.read(html, BodyFormat.TEXT, false).replace("; body_format html shows it]", "]");
    }

    private static String strip(String text) {
        return Invisible.strip(text.replace("\r\n", "\n").replace('\r', '\n'));
    }

    /** The file as a picture or a text; as a link where it cannot be either. */
    public static ReadFile read(byte[] bytes, RecordFile file) {
        FileKind kind = FileKind.of(bytes, file.type(), file.name());
        ReadFile read = new ReadFile(file).sized(bytes.length);
        try {
            if (kind.isImage()) {
                return read.typed(kind.mediaType())
                        .shows(TimeBox.run(
                                () -> PictureReader.read(bytes, kind), "This host has no support for images."));
            }
            return switch (kind) {
                case PDF -> {
                    PdfFile pdf = TimeBox.run(() -> PdfFile.of(bytes), "This host has no library for PDF text.");
                    read.typed(kind.mediaType()).says(pdf.text()).fact("pages", pdf.pages());
                    if (pdf.isCut()) {
                        read.notice(PdfFile.CUT);
                    }
                    yield pdf.read() < pdf.pages()
                            ? read.notice("Only the first " + pdf.read() + " pages were read.")
                            : read;
                }
                case MAIL -> {
                    MailFile mail = MailFile.of(bytes);
                    read.typed(kind.mediaType()).says(mail.text());
                    yield mail.isCut() ? read.notice(MailFile.CUT) : read;
                }
                case HTML -> {
                    TextFile text = TextFile.of(bytes);
                    yield text.text().length() > LONGEST_HTML
                            ? read.says(strip(text.text()))
                            : read.typed(kind.mediaType())
                                    .says(readHtml(text.text()))
                                    .notice("Converted from HTML.");
                }
                case TEXT -> {
                    TextFile text = TextFile.of(bytes);
                    yield read.says(strip(text.text())).fact("charset", text.charset());
                }
                default -> read.linked("This type of file is not read here.");
            };
        } catch (UnreadableFileException e) {
            return read.linked(String.valueOf(e.getMessage()));
        }
    }
}
