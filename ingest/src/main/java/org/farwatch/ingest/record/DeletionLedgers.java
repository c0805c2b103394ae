package org.farwatch.ingest.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The ledgers of deletions as they lie on the disk, beside the folders of the streams: one file a stream, one {@link
 * Deletion} a line (JSON), only ever added to. A last line without its line feed was broken off by a crash: nothing was
 * deleted for it, and the next one takes its place. One thread at a time adds.
 *
 * @param folder need not be there
 */
public record DeletionLedgers(Path folder) {
    private static final String SUFFIX = ".jsonl";
    /** A line has some 900 bytes. */
    private static final int LONGEST_LINE = 16 * 1_024;

    private static final long MAX_BYTES = 256L * 1_024 * 1_024;

    /** Streams of which something was deleted, sorted. */
    public List<String> streams() throws IOException {
        List<String> streams = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
                for (Path file : files) {
                    String name = file.getFileName().toString();
                    String stream = name.substring(0, name.length() - SUFFIX.length());
                    if (SegmentName.isStream(stream)) {
                        streams.add(stream);
                    }
                }
            } catch (java.nio.file.DirectoryIteratorException e) {
                throw e.getCause();
            }
        }
        streams.sort(null);
        return streams;
    }

    /** Where a stream's ledger is or should be. */
    public Path file(String stream) {
        return folder.resolve(SegmentName.checkStream(stream) + SUFFIX);
    }

    /** All of a stream, whoever signed. */
    public Deletions read(String stream) throws IOException {
        return read(stream, Set.of());
    }

    /** @param trusted fingerprints of keys that may have signed; all when empty */
    public Deletions read(String stream, Set<String> trusted) throws IOException {
        Path file = file(stream);
        if (Files.notExists(file)) {
            return Deletions.NONE;
        }
        if (Files.size(file) > MAX_BYTES) {
            throw new DeletionFault(file, "is longer than " + MAX_BYTES + " bytes", null);
        }
        byte[] content = Files.readAllBytes(file);
        List<Deletion> lines = new ArrayList<>();
        String unread = null;
        int begin = 0;
        for (int i = 0; i < content.length && unread == null; i++) {
            if (content[i] == '\n') {
                try {
                    lines.add(line(file, content, begin, i));
                } catch (DayRootFault e) {
                    unread = e.reason();
                }
                begin = i + 1;
            }
        }
        return Deletions.checked(stream, lines, trusted, unread);
    }

    /**
     * The last one of a stream; reads the end of its ledger only.
     *
     * @throws DeletionFault when it is not as it was written: then none must follow it
     */
    public Optional<Deletion> last(String stream) throws IOException {
        Path file = file(stream);
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = in.size();
            ByteBuffer tail = ByteBuffer.allocate((int) Math.min(size, 2L * LONGEST_LINE));
            long from = size - tail.capacity();
            while (tail.hasRemaining() && in.read(tail, from + tail.position()) >= 0) {
                // Until all of it is there.
            }
            byte[] bytes = tail.array();
            int end = bytes.length - 1;
            while (end >= 0 && bytes[end] != '\n') {
                end--;
            }
            if (end < 0) {
                return Optional.empty();
            }
            int begin = end;
            while (begin > 0 && bytes[begin - 1] != '\n') {
                begin--;
            }
            Deletion last = line(file, bytes, begin, end);
            Optional<String> fault = last.fault();
            if (fault.isPresent() || !last.stream().equals(stream)) {
                throw new DeletionFault(file, fault.orElse("is of stream " + last.stream()), null);
            }
            return Optional.of(last);
        } catch (DayRootFault e) {
            throw new DeletionFault(file, e.reason(), e);
        }
    }

    /** A deletion as its line in the ledger, without the line feed. */
    public static String document(Deletion deletion) {
        return new String(DayRootJson.line(deletion), StandardCharsets.UTF_8);
    }

    /**
     * Adds lines that are not here any more, as after a restore.
     *
     * @throws DeletionFault when one does not follow the one before
     */
    public void bringBack(String stream, List<String> documents) throws IOException {
        Path file = file(stream);
        for (String document : documents) {
            Deletion line = DayRootJson.read(file, document.getBytes(StandardCharsets.UTF_8), Deletion.class);
            Optional<Deletion> before = last(stream);
            boolean follows = line.previous().equals(before.map(Deletion::hash).orElse(Deletion.beginning(stream)))
                    && line.number() == before.map(Deletion::number).orElse(0L) + 1;
            if (!follows || !line.stream().equals(stream) || line.fault().isPresent()) {
                throw new DeletionFault(file, "deletion " + line.number() + " does not follow it", null);
            }
            add(line);
        }
    }

    /** Adds a line; it is on the disk when this returns. */
    void add(Deletion deletion) throws IOException {
        Files.createDirectories(folder);
        Path file = file(deletion.stream());
        byte[] line = DayRootJson.line(deletion);
        ByteBuffer bytes =
                ByteBuffer.allocate(line.length + 1).put(line).put((byte) '\n').flip();
        try (FileChannel out =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            out.position(whole(out));
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.truncate(out.position());
            out.force(true);
        }
        SidecarJson.forceFolder(folder);
        SidecarJson.forceFolder(folder.getParent());
    }

    /** How long the file is without a last line that was broken off. */
    private static long whole(FileChannel file) throws IOException {
        ByteBuffer one = ByteBuffer.allocate(1);
        long end = file.size();
        while (end > 0) {
            one.clear();
            if (file.read(one, end - 1) == 1 && one.get(0) == '\n') {
                return end;
            }
            end--;
        }
        return 0;
    }

    private static Deletion line(Path file, byte[] content, int begin, int end) throws DayRootFault {
        byte[] line = Arrays.copyOfRange(content, begin, end);
        if (line.length > LONGEST_LINE) {
            throw new DayRootFault(file, "has a line of " + line.length + " bytes", null);
        }
        return DayRootJson.read(file, line, Deletion.class);
    }
}
