package org.farwatch.ingest.gb28181;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.farwatch.ingest.media.rtp.Answer;
import org.farwatch.ingest.media.rtp.RtpContent;
import org.farwatch.ingest.media.rtp.RtpPayload;
import org.farwatch.ingest.media.rtp.RtpTransport;

/** Session descriptions of GB/T 28181-2016 annex F and G. */
final class Sdp {
    private static final String END = "\r\n";

    private Sdp() {}

    /**
     * What a device has answered.
     *
     * @param host where it sends from or listens, empty when it does not say
     * @param port 0 when it does not say
     * @param proprietary the manufacturer whose own form it sends; null for the standard's
     */
    record Answered(String host, int port, Answer answer, String proprietary) {}

    /**
     * An offer to receive live pictures.
     *
     * @param sub asks for the smaller picture: as GB/T 28181-2022 writes it, and as devices of 2016 know it, which had no
     *     standard for it; what a device does not know of an offer it ignores
     * @param ssrc 10 digits
     */
    static byte[] live(String us, String host, int port, boolean sub, RtpTransport transport, String ssrc) {
        boolean tcp = transport != RtpTransport.UDP;
        StringBuilder text = new StringBuilder()
                .append("v=0")
                .append(END)
                .append("o=")
                .append(us)
                .append(" 0 0 IN IP4 ")
                .append(host)
                .append(END)
                .append("s=Play")
                .append(END)
                .append("c=IN IP4 ")
                .append(host)
                .append(END)
                .append("t=0 0")
                .append(END)
                .append("m=video ")
                .append(port)
                .append(tcp ? " TCP/RTP/AVP" : " RTP/AVP")
                .append(" 96 98 99")
                .append(END)
                .append("a=recvonly")
                .append(END)
                .append("a=rtpmap:96 PS/90000")
                .append(END)
                .append("a=rtpmap:98 H264/90000")
                .append(END)
                .append("a=rtpmap:99 H265/90000")
                .append(END);
        if (tcp) {
            text.append("a=setup:")
                    .append(transport == RtpTransport.TCP_PASSIVE ? "passive" : "active")
                    .append(END)
                    .append("a=connection:new")
                    .append(END);
        }
        if (sub) {
            text.append("a=streamnumber:1")
                    .append(END)
                    .append("a=streamprofile:1")
                    .append(END)
                    .append("a=stream:sub")
                    .append(END);
        }
        return text.append("y=").append(ssrc).append(END).toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** Never throws: what cannot be read is missing. */
    static Answered read(byte[] body) {
        String host = "";
        int port = 0;
        OptionalLong ssrc = OptionalLong.empty();
        Map<Integer, RtpPayload> payloads = new HashMap<>();
        String proprietary = null;
        for (String line : Element.decode(body).split("\\r?\\n", -1)) {
            String value = line.length() > 2 ? line.substring(2).strip() : "";
            if (line.startsWith("c=")) {
                String[] parts = value.split("\\s+", -1);
                host = parts.length == 3 ? parts[2] : host;
            } else if (line.startsWith("m=video") || line.startsWith("m=audio")) {
                String[] parts = value.split("\\s+", -1);
                port = parts.length > 1 ? (int) number(parts[1], 65_535, 0) : port;
            } else if (line.startsWith("y=")) {
                long told = number(value, 0xFFFF_FFFFL, -1);
                ssrc = told < 0 ? ssrc : OptionalLong.of(told);
            } else if (line.startsWith("a=rtpmap:")) {
                String[] parts = line.substring("a=rtpmap:".length()).strip().split("[\\s/]+", -1);
                int type = parts.length < 2 ? -1 : (int) number(parts[0], 127, -1);
                String encoding = parts.length < 2 ? "" : parts[1].toUpperCase(Locale.ROOT);
                if (encoding.equals("DAHUA") || encoding.equals("HIKVISION")) {
                    proprietary = encoding;
                }
                if (type >= 0) {
                    RtpContent.named(encoding).ifPresent(content -> payloads.put(type, RtpPayload.of(content)));
                }
            }
        }
        return new Answered(host, port, new Answer(ssrc, payloads), proprietary);
    }

    private static long number(String text, long most, long otherwise) {
        if (!text.matches("\\d{1,10}")) {
            return otherwise;
        }
        long value = Long.parseLong(text);
        return value > most ? otherwise : value;
    }
}
