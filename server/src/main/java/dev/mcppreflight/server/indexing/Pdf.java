package dev.mcppreflight.server.indexing;

import java.io.IOException;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.text.PDFTextStripper;

/** The text layer of a PDF. */
final class Pdf {

    private static final int MOST_PAGES = 2000;
    private static final int MOST_CHARACTERS = 5_000_000;

    private Pdf() {}

    /**
     * A text with the number of its pages.
     *
     * @param text the text, pages apart by blank lines
     * @param pages how many there are
     * @param blank how many of them have no text
     */
    record Text(String text, int pages, int blank) {}

    /**
     * Returns the text.
     *
     * @throws ExtractionException when it cannot be read, or there is none, as in a scan
     */
    static Text text(byte[] file) {
        try (PDDocument pdf = Loader.loadPDF(file)) {
            return text(pdf);
        } catch (InvalidPasswordException e) {
            throw new ExtractionException("encrypted", "needs a password");
        } catch (IOException | RuntimeException | StackOverflowError e) {
            if (e instanceof ExtractionException known) {
                throw known;
            }
            // The library meets nonsense in many ways.
            throw new ExtractionException("invalid_file", "not a PDF that can be read");
        }
    }

    private static Text text(PDDocument pdf) throws IOException {
        int pages = pdf.getNumberOfPages();
        if (pages > MOST_PAGES) {
            throw new ExtractionException("too_large", "more than " + MOST_PAGES + " pages");
        }
        PDFTextStripper stripper = new PDFTextStripper();
        stripper.setLineSeparator("\n");
        StringBuilder text = new StringBuilder();
        int blank = 0;
        for (int page = 1; page <= pages; page++) {
            stripper.setStartPage(page);
            stripper.setEndPage(page);
            String part = stripper.getText(pdf).strip();
            blank += part.isEmpty() ? 1 : 0;
            text.append(part).append("\n\n");
            if (text.length() > MOST_CHARACTERS) {
                throw new ExtractionException("too_large", "more than " + MOST_CHARACTERS + " characters");
            }
        }
        if (blank == pages) {
            throw new ExtractionException("no_text_layer", "no text in it, only pictures of pages: it needs OCR first");
        }
        return new Text(text.toString(), pages, blank);
    }
}
