package org.farwatch.api.evidence;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.farwatch.api.web.Refusal;
import org.farwatch.api.web.Texts;
import org.springframework.stereotype.Component;
import org.springframework.web.multipart.MultipartFile;

/** Files that people put in. What kind one is, its beginning tells and not its sender. */
@Component
public class Uploads {
    private static final long MAX = 20L * 1_048_576;
    private static final int MAX_NAME = 200;
    private static final int HEAD = 12;
    private static final String ORIGIN = "upload";

    private final EvidenceStore store;

    Uploads(EvidenceStore store) {
        this.store = store;
    }

    /** What may be put in. */
    public enum Kind {
        JPEG("image/jpeg", 0, new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff}),
        PNG("image/png", 0, new byte[] {(byte) 0x89, 'P', 'N', 'G'}),
        PDF("application/pdf", 0, "%PDF-".getBytes(StandardCharsets.US_ASCII)),
        MP4("video/mp4", 4, "ftyp".getBytes(StandardCharsets.US_ASCII));

        private final String mediaType;
        private final int at;
        private final byte[] mark;

        Kind(String mediaType, int at, byte[] mark) {
            this.mediaType = mediaType;
            this.at = at;
            this.mark = mark;
        }

        private static Optional<Kind> of(byte[] head) {
            return Arrays.stream(values())
                    .filter(kind -> head.length >= kind.at + kind.mark.length
                            && Arrays.equals(head, kind.at, kind.at + kind.mark.length, kind.mark, 0, kind.mark.length))
                    .findFirst();
        }
    }

    /** @param name as its sender calls it */
    public record Kept(String name, Evidence file) {}

    /**
     * Keeps an upload.
     *
     * @param allowed kinds
     * @throws Refusal 400 for a file of another kind or without a name, 413 for one that is too long
     */
    public Kept keep(MultipartFile upload, Set<Kind> allowed) throws IOException {
        String name = name(upload.getOriginalFilename());
        try (InputStream content = upload.getInputStream()) {
            byte[] head = content.readNBytes(HEAD);
            Kind kind = Kind.of(head).filter(allowed::contains).orElseThrow(() -> other(name, allowed));
            return new Kept(
                    name,
                    store.put(
                            new SequenceInputStream(new ByteArrayInputStream(head), content),
                            kind.mediaType,
                            ORIGIN,
                            MAX));
        }
    }

    private static Refusal other(String name, Set<Kind> allowed) {
        String names = allowed.stream().sorted().map(Kind::name).collect(Collectors.joining(", "));
        return Refusal.field("file", "must be one of " + names + "; " + name + " is none");
    }

    private static String name(String given) {
        String name = given == null ? "" : given.strip();
        if (name.isEmpty() || name.length() > MAX_NAME || !Texts.storable(name)) {
            throw Refusal.field("file", "must have a name of 1 to " + MAX_NAME + " characters");
        }
        return name;
    }
}
