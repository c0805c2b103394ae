package org.farwatch.ingest.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;

/** Values of a {@link HashAlgorithm} over texts and files. */
final class Hashes {
    /** Read at a time; larger ones were not faster. */
    static final int READ_BYTES = 256 * 1_024;

    /** What a rule about a value says. */
    static final String RULE = "64 lower-case hexadecimal digits, after sm3: where it is SM3";

    private Hashes() {}

    /** SHA-256, in which the beginnings of chains are written: constants that protect nothing. */
    static String ofText(String text) {
        return HashAlgorithm.SHA_256.ofText(text);
    }

    /**
     * Hashes a file as far as it goes. An interrupt of the thread ends it with {@link
     * java.nio.channels.ClosedByInterruptException}.
     *
     * @param buffer to read into, {@link #READ_BYTES} long; owned by the caller
     */
    static Hashed ofFile(HashAlgorithm algorithm, Path file, byte[] buffer) throws IOException {
        MessageDigest digest = algorithm.digest();
        ByteBuffer view = ByteBuffer.wrap(buffer);
        long length = 0;
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            while (true) {
                view.clear();
                int read = in.read(view);
                if (read < 0) {
                    return new Hashed(length, algorithm.value(digest.digest()));
                }
                digest.update(buffer, 0, read);
                length += read;
            }
        }
    }

    /** @param length of the file in bytes */
    record Hashed(long length, String hash) {}
}
