package org.farwatch.ingest.jt1078;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Packets of a real terminal, beside the project in the folder that {@code farwatch.shared} names. */
final class Captured {
    static final String SIM = "12345678999";

    private Captured() {}

    private static Path file(String name) {
        String folder = System.getProperty("farwatch.shared", "");
        Path file = Path.of(folder, "data", "jt1078", name);
        boolean there = !folder.isEmpty() && Files.isReadable(file);
        if (!there) {
            System.out.println("skipped: no ../shared (" + file + ")");
        }
        Assumptions.assumeTrue(there, "skipped: no ../shared");
        return file;
    }

    /** An I frame in eight packets. */
    static List<byte[]> packetsOfOneFrame() throws IOException {
        return Files.readString(file("one_iframe_8_packets.txt"), StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.substring(line.lastIndexOf(',') + 1).strip())
                .filter(hex -> !hex.isEmpty())
                .map(HexFormat.of()::parseHex)
                .toList();
    }

    /** The same, put together by the program that captured it. */
    static byte[] frame() throws IOException {
        return Files.readAllBytes(file("one_iframe_8_packets.h264"));
    }

    /** Packets one behind another, their stamps all 0. */
    static byte[] longStream() throws IOException {
        return HexFormat.of()
                .parseHex(Files.readString(file("h264_324_packets.txt"), StandardCharsets.US_ASCII)
                        .strip());
    }

    static byte[] joined(List<byte[]> packets) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        packets.forEach(out::writeBytes);
        return out.toByteArray();
    }
}
