package org.farwatch.ingest.gb28181;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.farwatch.ingest.media.rtp.RtpTransport;

/** Session descriptions of sound that we send (GB/T 28181-2016, 9.12, annex F and G). */
final class SpeechSdp {
    private static final String END = "\r\n";
    private static final int STATIC_MULAW = 0;
    private static final int STATIC_ALAW = 8;

    private SpeechSdp() {}

    /**
     * What a device says of the sound that it takes.
     *
     * @param host empty when it does not say
     * @param port 1 to 65535
     * @param transport as seen from us
     * @param payloadType of G.711, 0 to 127
     * @param mulaw whether that is µ-law
     * @param ssrc ten digits at most, empty when it does not say
     */
    record Said(String host, int port, RtpTransport transport, int payloadType, boolean mulaw, String ssrc) {}

    /** Null when there is no G.711 in it; never throws. */
    static Said read(byte[] body) {
        String host = "";
        String setup = "";
        String ssrc = "";
        String[] media = new String[0];
        int alaw = -1;
        int mulaw = -1;
        boolean remapped = false;
        boolean sound = true;
        for (String line : Element.decode(body).split("\\r?\\n", -1)) {
            String value = line.length() > 2 ? line.substring(2).strip() : "";
            if (line.startsWith("m=")) {
                sound = value.startsWith("audio ") && media.length == 0;
                media = sound ? value.split("\\s+", -1) : media;
            } else if (line.startsWith("y=")) {
                ssrc = value.matches("\\d{1,10}") && Long.parseLong(value) <= 0xFFFF_FFFFL ? value : ssrc;
            } else if (sound && line.startsWith("c=")) {
                String[] parts = value.split("\\s+", -1);
                host = parts.length == 3 ? parts[2] : host;
            } else if (sound && line.startsWith("a=setup:")) {
                setup = line.substring("a=setup:".length()).strip();
            } else if (sound && line.startsWith("a=rtpmap:")) {
                String[] parts = line.substring("a=rtpmap:".length()).strip().split("[\\s/]+", -1);
                int type = parts.length < 2 ? -1 : number(parts[0], 127);
                String encoding = parts.length < 2 ? "" : parts[1].toUpperCase(Locale.ROOT);
                alaw = encoding.equals("PCMA") ? type : alaw;
                mulaw = encoding.equals("PCMU") ? type : mulaw;
                remapped |= type == STATIC_ALAW && !encoding.equals("PCMA");
            }
        }
        int port = media.length < 4 ? -1 : number(media[1], 65_535);
        if (port < 1) {
            return null;
        }
        // Numbers below 96 mean what they mean without being said (RFC 3551).
        alaw = alaw < 0 && !remapped && offers(media, STATIC_ALAW) ? STATIC_ALAW : alaw;
        mulaw = mulaw < 0 && offers(media, STATIC_MULAW) ? STATIC_MULAW : mulaw;
        int type = alaw >= 0 ? alaw : mulaw;
        boolean tcp = media[2].toUpperCase(Locale.ROOT).startsWith("TCP/");
        RtpTransport transport =
                !tcp ? RtpTransport.UDP : setup.equals("passive") ? RtpTransport.TCP_ACTIVE : RtpTransport.TCP_PASSIVE;
        return type < 0 ? null : new Said(host, port, transport, type, alaw < 0, ssrc);
    }

    /** Our answer to the offer of a device that was asked to call. */
    static byte[] answer(String us, String host, int port, Said offer, String ssrc) {
        return write(us, host, port, "Play", offer.transport(), offer.payloadType(), offer.mulaw(), "sendonly", ssrc);
    }

    /** An offer to talk, as many devices have it that know no broadcast: A-law both ways. */
    static byte[] talk(String us, String host, int port, RtpTransport transport, String ssrc) {
        return write(us, host, port, "Talk", transport, STATIC_ALAW, false, "sendrecv", ssrc);
    }

    private static byte[] write(
            String us,
            String host,
            int port,
            String session,
            RtpTransport transport,
            int type,
            boolean mulaw,
            String direction,
            String ssrc) {
        StringBuilder text = new StringBuilder("v=0").append(END);
        text.append("o=").append(us).append(" 0 0 IN IP4 ").append(host).append(END);
        text.append("s=").append(session).append(END);
        text.append("c=IN IP4 ").append(host).append(END);
        text.append("t=0 0").append(END);
        boolean tcp = transport != RtpTransport.UDP;
        text.append("m=audio ").append(port).append(tcp ? " TCP/RTP/AVP " : " RTP/AVP ");
        text.append(type).append(END);
        text.append("a=").append(direction).append(END);
        text.append("a=rtpmap:").append(type).append(mulaw ? " PCMU/8000" : " PCMA/8000");
        text.append(END);
        if (tcp) {
            text.append("a=setup:").append(transport == RtpTransport.TCP_PASSIVE ? "passive" : "active");
            text.append(END).append("a=connection:new").append(END);
        }
        text.append("y=").append(ssrc).append(END);
        // G.711, 64 kb/s, 8 kHz (annex G).
        text.append("f=v/////a/1/8/1").append(END);
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static boolean offers(String[] media, int type) {
        for (int i = 3; i < media.length; i++) {
            if (number(media[i], 127) == type) {
                return true;
            }
        }
        return false;
    }

    private static int number(String text, int most) {
        if (!text.matches("\\d{1,5}")) {
            return -1;
        }
        int value = Integer.parseInt(text);
        return value > most ? -1 : value;
    }
}
