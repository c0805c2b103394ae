package org.farwatch.api.video;

import java.util.Map;
import org.springframework.stereotype.Component;

/** What cameras say of the time, for features that judge it. */
@Component
public class CameraClocks {
    private final Streams streams;

    CameraClocks(Streams streams) {
        this.streams = streams;
    }

    /**
     * By stream, milliseconds by which the camera's clock is ahead of ours, negative when it is behind. Only those that are
     * fetched now and whose source says its time: RTSP does, by its sender reports.
     */
    public Map<Long, Long> offsets() {
        return streams.clockOffsets();
    }
}
