package org.farwatch.api.video;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.farwatch.api.web.BureauTime;
import org.farwatch.ingest.record.DayRoot;
import org.farwatch.ingest.record.DayRootFault;
import org.farwatch.ingest.record.DayRoots;
import org.farwatch.ingest.record.InclusionProof;
import org.farwatch.ingest.record.Recordings;
import org.farwatch.ingest.record.Sidecar;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Segments of a stream as one zip that proves itself elsewhere: files and sidecars as they lie on the disk, {@code
 * export.json} with the place of the chain before the first and at the last of them, and its Ed25519 signature; {@code
 * roots.json} with what leads from them to the roots of their days, as far as those are made. {@code farwatch verify
 * FILE.zip} checks all of it without a database.
 */
@Component
class Export {
    static final String MANIFEST = "export.json";
    static final String SIGNATURE = "export.sig";
    static final String KEY = "signing.pub";
    static final String ROOTS = "roots.json";

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
            String by) {}

    /** The sidecars of finished segments from the first to the last sequence, in their order. */
    List<Sidecar> sidecars(String stream, long first, long last) throws IOException {
        return recordings.sidecars(stream, first - 1, (int) (last - first + 1));
    }

    /** Writes the zip; the stream stays open. */
    void write(Manifest manifest, List<Sidecar> sidecars, OutputStream out) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
        zip.setLevel(Deflater.NO_COMPRESSION);
        byte[] text = json.writerWithDefaultPrettyPrinter().writeValueAsBytes(manifest);
        put(zip, MANIFEST, text);
        put(zip, SIGNATURE, Base64.getEncoder().encode(key.sign(text)));
        put(zip, KEY, Base64.getEncoder().encode(key.publicKey()));
        List<InclusionProof> proofs = proofs(sidecars.getFirst(), sidecars.getLast());
        if (!proofs.isEmpty()) {
            put(zip, ROOTS, InclusionProof.document(proofs));
        }
        Path root = recordings.root();
        for (Sidecar sidecar : sidecars) {
            Path video = recordings.video(sidecar);
            Path facts = sidecar.name().sidecar(recordings.folder(sidecar.stream()));
            for (Path file : List.of(facts, video)) {
                zip.putNextEntry(new ZipEntry(root.relativize(file).toString()));
                Files.copy(file, zip);
                zip.closeEntry();
            }
        }
        zip.finish();
    }

    /** One for each day root that covers some of them: with the chain, its last segment proves those before. */
    private List<InclusionProof> proofs(Sidecar first, Sidecar last) throws IOException {
        List<InclusionProof> proofs = new ArrayList<>();
        DayRoots roots = recordings.roots();
        LocalDate begin = LocalDate.ofInstant(Instant.ofEpochMilli(first.start()), BureauTime.ZONE);
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
            InclusionProof.of(recordings, root, first.stream(), first.sequence(), last.sequence())
                    .ifPresent(proofs::add);
            if (root.stream(first.stream())
                    .filter(entry -> entry.last() >= last.sequence())
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
