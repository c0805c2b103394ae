package org.farwatch.ingest.media;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads boxes of ISO/IEC 14496-12, strictly, knowing nothing of how they were written. */
public record BoxTree(String type, int offset, ByteBuffer content, List<BoxTree> children) {
    private static final Set<String> CONTAINERS =
            Set.of("moov", "trak", "mdia", "minf", "dinf", "stbl", "mvex", "moof", "traf");

    public static List<BoxTree> read(byte[] bytes) {
        return read(ByteBuffer.wrap(bytes), 0);
    }

    private static List<BoxTree> read(ByteBuffer in, int base) {
        List<BoxTree> boxes = new ArrayList<>();
        while (in.hasRemaining()) {
            int at = in.position();
            int size = in.getInt();
            byte[] name = new byte[4];
            in.get(name);
            String type = new String(name, StandardCharsets.US_ASCII);
            if (size < 8 || size - 8 > in.remaining()) {
                throw new AssertionError(type + " of " + size + " bytes at " + (base + at));
            }
            ByteBuffer content = in.slice(at + 8, size - 8);
            List<BoxTree> children = CONTAINERS.contains(type) ? read(content.slice(), base + at + 8) : List.of();
            boxes.add(new BoxTree(type, base + at, content, children));
            in.position(at + size);
        }
        return boxes;
    }

    public int size() {
        return content.capacity() + 8;
    }

    public BoxTree child(String wanted) {
        List<BoxTree> found = all(wanted);
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " " + wanted + " in " + type);
        }
        return found.getFirst();
    }

    public List<BoxTree> all(String wanted) {
        return children.stream().filter(box -> box.type().equals(wanted)).toList();
    }

    /** A sample as a {@code trun} tells it; times in ticks. */
    public record Sample(long decodeTime, long duration, boolean sync, int offset, byte[] data) {}

    /** Samples of one track in a fragment's bytes; empty when the fragment has none of it. */
    public static List<Sample> samples(byte[] fragment, int track) {
        List<BoxTree> boxes = read(fragment);
        BoxTree moof = boxes.stream()
                .filter(box -> box.type().equals("moof"))
                .findFirst()
                .orElseThrow();
        List<Sample> samples = new ArrayList<>();
        for (BoxTree traf : moof.all("traf")) {
            ByteBuffer tfhd = traf.child("tfhd").content();
            if (tfhd.getInt(4) != track) {
                continue;
            }
            if ((tfhd.getInt(0) & 0x020000) == 0) {
                throw new AssertionError("offsets must count from the moof");
            }
            long time = traf.child("tfdt").content().getLong(4);
            ByteBuffer trun = traf.child("trun").content().slice();
            if (trun.getInt() != 0x01000f01) {
                throw new AssertionError("version 1 with offset, durations, sizes, flags, composition offsets");
            }
            int count = trun.getInt();
            int at = moof.offset() + trun.getInt();
            for (int i = 0; i < count; i++) {
                int duration = trun.getInt();
                byte[] data = new byte[trun.getInt()];
                boolean sync = (trun.getInt() & 0x00010000) == 0;
                ByteBuffer.wrap(fragment).get(at, data);
                samples.add(new Sample(time, duration, sync, trun.getInt(), data));
                at += data.length;
                time += duration;
            }
        }
        return samples;
    }
}
