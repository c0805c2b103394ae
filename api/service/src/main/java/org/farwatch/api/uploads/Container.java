package org.farwatch.api.uploads;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether a file begins as one of the containers of body cameras. Asked before libavformat looks at it: that would also
 * follow what a play list names.
 */
final class Container {
    private static final int HEAD = 376;
    private static final int TS_PACKET = 188;
    private static final byte TS_SYNC = 0x47;

    private Container() {}

    static boolean isKnown(Path file) throws IOException {
        byte[] head;
        try (InputStream in = Files.newInputStream(file)) {
            head = in.readNBytes(HEAD);
        }
        return text(head, 4, "ftyp")
                || text(head, 4, "moov")
                || text(head, 4, "mdat")
                || text(head, 4, "wide")
                || text(head, 0, "RIFF") && text(head, 8, "AVI ")
                || head.length > 3 && head[0] == 0 && head[1] == 0 && head[2] == 1 && head[3] == (byte) 0xBA
                || head.length > TS_PACKET && head[0] == TS_SYNC && head[TS_PACKET] == TS_SYNC;
    }

    private static boolean text(byte[] head, int at, String mark) {
        for (int i = 0; i < mark.length(); i++) {
            if (at + i >= head.length || head[at + i] != mark.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
