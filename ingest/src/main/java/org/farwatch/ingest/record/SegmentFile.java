package org.farwatch.ingest.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import org.farwatch.ingest.media.Fragment;
import org.farwatch.ingest.media.MediaFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of an open segment. Each fragment is handed to the operating system at once and whole, so that it outlives
 * this process; it is hashed as it passes. Owned by its recorder.
 */
final class SegmentFile {
    private static final Logger LOG = LoggerFactory.getLogger(SegmentFile.class);

    private final Path path;
    private final FileChannel channel;
    private final MediaFormat format;
    private final int initBytes;
    private final long run;
    private final SegmentName name;
    private final long firstDecode;
    private final HashAlgorithm algorithm;
    private final MessageDigest digest;
    private long bytes;
    private long frames;
    private long end;

    private SegmentFile(
            HashAlgorithm algorithm,
            Path path,
            FileChannel channel,
            MediaFormat format,
            int initBytes,
            long run,
            SegmentName name,
            long firstDecode) {
        this.algorithm = algorithm;
        this.digest = algorithm.digest();
        this.path = path;
        this.channel = channel;
        this.format = format;
        this.initBytes = initBytes;
        this.run = run;
        this.name = name;
        this.firstDecode = firstDecode;
        this.end = name.start();
    }

    /**
     * Begins a file with its header and first fragment; where that fails, no file is left.
     *
     * @param folder of the stream
     */
    static SegmentFile begin(
            HashAlgorithm algorithm,
            Path folder,
            SegmentName name,
            long run,
            MediaFormat format,
            byte[] init,
            Fragment first)
            throws IOException {
        Path path = name.video(folder);
        Files.createDirectories(path.getParent());
        FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        SegmentFile file =
                new SegmentFile(algorithm, path, channel, format, init.length, run, name, first.decodeTime());
        try {
            file.write(init);
            file.append(first);
            return file;
        } catch (IOException e) {
            file.discard(e);
            throw e;
        }
    }

    /** @throws IOException when the disk does not take it; what stood before is kept */
    void append(Fragment fragment) throws IOException {
        write(fragment.bytes());
        frames += fragment.frames();
        end = Math.max(end, fragment.receivedEnd());
    }

    /**
     * Ends the file.
     *
     * @param until end of the segment, milliseconds since 1970 UTC
     */
    Sidecar.Facts close(long until) {
        try {
            channel.close();
        } catch (IOException e) {
            // What the operating system has not kept shows when the file is forced to the disk.
            LOG.warn("{} did not close: {}", path, e.toString());
        }
        return new Sidecar.Facts(
                run,
                name.start(),
                until,
                bytes,
                initBytes,
                frames,
                format.mime(),
                format.video().width(),
                format.video().height(),
                algorithm.value(digest.digest()));
    }

    OpenSegment shown(String stream) {
        return new OpenSegment(
                stream,
                name.sequence(),
                run,
                name.start(),
                end,
                bytes,
                initBytes,
                format.mime(),
                format.video().width(),
                format.video().height(),
                path);
    }

    Path path() {
        return path;
    }

    long start() {
        return name.start();
    }

    /** Of the last fragment, milliseconds since 1970 UTC. */
    long end() {
        return end;
    }

    /** Microseconds on the stream's clock. */
    long firstDecode() {
        return firstDecode;
    }

    private void write(byte[] piece) throws IOException {
        ByteBuffer out = ByteBuffer.wrap(piece);
        while (out.hasRemaining()) {
            channel.write(out);
        }
        digest.update(piece);
        bytes += piece.length;
    }

    private void discard(IOException cause) {
        try {
            channel.close();
            Files.deleteIfExists(path);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }
}
