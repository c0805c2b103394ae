package org.farwatch.api.video;

import java.time.Duration;
import java.util.Map;
import org.springframework.stereotype.Component;

/** What cameras say of the time, for features that judge it. */
@Component
public class CameraClocks {
    /** From Beijing's to the time of the world, by which a clock is off that is right in the wrong zone. */
    private static final long ZONE = Duration.ofHours(8).toMillis();

    /** A clock of the wrong zone may be off besides, milliseconds. */
    private static final long BESIDES = Duration.ofMinutes(2).toMillis();

    private final Streams streams;

    CameraClocks(Streams streams) {
        this.streams = streams;
    }

    /**
     * By stream, milliseconds by which the camera's clock is ahead of ours, negative when it is behind. Only those whose
     * source says its time: of RTSP those that are fetched now, by their sender reports; of GB/T 28181 the first of a
     * device that is registered, by its DeviceTime.
     */
    public Map<Long, Long> offsets() {
        return streams.clockOffsets();
    }

    /** Whether a clock is right but for its zone: eight hours off, as one that shows the time of the world. */
    public static boolean wrongZone(long offset) {
        return Math.abs(Math.abs(offset) - ZONE) <= BESIDES;
    }
}
