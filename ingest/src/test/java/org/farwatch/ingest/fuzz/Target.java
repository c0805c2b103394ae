package org.farwatch.ingest.fuzz;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.farwatch.ingest.explain.ExplainFuzz;
import org.farwatch.ingest.gb28181.ManscdpFuzz;
import org.farwatch.ingest.gb28181.SdpFuzz;
import org.farwatch.ingest.jt1078.Jt1078Fuzz;
import org.farwatch.ingest.jt808.AnswerFuzz;
import org.farwatch.ingest.jt808.ConnectionFuzz;
import org.farwatch.ingest.jt808.LocationFuzz;
import org.farwatch.ingest.jt808.PackageFuzz;
import org.farwatch.ingest.jt809.LinkFuzz;
import org.farwatch.ingest.jt809.PositionFuzz;
import org.farwatch.ingest.media.SystemStreamFuzz;
import org.farwatch.ingest.media.VideoFuzz;
import org.farwatch.ingest.media.rtp.RtpFuzz;
import org.farwatch.ingest.media.rtsp.RtspFuzz;
import org.farwatch.ingest.mqtt.PayloadFuzz;
import org.farwatch.ingest.nmea.SentenceFuzz;
import org.farwatch.ingest.record.DocumentFuzz;
import org.farwatch.ingest.record.SegmentFuzz;
import org.farwatch.ingest.simulator.camera.RequestFuzz;
import org.farwatch.ingest.sip.DigestFuzz;

/** Every decoder of bytes from outside; each has a folder of its name in {@code src/test/resources/fuzz}. */
public enum Target {
    JT808_FRAMES(org.farwatch.ingest.jt808.FrameFuzz::run),
    JT808_LOCATION(LocationFuzz::run),
    JT808_PACKAGES(PackageFuzz::run),
    JT808_ANSWERS(AnswerFuzz::run),
    JT808_CONNECTION(ConnectionFuzz::run),
    JT809_FRAMES(org.farwatch.ingest.jt809.FrameFuzz::run),
    JT809_POSITION(PositionFuzz::run),
    JT809_LINK(LinkFuzz::run),
    NMEA(SentenceFuzz::run),
    MQTT(PayloadFuzz::run),
    EXPLAIN(ExplainFuzz::run),
    VIDEO(VideoFuzz::run),
    SEGMENT(SegmentFuzz::run),
    DOCUMENT(DocumentFuzz::run),
    RTSP(RequestFuzz::run),
    RTSP_CLIENT(RtspFuzz::run),
    JT1078(Jt1078Fuzz::run),
    PS(SystemStreamFuzz::ps),
    TS(SystemStreamFuzz::ts),
    RTP(RtpFuzz::run),
    MANSCDP(ManscdpFuzz::run),
    SDP(SdpFuzz::run),
    DIGEST(DigestFuzz::run);

    private final Consumer<byte[]> run;

    Target(Consumer<byte[]> run) {
        this.run = run;
    }

    /** As {@code bin/fuzz} takes it, and the folder: {@code jt808-frames}. */
    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    /** @throws IllegalArgumentException naming all targets */
    public static Target of(String label) {
        return Arrays.stream(values())
                .filter(target -> target.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("target must be one of "
                        + Arrays.stream(values()).map(Target::label).collect(Collectors.joining(", ")) + ", was "
                        + label));
    }

    /** @throws RuntimeException or AssertionError when it found something */
    public void run(byte[] input) {
        run.accept(input);
    }
}
