package org.farwatch.api.documents;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.poi.EmptyFileException;
import org.apache.poi.UnsupportedFileFormatException;
import org.apache.poi.ooxml.POIXMLException;
import org.apache.poi.openxml4j.exceptions.OpenXML4JRuntimeException;
import org.apache.poi.xwpf.usermodel.IBody;
import org.apache.poi.xwpf.usermodel.IBodyElement;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFFooter;
import org.apache.poi.xwpf.usermodel.XWPFHeader;
import org.apache.poi.xwpf.usermodel.XWPFParagraph;
import org.apache.poi.xwpf.usermodel.XWPFRun;
import org.apache.poi.xwpf.usermodel.XWPFTable;
import org.apache.poi.xwpf.usermodel.XWPFTableCell;
import org.apache.poi.xwpf.usermodel.XWPFTableRow;
import org.farwatch.api.web.Refusal;

/**
 * A DOCX with names in double braces, such as <code>{{number}}</code>, in paragraphs, tables, headers and footers.
 * Immutable; each filling reads it anew.
 */
public final class Template {
    private static final Pattern NAME = Pattern.compile("\\{\\{\\s*([^{}]*?)\\s*}}");
    private static final String WORDS = "must be a DOCX file";

    private final byte[] docx;

    private Template(byte[] docx) {
        this.docx = docx;
    }

    /** A template that was checked before. */
    static Template stored(byte[] docx) {
        return new Template(docx.clone());
    }

    /**
     * A template that somebody gives.
     *
     * @throws Refusal 400 for what is no DOCX, for a name that the kind does not know, for one that it needs and that is
     *     not there, and for what the PDF could not show as the DOCX does
     */
    static Template check(DocumentKind kind, byte[] docx) {
        try (XWPFDocument document = open(docx)) {
            Set<String> found = new TreeSet<>();
            for (XWPFParagraph paragraph : paragraphs(document)) {
                if (paragraph.getNumID() != null) {
                    throw refuse(
                            "must not number paragraphs automatically, the PDF would lack the numbers; write them: "
                                    + paragraph.getText());
                }
                Matcher name = NAME.matcher(paragraph.getText());
                while (name.find()) {
                    found.add(name.group(1));
                }
            }
            Set<String> unknown = new TreeSet<>(found);
            unknown.removeAll(kind.allowed());
            if (!unknown.isEmpty()) {
                throw refuse("holds {{" + String.join("}}, {{", unknown) + "}}, which a " + kind.title()
                        + " does not know; it knows " + new TreeSet<>(kind.allowed()));
            }
            Set<String> missing = new TreeSet<>(kind.required());
            missing.removeAll(found);
            if (!missing.isEmpty()) {
                throw refuse("must hold {{" + String.join("}}, {{", missing) + "}}");
            }
            requirePlain(document.getDocument().xmlText());
            document.getHeaderList()
                    .forEach(part -> requirePlain(part._getHdrFtr().xmlText()));
            document.getFooterList()
                    .forEach(part -> requirePlain(part._getHdrFtr().xmlText()));
        } catch (IOException e) {
            throw new Refusal(400, "invalid template", "file " + WORDS + ": " + e.getMessage());
        }
        return new Template(docx.clone());
    }

    /**
     * The document with all names replaced; lines of a value become lines of the paragraph.
     *
     * @param values for every name that the template holds
     */
    byte[] fill(Map<String, String> values) {
        try (XWPFDocument document = open(docx);
                ByteArrayOutputStream filled = new ByteArrayOutputStream()) {
            paragraphs(document).forEach(paragraph -> fill(paragraph, values));
            document.write(filled);
            return filled.toByteArray();
        } catch (IOException e) {
            throw new IllegalStateException("a template that was checked cannot be filled", e);
        }
    }

    /** Opens a DOCX; the caller closes it. */
    static XWPFDocument open(byte[] docx) throws IOException {
        try {
            return new XWPFDocument(new ByteArrayInputStream(docx));
        } catch (UnsupportedFileFormatException | EmptyFileException | POIXMLException | OpenXML4JRuntimeException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** All paragraphs: headers, body with its tables, footers. */
    private static List<XWPFParagraph> paragraphs(XWPFDocument document) {
        List<XWPFParagraph> all = new ArrayList<>();
        for (XWPFHeader header : document.getHeaderList()) {
            collect(header, all);
        }
        collect(document, all);
        for (XWPFFooter footer : document.getFooterList()) {
            collect(footer, all);
        }
        return all;
    }

    private static void collect(IBody body, List<XWPFParagraph> all) {
        for (IBodyElement element : body.getBodyElements()) {
            if (element instanceof XWPFParagraph paragraph) {
                all.add(paragraph);
            } else if (element instanceof XWPFTable table) {
                for (XWPFTableRow row : table.getRows()) {
                    for (XWPFTableCell cell : row.getTableCells()) {
                        collect(cell, all);
                    }
                }
            }
        }
    }

    /** A name may be cut into several runs by the editor: its value goes where it begins, the rest of it is removed. */
    private static void fill(XWPFParagraph paragraph, Map<String, String> values) {
        List<XWPFRun> runs = paragraph.getRuns();
        StringBuilder whole = new StringBuilder();
        List<Integer> starts = new ArrayList<>();
        for (XWPFRun run : runs) {
            starts.add(whole.length());
            whole.append(run.text());
        }
        if (!NAME.matcher(whole).find()) {
            return;
        }
        List<StringBuilder> texts = new ArrayList<>();
        runs.forEach(_ -> texts.add(new StringBuilder()));
        Matcher name = NAME.matcher(whole);
        int done = 0;
        while (name.find()) {
            copy(whole, done, name.start(), starts, texts);
            String value = values.get(name.group(1));
            if (value == null) {
                throw new IllegalStateException("no value for {{" + name.group(1) + "}}");
            }
            texts.get(runAt(name.start(), starts)).append(value);
            done = name.end();
        }
        copy(whole, done, whole.length(), starts, texts);
        for (int i = 0; i < runs.size(); i++) {
            write(runs.get(i), texts.get(i).toString());
        }
    }

    private static void copy(CharSequence whole, int from, int to, List<Integer> starts, List<StringBuilder> texts) {
        for (int at = from; at < to; at++) {
            texts.get(runAt(at, starts)).append(whole.charAt(at));
        }
    }

    private static int runAt(int at, List<Integer> starts) {
        int run = 0;
        while (run + 1 < starts.size() && starts.get(run + 1) <= at) {
            run++;
        }
        return run;
    }

    private static void write(XWPFRun run, String text) {
        if (run.text().equals(text)) {
            return;
        }
        for (int i = run.getCTR().sizeOfTArray() - 1; i >= 0; i--) {
            run.getCTR().removeT(i);
        }
        for (int i = run.getCTR().sizeOfBrArray() - 1; i >= 0; i--) {
            run.getCTR().removeBr(i);
        }
        String[] lines = text.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            if (i > 0) {
                run.addBreak();
            }
            run.setText(lines[i], i);
        }
    }

    private static void requirePlain(String xml) {
        if (xml.contains("txbxContent") || xml.contains("<w:sdt>")) {
            throw refuse("must not hold text boxes or content controls, the PDF would lack them; use paragraphs and"
                    + " tables");
        }
    }

    private static Refusal refuse(String rule) {
        return Refusal.field("file", rule);
    }
}
