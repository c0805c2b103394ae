package org.farwatch.ingest.record;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/**
 * A deletion by retention as its ledger keeps it, written before anything is deleted. {@code hash} is SHA-256 over this
 * text in UTF-8, every line ended by a line feed, numbers in decimal:
 *
 * <pre>
 * farwatch deletion 1
 * previous=&lt;hash of the deletion before; of the stream's first, {@link #beginning}&gt;
 * stream=…
 * number=…
 * at=&lt;ISO-8601, UTC&gt;
 * part=pictures|sidecars
 * first=…
 * last=…
 * count=…
 * bytes=…
 * from=…
 * to=…
 * reason=age|disk
 * days=…
 * chain=…
 * </pre>
 *
 * <p>{@code signature} is Ed25519 or SM2, as the key says, over {@code farwatch signed deletion 1}, {@code stream=…}, {@code number=…} and {@code
 * hash=…}, every line ended by a line feed.
 *
 * @param stream id of the stream
 * @param number of it, from 1, without gaps
 * @param at our clock, milliseconds
 * @param part what of the segments went
 * @param first sequence of the first segment
 * @param last sequence of the last one; all between went as well
 * @param count segments, without those that a day root says were absent
 * @param bytes of the files that went; 0 for sidecars
 * @param from earliest start among them, milliseconds since 1970 UTC
 * @param to latest end among them
 * @param reason why
 * @param days the age that they had passed: what was set for the stream, or what the law asks for at least
 * @param chain chain value of the last of them, {@link StreamRoot#ABSENT} where that was absent
 * @param previous hash of the deletion before
 * @param hash the value above
 * @param signature Base64
 * @param publicKey X.509 encoded, Base64
 */
public record Deletion(
        String stream,
        long number,
        Instant at,
        Part part,
        long first,
        long last,
        long count,
        long bytes,
        long from,
        long to,
        Reason reason,
        int days,
        String chain,
        String previous,
        String hash,
        String signature,
        String publicKey) {

    /** What of segments is deleted. */
    public enum Part {
        /** The recorded files; their sidecars stay, so that chain and day roots can be computed. */
        PICTURES,
        /** The sidecars of all that a day root covers of the stream, after the pictures. */
        SIDECARS;

        @JsonValue
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        @JsonCreator
        static Part of(String label) {
            return valueOf(label.toUpperCase(Locale.ROOT));
        }
    }

    /** Why. */
    public enum Reason {
        /** Its time was up. */
        AGE,
        /** The disk was nearly full, and it was older than the law asks for. */
        DISK;

        @JsonValue
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        @JsonCreator
        static Reason of(String label) {
            return valueOf(label.toUpperCase(Locale.ROOT));
        }
    }

    /** What is deleted; components as in the deletion. */
    record Facts(
            Part part, long first, long last, long count, long bytes, long from, long to, Reason reason, int days) {}

    /** @throws IllegalArgumentException naming the fact, its value and the rule; whether they fit is {@link #fault} */
    public Deletion {
        SegmentName.checkStream(stream);
        rule(number >= 1, "number", number, "at least 1");
        rule(at != null, "at", at, "a time");
        rule(part != null, "part", part, "pictures or sidecars");
        rule(first >= 1, "first", first, "at least 1");
        rule(last >= first, "last", last, "at least first " + first);
        rule(count >= 0 && count <= last - first + 1, "count", count, "at most the number of sequences");
        rule(bytes >= 0, "bytes", bytes, "at least 0");
        rule(from >= 0 && to >= from, "from and to", from + " and " + to, "a stretch of time");
        rule(reason != null, "reason", reason, "age or disk");
        rule(days >= 0, "days", days, "at least 0");
        rule(chain != null && HashAlgorithm.made(chain), "chain", chain, Hashes.RULE);
        rule(previous != null && HashAlgorithm.made(previous), "previous", previous, Hashes.RULE);
        rule(hash != null && HashAlgorithm.made(hash), "hash", hash, Hashes.RULE);
        rule(signature != null, "signature", signature, "Base64");
        rule(publicKey != null, "publicKey", publicKey, "Base64");
    }

    /** @param before null for the stream's first */
    static Deletion following(Deletion before, String stream, Facts facts, String chain, Instant now, Signer signer) {
        Instant at = now.truncatedTo(ChronoUnit.MILLIS);
        long number = before == null ? 1 : before.number() + 1;
        String previous = before == null ? beginning(stream) : before.hash();
        String hash = hash(previous, stream, number, at, facts, chain);
        Base64.Encoder base64 = Base64.getEncoder();
        return new Deletion(
                stream,
                number,
                at,
                facts.part(),
                facts.first(),
                facts.last(),
                facts.count(),
                facts.bytes(),
                facts.from(),
                facts.to(),
                facts.reason(),
                facts.days(),
                chain,
                previous,
                hash,
                base64.encodeToString(signer.sign(signed(stream, number, hash))),
                base64.encodeToString(signer.publicKey()));
    }

    /** Before the first of a stream: SHA-256 over {@code farwatch deletions 1}, a line feed, its id, a line feed. */
    public static String beginning(String stream) {
        return Hashes.ofText("farwatch deletions 1\n" + SegmentName.checkStream(stream) + "\n");
    }

    /** What is wrong with it by itself: its hash or its signature; empty when nothing is. */
    public Optional<String> fault() {
        Facts facts = new Facts(part, first, last, count, bytes, from, to, reason, days);
        if (!hash(previous, stream, number, at, facts, chain).equals(hash)) {
            return Optional.of("its facts do not give its hash");
        }
        try {
            Base64.Decoder base64 = Base64.getDecoder();
            if (Signatures.verifies(base64.decode(publicKey), signed(stream, number, hash), base64.decode(signature))) {
                return Optional.empty();
            }
        } catch (IllegalArgumentException _) {
            return Optional.of("its signature or key is no Base64");
        }
        return Optional.of("its signature is not by its key");
    }

    /** SHA-256 of the key it is signed with. */
    public String fingerprint() {
        try {
            return Signatures.fingerprint(Base64.getDecoder().decode(publicKey));
        } catch (IllegalArgumentException _) {
            return "none";
        }
    }

    /** Whether a segment of this sequence is among them. */
    public boolean covers(long sequence) {
        return first <= sequence && sequence <= last;
    }

    private static byte[] signed(String stream, long number, String hash) {
        return ("farwatch signed deletion 1\nstream=" + stream + "\nnumber=" + number + "\nhash=" + hash + "\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String hash(String previous, String stream, long number, Instant at, Facts facts, String chain) {
        return HashAlgorithm.of(chain)
                .ofText("farwatch deletion 1\nprevious=" + previous
                        + "\nstream=" + stream
                        + "\nnumber=" + number
                        + "\nat=" + at
                        + "\npart=" + facts.part().label()
                        + "\nfirst=" + facts.first()
                        + "\nlast=" + facts.last()
                        + "\ncount=" + facts.count()
                        + "\nbytes=" + facts.bytes()
                        + "\nfrom=" + facts.from()
                        + "\nto=" + facts.to()
                        + "\nreason=" + facts.reason().label()
                        + "\ndays=" + facts.days()
                        + "\nchain=" + chain + "\n");
    }

    private static void rule(boolean kept, String fact, Object value, String rule) {
        if (!kept) {
            throw new IllegalArgumentException(fact + " must be " + rule + ", was " + value);
        }
    }
}
