package org.farwatch.api.activities;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.farwatch.api.RunningService;
import org.farwatch.api.access.People;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Activities from a spreadsheet: all of it or nothing, and what is wrong is named by its cell. */
class ActivityImportTest {
    private static final RunningService SERVICE = RunningService.shared();
    private static final String TITLES = "编号,中队,类别,标题,地点,案号,执法人员,活动开始,活动结束,环节,环节开始,环节结束,应录";
    private static final Charset GB18030 = Charset.forName("GB18030");

    private final ActivityHouse house = new ActivityHouse(SERVICE);
    private final String officer = house.number(house.officer());
    private final String other = house.number(house.officer());
    private final String number = People.unique("2026");
    private final String head = number + ",,查封扣押（暂扣物品）,暂扣物品,\"示范路 1 号，南侧\",案 1," + officer + "、" + other
            + ",2026-04-09 09:00,2026-04-09 10:00,";
    private final String tail = number + ",,,,,,,,,查封扣押,2026/4/9 9:30,2026/4/9 10:00,是";

    private record Said(int status, JsonNode body) {}

    @Test
    void linesOfOneNumberAreOneActivityInEitherEncodingAndTheSameFileAgainChangesNothing() throws Exception {
        String file = TITLES + "\r\n" + head + "告知,2026-04-09 09:00,2026-04-09 09:30,\r\n" + tail + "\r\n\r\n";
        Said first = sent(file, GB18030);
        assertThat(first.body().path("created").asInt())
                .as(first.body().toString())
                .isEqualTo(1);
        Said again = sent("\ufeff" + file, StandardCharsets.UTF_8);
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.body().path("unchanged").asInt()).isEqualTo(1);

        JsonNode made = house.call("GET", "/activities", null).body().path("items");
        assertThat(made.size()).isEqualTo(1);
        assertThat(made.get(0).path("source").asString()).isEqualTo("csv");
        assertThat(made.get(0).path("place").asString()).isEqualTo("示范路 1 号，南侧");
        assertThat(made.get(0).path("from").asString()).isEqualTo("2026-04-09T01:00:00Z");
        assertThat(made.get(0).path("officers").size()).isEqualTo(2);
        assertThat(made.get(0)
                        .path("stages")
                        .valueStream()
                        .map(stage -> stage.path("name").asString()))
                .containsExactly("告知", "查封扣押");
    }

    @Test
    void oneBadRowAmongManyIsNamedByRowColumnValueAndRuleAndNothingIsStored() throws Exception {
        String good = head + "告知,2026-04-09 09:00,2026-04-09 09:30,\n";
        assertThat(refused(good + tail.replace("9 10:00", "9 10:99")))
                .isEqualTo("row 3, 环节结束 must be a time such as 2026-11-20 09:00; was \"2026/4/9 10:99\"");
        assertThat(refused(good + tail.replace("9 10:00", "9 10:01")))
                .startsWith("row 3, 环节结束 must be after from")
                .endsWith("was \"2026/4/9 10:01\"");
        assertThat(refused(good + tail.replace(",是", ",否")))
                .isEqualTo("row 3, 应录 must be true: a rule asks for it of 查封扣押; was \"否\"");
        assertThat(refused(good.replace(officer, "nobody") + tail))
                .startsWith("row 2, 执法人员 names no officer of yours by the number nobody; was \"nobody、");
        assertThat(refused(good.replace("暂扣物品）", "暂扣") + tail)).startsWith("row 2, 类别 must be one of 现场检查、");
        assertThat(refused(good + tail.replace(",,,,,,,,,查", ",,,另一标题,,,,,,查")))
                .isEqualTo("row 3, 标题 must be empty or the same as in row 2, \"暂扣物品\"; was \"另一标题\"");
        assertThat(refused(good.replace(number + ",,", number + ",别的中队,") + tail))
                .startsWith("row 2, 中队 names no squad of yours");
        assertThat(refused(good + tail.replace("查封扣押,", ","))).startsWith("row 3, 环节 must");
        assertThat(refused(good + tail.replace(number, ""))).startsWith("row 3, 编号 must say which activity");
        assertThat(refused(good + tail + ",多余")).startsWith("row 3 has more cells than there are titles");
        assertThat(house.call("GET", "/activities", null).body().path("items").size())
                .isZero();
    }

    @Test
    void aFileThatIsNoSuchSheetIsRefused() throws Exception {
        assertThat(sent(TITLES.replace("案号,", ""), StandardCharsets.UTF_8)
                        .body()
                        .path("detail")
                        .asString())
                .startsWith("file must have a line of titles");
        assertThat(sent(TITLES.replace("案号,", "") + "\n" + tail, StandardCharsets.UTF_8)
                        .body()
                        .path("detail")
                        .asString())
                .isEqualTo("file lacks the column 案号");
        assertThat(sent(TITLES.replace("案号", "卷号") + "\n" + tail, StandardCharsets.UTF_8)
                        .body()
                        .path("detail")
                        .asString())
                .contains("has a column \"卷号\"");
        assertThat(refused("\"" + tail)).startsWith("file must close the quotation mark that row 2 opens");
        assertThat(sent("\ufffe\uffff", StandardCharsets.UTF_16BE)
                        .body()
                        .path("detail")
                        .asString())
                .startsWith("file must");
    }

    @Test
    void theTemplateIsAFileOfThatForm() {
        String template =
                house.call("GET", "/activities/template", null).response().body();
        assertThat(template).startsWith("\ufeff" + TITLES + "\r\n");
        assertThat(ActivitySheet.read(template.getBytes(StandardCharsets.UTF_8)))
                .hasSize(3);
    }

    private String refused(String lines) throws IOException, InterruptedException {
        Said said = sent(TITLES + "\n" + lines, StandardCharsets.UTF_8);
        assertThat(said.status()).isEqualTo(400);
        return said.body().path("detail").asString();
    }

    private Said sent(String file, Charset charset) throws IOException, InterruptedException {
        String head = "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n"
                + "Content-Type: text/csv\r\n\r\n";
        HttpRequest request = HttpRequest.newBuilder(URI.create(SERVICE.url() + "/api/v1/activities/import"))
                .header("Content-Type", "multipart/form-data; boundary=edge")
                .header(
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString((house.leader().username() + ":" + People.PASSWORD)
                                                .getBytes(StandardCharsets.UTF_8)))
                .POST(HttpRequest.BodyPublishers.concat(
                        HttpRequest.BodyPublishers.ofString(head),
                        HttpRequest.BodyPublishers.ofByteArray(file.getBytes(charset)),
                        HttpRequest.BodyPublishers.ofString("\r\n--edge--\r\n")))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            return new Said(answer.statusCode(), JsonMapper.builder().build().readTree(answer.body()));
        }
    }
}
