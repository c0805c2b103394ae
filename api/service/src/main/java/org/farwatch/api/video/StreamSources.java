package org.farwatch.api.video;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.farwatch.api.web.Refusal;
import org.farwatch.ingest.media.Priority;
import org.farwatch.ingest.media.pull.Connection;
import org.farwatch.ingest.media.pull.PullSource;
import org.farwatch.ingest.media.pull.StreamSource;
import org.farwatch.ingest.media.rtp.RtpCounters;
import org.farwatch.ingest.media.rtp.RtpCounters.Count;
import org.farwatch.ingest.media.rtsp.RtspSource;
import org.springframework.stereotype.Component;

/** What a stream's address means, and what comes of those of RTSP. */
@Component
class StreamSources implements MeterBinder {
    /** Of the address of the main picture. */
    static final String MAIN = "sourceUrl";

    /** Of the address of the smaller one. */
    static final String SUB = "subSourceUrl";

    /** What is counted of cameras of RTSP, as far as we read them. */
    private static final Set<Count> COUNTED = EnumSet.of(
            Count.PACKETS,
            Count.BYTES,
            Count.LOST,
            Count.REORDERED,
            Count.DUPLICATE,
            Count.FOREIGN,
            Count.DESYNC,
            Count.MALFORMED);

    private final RtpCounters cameras = new RtpCounters();
    private final Map<String, SourceKind> kinds;
    private final VideoSettings settings;

    StreamSources(List<SourceKind> kinds, VideoSettings settings) {
        this.kinds = kinds.stream().collect(Collectors.toMap(SourceKind::scheme, Function.identity()));
        this.settings = settings;
    }

    /** A device that sends to us once it is asked. */
    private record Pushed(String address, SourceKind kind, Supplier<Priority> wanted) implements StreamSource {
        @Override
        public Connection connect() {
            return kind.connect(address, wanted);
        }

        @Override
        public String toString() {
            return address;
        }
    }

    /**
     * Of an address that {@link #check} took.
     *
     * @param wanted for what the stream is wanted now
     */
    StreamSource of(String address, Supplier<Priority> wanted) {
        return kind(address)
                .<StreamSource>map(kind -> new Pushed(address, kind, wanted))
                .orElseGet(
                        () -> RtspSource.best(PullSource.parse(address).leadingTo(settings.furtherHosts()), cameras));
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (Count count : COUNTED) {
            FunctionCounter.builder("farwatch.rtsp", cameras, all -> all.get(count))
                    .tag("count", count.label())
                    .register(registry);
        }
    }

    /** Whether it comes to an end by itself, as a file does. */
    boolean paced(String address) {
        return kind(address).isEmpty() && PullSource.parse(address).paced();
    }

    /** Whether the main picture behind such an address cannot be had while this one is sent. */
    boolean alternates(String address) {
        return kind(address).map(SourceKind::alternates).orElse(false);
    }

    /** What the device behind an address says of its time otherwise than with its pictures. */
    OptionalLong clockOffset(String address) {
        return address == null
                ? OptionalLong.empty()
                : kind(address).map(kind -> kind.clockOffset(address)).orElseGet(OptionalLong::empty);
    }

    /** By scheme, for each device that says so by its number, the milliseconds that its clock is ahead. */
    Map<String, Map<Integer, Long>> deviceClocks() {
        return kinds.values().stream().collect(Collectors.toMap(SourceKind::scheme, SourceKind::clockOffsets));
    }

    /**
     * @param field that holds the address
     * @throws Refusal 400 naming what is wrong, also for a file that may not be read
     */
    void check(String field, String address) {
        if (address.contains(PullSource.HIDDEN)) {
            throw Refusal.field(field, "holds … in place of what is not shown: give the whole address");
        }
        try {
            Optional<SourceKind> kind = kind(address);
            if (kind.isPresent()) {
                kind.get().check(address);
                return;
            }
            PullSource source = PullSource.parse(address);
            if (source.isFile()) {
                checkFile(field, Path.of(source.path()).normalize());
            }
        } catch (IllegalArgumentException e) {
            throw Refusal.field(field, e.getMessage());
        }
    }

    /** By its name first, which tells nobody what else is on the disk; then by where its links lead. */
    private void checkFile(String field, Path file) {
        if (settings.fileRoots().stream().noneMatch(file::startsWith)) {
            throw outside(field);
        }
        Path real;
        try {
            real = file.toRealPath();
        } catch (IOException _) {
            throw Refusal.field(field, "names no file that can be read");
        }
        if (settings.fileRoots().stream().noneMatch(root -> holds(root, real))) {
            throw outside(field);
        }
        if (!Files.isReadable(real)) {
            throw Refusal.field(field, "names no file that can be read");
        }
    }

    private static boolean holds(Path root, Path real) {
        try {
            return real.startsWith(root.toRealPath());
        } catch (IOException _) {
            return false;
        }
    }

    private static Refusal outside(String field) {
        return Refusal.field(field, "is a file outside of the folders that farwatch.video.file-roots names");
    }

    private Optional<SourceKind> kind(String address) {
        int colon = address.indexOf(':');
        return colon < 0 ? Optional.empty() : Optional.ofNullable(kinds.get(address.substring(0, colon)));
    }
}
