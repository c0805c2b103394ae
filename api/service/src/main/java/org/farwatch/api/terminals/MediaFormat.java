package org.farwatch.api.terminals;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** What a file of a terminal is by its first bytes, whatever the terminal says. */
enum MediaFormat {
    JPEG("image/jpeg", 0, bytes(0xFF, 0xD8, 0xFF)),
    TIF("image/tiff", 1, bytes('I', 'I', 0x2A, 0), bytes('M', 'M', 0, 0x2A)),
    MP3("audio/mpeg", 2, text("ID3"), bytes(0xFF, 0xFB), bytes(0xFF, 0xF3), bytes(0xFF, 0xF2)),
    WAV("audio/wav", 3, text("RIFF")),
    WMV("video/x-ms-wmv", 4, bytes(0x30, 0x26, 0xB2, 0x75)),
    PNG("image/png", -1, bytes(0x89, 'P', 'N', 'G')),
    AMR("audio/amr", -1, text("#!AMR")),
    OTHER("application/octet-stream", -1);

    private final String mediaType;
    private final int code;
    private final List<byte[]> marks;

    MediaFormat(String mediaType, int code, byte[]... marks) {
        this.mediaType = mediaType;
        this.code = code;
        this.marks = List.of(marks);
    }

    static MediaFormat of(byte[] content) {
        return Arrays.stream(values())
                .filter(format -> format.marks.stream().anyMatch(mark -> begins(content, mark)))
                .findFirst()
                .orElse(OTHER);
    }

    String mediaType() {
        return mediaType;
    }

    /** Whether JT/T 808 calls it by this number. */
    boolean is(int stated) {
        return code == stated;
    }

    private static boolean begins(byte[] content, byte[] mark) {
        return content.length >= mark.length && Arrays.equals(content, 0, mark.length, mark, 0, mark.length);
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    private static byte[] text(String mark) {
        return mark.getBytes(StandardCharsets.US_ASCII);
    }
}
