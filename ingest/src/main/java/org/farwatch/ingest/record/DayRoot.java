package org.farwatch.ingest.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One signed value for all that was recorded up to the end of a day, made to leave the house. {@code root} is the hash
 * of this text in UTF-8, every line ended by a line feed; where there are no logs it begins with {@code farwatch day root 1}
 * and has no line of them:
 *
 * <pre>
 * farwatch day root 2
 * day=2026-11-21
 * zone=Asia/Shanghai
 * made=&lt;ISO-8601, UTC&gt;
 * previousDay=&lt;2026-11-20, or none&gt;
 * previous=&lt;root of that day; of the first, {@link #BEGINNING}&gt;
 * count=&lt;number of streams&gt;
 * tree=&lt;{@link MerkleTree} over the streams' roots, by their ids as texts&gt;
 * logs=&lt;of each log its name, sequence and chain value with blanks between, by name, separated by commas&gt;
 * </pre>
 *
 * <p>{@code signature} is Ed25519 or SM2, as the key says, over {@code farwatch signed day root 1}, {@code day=…} and {@code root=…}, every line
 * ended by a line feed: so a day and its root that were printed can be checked without the rest.
 *
 * @param day by the calendar of {@code zone}
 * @param zone whose midnight ends the day
 * @param made our clock when it was made, milliseconds
 * @param previousDay the day before in the chain, null for the first
 * @param previous its root
 * @param count streams that it is over
 * @param tree over their roots
 * @param root the value above
 * @param signature Base64
 * @param publicKey X.509 encoded, Base64
 * @param streams all of them by id; fewer in what an export carries
 * @param logs where the chains of the house's logs stood when it was made, by name; null in roots made before there were any
 */
public record DayRoot(
        LocalDate day,
        String zone,
        Instant made,
        LocalDate previousDay,
        String previous,
        int count,
        String tree,
        String root,
        String signature,
        String publicKey,
        List<StreamRoot> streams,
        @JsonInclude(JsonInclude.Include.NON_NULL) List<LogHead> logs) {
    /** Before the first: SHA-256 over {@code farwatch day roots 1} and a line feed. */
    public static final String BEGINNING = Hashes.ofText("farwatch day roots 1\n");

    /** @throws IllegalArgumentException naming the fact, its value and the rule; whether they fit is {@link #fault} */
    public DayRoot {
        require(day != null, "day", "a day");
        require(zone != null && !zone.contains("\n"), "zone", "a time zone");
        require(made != null, "made", "a time");
        require(previousDay == null || previousDay.isBefore(day), "previousDay", "before day");
        requireHex("previous", previous);
        requireHex("tree", tree);
        requireHex("root", root);
        require(signature != null, "signature", "Base64");
        require(publicKey != null, "publicKey", "Base64");
        streams = List.copyOf(streams);
        require(streams.size() <= count, "count", "not less than there are streams");
        if (logs != null) {
            logs = List.copyOf(logs);
            require(logs.stream().map(LogHead::log).distinct().count() == logs.size(), "logs", "one for each log");
        }
    }

    /**
     * @param before null for the first
     * @param logs null for none
     */
    static DayRoot following(
            HashAlgorithm algorithm,
            DayRoot before,
            LocalDate day,
            ZoneId zone,
            Instant now,
            List<StreamRoot> streams,
            List<LogHead> logs,
            Signer signer) {
        Instant made = now.truncatedTo(ChronoUnit.MILLIS);
        LocalDate previousDay = before == null ? null : before.day();
        String previous = before == null ? BEGINNING : before.root();
        String tree = tree(algorithm, streams);
        String root = root(algorithm, day, zone.getId(), made, previousDay, previous, streams.size(), tree, logs);
        Base64.Encoder base64 = Base64.getEncoder();
        return new DayRoot(
                day,
                zone.getId(),
                made,
                previousDay,
                previous,
                streams.size(),
                tree,
                root,
                base64.encodeToString(signer.sign(signed(day, root))),
                base64.encodeToString(signer.publicKey()),
                streams,
                logs);
    }

    /** @throws DayRootFault when the file is none */
    public static DayRoot read(Path file) throws IOException {
        return DayRootJson.read(file);
    }

    /** @throws DayRootFault when the content is none */
    public static DayRoot read(byte[] document) throws DayRootFault {
        return DayRootJson.read(Path.of("document"), document, DayRoot.class);
    }

    /** The file that leaves the house, JSON whose members are named as these components. */
    public byte[] document() {
        return DayRootJson.bytes(this);
    }

    /** What is wrong with it by itself: its facts, its root, its signature; empty when nothing is. */
    public Optional<String> fault() {
        for (StreamRoot stream : streams) {
            if (!stream.computedRoot().equals(stream.root())) {
                return Optional.of("the facts of stream " + stream.stream() + " do not give its root");
            }
        }
        if (whole() && !tree(HashAlgorithm.of(tree), streams).equals(tree)) {
            return Optional.of("its streams do not give its tree");
        }
        if (!root(HashAlgorithm.of(root), day, zone, made, previousDay, previous, count, tree, logs)
                .equals(root)) {
            return Optional.of("its facts do not give its root");
        }
        try {
            Base64.Decoder base64 = Base64.getDecoder();
            if (Signatures.verifies(base64.decode(publicKey), signed(day, root), base64.decode(signature))) {
                return Optional.empty();
            }
        } catch (IllegalArgumentException _) {
            return Optional.of("its signature or key is no Base64");
        }
        return Optional.of("its signature is not by its key");
    }

    /** Hash of the key it is signed with. */
    public String fingerprint() {
        try {
            return Signatures.fingerprint(Base64.getDecoder().decode(publicKey));
        } catch (IllegalArgumentException _) {
            return "none";
        }
    }

    /** Whether all of its streams stand in it. */
    public boolean whole() {
        return streams.size() == count;
    }

    public Optional<StreamRoot> stream(String id) {
        return streams.stream().filter(each -> each.stream().equals(id)).findFirst();
    }

    /** Segments of all streams that it covers. */
    public long segments() {
        return streams.stream().mapToLong(StreamRoot::segments).sum();
    }

    /** The same with one stream only. */
    DayRoot only(StreamRoot stream) {
        return new DayRoot(
                day, zone, made, previousDay, previous, count, tree, root, signature, publicKey, List.of(stream), logs);
    }

    static void requireHex(String fact, String value) {
        require(value != null && HashAlgorithm.made(value), fact, Hashes.RULE);
    }

    private static void require(boolean kept, String fact, String rule) {
        if (!kept) {
            throw new IllegalArgumentException(fact + " must be " + rule);
        }
    }

    private static byte[] signed(LocalDate day, String root) {
        return ("farwatch signed day root 1\nday=" + day + "\nroot=" + root + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static String tree(HashAlgorithm algorithm, List<StreamRoot> streams) {
        return MerkleTree.of(algorithm, streams.stream().map(StreamRoot::root).toList());
    }

    private static String root(
            HashAlgorithm algorithm,
            LocalDate day,
            String zone,
            Instant made,
            LocalDate previousDay,
            String previous,
            int count,
            String tree,
            List<LogHead> logs) {
        return algorithm.ofText("farwatch day root " + (logs == null ? 1 : 2) + "\nday=" + day
                + "\nzone=" + zone
                + "\nmade=" + made
                + "\npreviousDay=" + (previousDay == null ? "none" : previousDay)
                + "\nprevious=" + previous
                + "\ncount=" + count
                + "\ntree=" + tree + "\n"
                + (logs == null ? "" : "logs=" + text(logs) + "\n"));
    }

    private static String text(List<LogHead> logs) {
        return logs.stream()
                .sorted(Comparator.comparing(LogHead::log))
                .map(head -> head.log() + " " + head.sequence() + " " + head.chain())
                .collect(Collectors.joining(","));
    }
}
