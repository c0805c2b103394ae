package org.farwatch.api.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.poi.xwpf.extractor.XWPFWordExtractor;
import org.apache.poi.xwpf.model.XWPFHeaderFooterPolicy;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFParagraph;
import org.farwatch.api.web.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemplateTest {
    private static final DocumentKind KIND = DocumentKind.INSPECTION_NOTICE;
    private static final String NEEDED = "{{number}}{{squad}}{{fact}}{{rule}}{{deadline}}";

    @TempDir
    private Path folder;

    @Test
    void theStandardTemplateIsFilledWithoutARest() throws IOException {
        byte[] standard = StandardTemplate.of(KIND);
        assertThatCode(() -> Template.check(KIND, standard)).doesNotThrowAnyException();

        String text = text(Template.stored(standard).fill(values()));
        assertThat(text)
                .contains("督察告知单", "督告〔2026〕1号", "徐汇中队", "在岗期间离岗 40 分钟", "第十二条", "2026年11月25日")
                .doesNotContain("{{", "}}");
    }

    /** Whatever is in the DOCX is in the PDF: read back by programs that are not ours, on embedded glyphs. */
    @Test
    void theDocxOpensInLibreOfficeAndThePdfHoldsTheSameText() throws Exception {
        byte[] docx = Template.stored(StandardTemplate.of(KIND)).fill(values());
        byte[] pdf = PdfCopy.load().of(docx, "督察告知单");
        assertThat(new String(pdf, StandardCharsets.ISO_8859_1))
                .as("a subset of the font is embedded")
                .containsPattern("/FontName ?/[A-Z]{6}\\+NotoSerifSC")
                .contains("/FontFile2");

        String read = OfficeTools.textOfPdf(pdf, folder);
        for (String line : text(docx).split("[\n\t]", -1)) {
            assertThat(read).contains(line.replaceAll("\\s", ""));
        }
        String office = OfficeTools.textOfDocx(docx, folder);
        for (String value : values().values()) {
            assertThat(office).contains(value.replaceAll("\\s", ""));
        }
    }

    @Test
    void aNameThatTheEditorCutIntoRunsIsFilledOnceAndKeepsItsNeighbours() throws IOException {
        byte[] docx = docx(document -> {
            XWPFParagraph cut = document.createParagraph();
            for (String part : new String[] {"请在{", "{dead", "line}} 前（", "{{days}}", "日）答复"}) {
                cut.createRun().setText(part);
            }
            document.createParagraph().createRun().setText(NEEDED);
        });
        Template.check(KIND, docx);
        assertThat(text(Template.stored(docx).fill(values()))).startsWith("请在2026年11月25日 前（3日）答复\n");
    }

    @Test
    void headersFootersAndTablesAreFilledAndComeIntoThePdf() throws Exception {
        byte[] docx = docx(document -> {
            document.createParagraph().createRun().setText("{{fact}}{{rule}}{{deadline}}");
            document.createTable(1, 1).getRow(0).getCell(0).setText("单位：{{squad}}");
            XWPFHeaderFooterPolicy policy = document.createHeaderFooterPolicy();
            policy.createHeader(XWPFHeaderFooterPolicy.DEFAULT)
                    .createParagraph()
                    .createRun()
                    .setText("示范区城管执法局");
            policy.createFooter(XWPFHeaderFooterPolicy.DEFAULT)
                    .createParagraph()
                    .createRun()
                    .setText("编号 {{number}}");
        });
        Template.check(KIND, docx);
        byte[] filled = Template.stored(docx).fill(values());
        assertThat(text(filled)).contains("编号 督告〔2026〕1号", "单位：徐汇中队");
        assertThat(OfficeTools.textOfPdf(PdfCopy.load().of(filled, "t"), folder))
                .startsWith("示范区城管执法局")
                .contains("单位：徐汇中队")
                .endsWith("编号督告〔2026〕1号");
    }

    @Test
    void aNameThatNobodyKnowsIsRefusedByName() throws IOException {
        assertRefused(docx(text(NEEDED + "{{officer}}{{salary}}")), "{{salary}}", "督察告知单", "deadline");
        assertRefused(docx(text(NEEDED + "{{}}")), "{{}}");
    }

    @Test
    void aNameThatIsMissingIsRefusedByName() throws IOException {
        assertRefused(docx(text("{{number}}{{squad}}{{fact}}{{rule}}")), "must hold {{deadline}}");
    }

    @Test
    void whatThePdfCouldNotShowIsRefused() throws IOException {
        byte[] numbered = docx(document -> {
            document.createParagraph().createRun().setText(NEEDED);
            XWPFParagraph item = document.createParagraph();
            item.createRun().setText("第一");
            item.setNumID(BigInteger.ONE);
        });
        assertRefused(numbered, "automatically", "第一");
        byte[] controlled = docx(document -> {
            document.createParagraph().createRun().setText(NEEDED);
            document.getDocument().getBody().addNewSdt().addNewSdtContent().addNewP();
        });
        assertRefused(controlled, "content controls");
    }

    @Test
    void whatIsNoDocxIsRefused() throws IOException {
        assertRefused(new byte[0], "DOCX");
        assertRefused("hello".getBytes(StandardCharsets.UTF_8), "DOCX");
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(zip)) {
            out.putNextEntry(new ZipEntry("readme.txt"));
            out.write('x');
            out.closeEntry();
        }
        assertRefused(zip.toByteArray(), "DOCX");
        byte[] cut = Arrays.copyOf(StandardTemplate.of(KIND), 900);
        assertRefused(cut, "DOCX");
    }

    private static void assertRefused(byte[] docx, String... named) {
        assertThatThrownBy(() -> Template.check(KIND, docx))
                .isInstanceOf(Refusal.class)
                .hasMessageContainingAll(named);
    }

    private static Map<String, String> values() {
        Map<String, String> values =
                new HashMap<>(KIND.allowed().stream().collect(Collectors.toMap(name -> name, name -> "样-" + name)));
        values.put("number", KIND.number(2026, 1));
        values.put("squad", "徐汇中队");
        values.put("fact", "2026年11月20日 09:10 至 09:50 在岗期间离岗 40 分钟。");
        values.put("rule", "《城市管理执法行为规范》第十二条");
        values.put("deadline", "2026年11月25日");
        values.put("days", "3");
        values.put("evidence", "告警截图\n轨迹");
        return values;
    }

    private static Consumer<XWPFDocument> text(String text) {
        return document -> document.createParagraph().createRun().setText(text);
    }

    private static byte[] docx(Consumer<XWPFDocument> content) throws IOException {
        try (XWPFDocument document = new XWPFDocument();
                ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            content.accept(document);
            document.write(out);
            return out.toByteArray();
        }
    }

    private static String text(byte[] docx) throws IOException {
        try (XWPFDocument document = Template.open(docx);
                XWPFWordExtractor extractor = new XWPFWordExtractor(document)) {
            return extractor.getText();
        }
    }
}
