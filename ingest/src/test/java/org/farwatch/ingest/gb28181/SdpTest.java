package org.farwatch.ingest.gb28181;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.farwatch.ingest.media.rtp.RtpContent;
import org.farwatch.ingest.media.rtp.RtpTransport;
import org.junit.jupiter.api.Test;

class SdpTest {
    @Test
    void theAnswerOfARealDomeIsUnderstood() throws IOException {
        String message = Captured.text("20_dahua_invite_200_udp.txt");
        Sdp.Answered answered =
                Sdp.read(message.substring(message.indexOf("v=0")).getBytes(StandardCharsets.US_ASCII));
        assertThat(answered.host()).isEqualTo("192.168.6.71");
        assertThat(answered.port()).isEqualTo(9712);
        assertThat(answered.answer().ssrc()).hasValue(1002);
        assertThat(answered.answer().payloads().get(96).content()).isEqualTo(RtpContent.PS);
        assertThat(answered.proprietary()).isNull();
    }

    @Test
    void aFormOfTheManufacturersOwnIsNamed() {
        Sdp.Answered answered =
                Sdp.read("m=video 9712 RTP/AVP 96\r\na=rtpmap:96 HIKVISION/90000".getBytes(StandardCharsets.US_ASCII));
        assertThat(answered.proprietary()).isEqualTo("HIKVISION");
    }

    @Test
    void anOfferSaysWhoListens() {
        String passive = offer(RtpTransport.TCP_PASSIVE);
        assertThat(passive).contains("m=video 30000 TCP/RTP/AVP 96", "a=setup:passive", "y=0200000001", "s=Play");
        assertThat(offer(RtpTransport.TCP_ACTIVE)).contains("a=setup:active");
        assertThat(offer(RtpTransport.UDP)).contains("m=video 30000 RTP/AVP").doesNotContain("setup");
    }

    @Test
    void onlyAnOfferForTheSmallerPictureNamesTheStream() {
        assertThat(offer(true, RtpTransport.UDP))
                .contains("a=streamnumber:1\r\n")
                .endsWith("y=0200000001\r\n");
        assertThat(offer(RtpTransport.UDP)).doesNotContain("stream");
    }

    @Property
    void anythingIsReadWithoutAnException(@ForAll byte[] body) {
        assertThat(Sdp.read(body).port()).isBetween(0, 65_535);
    }

    private static String offer(RtpTransport transport) {
        return offer(false, transport);
    }

    private static String offer(boolean sub, RtpTransport transport) {
        return new String(
                Sdp.live("34020000002000000001", "10.0.0.1", 30_000, sub, transport, "0200000001"),
                StandardCharsets.US_ASCII);
    }
}
