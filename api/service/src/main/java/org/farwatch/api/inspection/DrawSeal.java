package org.farwatch.api.inspection;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * What of a draw is hashed and signed. Lists are hashed entry by entry: an entry is SHA-256 over its members, each as its
 * length in bytes of UTF-8, a colon, the bytes and a comma (a netstring; a member that is absent has length 0); a list is
 * SHA-256 over its entries' hexadecimal digits, each ended by a line feed. So whoever changed one entry is told which.
 */
final class DrawSeal {
    private DrawSeal() {}

    /** SHA-256 of the seed: shown before anything is drawn, it holds us to the seed. */
    static String commitment(byte[] seed) {
        return HexFormat.of().formatHex(sha256(seed));
    }

    static String digest(DrawItem item) {
        return entry(item.id(), item.name(), item.squadId(), item.squadName());
    }

    static String digest(DrawItem item, String reason) {
        return entry(item.id(), item.name(), item.squadId(), item.squadName(), reason);
    }

    static String digest(DrawInspector inspector) {
        return entry(Stream.concat(Stream.of(inspector.username(), inspector.name()), inspector.squads().stream())
                .toArray(String[]::new));
    }

    /** The text that is signed when a draw is frozen, every line ended by a line feed. Free texts stand as entries. */
    static String text(DrawRecord.Frozen frozen) {
        return "farwatch draw frozen 1\nalgorithm=" + frozen.algorithm()
                + "\ndraw=" + frozen.draw()
                + "\nkind=" + frozen.kind()
                + "\nname=" + entry(frozen.name())
                + "\nperiod=" + frozen.from() + "/" + frozen.to()
                + "\nspan=" + time(frozen.poolFrom()) + "/" + time(frozen.poolTo())
                + "\nitems=" + frozen.items()
                + "\ninspectorsPerSquad=" + frozen.inspectorsPerSquad()
                + "\nreplaces=" + (frozen.replaces() == null ? "none" : frozen.replaces())
                + "\nreplaceReason=" + entry(frozen.replaceReason())
                + "\npool=" + list(frozen.pool().stream().map(DrawRecord.Entry::sha256))
                + "\nexcluded=" + list(frozen.excluded().stream().map(DrawRecord.Excluded::sha256))
                + "\ninspectors=" + list(frozen.inspectors().stream().map(DrawRecord.Person::sha256))
                + "\ncovered=" + texts(frozen.covered())
                + "\nbefore=" + texts(frozen.before())
                + "\ncommitment=" + frozen.commitment()
                + "\nplanned=" + pressed(frozen.planned())
                + "\nfrozen=" + pressed(frozen.sealed()) + "\n";
    }

    /** The text that is signed when it is drawn; {@code frozen} is SHA-256 of the other text. */
    static String text(DrawRecord.Frozen frozen, DrawRecord.Drawn drawn) {
        return "farwatch draw drawn 1\nfrozen=" + HexFormat.of().formatHex(sha256(bytes(text(frozen))))
                + "\nseed=" + drawn.seed()
                + "\nitems=" + texts(drawn.items())
                + "\nteams=" + list(drawn.teams().stream().map(DrawSeal::digest))
                + "\ndrawn=" + pressed(drawn.drawn()) + "\n";
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String digest(Drawing.Team team) {
        return entry(Stream.concat(Stream.of(team.squadId() == null ? "" : team.squadId()), team.inspectors().stream())
                .toArray(String[]::new));
    }

    private static String texts(List<String> list) {
        return list(list.stream().map(DrawSeal::entry));
    }

    private static String list(Stream<String> digests) {
        List<String> lines = digests.toList();
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line).append('\n'));
        return lines.size() + " " + HexFormat.of().formatHex(sha256(bytes(text.toString())));
    }

    private static String entry(String... members) {
        StringBuilder text = new StringBuilder();
        Arrays.stream(members)
                .map(member -> member == null ? "" : member)
                .forEach(member -> text.append(bytes(member).length)
                        .append(':')
                        .append(member)
                        .append(','));
        return HexFormat.of().formatHex(sha256(bytes(text.toString())));
    }

    private static String time(Instant at) {
        return at == null ? "none" : at.toString();
    }

    /** User names hold no blanks or line feeds. */
    private static String pressed(DrawRecord.Pressed pressed) {
        return pressed.at() + " " + entry(pressed.by());
    }

    private static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
