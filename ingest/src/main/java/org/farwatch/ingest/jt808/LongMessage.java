package org.farwatch.ingest.jt808;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A message of which some packages have come. Holds what came and nothing for what did not, however many packages the
 * header announces. Guarded by its {@link Reassembly}.
 */
final class LongMessage {
    /** Serials that other messages of the terminal may take between two packages of one message. */
    private static final int MAX_SERIALS_BETWEEN = 64;

    /** What a package counts at least towards the limits: it costs objects, however short its part of the body is. */
    private static final int LEAST_HELD = 96;

    /** The package that it began with. */
    final Piece begun;

    /** {@link System#nanoTime()} of its first package. */
    final long begunAt;

    /** {@link System#nanoTime()} of the newest package, or of the question for missing ones after it. */
    long quietSince;

    /** Questions since a package came that was not there. */
    private int asked;

    /** Whether packages of it may come with new serials, because they were asked for. */
    private boolean everAsked;

    private final Map<Integer, Part> parts = new TreeMap<>();
    private Origin origin;
    private int bytes;
    private int held;

    private record Part(int serial, byte[] body) {}

    LongMessage(Piece begun, long now) {
        this.begun = begun;
        begunAt = now;
        quietSince = now;
    }

    /** A package came, new or not. */
    void heard(Origin from, long now) {
        origin = from;
        quietSince = now;
    }

    /** Of its newest package. */
    Origin origin() {
        return origin;
    }

    /** Takes over a package that is not there. */
    void add(Piece piece, byte[] body) {
        parts.put(piece.index(), new Part(piece.serial(), body));
        bytes += body.length;
        held += held(body.length);
        asked = 0;
    }

    /** What a package with so many bytes of the body counts towards the limits of a terminal and of all. */
    static int held(int length) {
        return Math.max(length, LEAST_HELD);
    }

    /** What all packages that are there count together. */
    int held() {
        return held;
    }

    /** Missing packages were asked for. */
    void ask(long now) {
        asked++;
        everAsked = true;
        quietSince = now;
    }

    int asked() {
        return asked;
    }

    boolean everAsked() {
        return everAsked;
    }

    boolean has(int index) {
        return parts.containsKey(index);
    }

    /** Whether both are packages of messages of the same kind and length. */
    boolean alike(Piece piece) {
        return begun.messageId() == piece.messageId()
                && begun.inBody() == piece.inBody()
                && begun.total() == piece.total();
    }

    /** Whether the serial of package 1, or the number of the medium, is the same. */
    boolean sameFirst(Piece piece) {
        return begun.messageId() == piece.messageId()
                && begun.inBody() == piece.inBody()
                && begun.first() == piece.first();
    }

    /** Whether a package of that number is there with another content. */
    boolean contradicts(Piece piece, byte[] frame) {
        Part there = parts.get(piece.index());
        return there != null
                && !Arrays.equals(
                        there.body(), 0, there.body().length, frame, piece.offset(), piece.offset() + piece.length());
    }

    boolean complete() {
        return parts.size() == begun.total();
    }

    /** Of the packages that are there. */
    int bytes() {
        return bytes;
    }

    int count() {
        return parts.size();
    }

    Collection<byte[]> bodies() {
        return parts.values().stream().map(Part::body).toList();
    }

    /** Numbers of the first missing packages, at most so many. */
    List<Integer> missing(int most) {
        List<Integer> missing = new ArrayList<>();
        for (int index = 1; index <= begun.total() && missing.size() < most; index++) {
            if (!has(index)) {
                missing.add(index);
            }
        }
        return missing;
    }

    /**
     * How many serials other messages took between the package and its neighbours that are there; -1 when the order of
     * serials says that the package is of another message. Terminals in the field send positions and heartbeats between
     * the packages of a photograph, each with a serial of its own.
     */
    int serialsBetween(int index, int serial) {
        int least = Integer.MAX_VALUE;
        for (Map.Entry<Integer, Part> there : parts.entrySet()) {
            int packages = index - there.getKey();
            int serials = packages > 0
                    ? (serial - there.getValue().serial()) & 0xFFFF
                    : (there.getValue().serial() - serial) & 0xFFFF;
            int between = serials - Math.abs(packages);
            if (between < 0 || between > MAX_SERIALS_BETWEEN * Math.abs(packages)) {
                return -1;
            }
            least = Math.min(least, between);
        }
        return least;
    }
}
