package org.farwatch.api.reports;

import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.farwatch.api.documents.PdfSheet;
import org.farwatch.api.reports.ReportFigures.OfSquad;
import org.farwatch.api.reports.ReportFigures.Stages;
import org.farwatch.api.video.PeriodCheck;
import org.farwatch.api.web.BureauTime;

/** The report as it leaves the house: each figure that the screen shows, in words. */
final class ReportPdf {
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(BureauTime.ZONE);
    private static final String NONE = "–";

    private ReportPdf() {}

    /** @param about the squads or the district */
    static byte[] of(ReportTable.Subject subject, String about, String by, Instant at, ReportFigures figures) {
        PdfSheet sheet = new PdfSheet("记录核查报告");
        sheet.line("核查时段：" + MINUTE.format(subject.from()) + " 至 " + MINUTE.format(subject.to()))
                .line("核查范围：" + about)
                .line("生成：" + by + "，" + MINUTE.format(at));
        coverage(sheet, figures);
        gaps(sheet, figures);
        stages(sheet, figures);
        verification(sheet, figures.verification());
        samples(sheet, figures);
        views(sheet, figures);
        sheet.line("本报告由系统依据记录数据生成，各项数字为生成时的状态；缺录是需要说明的情况，不是认定的问题。");
        return sheet.bytes();
    }

    private static void coverage(PdfSheet sheet, ReportFigures figures) {
        sheet.heading("一、应录已录");
        List<List<String>> rows = new ArrayList<>();
        figures.squads()
                .forEach(squad -> rows.add(coverage(squad.squadName() == null ? "未分中队" : squad.squadName(), squad)));
        rows.add(coverage("合计", figures.total()));
        sheet.table(new float[] {4, 3, 3, 3}, List.of("中队", "应录（分钟）", "已录（分钟）", "应录已录率"), rows);
    }

    private static List<String> coverage(String name, OfSquad squad) {
        return List.of(
                name,
                minutes(squad.requiredSeconds()),
                minutes(squad.recordedSeconds()),
                squad.ratio() == null ? NONE : percent(squad.ratio()));
    }

    private static void gaps(PdfSheet sheet, ReportFigures figures) {
        sheet.heading("二、缺录时段（按原因，分钟）");
        if (figures.gaps().isEmpty()) {
            sheet.line("没有缺录。");
            return;
        }
        sheet.table(
                new float[] {4, 2, 2.4f, 2.4f, 2.4f, 2.4f, 2.4f, 2.4f},
                List.of("原因", "段数", "时长", "已认可", "已说明", "待说明", "已转督察", "未询问"),
                figures.gaps().stream()
                        .map(gap -> List.of(
                                ReportWords.cause(gap.cause()),
                                Integer.toString(gap.gaps()),
                                minutes(gap.seconds()),
                                minutes(gap.accepted()),
                                minutes(gap.explained()),
                                minutes(gap.asked()),
                                minutes(gap.passedOn()),
                                minutes(gap.open())))
                        .toList());
    }

    private static void stages(PdfSheet sheet, ReportFigures figures) {
        sheet.heading("三、执法活动与环节");
        List<List<String>> rows = new ArrayList<>();
        figures.squads().stream()
                .filter(squad -> squad.stages().required() > 0)
                .forEach(squad -> rows.add(stages(squad.squadName(), squad)));
        rows.add(stages("合计", figures.total()));
        sheet.table(
                new float[] {4, 2, 2, 2, 2, 2, 2.6f, 2.6f, 2.6f},
                List.of("中队", "活动", "应录环节", "已录", "待关联", "未录", "应录（分钟）", "已录（分钟）", "未领用设备（分钟）"),
                rows);
    }

    private static List<String> stages(String name, OfSquad squad) {
        Stages stages = squad.stages();
        return List.of(
                name,
                Long.toString(squad.activities()),
                Long.toString(stages.required()),
                Long.toString(stages.recorded()),
                Long.toString(stages.unmatched()),
                Long.toString(stages.missing()),
                minutes(stages.requiredSeconds()),
                minutes(stages.recordedSeconds()),
                minutes(stages.noDeviceSeconds()));
    }

    private static void verification(PdfSheet sheet, PeriodCheck.Result checked) {
        sheet.heading("四、完整性核验");
        sheet.line("录像日根：时段内 " + checked.days() + " 日，已生成 " + checked.closed() + " 日；"
                + (checked.rootFault() != null
                        ? "日根与签名不符：" + checked.rootFault()
                        : checked.keys().isEmpty() ? "本单位尚无日根。" : "全部日根链接完整、签名有效。"));
        checked.keys().forEach(key -> sheet.line("签名公钥指纹：" + key));
        if (checked.intact() == null) {
            sheet.line("录像文件：共 " + checked.segments() + " 段，本次未读取文件内容，未作核验。");
        } else {
            long rest = checked.segments() - checked.intact();
            sheet.line("录像文件：共 " + checked.segments() + " 段，逐段重新计算哈希，一致 " + checked.intact() + " 段，"
                    + (rest == 0 && checked.faults().isEmpty()
                            ? "被改动 0 段。"
                            : "有改动的视频流 " + checked.faults().size() + " 路，不一致或其后未读 " + rest + " 段："));
            checked.faults()
                    .forEach(fault -> sheet.line("视频流 " + fault.streamId() + "：" + ReportWords.fault(fault.kind())
                            + (fault.segment() == null ? "" : "，第 " + fault.segment() + " 段")));
        }
        sheet.line("核验时间：" + MINUTE.format(checked.at()) + "。持有本单位签名密钥者整体重做的情形，须与单位外留存的日根比对。");
    }

    private static void samples(PdfSheet sheet, ReportFigures figures) {
        sheet.heading("五、抽查");
        if (figures.samples().isEmpty()) {
            sheet.line("时段内没有抽取录像。");
            return;
        }
        sheet.table(
                new float[] {2, 5, 5, 3, 4},
                List.of("抽取", "名称", "录像", "日期", "抽查结果"),
                figures.samples().stream()
                        .flatMap(sample -> sample.drawn().stream()
                                .map(item -> List.of(
                                        sample.drawId(), sample.name(), item.name(), day(item.day()), outcome(item))))
                        .toList());
    }

    private static String outcome(ReportFigures.Sample.Item item) {
        return ReportWords.outcome(item.outcome())
                + (item.score() == null ? "" : "，" + item.score().toPlainString() + " 分");
    }

    private static void views(PdfSheet sheet, ReportFigures figures) {
        sheet.heading("六、查看记录");
        sheet.line("共 " + figures.views().total() + " 次。查看须有用途并留痕；以下按用户名排列，不是排名。");
        sheet.table(
                new float[] {6, 4, 2},
                List.of("用途", "内容", "次数"),
                figures.views().byPurpose().stream()
                        .map(each -> List.of(
                                ReportWords.purpose(each.purpose()),
                                ReportWords.viewed(each.kind()),
                                Long.toString(each.views())))
                        .toList());
        sheet.table(
                new float[] {4, 4, 4, 4, 2},
                List.of("用户", "姓名", "角色", "单位", "次数"),
                figures.views().byViewer().stream()
                        .map(each -> List.of(
                                each.username(),
                                each.name(),
                                String.join(
                                        "、",
                                        each.roles().stream()
                                                .map(ReportWords::role)
                                                .toList()),
                                each.unit().isEmpty() ? "全区" : String.join("、", each.unit()),
                                Long.toString(each.views())))
                        .toList());
    }

    private static String day(LocalDate day) {
        return day.toString();
    }

    private static String minutes(double seconds) {
        return String.format(Locale.ROOT, "%.1f", seconds / 60);
    }

    /** Cut, not rounded: 99.99 % is not complete. */
    private static String percent(double ratio) {
        return String.format(Locale.ROOT, "%.1f%%", Math.floor(ratio * 1000 + 1e-6) / 10);
    }
}
