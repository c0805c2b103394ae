package org.farwatch.ingest.media.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.farwatch.ingest.media.rtp.RtpContent;
import org.junit.jupiter.api.Test;

/** Which descriptions are ours, and which are left to libavformat. */
class ChoiceTest {
    /** Baseline, 176x144: pictures are shown in the order in which they come. */
    private static final String SETS = "Z0IAHpWoLQSZ,aM48gA==";

    /** Main profile, 176x144, order told in each picture: it may have B pictures, and does not say that it has none. */
    private static final String MAY_REORDER = "Z00AHvQWJyA=,aM48gA==";

    private static final String PICTURES = "v=0\r\nm=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\n"
            + "a=fmtp:96 packetization-mode=1; sprop-parameter-sets=" + SETS + "\r\na=control:trackID=1\r\n";

    @Test
    void picturesInOrderAreTakenWithTheirParameterSets() {
        List<Choice> chosen = choice(PICTURES).orElseThrow();
        assertThat(chosen).singleElement().satisfies(only -> {
            assertThat(only.payload().content()).isEqualTo(RtpContent.H264);
            assertThat(only.payload().clockRate()).isEqualTo(90_000);
            assertThat(only.media().control()).isEqualTo("trackID=1");
            assertThat(only.sets()).startsWith(0, 0, 0, 1, 0x67).contains(0x68);
        });
    }

    @Test
    void whatMayBeOutOfOrderOrSaysNothingIsNotOurs() {
        assertThat(choice(PICTURES.replace(SETS, MAY_REORDER))).isEmpty();
        assertThat(choice(PICTURES.replace("; sprop-parameter-sets=" + SETS, "")))
                .isEmpty();
        assertThat(choice(PICTURES.replace(SETS, "no base 64!"))).isEmpty();
        assertThat(choice(PICTURES.replace("mode=1", "mode=2"))).isEmpty();
        assertThat(choice(PICTURES.replace("H264/90000", "JPEG/90000"))).isEmpty();
        assertThat(choice("v=0\r\nm=audio 0 RTP/AVP 8\r\n")).isEmpty();
        assertThat(choice("not SDP here")).isEmpty();
    }

    @Test
    void soundIsTakenWhereItsBytesAreKnown() {
        assertThat(sound("m=audio 0 RTP/AVP 8\r\n")).contains(RtpContent.PCMA);
        assertThat(sound("m=audio 0 RTP/AVP 97\r\na=rtpmap:97 PCMU/16000\r\n")).contains(RtpContent.PCMU);
        String aac = "m=audio 0 RTP/AVP 97\r\na=rtpmap:97 MPEG4-GENERIC/16000/1\r\n"
                + "a=fmtp:97 streamtype=5;mode=AAC-hbr;sizeLength=13;indexLength=3;indexDeltaLength=3;config=";
        assertThat(sound(aac + "1408\r\n")).contains(RtpContent.AAC);
        assertThat(sound(aac + "2B92\r\n")).as("another profile and rate").isEmpty();
        assertThat(sound(aac + "none\r\n")).isEmpty();
        assertThat(sound("m=audio 0 RTP/AVP 97\r\na=rtpmap:97 opus/48000/2\r\n"))
                .isEmpty();
    }

    private static Optional<RtpContent> sound(String media) {
        return choice(PICTURES + media).map(chosen -> chosen.get(1).payload().content());
    }

    private static Optional<List<Choice>> choice(String description) {
        return Choice.of(SessionDescription.parse(description));
    }
}
