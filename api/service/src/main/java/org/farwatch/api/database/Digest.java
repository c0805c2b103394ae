package org.farwatch.api.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Counts and sums up (SHA-256) what passes. One thread. */
final class Digest {
    private static final int CHUNK = 64 * 1024;
    private static final byte LINE_END = '\n';

    private final MessageDigest sha256;
    private long bytes;
    private long lines;

    Digest() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    void add(byte[] chunk, int offset, int length) {
        sha256.update(chunk, offset, length);
        bytes += length;
        for (int at = offset; at < offset + length; at++) {
            lines += chunk[at] == LINE_END ? 1 : 0;
        }
    }

    /** Passes everything on. */
    Digest copy(InputStream from, OutputStream to) throws IOException {
        byte[] chunk = new byte[CHUNK];
        for (int n = from.read(chunk); n >= 0; n = from.read(chunk)) {
            add(chunk, 0, n);
            to.write(chunk, 0, n);
        }
        return this;
    }

    long bytes() {
        return bytes;
    }

    /** Line ends that passed: the rows of a table in COPY's text format, which escapes line ends within values. */
    long lines() {
        return lines;
    }

    /** Ends the sum. Once only. */
    String hex() {
        return HexFormat.of().formatHex(sha256.digest());
    }
}
