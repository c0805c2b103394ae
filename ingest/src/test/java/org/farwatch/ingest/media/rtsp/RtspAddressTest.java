package org.farwatch.ingest.media.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is asked for, where, and what a log may show of it. */
class RtspAddressTest {
    @Test
    void userAndPasswordAreTakenOutOfTheAddressAndDecoded() {
        RtspAddress address = RtspAddress.of("rtsp://admin:p%40ss+1@camera.local/live");
        assertThat(address.url()).isEqualTo("rtsp://camera.local/live");
        assertThat(address.host()).isEqualTo("camera.local");
        assertThat(address.port()).isEqualTo(554);
        assertThat(address.user()).isEqualTo("admin");
        assertThat(address.password()).isEqualTo("p@ss+1");
    }

    @Test
    void anAddressOfIpv6HasNoBracketsForTheSocket() {
        RtspAddress address = RtspAddress.of("rtsp://[::1]:8554/a");
        assertThat(address.host()).isEqualTo("::1");
        assertThat(address.port()).isEqualTo(8554);
        assertThat(address.hasLogin()).isFalse();
    }

    @Test
    void logsShowNeitherPasswordNorToken() {
        assertThat(RtspAddress.of("rtsp://admin:guess@camera/live?channel=1&token=abc"))
                .asString()
                .contains("camera/live?channel=1")
                .doesNotContain("guess")
                .doesNotContain("abc");
    }
}
