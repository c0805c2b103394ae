package org.farwatch.api.video;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.farwatch.api.web.Refusal;

/** Which streams are asked for. */
enum StreamKind {
    /** Those that send pictures. */
    CAMERA,
    /** Those that are spoken to and send nothing. */
    LOUDSPEAKER,
    ALL;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws Refusal 400 naming all labels */
    static StreamKind of(String label) {
        return Arrays.stream(values())
                .filter(kind -> kind.label().equals(label))
                .findFirst()
                .orElseThrow(() -> Refusal.field(
                        "kind",
                        "must be one of "
                                + Arrays.stream(values()).map(StreamKind::label).collect(Collectors.joining(", "))
                                + ", was " + label));
    }
}
