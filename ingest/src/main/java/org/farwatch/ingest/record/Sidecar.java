package org.farwatch.ingest.record;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * What a segment is, written beside its file when that is complete. {@code chain} binds it to the segment before, so
 * that none can be altered, left out, added or moved unnoticed. It is the hash of this text in UTF-8, every line ended
 * by a line feed, numbers in decimal:
 *
 * <pre>
 * farwatch segment 1
 * previous=&lt;chain value of the segment before; of the first, {@link ChainPoint#beginning}&gt;
 * stream=…
 * sequence=…
 * run=…
 * start=…
 * end=…
 * bytes=…
 * initBytes=…
 * frames=…
 * codec=…
 * width=…
 * height=…
 * sha256=…
 * state=closed|recovered
 * </pre>
 *
 * <p>Behind it, of a segment that was uploaded and of no other, a line {@code upload.<fact>=<value>} for each component of
 * {@link Upload} in their order.
 *
 * @param stream id of the stream
 * @param sequence in its stream, from 1, without gaps
 * @param run start of the contiguous recording run that it belongs to, milliseconds since 1970 UTC
 * @param start our clock, milliseconds since 1970 UTC
 * @param end not part of it any more; the start of the next where the run goes on
 * @param bytes length of the file
 * @param initBytes of them its header: {@code ftyp} and {@code moov}
 * @param frames pictures in it
 * @param codec as a browser is asked for it, such as {@code video/mp4; codecs="avc1.64001f"}
 * @param width of the picture in pixels
 * @param height of the picture in pixels
 * @param sha256 hash of the file, which says by its form whether it is SHA-256 or SM3 ({@link HashAlgorithm})
 * @param previous chain value of the segment before
 * @param chain the value above
 * @param upload null for what was recorded here
 */
public record Sidecar(
        String stream,
        long sequence,
        long run,
        long start,
        long end,
        long bytes,
        long initBytes,
        long frames,
        String codec,
        int width,
        int height,
        String sha256,
        String previous,
        String chain,
        State state,
        Upload upload) {
    private static final int MAX_CODEC = 200;

    /** How the file came to its end. */
    public enum State {
        /** By the recorder. */
        CLOSED,
        /** The recorder was killed; the file was cut to its last whole fragment at the next start. */
        RECOVERED;

        /** As it stands in the sidecar, the API and the database. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @throws IllegalArgumentException naming the fact, its value and the rule; whether the chain fits is not asked */
    public Sidecar {
        SegmentName.checkStream(stream);
        rule(sequence >= 1, "sequence", sequence, "at least 1");
        rule(start >= 0, "start", start, "at least 0");
        rule(end >= start, "end", end, "not before start " + start);
        rule(run >= 0 && run <= start, "run", run, "from 0 to start " + start);
        rule(initBytes >= 1, "initBytes", initBytes, "at least 1");
        rule(bytes > initBytes, "bytes", bytes, "more than initBytes " + initBytes);
        rule(frames >= 0, "frames", frames, "at least 0");
        rule(
                !codec.isEmpty() && codec.length() <= MAX_CODEC && codec.chars().allMatch(c -> c >= ' ' && c < 0x7f),
                "codec",
                codec,
                "1 to " + MAX_CODEC + " printable ASCII characters");
        rule(width >= 1, "width", width, "at least 1");
        rule(height >= 1, "height", height, "at least 1");
        rule(HashAlgorithm.made(sha256), "sha256", sha256, Hashes.RULE);
        rule(HashAlgorithm.made(previous), "previous", previous, Hashes.RULE);
        rule(HashAlgorithm.made(chain), "chain", chain, Hashes.RULE);
    }

    /** Of a segment that was recorded here. */
    public Sidecar(
            String stream,
            long sequence,
            long run,
            long start,
            long end,
            long bytes,
            long initBytes,
            long frames,
            String codec,
            int width,
            int height,
            String sha256,
            String previous,
            String chain,
            State state) {
        this(
                stream, sequence, run, start, end, bytes, initBytes, frames, codec, width, height, sha256, previous,
                chain, state, null);
    }

    /**
     * The next link of a chain, by the algorithm that its file was hashed with.
     *
     * @param before the segment before
     */
    static Sidecar chained(ChainPoint before, String stream, Facts facts, State state) {
        return chained(before, stream, facts, state, null);
    }

    /** @param upload null for what was recorded here */
    static Sidecar chained(ChainPoint before, String stream, Facts facts, State state, Upload upload) {
        HashAlgorithm algorithm = HashAlgorithm.of(facts.sha256());
        String chain = chain(algorithm, before.chain(), stream, before.sequence() + 1, facts, state, upload);
        return new Sidecar(
                stream,
                before.sequence() + 1,
                facts.run(),
                facts.start(),
                facts.end(),
                facts.bytes(),
                facts.initBytes(),
                facts.frames(),
                facts.codec(),
                facts.width(),
                facts.height(),
                facts.sha256(),
                before.chain(),
                chain,
                state,
                upload);
    }

    /** What is known of a file by itself; components as in the sidecar. */
    public record Facts(
            long run,
            long start,
            long end,
            long bytes,
            long initBytes,
            long frames,
            String codec,
            int width,
            int height,
            String sha256) {}

    /** The chain value that these facts give. */
    public String computedChain() {
        Facts facts = new Facts(run, start, end, bytes, initBytes, frames, codec, width, height, sha256);
        return chain(HashAlgorithm.of(chain), previous, stream, sequence, facts, state, upload);
    }

    /** Where the chain goes on behind this segment. */
    public ChainPoint point() {
        return new ChainPoint(sequence, chain);
    }

    public SegmentName name() {
        return new SegmentName(sequence, start);
    }

    /** @throws SidecarFault when the file is no sidecar */
    public static Sidecar read(Path file) throws IOException {
        return SidecarJson.read(file);
    }

    private static String chain(
            HashAlgorithm algorithm,
            String previous,
            String stream,
            long sequence,
            Facts facts,
            State state,
            Upload upload) {
        return algorithm.ofText("farwatch segment 1\nprevious=" + previous
                + "\nstream=" + stream
                + "\nsequence=" + sequence
                + "\nrun=" + facts.run()
                + "\nstart=" + facts.start()
                + "\nend=" + facts.end()
                + "\nbytes=" + facts.bytes()
                + "\ninitBytes=" + facts.initBytes()
                + "\nframes=" + facts.frames()
                + "\ncodec=" + facts.codec()
                + "\nwidth=" + facts.width()
                + "\nheight=" + facts.height()
                + "\nsha256=" + facts.sha256()
                + "\nstate=" + state.label() + "\n"
                + (upload == null ? "" : upload.lines()));
    }

    private static void rule(boolean kept, String fact, Object value, String rule) {
        if (!kept) {
            throw new IllegalArgumentException(fact + " must be " + rule + ", was " + value);
        }
    }
}
