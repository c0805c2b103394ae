package org.farwatch.ingest.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every input that is kept, given to its target again: seeds, what fuzzing reached, and what it found. */
class CorpusTest {
    @TestFactory
    Stream<DynamicTest> everyInputIsDecodedOrRefused() {
        return Stream.of(Target.values())
                .flatMap(target -> corpus(target).stream()
                        .map(file -> dynamicTest(
                                target.label() + "/" + file.getFileName(),
                                () -> assertThatCode(() -> target.run(Files.readAllBytes(file)))
                                        .doesNotThrowAnyException())));
    }

    @ParameterizedTest
    @EnumSource
    void everyTargetHasSeedsAndTakesNothingAtAll(Target target) {
        assertThat(corpus(target)).isNotEmpty();
        assertThatCode(() -> target.run(new byte[0])).doesNotThrowAnyException();
    }

    @Test
    void noInputIsKeptForATargetThatIsGone() throws Exception {
        URL folder = CorpusTest.class.getResource("/fuzz");
        assertThat(folder).isNotNull();
        try (Stream<Path> targets = Files.list(Path.of(folder.toURI()))) {
            assertThat(targets.map(target -> Target.of(target.getFileName().toString())))
                    .containsExactlyInAnyOrder(Target.values());
        }
    }

    private static List<Path> corpus(Target target) {
        URL folder = CorpusTest.class.getResource("/fuzz/" + target.label());
        assertThat(folder).as("corpus of %s", target.label()).isNotNull();
        try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
            return files.sorted().toList();
        } catch (IOException | URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
