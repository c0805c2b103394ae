package org.farwatch.ingest.media.pull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.function.LongUnaryOperator;
import java.util.stream.Collectors;
import org.farwatch.ingest.media.Clip;
import org.farwatch.ingest.media.MediaFormat;
import org.farwatch.ingest.media.MediaSink;
import org.farwatch.ingest.media.MediaUnit;

/** Pictures that a {@link TestCamera} sends, as NAL units: a key picture each second. */
final class Scene implements MediaSink {
    private final List<List<byte[]>> pictures = new ArrayList<>();
    private List<byte[]> sets = List.of();

    /** Each key picture with its parameter sets before it. */
    static Scene of(int width, int height, int count) {
        Scene scene = new Scene();
        Clip.send(scene, width, height, count, 0);
        return scene;
    }

    /** As a description has them (RFC 6184, 8.1). */
    String parameterSets() {
        return sets.stream().map(Base64.getEncoder()::encodeToString).collect(Collectors.joining(","));
    }

    /** NAL units of a picture. */
    List<byte[]> picture(int number) {
        return pictures.get(number);
    }

    int size() {
        return pictures.size();
    }

    /** Sends all of it in real time, stamped as the operator says of the usual stamp in ticks of 1/90000 s. */
    void play(TestCamera.Link link, LongUnaryOperator stamps) throws IOException {
        for (int i = 0; i < pictures.size() && link.pause(40); i++) {
            link.picture(stamps.applyAsLong(i * 3_600L), pictures.get(i));
        }
    }

    @Override
    public void format(MediaFormat format) {
        byte[] avcc = format.video().configuration();
        int sps = ByteBuffer.wrap(avcc).getShort(6);
        int pps = ByteBuffer.wrap(avcc).getShort(8 + sps + 1);
        sets = List.of(part(avcc, 8, sps), part(avcc, 8 + sps + 3, pps));
    }

    @Override
    public void unit(MediaUnit unit) {
        List<byte[]> units = new ArrayList<>(unit.key() ? sets : List.of());
        ByteBuffer rest = ByteBuffer.wrap(unit.payload());
        while (rest.hasRemaining()) {
            byte[] nal = new byte[rest.getInt()];
            rest.get(nal);
            units.add(nal);
        }
        pictures.add(units);
    }

    @Override
    public void end() {}

    static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    private static byte[] part(byte[] bytes, int from, int length) {
        return java.util.Arrays.copyOfRange(bytes, from, from + length);
    }
}
