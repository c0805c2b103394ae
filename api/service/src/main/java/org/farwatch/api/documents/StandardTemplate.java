package org.farwatch.api.documents;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import org.apache.poi.xwpf.usermodel.ParagraphAlignment;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFParagraph;
import org.apache.poi.xwpf.usermodel.XWPFRun;
import org.apache.poi.xwpf.usermodel.XWPFTable;
import org.apache.poi.xwpf.usermodel.XWPFTableCell;
import org.apache.poi.xwpf.usermodel.XWPFTableRow;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTPageMar;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTSectPr;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTTblGrid;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTTblWidth;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.STTblWidth;

/** The template that is used until the bureau puts its own: plain, with the heads that any 督察告知单 has. */
final class StandardTemplate {
    private static final String FACE = "仿宋";
    /** Points: 二号, 四号. */
    private static final int TITLE = 22;

    private static final int TEXT = 14;
    /** Twentieths of a point. */
    private static final int[] COLUMNS = {1900, 7100};

    private static final int PAGE_WIDTH = 11_906;
    private static final int PAGE_HEIGHT = 16_838;
    private static final int MARGIN = 1440;

    private static final String[][] ROWS = {
        {"被告知单位", "{{squad}}"},
        {"相关人员", "{{officer}}"},
        {"问题分类", "{{class}}"},
        {"发现的问题", "{{fact}}"},
        {"依据", "{{rule}}"},
        {"证据材料", "{{evidence}}"},
    };

    private StandardTemplate() {}

    static byte[] of(DocumentKind kind) {
        try (XWPFDocument document = new XWPFDocument();
                ByteArrayOutputStream docx = new ByteArrayOutputStream()) {
            paragraph(document, kind.title(), ParagraphAlignment.CENTER, TITLE).setBold(true);
            paragraph(document, "{{number}}", ParagraphAlignment.RIGHT, TEXT);
            table(document);
            paragraph(document, "", ParagraphAlignment.LEFT, TEXT);
            text(document, "上述问题为待核实情况，尚未认定。请在{{days}}个工作日内，即{{deadline}}（含当日）之前作出说明，可附相关材料；逾期未说明的，依现有证据审核。");
            text(document, "认定由另一名督察员作出；对认定有异议的，可以申请复核一次，由第三名督察员办理。");
            paragraph(document, "", ParagraphAlignment.LEFT, TEXT);
            paragraph(document, "告知人：{{issuer}}", ParagraphAlignment.RIGHT, TEXT);
            paragraph(document, "{{date}}", ParagraphAlignment.RIGHT, TEXT);
            page(document);
            document.write(docx);
            return docx.toByteArray();
        } catch (IOException e) {
            throw new IllegalStateException("a document in memory cannot be written", e);
        }
    }

    /** A4, which POI does not say by itself. */
    private static void page(XWPFDocument document) {
        CTSectPr section = document.getDocument().getBody().addNewSectPr();
        section.addNewPgSz().setW(BigInteger.valueOf(PAGE_WIDTH));
        section.getPgSz().setH(BigInteger.valueOf(PAGE_HEIGHT));
        CTPageMar margins = section.addNewPgMar();
        BigInteger margin = BigInteger.valueOf(MARGIN);
        margins.setTop(margin);
        margins.setBottom(margin);
        margins.setLeft(margin);
        margins.setRight(margin);
    }

    private static void table(XWPFDocument document) {
        XWPFTable table = document.createTable(ROWS.length, COLUMNS.length);
        CTTblGrid grid = table.getCTTbl().addNewTblGrid();
        for (int width : COLUMNS) {
            grid.addNewGridCol().setW(BigInteger.valueOf(width));
        }
        for (int i = 0; i < ROWS.length; i++) {
            XWPFTableRow row = table.getRow(i);
            for (int j = 0; j < COLUMNS.length; j++) {
                XWPFTableCell cell = row.getCell(j);
                CTTblWidth width = cell.getCTTc().addNewTcPr().addNewTcW();
                width.setType(STTblWidth.DXA);
                width.setW(BigInteger.valueOf(COLUMNS[j]));
                write(cell.getParagraphs().getFirst(), ROWS[i][j], TEXT);
            }
        }
    }

    private static void text(XWPFDocument document, String text) {
        XWPFParagraph paragraph = document.createParagraph();
        paragraph.setIndentationFirstLine(2 * TEXT * 20);
        write(paragraph, text, TEXT);
    }

    private static XWPFRun paragraph(XWPFDocument document, String text, ParagraphAlignment alignment, int size) {
        XWPFParagraph paragraph = document.createParagraph();
        paragraph.setAlignment(alignment);
        return write(paragraph, text, size);
    }

    private static XWPFRun write(XWPFParagraph paragraph, String text, int size) {
        XWPFRun run = paragraph.createRun();
        run.setFontFamily(FACE);
        run.setFontFamily(FACE, XWPFRun.FontCharRange.eastAsia);
        run.setFontSize(size);
        run.setText(text);
        return run;
    }
}
