package org.farwatch.ingest.gb28181;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times of GB/T 28181: local in China (GMT+8) without a zone. Devices also send blanks for the T, and zones. */
final class GbTime {
    static final ZoneOffset ZONE = ZoneOffset.ofHours(8);

    private static final DateTimeFormatter WRITTEN = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS", Locale.ROOT);
    private static final int SECONDS = "yyyy-MM-ddTHH:mm:ss".length();

    private GbTime() {}

    /** Null when it is none. */
    static Instant parse(String text) {
        String time = text.strip().replace(' ', 'T');
        try {
            return time.length() > SECONDS && time.substring(SECONDS).matches("(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)")
                    ? OffsetDateTime.parse(time).toInstant()
                    : LocalDateTime.parse(time).toInstant(ZONE);
        } catch (DateTimeException _) {
            return null;
        }
    }

    static String write(Instant time) {
        return WRITTEN.format(time.atOffset(ZONE));
    }

    /** For the Date header, which sets the clocks of devices (9.10). */
    static String clock(Instant time) {
        return CLOCK.format(time.atOffset(ZONE));
    }
}
