package org.farwatch.ingest.media;

/** Video that is recorded and shown as it comes, never transcoded. */
public enum VideoCodec {
    /** ITU-T H.264, ISO/IEC 14496-10. */
    H264("avc1"),
    /** ITU-T H.265, ISO/IEC 23008-2. */
    H265("hvc1");

    private final String sampleEntry;

    VideoCodec(String sampleEntry) {
        this.sampleEntry = sampleEntry;
    }

    /** The sample entry of a file whose parameter sets stand in its header only (ISO/IEC 14496-15). */
    public String sampleEntry() {
        return sampleEntry;
    }
}
