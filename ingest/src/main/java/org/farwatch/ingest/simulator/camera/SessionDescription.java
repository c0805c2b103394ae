package org.farwatch.ingest.simulator.camera;

import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.farwatch.ingest.media.VideoFormat;

/** A camera's SDP (RFC 4566) with the H.264 parameters of RFC 6184, 8.2.1. */
final class SessionDescription {
    private SessionDescription() {}

    /** @param address of the server, as the client reached it */
    static String of(SimulatedCamera camera, VideoFormat format, String address) {
        String family = address.indexOf(':') < 0 ? "IP4" : "IP6";
        List<byte[]> sets = AvcPayloads.parameterSets(format);
        String profile = HexFormat.of().withUpperCase().formatHex(sets.getFirst(), 1, 4);
        String parameters =
                sets.stream().map(Base64.getEncoder()::encodeToString).collect(Collectors.joining(","));
        String type = String.valueOf(InterleavedTrack.PAYLOAD_TYPE);
        return String.join(
                        "\r\n",
                        "v=0",
                        "o=- 1 1 IN " + family + " " + address,
                        "s=" + camera.path(),
                        "c=IN " + family + (family.equals("IP4") ? " 0.0.0.0" : " ::"),
                        "t=0 0",
                        "a=control:*",
                        "a=range:npt=now-",
                        "m=video 0 RTP/AVP " + type,
                        "a=rtpmap:" + type + " H264/90000",
                        "a=fmtp:" + type + " packetization-mode=1;profile-level-id=" + profile
                                + ";sprop-parameter-sets=" + parameters,
                        "a=framerate:" + camera.rate(),
                        "a=framesize:" + type + " " + camera.width() + "-" + camera.height(),
                        "a=control:" + CameraConnection.TRACK)
                + "\r\n";
    }
}
