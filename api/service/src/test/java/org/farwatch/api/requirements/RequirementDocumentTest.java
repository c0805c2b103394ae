package org.farwatch.api.requirements;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/requirements.md} says of each requirement how it stands, and is made from what the tests say they prove.
 * With {@code -Dfarwatch.requirements=write} it is written anew instead of compared.
 */
class RequirementDocumentTest {
    private static final Path DOCUMENT = Path.of("../../docs/requirements.md");
    private static final Path ROWS = Path.of("src/test/resources/requirements.tsv");
    private static final int ROWS_OF_SEEDS = 205;
    private static final int MOST_PER_METHOD = 3;

    private static List<Row> rows;
    private static Map<String, List<Proof>> proofs;

    /** @param state while nothing proves it: {@code planned} or {@code out} */
    private record Row(String id, boolean core, String term, String state, String why) {}

    private record Proof(String test, Proves proves) {
        boolean whole() {
            return proves.missing().isEmpty();
        }
    }

    @BeforeAll
    static void read() throws IOException {
        rows = Files.readAllLines(ROWS).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("\t", -1))
                .map(cells -> new Row(cells[0], cells[1].equals("core"), cells[2], cells[3], cells[4]))
                .toList();
        proofs = new TreeMap<>();
        for (JavaMethod method : methods()) {
            Proves proves = method.getAnnotationOfType(Proves.class);
            String test = method.getOwner().getSimpleName() + "." + method.getName();
            for (String id : proves.value()) {
                proofs.computeIfAbsent(id, _ -> new ArrayList<>()).add(new Proof(test, proves));
            }
        }
        proofs.values().forEach(list -> list.sort(Comparator.comparing(Proof::test)));
    }

    @Test
    void everyRequirementIsThereOnceAndIsProvenPlannedOrLeftOutForAReason() {
        assertThat(rows)
                .extracting(Row::id)
                .isEqualTo(IntStream.rangeClosed(1, ROWS_OF_SEEDS)
                        .mapToObj("R%03d"::formatted)
                        .toList());
        assertThat(rows).allSatisfy(row -> {
            assertThat(row.state()).as(row.id()).isIn("planned", "out");
            assertThat(row.why()).as(row.id()).isNotBlank();
            assertThat(row.state().equals("out") && proofs.containsKey(row.id()))
                    .as("%s is left out and proven", row.id())
                    .isFalse();
        });
        assertThat(rows).extracting(Row::id).containsAll(proofs.keySet());
    }

    @Test
    void aTestProvesAtMostThreeAndSaysWhere() {
        assertThat(methods()).isNotEmpty().allSatisfy(method -> {
            Proves proves = method.getAnnotationOfType(Proves.class);
            assertThat(proves.value()).as(method.getFullName()).hasSizeBetween(1, MOST_PER_METHOD);
            assertThat(proves.screen() + proves.api()).as(method.getFullName()).isNotBlank();
        });
    }

    @Test
    void theDocumentSaysWhatTheTestsProve() throws IOException {
        String wanted = document();
        if (System.getProperty("farwatch.requirements", "").equals("write")) {
            Files.writeString(DOCUMENT, wanted);
        }
        assertThat(DOCUMENT)
                .as("make it anew: mvn -pl api/service -am test -Dtest=RequirementDocumentTest"
                        + " -Dsurefire.failIfNoSpecifiedTests=false -Dfarwatch.requirements=write")
                .hasContent(wanted);
    }

    private static List<JavaMethod> methods() {
        return new ClassFileImporter()
                .importPackages("org.farwatch.api").stream()
                        .flatMap(type -> type.getMethods().stream())
                        .filter(method -> method.isAnnotatedWith(Proves.class))
                        .toList();
    }

    private static String document() {
        StringBuilder text = new StringBuilder("""
                # Requirements

                How each requirement stands. Made by `RequirementDocumentTest` from what the tests say they prove; do not edit. "Works" and "thin" name the test that shows it; thin ones say what is missing.

                | | core | extended |
                |---|--:|--:|
                """);
        for (String state : List.of("works", "thin", "planned", "out")) {
            text.append("| %s | %d | %d |%n".formatted(state, count(state, true), count(state, false)));
        }
        text.append("""

                | | | requirement | state | where | shown by |
                |---|---|---|---|---|---|
                """);
        for (Row row : rows) {
            List<Proof> found = proofs.getOrDefault(row.id(), List.of());
            text.append("| %s | %s | %s | %s | %s | %s |%n"
                    .formatted(
                            row.id(),
                            row.core() ? "core" : "",
                            row.term(),
                            state(row),
                            found.isEmpty() ? "" : where(found),
                            found.isEmpty()
                                    ? ""
                                    : String.join(
                                            "<br>",
                                            found.stream()
                                                    .map(proof -> "`" + proof.test() + "`")
                                                    .toList())));
        }
        return text.toString().replace("\r\n", "\n");
    }

    private static long count(String state, boolean core) {
        return rows.stream()
                .filter(row -> row.core() == core && state(row).startsWith(state))
                .count();
    }

    private static String state(Row row) {
        List<Proof> found = proofs.getOrDefault(row.id(), List.of());
        if (found.isEmpty()) {
            return row.state() + ": " + row.why();
        }
        return found.stream().anyMatch(Proof::whole)
                ? "works"
                : "thin: "
                        + String.join(
                                "; ",
                                found.stream()
                                        .map(proof -> proof.proves().missing())
                                        .distinct()
                                        .toList());
    }

    private static String where(List<Proof> found) {
        return String.join(
                "<br>",
                found.stream()
                        .flatMap(proof ->
                                List.of(proof.proves().screen(), proof.proves().api()).stream())
                        .filter(place -> !place.isEmpty())
                        .distinct()
                        .map(place -> "`" + place + "`")
                        .toList());
    }
}
