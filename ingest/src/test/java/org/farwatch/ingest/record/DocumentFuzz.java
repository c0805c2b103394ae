package org.farwatch.ingest.record;

import static org.farwatch.ingest.fuzz.Invariant.holds;
import static org.farwatch.ingest.fuzz.Invariant.same;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.farwatch.ingest.fuzz.Input;

/**
 * {@link Sidecar}, {@link DayRoot}, {@link InclusionProof} and {@link KeptRoot}: documents that come back from outside of
 * the house. What is read is written as it was read; whatever else is refused with a reason.
 */
public final class DocumentFuzz {
    private static final Path FOLDER = folder();

    private DocumentFuzz() {}

    private static Path folder() {
        try {
            Path folder = Files.createTempDirectory("documents");
            folder.toFile().deleteOnExit();
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path write(String name, byte[] content) throws IOException {
        Path file = FOLDER.resolve(name);
        file.toFile().deleteOnExit();
        return Files.write(file, content);
    }

    public static void run(byte[] bytes) {
        Input in = new Input(bytes);
        int kind = in.octet();
        byte[] content = in.rest();
        try {
            switch (kind & 3) {
                case 0 -> sidecar(content);
                case 1 -> root(content);
                case 2 -> {
                    for (InclusionProof proof : InclusionProof.read(write("proofs.json", content))) {
                        holds(
                                proof.day().fault().isPresent()
                                        || proof.day().streams().size() == 1,
                                "not one stream");
                    }
                }
                default -> KeptRoot.read(write((kind & 4) == 0 ? "kept.txt" : "kept.json", content));
            }
        } catch (SidecarFault | DayRootFault e) {
            holds(e.getMessage() != null && !e.getMessage().isBlank(), "refused without a reason");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void sidecar(byte[] content) throws IOException {
        Sidecar read = Sidecar.read(write("sidecar.json", content));
        read.computedChain();
        same(Sidecar.read(write("sidecar.json", SidecarJson.bytes(read))), read, "sidecar written and read");
    }

    private static void root(byte[] content) throws IOException {
        DayRoot read = DayRoot.read(content);
        read.fault();
        read.fingerprint();
        read.segments();
        same(DayRoot.read(read.document()), read, "day root written and read");
    }
}
