package org.farwatch.ingest.media;

/** The init segment: {@code ftyp} and a {@code moov} without samples (ISO/IEC 14496-12, 4.3, 8.2 to 8.8). */
final class MovieHeader {
    static final int VIDEO_TRACK = 1;
    static final int AUDIO_TRACK = 2;
    /** Ticks a second of video tracks. */
    static final int VIDEO_SCALE = 90_000;

    private static final int[] UNITY = {0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000};
    private static final int UNDETERMINED_LANGUAGE = 0x55c4;

    private final Boxes out = new Boxes(1_024);
    private final MediaFormat format;

    private MovieHeader(MediaFormat format) {
        this.format = format;
    }

    static byte[] of(MediaFormat format) {
        return new MovieHeader(format).write();
    }

    private byte[] write() {
        int ftyp = out.open("ftyp");
        out.ascii("iso6");
        out.u32(0);
        out.ascii("iso6mp41");
        out.close(ftyp);
        int moov = out.open("moov");
        int mvhd = out.open("mvhd", 0, 0);
        out.zeros(8);
        out.u32(1_000);
        out.u32(0);
        out.u32(0x10000);
        out.u16(0x100);
        out.zeros(10);
        matrix();
        out.zeros(24);
        out.u32(format.audio() == null ? VIDEO_TRACK + 1 : AUDIO_TRACK + 1);
        out.close(mvhd);
        video(format.video());
        if (format.audio() != null) {
            audio(format.audio());
        }
        int mvex = out.open("mvex");
        trex(VIDEO_TRACK);
        if (format.audio() != null) {
            trex(AUDIO_TRACK);
        }
        out.close(mvex);
        out.close(moov);
        return out.toBytes();
    }

    private void video(VideoFormat video) {
        int trak = out.open("trak");
        trackHeader(VIDEO_TRACK, 0, video.width(), video.height());
        int mdia = media(VIDEO_SCALE, "vide", "video");
        int minf = out.open("minf");
        int vmhd = out.open("vmhd", 0, 1);
        out.zeros(8);
        out.close(vmhd);
        dataReference();
        int stbl = out.open("stbl");
        int stsd = out.open("stsd", 0, 0);
        out.u32(1);
        int entry = out.open(video.codec().sampleEntry());
        out.zeros(6);
        out.u16(1);
        out.zeros(16);
        out.u16(video.width());
        out.u16(video.height());
        out.u32(0x480000);
        out.u32(0x480000);
        out.u32(0);
        out.u16(1);
        out.zeros(32);
        out.u16(24);
        out.u16(0xffff);
        int configuration = out.open(
                switch (video.codec()) {
                    case H264 -> "avcC";
                    case H265 -> "hvcC";
                });
        out.bytes(video.configuration());
        out.close(configuration);
        out.close(entry);
        out.close(stsd);
        emptyTables();
        out.close(stbl);
        out.close(minf);
        out.close(mdia);
        out.close(trak);
    }

    private void audio(AudioFormat audio) {
        int trak = out.open("trak");
        trackHeader(AUDIO_TRACK, 0x100, 0, 0);
        int mdia = media(audio.sampleRate(), "soun", AudioFormat.TRACK_NAME + audio.original());
        int minf = out.open("minf");
        int smhd = out.open("smhd", 0, 0);
        out.zeros(4);
        out.close(smhd);
        dataReference();
        int stbl = out.open("stbl");
        int stsd = out.open("stsd", 0, 0);
        out.u32(1);
        int entry = out.open("mp4a");
        out.zeros(6);
        out.u16(1);
        out.zeros(8);
        out.u16(audio.channels());
        out.u16(16);
        out.zeros(4);
        out.u32((long) audio.sampleRate() << 16);
        elementaryStream(audio);
        out.close(entry);
        out.close(stsd);
        emptyTables();
        out.close(stbl);
        out.close(minf);
        out.close(mdia);
        out.close(trak);
    }

    /** The descriptor of ISO/IEC 14496-1, 7.2.6.5, as ISO/IEC 14496-14, 5.6 embeds it. */
    private void elementaryStream(AudioFormat audio) {
        byte[] specific = audio.configuration();
        int esds = out.open("esds", 0, 0);
        out.u8(3);
        out.u8(3 + 2 + 13 + 2 + specific.length + 3);
        out.u16(AUDIO_TRACK);
        out.u8(0);
        out.u8(4);
        out.u8(13 + 2 + specific.length);
        out.u8(0x40);
        out.u8(0x15);
        out.zeros(3 + 4 + 4);
        out.u8(5);
        out.u8(specific.length);
        out.bytes(specific);
        out.u8(6);
        out.u8(1);
        out.u8(2);
        out.close(esds);
    }

    private void trackHeader(int track, int volume, int width, int height) {
        int tkhd = out.open("tkhd", 0, 3);
        out.zeros(8);
        out.u32(track);
        out.zeros(4);
        out.u32(0);
        out.zeros(12);
        out.u16(volume);
        out.u16(0);
        matrix();
        out.u32((long) width << 16);
        out.u32((long) height << 16);
        out.close(tkhd);
    }

    private int media(int scale, String handler, String name) {
        int mdia = out.open("mdia");
        int mdhd = out.open("mdhd", 0, 0);
        out.zeros(8);
        out.u32(scale);
        out.u32(0);
        out.u16(UNDETERMINED_LANGUAGE);
        out.u16(0);
        out.close(mdhd);
        int hdlr = out.open("hdlr", 0, 0);
        out.u32(0);
        out.ascii(handler);
        out.zeros(12);
        out.ascii(name);
        out.u8(0);
        out.close(hdlr);
        return mdia;
    }

    private void dataReference() {
        int dinf = out.open("dinf");
        int dref = out.open("dref", 0, 0);
        out.u32(1);
        int url = out.open("url ", 0, 1);
        out.close(url);
        out.close(dref);
        out.close(dinf);
    }

    private void emptyTables() {
        for (String table : new String[] {"stts", "stsc", "stco"}) {
            int box = out.open(table, 0, 0);
            out.u32(0);
            out.close(box);
        }
        int stsz = out.open("stsz", 0, 0);
        out.u32(0);
        out.u32(0);
        out.close(stsz);
    }

    private void trex(int track) {
        int trex = out.open("trex", 0, 0);
        out.u32(track);
        out.u32(1);
        out.zeros(12);
        out.close(trex);
    }

    private void matrix() {
        for (int value : UNITY) {
            out.u32(value);
        }
    }
}
