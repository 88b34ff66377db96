package io.github.desk365mcp.tools.internal.attachments;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;

/**
 * The text of a PDF, by Apache PDFBox, which hosts may leave out.
 *
 * @param text with a line before each page
 * @param pages how many the file has
 * @param read how many of them the text is of
 * @param isCut whether parts of these pages were too large to be read
 */
record PdfFile(String text, int pages, int read, boolean isCut) {

    /** Says that parts are missing. */
    static final String CUT = "Parts of the PDF that are too large were not read.";

    private static final int MOST_PAGES = 500;
    private static final int MOST_CHARACTERS = 1_000_000;

    /** @throws UnreadableFileException if it cannot be opened, or has no text */
    static PdfFile of(byte[] bytes) throws UnreadableFileException {
        BoundedPdf parser = null;
        try {
            parser = new BoundedPdf(bytes);
            try (PDDocument document = parser.parse()) {
                return of(document, parser);
            }
        } catch (InvalidPasswordException e) {
            throw new UnreadableFileException("The PDF is protected by a password.");
        } catch (IOException | RuntimeException e) {
            throw new UnreadableFileException(
                    parser != null && parser.isCut() ? CUT : "The PDF is damaged, or of a kind that is not read here.");
        }
    }

    private static PdfFile of(PDDocument document, BoundedPdf parser) throws IOException, UnreadableFileException {
        Words stripper = new Words(parser);
        int pages = document.getNumberOfPages();
        StringBuilder text = new StringBuilder();
        boolean hasText = false;
        int page = 0;
        while (page < Math.min(pages, MOST_PAGES) && text.length() < MOST_CHARACTERS) {
            page++;
            stripper.setStartPage(page);
            stripper.setEndPage(page);
            String words = stripper.getText(document).strip();
            hasText |= !words.isEmpty();
            text.append("[page ").append(page).append("]\n").append(words).append("\n\n");
        }
        if (!hasText) {
            throw new UnreadableFileException(
                    parser.isCut()
                            ? CUT
                            : "The PDF has no text in its " + pages + (pages == 1 ? " page" : " pages")
                                    + "; it may be scanned.");
        }
        return new PdfFile(text.toString().strip(), pages, page, parser.isCut());
    }

    /** Keeps a limited number of letters of each page, since each takes hundreds of bytes. */
    private static final class Words extends PDFTextStripper {

        /** A page in small print has 20,000. */
        private static final int MOST_LETTERS = 100_000;

        private final BoundedPdf parser;
        private int letters;

        Words(BoundedPdf parser) {
            this.parser = parser;
            // Rows of tables stay rows.
            setSortByPosition(true);
        }

        @Override
        public void processPage(PDPage page) throws IOException {
            letters = 0;
            if (size(page) > BoundedPdf.MOST_BYTES) {
                parser.cut();
            } else {
                super.processPage(page);
            }
        }

        /** All streams of a page are in memory at the same time. */
        private static long size(PDPage page) throws IOException {
            long size = 0;
            if (page.getCOSObject().getDictionaryObject(COSName.CONTENTS) instanceof COSArray streams) {
                for (int i = 0; i < streams.size(); i++) {
                    size += BoundedPdf.size(streams.getObject(i));
                }
            }
            return size;
        }

        @Override
        protected void processOperator(Operator operator, List<COSBase> operands) throws IOException {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException();
            }
            if (letters <= MOST_LETTERS) {
                super.processOperator(operator, operands);
            }
        }

        @Override
        protected void processTextPosition(TextPosition letter) {
            letters++;
            if (letters <= MOST_LETTERS) {
                super.processTextPosition(letter);
            } else {
                parser.cut();
            }
        }
    }
}
