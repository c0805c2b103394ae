package org.farwatch.ingest.jt808;

import java.util.HexFormat;

/** Bytes as they stand in the standards and in captures. */
final class Hex {
    private Hex() {}

    /** Blanks are ignored. */
    static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    static String text(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
