package org.farwatch.ingest.media;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** Keeps what a writer gives out. */
public final class Gathered implements FragmentSink {
    public final List<MediaFormat> formats = new ArrayList<>();
    public final List<byte[]> inits = new ArrayList<>();
    public final List<Fragment> fragments = new ArrayList<>();
    public int ends;

    @Override
    public void begin(MediaFormat format, byte[] init) {
        formats.add(format);
        inits.add(init);
    }

    @Override
    public void fragment(Fragment fragment) {
        fragments.add(fragment);
    }

    @Override
    public void end() {
        ends++;
    }

    /** A file of the first format. */
    public byte[] file() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(inits.getFirst());
        fragments.forEach(fragment -> out.writeBytes(fragment.bytes()));
        return out.toByteArray();
    }

    /** Samples of a track over all fragments. */
    public List<BoxTree.Sample> samples(int track) {
        return fragments.stream()
                .flatMap(fragment -> BoxTree.samples(fragment.bytes(), track).stream())
                .toList();
    }
}
