package org.farwatch.api.video;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.farwatch.api.web.BureauTime;
import org.farwatch.ingest.record.DayRoot;
import org.farwatch.ingest.record.DayRootFault;
import org.farwatch.ingest.record.DayRoots;
import org.farwatch.ingest.record.HashAlgorithm;
import org.farwatch.ingest.record.InclusionProof;
import org.farwatch.ingest.record.Recordings;
import org.farwatch.ingest.record.Sidecar;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Segments of a stream as one zip that proves itself elsewhere: files and sidecars as they lie on the disk, {@code
 * export.json} with the place of the chain before the first and at the last of them and the hash of each file, and its
 * signature; {@code extraction.pdf}, the page that says on paper what this is (电子数据提取说明); {@code
 * roots.json} with what leads from them to the roots of their days, as far as those are made. {@code farwatch verify
 * FILE.zip} checks all of it without a database.
 */
@Component
class Export {
    static final String MANIFEST = "export.json";
    static final String SIGNATURE = "export.sig";
    static final String KEY = "signing.pub";
    static final String ROOTS = "roots.json";
    static final String PAGE = "extraction.pdf";

    private static final Logger LOG = LoggerFactory.getLogger(Export.class);

    private final Recordings recordings;
    private final SigningKey key;
    private final JsonMapper json;

    Export(Recordings recordings, SigningKey key, JsonMapper json) {
        this.recordings = recordings;
        this.key = key;
        this.json = json;
    }

    /**
     * What is signed.
     *
     * @param stream id
     * @param first sequence of the first segment
     * @param previous chain value before it
     * @param last sequence of the last segment
     * @param chain its chain value
     * @param by who took it out
     * @param parts of the chain that are in it, where it is not one from the first to the last: an upload of the time
     *     stands behind what was recorded after it; null otherwise
     * @param purpose why; null in exports of before it was asked for
     * @param software version of the service; likewise
     * @param files what goes with it beside manifest, signature and key, each with its hash; likewise
     */
    record Manifest(
            String stream,
            String name,
            Instant from,
            Instant to,
            long first,
            String previous,
            long last,
            String chain,
            Instant at,
            String by,
            @JsonInclude(JsonInclude.Include.NON_NULL) List<Part> parts,
            String purpose,
            String software,
            List<Held> files) {
        /** At least one; each proves itself by the places of the chain before and at its end. */
        List<Part> proved() {
            return parts == null ? List.of(new Part(first, previous, last, chain)) : parts;
        }

        /** The same without its files: what the audit log keeps of it. */
        Manifest alone() {
            return with(List.of());
        }

        private Manifest with(List<Held> held) {
            return new Manifest(
                    stream, name, from, to, first, previous, last, chain, at, by, parts, purpose, software, held);
        }
    }

    /**
     * A file of the zip.
     *
     * @param name in the zip
     * @param hash of its content
     */
    record Held(String name, long bytes, String hash) {}

    /** Of the running service, as its jar says. */
    static String software() {
        String version = Export.class.getPackage().getImplementationVersion();
        return version == null ? "unpackaged" : version;
    }

    /** Segments that follow on each other in the chain. */
    record Part(long first, String previous, long last, String chain) {
        /** @param sidecars in the order of the chain; null when they are one part */
        static List<Part> of(List<Sidecar> sidecars) {
            List<Part> parts = new ArrayList<>();
            Sidecar first = sidecars.getFirst();
            Sidecar before = first;
            for (Sidecar sidecar : sidecars.subList(1, sidecars.size())) {
                if (sidecar.sequence() != before.sequence() + 1) {
                    parts.add(of(first, before));
                    first = sidecar;
                }
                before = sidecar;
            }
            parts.add(of(first, before));
            return parts.size() == 1 ? null : List.copyOf(parts);
        }

        private static Part of(Sidecar first, Sidecar last) {
            return new Part(first.sequence(), first.previous(), last.sequence(), last.chain());
        }
    }

    /** The sidecars of finished segments in the order of their chain. */
    List<Sidecar> sidecars(String stream, List<SegmentTable.Stored> segments) throws IOException {
        List<Sidecar> sidecars = new ArrayList<>();
        for (SegmentTable.Stored segment : segments) {
            sidecars.add(Sidecar.read(segment.name().sidecar(recordings.folder(stream))));
        }
        sidecars.sort(Comparator.comparingLong(Sidecar::sequence));
        return sidecars;
    }

    /**
     * Writes the zip; the stream stays open.
     *
     * @param person display name of who takes it out
     * @param progress told before each segment
     */
    void write(
            Manifest named,
            String person,
            ExtractionSheet.Facts facts,
            List<Sidecar> sidecars,
            Runnable progress,
            OutputStream out)
            throws IOException {
        List<InclusionProof> proofs = proofs(named, sidecars);
        byte[] page = ExtractionSheet.of(named, person, key.fingerprint(), sidecars, proofs, facts);
        byte[] paths = proofs.isEmpty() ? null : InclusionProof.document(proofs);
        Manifest manifest = named.with(held(page, paths, sidecars));
        ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
        zip.setLevel(Deflater.NO_COMPRESSION);
        byte[] text = json.writerWithDefaultPrettyPrinter().writeValueAsBytes(manifest);
        put(zip, MANIFEST, text);
        put(zip, SIGNATURE, Base64.getEncoder().encode(key.sign(text)));
        put(zip, KEY, Base64.getEncoder().encode(key.publicKey()));
        put(zip, PAGE, page);
        if (paths != null) {
            put(zip, ROOTS, paths);
        }
        Path root = recordings.root();
        for (Sidecar sidecar : sidecars) {
            progress.run();
            Path video = recordings.video(sidecar);
            Path beside = sidecar.name().sidecar(recordings.folder(sidecar.stream()));
            for (Path file : List.of(beside, video)) {
                zip.putNextEntry(new ZipEntry(root.relativize(file).toString()));
                Files.copy(file, zip);
                zip.closeEntry();
            }
        }
        zip.finish();
    }

    private List<Held> held(byte[] page, byte[] paths, List<Sidecar> sidecars) throws IOException {
        HashAlgorithm algorithm = recordings.algorithm();
        List<Held> held = new ArrayList<>();
        held.add(new Held(PAGE, page.length, algorithm.of(page)));
        if (paths != null) {
            held.add(new Held(ROOTS, paths.length, algorithm.of(paths)));
        }
        for (Sidecar sidecar : sidecars) {
            Path file = sidecar.name().sidecar(recordings.folder(sidecar.stream()));
            byte[] content = Files.readAllBytes(file);
            held.add(new Held(recordings.root().relativize(file).toString(), content.length, algorithm.of(content)));
            String video =
                    recordings.root().relativize(recordings.video(sidecar)).toString();
            held.add(new Held(video, sidecar.bytes(), sidecar.sha256()));
        }
        return held;
    }

    /** One for each part and each day root that covers some of it: with the chain, its last segment proves those before. */
    private List<InclusionProof> proofs(Manifest manifest, List<Sidecar> sidecars) throws IOException {
        List<InclusionProof> proofs = new ArrayList<>();
        DayRoots roots = recordings.roots();
        LocalDate begin = LocalDate.ofInstant(
                Instant.ofEpochMilli(
                        sidecars.stream().mapToLong(Sidecar::start).min().orElseThrow()),
                BureauTime.ZONE);
        for (LocalDate day : roots.days()) {
            if (day.isBefore(begin)) {
                continue;
            }
            DayRoot root;
            try {
                root = roots.read(day);
            } catch (DayRootFault e) {
                LOG.error("an export goes without the root of {}: {}", day, e.getMessage());
                continue;
            }
            for (Part part : manifest.proved()) {
                InclusionProof.of(recordings, root, manifest.stream(), part.first(), part.last())
                        .ifPresent(proofs::add);
            }
            if (root.stream(manifest.stream())
                    .filter(entry -> entry.last() >= manifest.last())
                    .isPresent()) {
                break;
            }
        }
        return proofs;
    }

    private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
    }
}
