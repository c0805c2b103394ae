package org.farwatch.api.findings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Year;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.poi.xwpf.extractor.XWPFWordExtractor;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.farwatch.api.RunningService;
import org.farwatch.api.access.People;
import org.farwatch.api.documents.OfficeTools;
import org.farwatch.api.requirements.Proves;
import org.farwatch.api.web.BureauTime;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** 督察告知单: numbered, filled, kept, served, answered; on a service of its own, for its numbers begin at 1. */
class NoticeDocumentTest {
    private static final String TEMPLATE = "/api/v1/documents/templates/inspection-notice";

    private static RunningService service;
    private static FindingDesk desk;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        service = RunningService.start(Map.of());
        desk = new FindingDesk(service);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    @Proves(
            value = {"R147", "R148"},
            screen = "/inspection/findings",
            api = "POST /supervision-leads/{id}/notice")
    void theNoticeHoldsWhatWasSaidInBothForms() throws Exception {
        JsonNode document = document(desk.noticed("serious"));
        HttpResponse<byte[]> docx = desk.download(desk.leader, path(document) + "/docx");
        HttpResponse<byte[]> pdf = desk.download(desk.officer, path(document) + "/pdf");
        assertThat(docx.headers().firstValue("Content-Type").orElseThrow()).contains("wordprocessingml");
        assertThat(pdf.headers().firstValue("Content-Type").orElseThrow()).isEqualTo("application/pdf");
        assertThat(pdf.headers().firstValue("Content-Disposition").orElseThrow())
                .startsWith("attachment");

        String number = document.path("number").asString();
        assertThat(text(docx.body())).contains(number, desk.squadName(), "严重", "在岗期间离岗 40 分钟", "第十二条", "3个工作日", "尚未认定");
        assertThat(OfficeTools.textOfPdf(pdf.body(), folder)).contains(number, "严重", "在岗期间离岗40分钟", "第十二条", "3个工作日");
    }

    @Test
    void numbersHaveNoGapsWhoeverComesAtTheSameTimeAndWhateverFails() throws Exception {
        List<JsonNode> leads = new ArrayList<>();
        IntStream.range(0, 12).forEach(_ -> leads.add(desk.lead()));
        int before = last();
        try (ExecutorService pool = Executors.newFixedThreadPool(6)) {
            List<Future<RunningService.Answer>> answers = new ArrayList<>();
            for (int i = 0; i < leads.size(); i++) {
                JsonNode lead = leads.get(i);
                // Every third comes twice: the second one is refused after it waited for the first.
                for (int times = i % 3 == 0 ? 2 : 1; times > 0; times--) {
                    answers.add(pool.submit(() -> desk.people.call(
                            desk.issuer,
                            "POST",
                            "/api/v1/supervision-leads/" + lead.path("id").asString() + "/notice",
                            FindingDesk.notice(lead, "ordinary"))));
                }
            }
            long issued = 0;
            for (Future<RunningService.Answer> answer : answers) {
                issued += answer.get().status() == 201 ? 1 : 0;
            }
            assertThat(issued).isEqualTo(leads.size());
        }
        assertThat(desk.jdbc()
                        .sql("select number from document where year = :year order by number")
                        .param("year", year())
                        .query(Integer.class)
                        .list())
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, before + leads.size()).boxed().toList());
    }

    /** A document whose file cannot be made takes its number back, and its finding is none. */
    @Test
    void aNoticeThatCannotBeMadeLeavesNeitherNumberNorFinding() throws IOException {
        int before = last();
        JsonNode lead = desk.lead();
        desk.jdbc().sql("""
                        insert into evidence (sha256, media_type, bytes, origin)
                        values (repeat('0', 64), 'application/x', 1, 'test') on conflict do nothing""").update();
        desk.jdbc().sql("""
                        insert into document_template (kind, file, username)
                        values ('inspection-notice', repeat('0', 64), 'test')""").update();
        RunningService.Answer failed = desk.people.call(
                desk.issuer,
                "POST",
                "/api/v1/supervision-leads/" + lead.path("id").asString() + "/notice",
                FindingDesk.notice(lead, "ordinary"));
        assertThat(failed.status()).isEqualTo(500);
        assertThat(last()).isEqualTo(before);
        assertThat(desk.people
                        .get(
                                desk.issuer,
                                "/api/v1/supervision-leads/" + lead.path("id").asString())
                        .body()
                        .path("state")
                        .asString())
                .isEqualTo("new");
        assertThat(put(template("{{number}}{{squad}}{{fact}}{{rule}}{{deadline}}"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(document(desk.noticed("ordinary")).path("number").asString())
                .isEqualTo("督告〔" + year() + "〕" + (before + 1) + "号");
    }

    @Test
    void itIsServedOnceAndWhoAnswersHasGotIt() {
        JsonNode issued = document(desk.noticed("ordinary"));
        assertThat(issued.path("actions").get(0).asString()).isEqualTo("serve");
        assertThat(document(desk.issuer, issued.path("findingId").asString())
                        .path("actions")
                        .size())
                .isZero();
        Map<String, Object> version = Map.of("version", issued.path("version").asInt());
        JsonNode served = desk.people
                .call(desk.officer, "POST", path(issued) + "/serve", version)
                .body();
        assertThat(served.path("servedTo").asString()).isEqualTo(desk.officer.username());
        assertThat(served.path("servedAt").asString()).isNotEmpty();
        RunningService.Answer again = desk.people.call(
                desk.leader,
                "POST",
                path(issued) + "/serve",
                Map.of("version", served.path("version").asInt()));
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.body().path("detail").asString()).contains(desk.officer.username());
        desk.done(issued.path("findingId").asString(), FindingAction.EXPLAIN);
        JsonNode answered = desk.people.get(desk.leader, path(issued)).body();
        assertThat(answered.path("answeredBy").asString()).isEqualTo(desk.leader.username());
        assertThat(answered.path("servedTo").asString()).isEqualTo(desk.officer.username());

        JsonNode unserved = document(desk.noticed("ordinary"));
        desk.done(unserved.path("findingId").asString(), FindingAction.EXPLAIN);
        assertThat(desk.people
                        .get(desk.leader, path(unserved))
                        .body()
                        .path("servedTo")
                        .asString())
                .isEqualTo(desk.leader.username());
        assertThat(desk.people
                        .get(new FindingDesk(service).leader, path(unserved))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aTemplateOfTheBureausOwnIsUsedAndABadOneIsRefusedByName() throws IOException {
        HttpResponse<byte[]> bad = put(template("{{number}}{{squad}}{{fact}}{{rule}}{{deadline}}{{punishment}}"));
        assertThat(bad.statusCode()).isEqualTo(400);
        assertThat(JsonMapper.builder()
                        .build()
                        .readTree(bad.body())
                        .path("detail")
                        .asString())
                .contains("{{punishment}}");
        assertThat(put("no docx".getBytes(StandardCharsets.UTF_8)).statusCode()).isEqualTo(400);
        assertThat(desk.put(
                                "admin",
                                RunningService.ADMIN_PASSWORD,
                                TEMPLATE.replace("inspection", "decision"),
                                new byte[1])
                        .statusCode())
                .as("a kind that is not the bureau's")
                .isEqualTo(404);

        assertThat(put(template("局发文：{{number}} {{squad}} {{fact}} {{rule}} {{deadline}}"))
                        .statusCode())
                .isEqualTo(200);
        JsonNode document = document(desk.noticed("ordinary"));
        assertThat(text(desk.download(desk.issuer, path(document) + "/docx").body()))
                .startsWith("局发文：" + document.path("number").asString());
        assertThat(text(desk.download(desk.issuer, TEMPLATE).body())).startsWith("局发文：{{number}}");
    }

    private static HttpResponse<byte[]> put(byte[] docx) {
        return desk.put("admin", RunningService.ADMIN_PASSWORD, TEMPLATE, docx);
    }

    private static int year() {
        return Year.now(BureauTime.ZONE).getValue();
    }

    private static int last() {
        return desk.jdbc()
                .sql("select coalesce(max(last), 0) from document_number where year = :year")
                .param("year", year())
                .query(Integer.class)
                .single();
    }

    private static String path(JsonNode document) {
        return "/api/v1/documents/" + document.path("id").asString();
    }

    private static JsonNode document(String finding) {
        return document(desk.leader, finding);
    }

    private static JsonNode document(People.Person who, String finding) {
        JsonNode items = desk.people
                .get(who, "/api/v1/documents?findingId=" + finding)
                .body()
                .path("items");
        assertThat(items.size()).isEqualTo(1);
        return items.get(0);
    }

    private static byte[] template(String text) throws IOException {
        try (XWPFDocument document = new XWPFDocument();
                ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            document.createParagraph().createRun().setText(text);
            document.write(out);
            return out.toByteArray();
        }
    }

    private static String text(byte[] docx) throws IOException {
        try (XWPFDocument document = new XWPFDocument(new ByteArrayInputStream(docx));
                XWPFWordExtractor extractor = new XWPFWordExtractor(document)) {
            return extractor.getText();
        }
    }
}
