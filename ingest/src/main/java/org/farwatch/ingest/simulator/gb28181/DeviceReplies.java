package org.farwatch.ingest.simulator.gb28181;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.farwatch.ingest.gb28181.Body;

/** What a simulated device answers to questions. Stateless. */
public final class DeviceReplies {
    private static final int RECORDINGS = 3;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.ofHours(8));

    private DeviceReplies() {}

    /** As devices write times: in China, without a zone. */
    public static String time(Instant time) {
        return TIME.format(time);
    }

    /**
     * The messages that answer a question, in order.
     *
     * @param perMessage items in each
     * @param announced SumNum; negative says the truth
     */
    public static List<byte[]> to(
            String command, int sn, String about, List<String> channels, int perMessage, int announced) {
        return switch (command) {
            case "Catalog" ->
                catalogue(
                        sn,
                        about,
                        channels.stream()
                                .map(code -> CatalogueItem.camera(about, code))
                                .toList(),
                        perMessage,
                        announced);
            case "DeviceInfo" ->
                List.of(Body.response("DeviceInfo", sn, about)
                        .element("DeviceName", "模拟设备")
                        .element("Result", "OK")
                        .element("Manufacturer", "Farwatch")
                        .element("Model", "SIM-1")
                        .element("Firmware", "1")
                        .element("Channel", Integer.toString(channels.size()))
                        .bytes());
            case "DeviceStatus" -> List.of(status(sn, about, Instant.now()));
            case "PresetQuery" ->
                List.of(Body.response("PresetQuery", sn, about)
                        .open("PresetList", 1)
                        .open("Item", -1)
                        .element("PresetID", "1")
                        .element("PresetName", "门口")
                        .close()
                        .close()
                        .bytes());
            case "RecordInfo" -> recordings(sn, about);
            default -> List.of();
        };
    }

    /** @param time by the clock of the device */
    static byte[] status(int sn, String about, Instant time) {
        return Body.response("DeviceStatus", sn, about)
                .element("Result", "OK")
                .element("Online", "ONLINE")
                .element("Status", "OK")
                .element("DeviceTime", time(time))
                .bytes();
    }

    /** The parts of a catalogue; {@code announced} as above. */
    static List<byte[]> catalogue(int sn, String about, List<CatalogueItem> items, int perMessage, int announced) {
        List<byte[]> parts = new ArrayList<>();
        for (int at = 0; at < items.size(); at += perMessage) {
            List<CatalogueItem> some = items.subList(at, Math.min(items.size(), at + perMessage));
            Body body = Body.response("Catalog", sn, about)
                    .element("SumNum", Integer.toString(announced < 0 ? items.size() : announced))
                    .open("DeviceList", some.size());
            some.forEach(item -> item.write(body));
            parts.add(body.close().bytes());
        }
        return parts;
    }

    private static List<byte[]> recordings(int sn, String about) {
        List<byte[]> parts = new ArrayList<>();
        Instant first = Instant.parse("2026-05-04T00:00:00Z");
        for (int i = 0; i < RECORDINGS; i++) {
            parts.add(Body.response("RecordInfo", sn, about)
                    .element("Name", "摄像机")
                    .element("SumNum", Integer.toString(RECORDINGS))
                    .open("RecordList", 1)
                    .open("Item", -1)
                    .element("DeviceID", about)
                    .element("StartTime", time(first.plusSeconds(600L * i)))
                    .element("EndTime", time(first.plusSeconds(600L * (i + 1))))
                    .element("Type", "time")
                    .close()
                    .close()
                    .bytes());
        }
        return parts;
    }
}
