package org.farwatch.ingest.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** SHA-256 (FIPS 180-4) as 64 lower-case hexadecimal digits. */
final class Hashes {
    /** Read at a time; larger ones were not faster. */
    static final int READ_BYTES = 256 * 1_024;

    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

    private Hashes() {}

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    static boolean isHex(String text) {
        return HEX.matcher(text).matches();
    }

    static String hex(byte[] digest) {
        return HexFormat.of().formatHex(digest);
    }

    static String ofText(String text) {
        return hex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Hashes a file as far as it goes. An interrupt of the thread ends it with {@link
     * java.nio.channels.ClosedByInterruptException}.
     *
     * @param buffer to read into, {@link #READ_BYTES} long; owned by the caller
     */
    static Hashed ofFile(Path file, byte[] buffer) throws IOException {
        MessageDigest digest = sha256();
        ByteBuffer view = ByteBuffer.wrap(buffer);
        long length = 0;
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            while (true) {
                view.clear();
                int read = in.read(view);
                if (read < 0) {
                    return new Hashed(length, hex(digest.digest()));
                }
                digest.update(buffer, 0, read);
                length += read;
            }
        }
    }

    /** @param length of the file in bytes */
    record Hashed(long length, String sha256) {}
}
