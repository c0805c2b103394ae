package org.farwatch.api.documents;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.apache.poi.util.Units;
import org.apache.poi.xwpf.usermodel.IBody;
import org.apache.poi.xwpf.usermodel.IBodyElement;
import org.apache.poi.xwpf.usermodel.ParagraphAlignment;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFFooter;
import org.apache.poi.xwpf.usermodel.XWPFHeader;
import org.apache.poi.xwpf.usermodel.XWPFParagraph;
import org.apache.poi.xwpf.usermodel.XWPFPicture;
import org.apache.poi.xwpf.usermodel.XWPFRun;
import org.apache.poi.xwpf.usermodel.XWPFTable;
import org.apache.poi.xwpf.usermodel.XWPFTableCell;
import org.apache.poi.xwpf.usermodel.XWPFTableRow;
import org.openpdf.text.Chunk;
import org.openpdf.text.Document;
import org.openpdf.text.Element;
import org.openpdf.text.Font;
import org.openpdf.text.Image;
import org.openpdf.text.PageSize;
import org.openpdf.text.Paragraph;
import org.openpdf.text.pdf.BaseFont;
import org.openpdf.text.pdf.PdfPCell;
import org.openpdf.text.pdf.PdfPTable;
import org.openpdf.text.pdf.PdfWriter;

/**
 * The PDF of a filled document: its paragraphs, tables and pictures in the order in which they stand, headers before and
 * footers behind, on A4 with one embedded Chinese font, so that it reads the same on a machine without any. Sizes, bold,
 * alignment and first-line indents are kept; typefaces and exact places are not. Safe for use by many threads.
 */
final class PdfCopy {
    /** Points. */
    private static final float MARGIN = 72;
    /** Points: 四号, where neither run nor style gives a size. */
    private static final float DEFAULT_SIZE = 14;
    /** Leading in font sizes; the embedded font is tall. */
    private static final float LEADING = 1.6f;

    /** Points, in front of a table and below the text of a cell. */
    private static final float GAP = 6;

    private static final float TWENTIETHS = 20;

    private final BaseFont face;

    private PdfCopy(BaseFont face) {
        this.face = face;
    }

    static PdfCopy load() {
        return new PdfCopy(EmbeddedFace.FACE);
    }

    /** @param title of the file's properties */
    byte[] of(byte[] docx, String title) {
        try (XWPFDocument source = Template.open(docx);
                ByteArrayOutputStream pdf = new ByteArrayOutputStream()) {
            Document target = new Document(PageSize.A4, MARGIN, MARGIN, MARGIN, MARGIN);
            PdfWriter.getInstance(target, pdf);
            target.addTitle(title);
            target.open();
            for (XWPFHeader header : source.getHeaderList()) {
                body(header, target::add);
            }
            body(source, target::add);
            for (XWPFFooter footer : source.getFooterList()) {
                body(footer, target::add);
            }
            target.close();
            return pdf.toByteArray();
        } catch (IOException e) {
            throw new IllegalStateException("a document that was just filled cannot be read", e);
        }
    }

    private void body(IBody body, Consumer<Element> target) {
        for (IBodyElement element : body.getBodyElements()) {
            if (element instanceof XWPFParagraph paragraph) {
                target.accept(paragraph(paragraph));
                pictures(paragraph, target);
            } else if (element instanceof XWPFTable table) {
                target.accept(table(table));
            }
        }
    }

    private Paragraph paragraph(XWPFParagraph source) {
        Paragraph target = new Paragraph();
        float tallest = 0;
        for (XWPFRun run : source.getRuns()) {
            float size = run.getFontSizeAsDouble() == null
                    ? DEFAULT_SIZE
                    : run.getFontSizeAsDouble().floatValue();
            tallest = Math.max(tallest, size);
            Chunk chunk = new Chunk(run.text(), new Font(face, size, run.isBold() ? Font.BOLD : Font.NORMAL));
            chunk.setSplitCharacter(ChineseLines.RULE);
            target.add(chunk);
        }
        if (source.getText().isEmpty()) {
            target.add(new Chunk(" ", new Font(face, DEFAULT_SIZE)));
        }
        target.setLeading((tallest == 0 ? DEFAULT_SIZE : tallest) * LEADING);
        target.setAlignment(alignment(source.getAlignment()));
        target.setFirstLineIndent(Math.max(0, source.getIndentationFirstLine()) / TWENTIETHS);
        target.setIndentationLeft(Math.max(0, source.getIndentationLeft()) / TWENTIETHS);
        target.setSpacingBefore(Math.max(0, source.getSpacingBefore()) / TWENTIETHS);
        target.setSpacingAfter(Math.max(0, source.getSpacingAfter()) / TWENTIETHS);
        return target;
    }

    private static void pictures(XWPFParagraph source, Consumer<Element> target) {
        for (XWPFRun run : source.getRuns()) {
            for (XWPFPicture picture : run.getEmbeddedPictures()) {
                try {
                    Image image = Image.getInstance(picture.getPictureData().getData());
                    long[] extent = {
                        picture.getCTPicture().getSpPr().getXfrm().getExt().getCx(),
                        picture.getCTPicture().getSpPr().getXfrm().getExt().getCy()
                    };
                    image.scaleToFit((float) Units.toPoints(extent[0]), (float) Units.toPoints(extent[1]));
                    image.setAlignment(alignment(source.getAlignment()));
                    target.accept(image);
                } catch (IOException e) {
                    throw new IllegalStateException("a picture of the template cannot be read", e);
                }
            }
        }
    }

    private PdfPTable table(XWPFTable source) {
        int columns = source.getRows().stream().mapToInt(PdfCopy::width).max().orElse(1);
        PdfPTable target = new PdfPTable(columns);
        target.setWidthPercentage(100);
        target.setSpacingBefore(GAP);
        widths(source, columns, target);
        for (XWPFTableRow row : source.getRows()) {
            int used = 0;
            for (XWPFTableCell cell : row.getTableCells()) {
                PdfPCell copy = new PdfPCell();
                copy.setColspan(span(cell));
                copy.setPaddingBottom(GAP);
                body(cell, copy::addElement);
                target.addCell(copy);
                used += span(cell);
            }
            for (; used < columns; used++) {
                target.addCell(new PdfPCell());
            }
        }
        return target;
    }

    private static void widths(XWPFTable source, int columns, PdfPTable target) {
        if (source.getCTTbl().getTblGrid() == null
                || source.getCTTbl().getTblGrid().sizeOfGridColArray() != columns) {
            return;
        }
        float[] widths = new float[columns];
        for (int i = 0; i < columns; i++) {
            Object width = source.getCTTbl().getTblGrid().getGridColArray(i).getW();
            if (!(width instanceof Number number) || number.floatValue() <= 0) {
                return;
            }
            widths[i] = number.floatValue();
        }
        target.setWidths(widths);
    }

    private static int width(XWPFTableRow row) {
        List<XWPFTableCell> cells = row.getTableCells();
        return cells.stream().mapToInt(PdfCopy::span).sum();
    }

    private static int span(XWPFTableCell cell) {
        return cell.getCTTc().getTcPr() == null || cell.getCTTc().getTcPr().getGridSpan() == null
                ? 1
                : cell.getCTTc().getTcPr().getGridSpan().getVal().intValue();
    }

    private static int alignment(ParagraphAlignment source) {
        return source == ParagraphAlignment.CENTER
                ? Element.ALIGN_CENTER
                : source == ParagraphAlignment.RIGHT || source == ParagraphAlignment.END
                        ? Element.ALIGN_RIGHT
                        : Element.ALIGN_LEFT;
    }
}
