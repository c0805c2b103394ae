package org.farwatch.ingest.simulator.gb28181;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a platform offers to receive.
 *
 * @param way as seen from the device
 * @param receiver where the platform is
 * @param ssrc 10 digits
 * @param live whether it wants what is seen now
 * @param start of what was recorded, seconds, 0 of what is live; {@code end} likewise
 * @param speed at which it wants it, times of that at which it was recorded
 */
record MediaOffer(
        RtpSender.Way way, InetSocketAddress receiver, String ssrc, boolean live, long start, long end, double speed) {
    private static final Pattern VIDEO = Pattern.compile("m=video (\\d+) (TCP/)?RTP/AVP");

    /** @return null when it offers no video */
    static MediaOffer of(String offer) {
        Matcher media = VIDEO.matcher(offer);
        if (!media.find()) {
            return null;
        }
        RtpSender.Way way = media.group(2) == null
                ? RtpSender.Way.UDP
                : offer.contains("a=setup:passive") ? RtpSender.Way.PASSIVE : RtpSender.Way.ACTIVE;
        InetSocketAddress receiver =
                new InetSocketAddress(group(offer, "c=IN IP4 (\\S+)"), Integer.parseInt(media.group(1)));
        String speed = group(offer, "a=downloadspeed:(\\d+)");
        return new MediaOffer(
                way,
                receiver,
                group(offer, "y=(\\d+)"),
                !offer.contains("s=Playback") && !offer.contains("s=Download"),
                number(group(offer, "t=(\\d+) ")),
                number(group(offer, "t=\\d+ (\\d+)")),
                speed.isEmpty() ? 1 : Double.parseDouble(speed));
    }

    /**
     * The device's answer.
     *
     * @param port from which it sends, or on which it listens
     * @param withSsrc says that the packets bear the platform's SSRC
     */
    byte[] answer(String device, String host, int port, boolean withSsrc) {
        String tcp = way == RtpSender.Way.UDP
                ? ""
                : "a=setup:" + (way == RtpSender.Way.PASSIVE ? "active" : "passive") + "\r\na=connection:new\r\n";
        String sdp = "v=0\r\no=" + device + " 0 0 IN IP4 " + host + "\r\ns=Play\r\nc=IN IP4 " + host
                + "\r\nt=0 0\r\nm=video " + port + (tcp.isEmpty() ? " RTP/AVP" : " TCP/RTP/AVP")
                + " 96\r\na=sendonly\r\na=rtpmap:96 PS/90000\r\n" + tcp + (withSsrc ? "y=" + ssrc + "\r\n" : "");
        return sdp.getBytes(StandardCharsets.US_ASCII);
    }

    private static long number(String digits) {
        return digits.isEmpty() ? 0 : Long.parseLong(digits);
    }

    /** What the pattern's first group holds where it matches first, empty where it does not. */
    static String group(String text, String pattern) {
        Matcher found = Pattern.compile(pattern).matcher(text);
        return found.find() ? found.group(1) : "";
    }
}
