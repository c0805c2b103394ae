package org.farwatch.ingest.media.pull;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PullSourceTest {
    @ParameterizedTest
    @CsvSource({
        "rtsp://10.0.0.8:554/live, rtsp://10.0.0.8:554/live",
        "rtsp://admin@10.0.0.8/live, rtsp://admin@10.0.0.8/live",
        "rtsp://admin:12345@10.0.0.8/live, rtsp://admin:…@10.0.0.8/live",
        "rtsp://admin:12:345@10.0.0.8/a@b:c, rtsp://admin:…@10.0.0.8/a@b:c",
        "rtsp://:12345@10.0.0.8/live, rtsp://:…@10.0.0.8/live",
        "rtsp://10.0.0.8/user=admin&password=12345&channel=1.sdp, rtsp://10.0.0.8/user=admin&password=…&channel=1.sdp",
        "https://host/live.m3u8?Access_Token=abc&x=1, https://host/live.m3u8?Access_Token=…&x=1",
        "rtmp://host/app/1?sign=0a1b#x, rtmp://host/app/1?sign=…#x",
        "http://host/x?designkey2=1&monkey=2&password=, http://host/x?designkey2=1&monkey=2&password=",
        "file:///videos/street.mp4?loop=true, file:///videos/street.mp4?loop=true"
    })
    void anAddressIsShownWithoutItsSecrets(String address, String shown) {
        assertThat(PullSource.hidden(address)).isEqualTo(shown);
        assertThat(PullSource.hidden(shown)).as("again").isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({
        "rtsp://10.0.0.8/live, rtsp://10.0.0.8/live, TCP, false",
        "rtsp://10.0.0.8/live?transport=udp, rtsp://10.0.0.8/live, UDP, false",
        "rtsp://10.0.0.8/cam?channel=1&transport=udp&subtype=0, rtsp://10.0.0.8/cam?channel=1&subtype=0, UDP, false",
        "rtsp://10.0.0.8/cam?transport=udp4, rtsp://10.0.0.8/cam?transport=udp4, TCP, false",
        "http://10.0.0.8/a.flv?transport=udp, http://10.0.0.8/a.flv?transport=udp, TCP, false",
        "file:///videos/street.mp4?loop=true, file:///videos/street.mp4, TCP, true"
    })
    void whatIsOursIsTakenOffTheAddress(String address, String url, PullSource.Transport transport, boolean loop) {
        assertThat(PullSource.parse(address)).isEqualTo(new PullSource(url, transport, loop, Set.of()));
    }
}
