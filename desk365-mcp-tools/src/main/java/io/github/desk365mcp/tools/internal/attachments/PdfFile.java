package io.github.desk365mcp.tools.internal.attachments;

import java.io.IOException;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.MemoryUsageSetting;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.text.PDFTextStripper;

/**
 * The text of a PDF, by Apache PDFBox, which hosts may leave out.
 *
 * @param text with a line before each page
 * @param pages how many the file has
 * @param read how many of them the text is of
 */
record PdfFile(String text, int pages, int read) {

    private static final int MOST_PAGES = 500;
    private static final int MOST_CHARACTERS = 1_000_000;
    private static final long MEMORY = 16L * 1024 * 1024;
    private static final long DISK = 256L * 1024 * 1024;

    /** @throws UnreadableFileException if it cannot be opened, or has no text */
    static PdfFile of(byte[] bytes) throws UnreadableFileException {
        try (PDDocument document = Loader.loadPDF(
                bytes, "", null, null, MemoryUsageSetting.setupMixed(MEMORY, MEMORY + DISK).streamCache)) {
            PDFTextStripper stripper = new PDFTextStripper();
            // Rows of tables stay rows.
            stripper.setSortByPosition(true);
            int pages = document.getNumberOfPages();
            StringBuilder text = new StringBuilder();
            boolean hasText = false;
            int page = 0;
            while (page < Math.min(pages, MOST_PAGES)
                    && text.length() < MOST_CHARACTERS
                    && !Thread.currentThread().isInterrupted()) {
                page++;
                stripper.setStartPage(page);
                stripper.setEndPage(page);
                String words = stripper.getText(document).strip();
                hasText |= !words.isEmpty();
                text.append("[page ").append(page).append("]\n").append(words).append("\n\n");
            }
            if (!hasText) {
                throw new UnreadableFileException("The PDF has no text in its " + pages
                        + (pages == 1 ? " page" : " pages") + "; it may be scanned.");
            }
            return new PdfFile(text.toString().strip(), pages, page);
        } catch (InvalidPasswordException e) {
            throw new UnreadableFileException("The PDF is protected by a password.");
        } catch (IOException | RuntimeException e) {
            throw new UnreadableFileException("The PDF is damaged, or of a kind that is not read here.");
        }
    }
}
