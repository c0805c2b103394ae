package org.farwatch.ingest.media.rtsp;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.farwatch.ingest.media.Adts;
import org.farwatch.ingest.media.VideoCodec;
import org.farwatch.ingest.media.VideoFrames;
import org.farwatch.ingest.media.rtp.RtpContent;
import org.farwatch.ingest.media.rtp.RtpPayload;

/**
 * What is taken of that which a camera has: its first picture, its first sound.
 *
 * @param payload how it is read
 * @param sets parameter sets of pictures, start coded, empty for sound
 */
record Choice(SessionDescription.Media media, RtpPayload payload, byte[] sets) {
    /** AudioSpecificConfig begins with it: low complexity (ISO/IEC 14496-3, 1.6.2.1). */
    private static final int LOW_COMPLEXITY = 2;

    private static final int TELEPHONE = 8_000;
    private static final Map<Integer, String> STATIC = Map.of(0, "PCMU", 8, "PCMA", 9, "G722");

    /** @return empty when something of it is nothing for us: then libavformat takes all of it */
    static Optional<List<Choice>> of(SessionDescription description) {
        List<Choice> chosen = new ArrayList<>();
        for (String kind : List.of("video", "audio")) {
            Optional<SessionDescription.Media> first = description.media().stream()
                    .filter(media -> media.kind().equals(kind))
                    .findFirst();
            if (first.isPresent()) {
                Optional<Choice> choice = kind.equals("video") ? picture(first.get()) : sound(first.get());
                if (choice.isEmpty()) {
                    return Optional.empty();
                }
                chosen.add(choice.get());
            } else if (kind.equals("video")) {
                return Optional.empty();
            }
        }
        return Optional.of(List.copyOf(chosen));
    }

    /** Only where parameter sets say that stamps are also the order: packets do not tell the order of decoding. */
    private static Optional<Choice> picture(SessionDescription.Media media) {
        VideoCodec codec = switch (media.encoding()) {
            case "H264" -> VideoCodec.H264;
            case "H265", "HEVC" -> VideoCodec.H265;
            default -> null;
        };
        byte[] sets = media.parameterSets();
        boolean interleaves = "2".equals(media.parameters().get("packetization-mode"))
                || !"0".equals(media.parameters().getOrDefault("sprop-max-don-diff", "0"));
        if (codec == null || interleaves || media.clockRate() == 0 || !VideoFrames.inOrder(codec, sets)) {
            return Optional.empty();
        }
        RtpContent content = codec == VideoCodec.H264 ? RtpContent.H264 : RtpContent.H265;
        return payload(content, media.clockRate(), 1).map(payload -> new Choice(media, payload, sets));
    }

    private static Optional<Choice> sound(SessionDescription.Media media) {
        String encoding = media.encoding().isEmpty() ? STATIC.getOrDefault(media.type(), "") : media.encoding();
        int rate = media.clockRate() == 0 ? TELEPHONE : media.clockRate();
        Optional<RtpPayload> payload = switch (encoding) {
            case "PCMA" -> payload(RtpContent.PCMA, rate, media.channels());
            case "PCMU" -> payload(RtpContent.PCMU, rate, media.channels());
            case "G722" -> payload(RtpContent.G722, rate, media.channels());
            case "MPEG4-GENERIC" ->
                plainAac(media) ? payload(RtpContent.AAC, rate, media.channels()) : Optional.empty();
            default -> Optional.empty();
        };
        return payload.map(known -> new Choice(media, known, new byte[0]));
    }

    private static Optional<RtpPayload> payload(RtpContent content, int rate, int channels) {
        try {
            return Optional.of(new RtpPayload(content, rate, channels));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /** High bit rate (RFC 3640, 3.3.6), low complexity, at the rate that the stamps have. */
    private static boolean plainAac(SessionDescription.Media media) {
        Map<String, String> says = media.parameters();
        byte[] config;
        try {
            config = HexFormat.of().parseHex(says.getOrDefault("config", ""));
        } catch (IllegalArgumentException _) {
            return false;
        }
        return "13".equals(says.get("sizelength"))
                && "3".equals(says.get("indexlength"))
                && "3".equals(says.get("indexdeltalength"))
                && config.length >= 2
                && (config[0] & 0xff) >>> 3 == LOW_COMPLEXITY
                && Adts.sampleRate((config[0] & 7) << 1 | (config[1] & 0xff) >>> 7) == media.clockRate()
                && (config[1] >>> 3 & 0x0f) == media.channels();
    }
}
