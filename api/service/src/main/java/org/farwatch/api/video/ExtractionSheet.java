package org.farwatch.api.video;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.farwatch.api.documents.PdfSheet;
import org.farwatch.api.web.BureauTime;
import org.farwatch.ingest.record.HashAlgorithm;
import org.farwatch.ingest.record.InclusionProof;
import org.farwatch.ingest.record.Sidecar;

/**
 * 电子数据提取说明: the page that goes with an export, for who reads paper: what was taken out of where, by whom and why, what
 * is missing and for what cause, the hashes, and how all of it is checked.
 */
final class ExtractionSheet {
    /** On paper; all of them stand in export.json. */
    private static final int MOST_SEGMENTS = 2_000;

    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(BureauTime.ZONE);
    private static final float[] SEGMENT_WIDTHS = {1.4f, 4, 4, 2.2f, 11};

    private ExtractionSheet() {}

    /** What it says beside the manifest. */
    record Facts(
            Optional<ExportFacts.Device> device,
            List<ExportFacts.Holder> holders,
            Optional<ExportFacts.ClockOffset> clock,
            List<ExportFacts.Gap> gaps) {}

    /**
     * @param person display name of who took it out
     * @param key fingerprint that the export is signed with
     */
    static byte[] of(
            Export.Manifest manifest,
            String person,
            String key,
            List<Sidecar> sidecars,
            List<InclusionProof> proofs,
            Facts facts) {
        PdfSheet sheet = new PdfSheet("电子数据提取说明");
        sheet.heading("一、提取")
                .line("提取人：" + person + "（" + manifest.by() + "）")
                .line("提取时间：" + SECOND.format(manifest.at()) + "（北京时间，下同）")
                .line("提取用途：" + GapWords.purpose(manifest.purpose()))
                .line("提取方式：由远督系统自本机存储原样复制，未转码、未剪辑；软件版本 " + manifest.software());
        source(sheet, manifest, facts);
        stretches(sheet, manifest, sidecars);
        gaps(sheet, facts.gaps());
        proof(sheet, manifest, key, proofs);
        segments(sheet, sidecars);
        return sheet.bytes();
    }

    private static void source(PdfSheet sheet, Export.Manifest manifest, Facts facts) {
        sheet.heading("二、来源").line("视频流：" + manifest.name() + "（编号 " + manifest.stream() + "）");
        facts.device()
                .ifPresentOrElse(
                        device -> sheet.line("设备：" + device.name() + "（编号 " + device.id() + "，"
                                + GapWords.device(device.kind()) + "，" + device.protocol() + " " + device.protocolId()
                                + "），" + (device.squad() == null ? "未分中队" : device.squad())),
                        () -> sheet.line("设备：此路视频未关联登记设备。"));
        if (facts.holders().isEmpty()) {
            sheet.line("领用：时段内没有领用记录。");
        }
        facts.holders()
                .forEach(holder -> sheet.line("领用：" + holder.name() + "（" + holder.number() + "），"
                        + (holder.from() == null ? "" : SECOND.format(holder.from())) + " 至 "
                        + (holder.to() == null ? "今" : SECOND.format(holder.to()))));
        sheet.line("时间依据：录像起止时间为本系统接收时钟。"
                + facts.clock()
                        .map(clock -> String.format(
                                Locale.ROOT,
                                "设备时钟比本系统慢 %.1f 秒（时段内 %d 个定位点接收时间与定位时间之差的中位数，含传输时延；负数为快）。",
                                clock.seconds(),
                                clock.positions()))
                        .orElse("时段内设备没有上报定位，其时钟偏差未测得。"));
    }

    private static void stretches(PdfSheet sheet, Export.Manifest manifest, List<Sidecar> sidecars) {
        sheet.heading("三、内容")
                .line("时段：" + SECOND.format(manifest.from()) + " 至 " + SECOND.format(manifest.to()) + "，共 "
                        + sidecars.size() + " 段，"
                        + sidecars.stream().mapToLong(Sidecar::bytes).sum() + " 字节");
        long recovered = sidecars.stream()
                .filter(sidecar -> sidecar.state() == Sidecar.State.RECOVERED)
                .count();
        if (recovered > 0) {
            sheet.line("其中 " + recovered + " 段因断电或进程中止截至最后一个完整片段，标记为“已恢复”。");
        }
        long start = sidecars.getFirst().start();
        long end = start;
        for (Sidecar sidecar : sidecars) {
            if (sidecar.start() > end) {
                stretch(sheet, start, end);
                start = sidecar.start();
            }
            end = sidecar.end();
        }
        stretch(sheet, start, end);
    }

    private static void stretch(PdfSheet sheet, long start, long end) {
        if (end > start) {
            sheet.line("连续录像：" + SECOND.format(Instant.ofEpochMilli(start)) + " 至 "
                    + SECOND.format(Instant.ofEpochMilli(end)));
        }
    }

    private static void gaps(PdfSheet sheet, List<ExportFacts.Gap> gaps) {
        sheet.heading("四、所申请时段内无录像的部分");
        if (gaps.isEmpty()) {
            sheet.line("没有。");
            return;
        }
        sheet.line(String.format(Locale.ROOT, "共 %d 处，%.1f 秒。", gaps.size(), ExportFacts.seconds(gaps)))
                .table(
                        new float[] {4, 4, 5},
                        List.of("起", "止", "原因"),
                        gaps.stream()
                                .map(gap -> List.of(
                                        SECOND.format(gap.from()),
                                        SECOND.format(gap.to()),
                                        GapWords.cause(gap.cause())))
                                .toList());
    }

    private static void proof(PdfSheet sheet, Export.Manifest manifest, String key, List<InclusionProof> proofs) {
        sheet.heading("五、校验")
                .line("首段之前的链值：" + manifest.previous())
                .line("末段（第 " + manifest.last() + " 段）的链值：" + manifest.chain())
                .line("签名公钥指纹：" + key);
        proofs.forEach(proof -> sheet.line("至第 " + proof.sequence() + " 段，列入 "
                + proof.day().day() + " 录像日根：" + proof.day().root()));
        if (proofs.isEmpty()) {
            sheet.line("所提取的录像尚未列入录像日根（次日 00:30 起生成）。");
        }
        sheet.line("校验方法：在任何装有远督软件的计算机上运行  farwatch verify 文件.zip --key 指纹 --roots 留存的日根 。"
                + "无需数据库和网络；本说明、清单、录像中任何一个字节被改动，均会被指出所在文件。"
                + "链值与散列的算法见 docs/decisions/recording-and-proof.md，可用通用工具逐项复算。");
    }

    private static void segments(PdfSheet sheet, List<Sidecar> sidecars) {
        HashAlgorithm algorithm = HashAlgorithm.of(sidecars.getFirst().sha256());
        sheet.heading("六、录像段及散列值（" + (algorithm == HashAlgorithm.SM3 ? "SM3" : "SHA-256") + "）")
                .table(
                        SEGMENT_WIDTHS,
                        List.of("段", "起", "止", "字节", "散列值"),
                        sidecars.stream()
                                .limit(MOST_SEGMENTS)
                                .map(sidecar -> List.of(
                                        Long.toString(sidecar.sequence()),
                                        SECOND.format(Instant.ofEpochMilli(sidecar.start())),
                                        SECOND.format(Instant.ofEpochMilli(sidecar.end())),
                                        Long.toString(sidecar.bytes()),
                                        halves(sidecar.sha256())))
                                .toList());
        if (sidecars.size() > MOST_SEGMENTS) {
            sheet.line("其余 " + (sidecars.size() - MOST_SEGMENTS) + " 段见 export.json。");
        }
    }

    /** So that it breaks where it is read, not in the middle of a word without blanks. */
    private static String halves(String hash) {
        int middle = hash.length() - 32;
        return hash.substring(0, middle) + " " + hash.substring(middle);
    }
}
