package org.farwatch.api.inspection;

import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.farwatch.ingest.record.Signatures;

/** Repeats a draw from its record alone and finds the first thing that differs. */
final class DrawCheck {
    private final DrawRecord record;
    private final DrawRecord.Frozen frozen;

    DrawCheck(DrawRecord record) {
        this.record = record;
        this.frozen = record.frozen();
    }

    /** In words, what is not as it was frozen, drawn or signed; empty when everything is. */
    Optional<String> fault() {
        return form().or(this::lists)
                .or(() -> unsigned(
                        DrawSeal.text(frozen),
                        record.frozenSignature(),
                        "what was frozen is not what was signed: its number, name, kind, period, numbers, lists,"
                                + " commitment or times"))
                .or(this::result);
    }

    private Optional<String> form() {
        if (!record.form().equals(DrawRecord.FORM)) {
            return Optional.of("its form is " + record.form() + ", not " + DrawRecord.FORM);
        }
        if (!frozen.algorithm().equals(Drawing.ALGORITHM)) {
            return Optional.of("its algorithm is " + frozen.algorithm() + ", not " + Drawing.ALGORITHM);
        }
        try {
            DrawKind.of(frozen.kind());
            byte[] key = Base64.getDecoder().decode(record.publicKey());
            if (!Signatures.fingerprint(key).equals(record.signedBy())) {
                return Optional.of(
                        "its key has another fingerprint than the record says: " + Signatures.fingerprint(key));
            }
        } catch (IllegalArgumentException e) {
            return Optional.of("its kind or key is none: " + e.getMessage());
        }
        return Optional.empty();
    }

    private Optional<String> lists() {
        Set<String> ids = new HashSet<>();
        for (DrawRecord.Entry entry : frozen.pool()) {
            if (!DrawSeal.digest(entry.item()).equals(entry.sha256())) {
                return Optional.of(
                        "item " + entry.id() + " (" + entry.name() + ") of the pool is not as it was frozen");
            }
            if (!ids.add(entry.id())) {
                return Optional.of("item " + entry.id() + " stands in the pool twice");
            }
        }
        for (DrawRecord.Excluded entry : frozen.excluded()) {
            if (!DrawSeal.digest(entry.item(), entry.reason()).equals(entry.sha256())) {
                return Optional.of("item " + entry.id() + " (" + entry.name() + "), excluded, is not as it was frozen");
            }
            if (!ids.add(entry.id())) {
                return Optional.of("item " + entry.id() + ", excluded, stands in the pool");
            }
        }
        Set<String> people = new HashSet<>();
        for (DrawRecord.Person person : frozen.inspectors()) {
            if (!DrawSeal.digest(person.inspector()).equals(person.sha256())) {
                return Optional.of("inspector " + person.username() + " is not as he was frozen");
            }
            if (!people.add(person.username())) {
                return Optional.of("inspector " + person.username() + " stands in the list twice");
            }
        }
        return Optional.empty();
    }

    private Optional<String> result() {
        DrawRecord.Drawn drawn = record.drawn();
        if (drawn == null) {
            return Optional.empty();
        }
        byte[] seed;
        try {
            seed = HexFormat.of().parseHex(drawn.seed());
        } catch (IllegalArgumentException e) {
            return Optional.of("its seed is none: " + e.getMessage());
        }
        if (!DrawSeal.commitment(seed).equals(frozen.commitment())) {
            return Optional.of("its seed is not the one that was committed to: SHA-256 of the seed is "
                    + DrawSeal.commitment(seed) + ", the commitment is " + frozen.commitment());
        }
        Drawing.Result again;
        try {
            again = Drawing.draw(seed, frozen.input());
        } catch (IllegalArgumentException e) {
            return Optional.of("it cannot be drawn: " + e.getMessage());
        }
        return items(again.items(), drawn.items())
                .or(() -> teams(again.teams(), drawn.teams()))
                .or(() -> unsigned(
                        DrawSeal.text(frozen, drawn),
                        record.drawnSignature(),
                        "the result is what the seed gives, and its signature is not by its key: who drew, when, or"
                                + " the signature was changed"));
    }

    private Optional<String> items(List<String> again, List<String> said) {
        for (int i = 0; i < Math.max(again.size(), said.size()); i++) {
            String right = i < again.size() ? frozen.called(again.get(i)) : "nothing";
            String found = i < said.size() ? frozen.called(said.get(i)) : "nothing";
            if (!right.equals(found)) {
                return Optional.of("item " + (i + 1) + " of the result is " + found + ", the seed gives " + right);
            }
        }
        return Optional.empty();
    }

    private static Optional<String> teams(List<Drawing.Team> again, List<Drawing.Team> said) {
        for (int i = 0; i < Math.max(again.size(), said.size()); i++) {
            Drawing.Team right = i < again.size() ? again.get(i) : null;
            Drawing.Team found = i < said.size() ? said.get(i) : null;
            if (right == null || !right.equals(found)) {
                return Optional.of(
                        "team " + (i + 1) + " of the result is " + words(found) + ", the seed gives " + words(right));
            }
        }
        return Optional.empty();
    }

    private static String words(Drawing.Team team) {
        return team == null
                ? "none"
                : String.join(" and ", team.inspectors())
                        + (team.squadId() == null ? " for no squad" : " for squad " + team.squadId());
    }

    private Optional<String> unsigned(String text, String signature, String otherwise) {
        try {
            Base64.Decoder base64 = Base64.getDecoder();
            return Signatures.verifies(
                            base64.decode(record.publicKey()), DrawSeal.bytes(text), base64.decode(signature))
                    ? Optional.empty()
                    : Optional.of(otherwise);
        } catch (IllegalArgumentException e) {
            return Optional.of("its signature or key is no Base64: " + e.getMessage());
        }
    }
}
