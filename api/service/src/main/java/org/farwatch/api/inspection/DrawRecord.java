package org.farwatch.api.inspection;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * All that is to be known of a draw, so that it can be repeated from this alone. It stands in the database as it leaves
 * the house: JSON in UTF-8, members in alphabetical order. What is signed is text that {@link DrawSeal} makes of it.
 *
 * @param form {@value #FORM}
 * @param frozen what was fixed before anything was drawn
 * @param frozenSignature of it, Base64
 * @param drawn null until it is drawn
 * @param drawnSignature null until it is drawn
 * @param publicKey X.509 encoded, Base64
 * @param signedBy its fingerprint
 */
record DrawRecord(
        String form,
        Frozen frozen,
        String frozenSignature,
        Drawn drawn,
        String drawnSignature,
        String publicKey,
        String signedBy) {
    static final String FORM = "farwatch draw record 1";

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .disable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST)
            .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    /** @throws IllegalArgumentException naming what is missing */
    DrawRecord {
        require(form, "form");
        require(frozen, "frozen");
        require(frozenSignature, "frozenSignature");
        require(publicKey, "publicKey");
        require(signedBy, "signedBy");
        if ((drawn == null) != (drawnSignature == null)) {
            throw new IllegalArgumentException("drawn and drawnSignature must be there both or neither");
        }
    }

    /**
     * What was fixed before anything was drawn.
     *
     * @param kind as {@link DrawKind} is written
     * @param from start of the period within which squads are covered
     * @param to its end, excluded
     * @param poolFrom from when on something is in the pool, null where that does not matter
     * @param poolTo until when, null for a moment
     * @param items how many are drawn
     * @param inspectorsPerSquad how many look at each squad that is drawn
     * @param replaces the draw in whose place this one is, null for none
     * @param covered squads of the pool that draws of the period named before, by id
     * @param before items of the pool that they named, by id
     * @param commitment SHA-256 of the seed, hexadecimal
     */
    record Frozen(
            String algorithm,
            String draw,
            String name,
            String kind,
            Instant from,
            Instant to,
            Instant poolFrom,
            Instant poolTo,
            int items,
            int inspectorsPerSquad,
            String replaces,
            String replaceReason,
            List<Entry> pool,
            List<Excluded> excluded,
            List<Person> inspectors,
            List<String> covered,
            List<String> before,
            String commitment,
            Pressed planned,
            Pressed sealed) {
        Frozen {
            require(algorithm, "algorithm");
            require(draw, "draw");
            require(name, "name");
            require(kind, "kind");
            require(from, "from");
            require(to, "to");
            require(commitment, "commitment");
            require(planned, "planned");
            require(sealed, "sealed");
            pool = copy(pool, "pool");
            excluded = copy(excluded, "excluded");
            inspectors = copy(inspectors, "inspectors");
            covered = copy(covered, "covered");
            before = copy(before, "before");
        }

        Drawing.Input input() {
            return new Drawing.Input(
                    pool.stream().map(Entry::item).toList(),
                    inspectors.stream().map(Person::inspector).toList(),
                    Set.copyOf(covered),
                    Set.copyOf(before),
                    items,
                    inspectorsPerSquad);
        }

        /** What an item of the pool is called, its id where it is none. */
        String called(String item) {
            return pool.stream()
                    .filter(entry -> entry.id().equals(item))
                    .findFirst()
                    .map(entry -> item + " (" + entry.name() + ")")
                    .orElse(item);
        }
    }

    /** @param sha256 of {@link DrawSeal#digest(DrawItem)} */
    record Entry(String id, String name, String squadId, String squadName, String sha256) {
        static Entry of(DrawItem item) {
            return new Entry(item.id(), item.name(), item.squadId(), item.squadName(), DrawSeal.digest(item));
        }

        DrawItem item() {
            return new DrawItem(id, name, squadId, squadName);
        }
    }

    /** What would be in the pool and was kept out, and why. */
    record Excluded(String id, String name, String squadId, String squadName, String reason, String sha256) {
        static Excluded of(DrawItem item, String reason) {
            return new Excluded(
                    item.id(), item.name(), item.squadId(), item.squadName(), reason, DrawSeal.digest(item, reason));
        }

        DrawItem item() {
            return new DrawItem(id, name, squadId, squadName);
        }
    }

    /** @param squads ids of his own squads */
    record Person(String username, String name, List<String> squads, String sha256) {
        Person {
            squads = copy(squads, "squads");
        }

        static Person of(DrawInspector inspector) {
            return new Person(inspector.username(), inspector.name(), inspector.squads(), DrawSeal.digest(inspector));
        }

        DrawInspector inspector() {
            return new DrawInspector(username, name, squads);
        }
    }

    /** Who pressed the button, and when. */
    record Pressed(Instant at, String by) {
        Pressed {
            require(at, "at");
            require(by, "by");
        }
    }

    /**
     * What the seed made of it.
     *
     * @param seed 32 bytes, hexadecimal
     */
    record Drawn(String seed, List<String> items, List<Drawing.Team> teams, Pressed drawn) {
        Drawn {
            require(seed, "seed");
            require(drawn, "drawn");
            items = copy(items, "items");
            teams = copy(teams, "teams");
        }
    }

    byte[] document() {
        return JSON.writeValueAsBytes(this);
    }

    /** @throws IllegalArgumentException saying why it is none */
    static DrawRecord read(byte[] document) {
        try {
            DrawRecord record = JSON.readValue(document, DrawRecord.class);
            if (record == null) {
                throw new IllegalArgumentException("it is empty");
            }
            return record;
        } catch (JacksonException e) {
            throw new IllegalArgumentException(e.getOriginalMessage(), e);
        }
    }

    private static void require(Object value, String member) {
        if (value == null) {
            throw new IllegalArgumentException(member + " is missing");
        }
    }

    private static <T> List<T> copy(List<T> list, String member) {
        require(list, member);
        list.forEach(each -> require(each, "an entry of " + member));
        return List.copyOf(list);
    }
}
