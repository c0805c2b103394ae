package org.farwatch.api.documents;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.openpdf.text.Chunk;
import org.openpdf.text.Document;
import org.openpdf.text.Element;
import org.openpdf.text.Font;
import org.openpdf.text.PageSize;
import org.openpdf.text.Paragraph;
import org.openpdf.text.pdf.PdfPCell;
import org.openpdf.text.pdf.PdfPTable;
import org.openpdf.text.pdf.PdfWriter;

/**
 * A PDF that is written as it goes, without a template: title, headings, sentences and tables on A4 with the embedded
 * typeface. Belongs to one thread.
 */
public final class PdfSheet {
    /** Points. */
    private static final float MARGIN = 54;

    private static final float TITLE = 18;
    private static final float HEADING = 13;
    private static final float TEXT = 10.5f;
    private static final float CELL = 9;
    private static final float LEADING = 1.5f;
    private static final float GAP = 8;
    private static final float PADDING = 4;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Document document = new Document(PageSize.A4, MARGIN, MARGIN, MARGIN, MARGIN);

    /** @param title also of the file's properties */
    public PdfSheet(String title) {
        PdfWriter.getInstance(document, bytes);
        document.addTitle(title);
        document.open();
        Paragraph head = paragraph(title, TITLE, Font.BOLD);
        head.setAlignment(Element.ALIGN_CENTER);
        document.add(head);
    }

    public PdfSheet heading(String text) {
        Paragraph heading = paragraph(text, HEADING, Font.BOLD);
        heading.setSpacingBefore(GAP);
        document.add(heading);
        return this;
    }

    public PdfSheet line(String text) {
        document.add(paragraph(text, TEXT, Font.NORMAL));
        return this;
    }

    /**
     * A table whose first line is repeated on each page; cells after the first are figures if they begin with a digit or a
     * dash, and stand at the right.
     *
     * @param widths of the columns, in proportion
     * @param rows each as long as the titles
     */
    public PdfSheet table(float[] widths, List<String> titles, List<List<String>> rows) {
        PdfPTable table = new PdfPTable(widths);
        table.setWidthPercentage(100);
        table.setSpacingBefore(GAP);
        table.setHeaderRows(1);
        titles.forEach(title -> table.addCell(cell(title, Font.BOLD, false)));
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                String text = row.get(i);
                boolean figure = i > 0 && !text.isEmpty() && (Character.isDigit(text.charAt(0)) || text.equals("–"));
                table.addCell(cell(text, Font.NORMAL, figure));
            }
        }
        document.add(table);
        return this;
    }

    /** The file; nothing can be added any more. */
    public byte[] bytes() {
        document.close();
        try (bytes) {
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PdfPCell cell(String text, int style, boolean figure) {
        PdfPCell cell = new PdfPCell(paragraph(text, CELL, style));
        cell.setPadding(PADDING);
        cell.setHorizontalAlignment(figure ? Element.ALIGN_RIGHT : Element.ALIGN_LEFT);
        return cell;
    }

    private static Paragraph paragraph(String text, float size, int style) {
        Chunk chunk = new Chunk(text, new Font(EmbeddedFace.FACE, size, style));
        chunk.setSplitCharacter(ChineseLines.RULE);
        Paragraph paragraph = new Paragraph();
        paragraph.setLeading(size * LEADING);
        paragraph.add(chunk);
        return paragraph;
    }
}
