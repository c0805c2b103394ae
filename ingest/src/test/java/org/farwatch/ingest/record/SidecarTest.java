package org.farwatch.ingest.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SidecarTest {
    private static final String SHA = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    @TempDir
    Path folder;

    private final Sidecar sidecar = Sidecar.chained(
            ChainPoint.beginning("cam-1"),
            "cam-1",
            new Sidecar.Facts(
                    1_800_000_000_000L,
                    1_800_000_000_000L,
                    1_800_000_060_000L,
                    15_000_000,
                    700,
                    1_500,
                    "video/mp4; codecs=\"avc1.42c00d\"",
                    320,
                    240,
                    SHA),
            Sidecar.State.CLOSED);

    /** The values are those of {@code printf … | sha256sum}; whoever changes them breaks every recorded chain. */
    @Test
    void theChainValueIsTheOneThatIsDocumented() {
        assertThat(sidecar.previous()).isEqualTo("6a0dfe9d05474bcdd174404b22a1bafef70adc4af8e52a36742326ac1c680f22");
        assertThat(sidecar.chain()).isEqualTo("8af3f1b85f2b88c73f6a816faf3ceb66f99d2efee8763ecc944521700432347c");
        assertThat(sidecar.computedChain()).isEqualTo(sidecar.chain());
    }

    @Test
    void whatIsWrittenIsReadBack() throws IOException {
        Path file = folder.resolve("1-1800000000000.json");
        SidecarJson.write(file, sidecar);

        assertThat(Sidecar.read(file)).isEqualTo(sidecar);
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "sequence" : 1        | "sequence" : 0        | sequence must be at least 1, was 0
            "sequence" : 1        | "sequence" : "1"      | sequence must be a whole number of 64 bits, was "1"
            "sequence" : 1        | "sequence" : 1.5      | sequence must be a whole number of 64 bits, was 1.5
            "sequence" : 1        | "sequence" : 1e30     | sequence must be a whole number of 64 bits
            "sequence" : 1        | "sequence" : 1, "sequence" : 2 | is no JSON
            "frames" : 1500       | "frames" : -1         | frames must be at least 0, was -1
            "frames" : 1500       | "pictures" : 1500     | unknown member pictures
            "frames" : 1500,      |                       | frames must be a whole number of 64 bits, was absent
            "end" : 1800000060000 | "end" : 1             | end must be not before start 1800000000000, was 1
            "run" : 1800000000000 | "run" : 1900000000000 | run must be from 0 to start
            "bytes" : 15000000    | "bytes" : 700         | bytes must be more than initBytes 700, was 700
            "width" : 320         | "width" : 99999999999 | overflow
            "stream" : "cam-1"    | "stream" : "../x"     | stream id must be
            "state" : "closed"    | "state" : "open"      | state must be closed or recovered, was open
            "state" : "closed"    | "state" : null        | state must be a text, was null
            e3b0c442              | E3B0C442              | sha256 must be 64 lower-case hexadecimal digits
            }                     | } x                   | is no JSON
            {                     | [                     | is no JSON
            """)
    void whatIsNoSidecarIsNamed(String from, String to, String message) throws IOException {
        Path file = folder.resolve("1-1800000000000.json");
        SidecarJson.write(file, sidecar);
        String text = Files.readString(file);
        assertThat(text).contains(from);
        Files.writeString(file, text.replace(from, to == null ? "" : to));

        assertThatExceptionOfType(SidecarFault.class)
                .isThrownBy(() -> Sidecar.read(file))
                .withMessageContaining(file.toString())
                .withMessageContaining(message);
    }

    @Test
    void aFileWithoutEndIsNotReadWhole() throws IOException {
        Path file = Files.writeString(folder.resolve("1-1.json"), " ".repeat(1_000_000));

        assertThatExceptionOfType(SidecarFault.class)
                .isThrownBy(() -> Sidecar.read(file))
                .withMessageContaining("longer than");
    }

    @Test
    void namesOfFilesAreReadStrictly() {
        assertThat(SegmentName.parse("12-1800000000000.mp4")).contains(new SegmentName(12, 1_800_000_000_000L));
        assertThat(SegmentName.parse("12-1800000000000.json")).contains(new SegmentName(12, 1_800_000_000_000L));
        for (String name : new String[] {
            "0-1.mp4",
            "01-1.mp4",
            "1-01.mp4",
            "1-1.mkv",
            "1.mp4",
            "-1-1.mp4",
            "1-1.json.tmp",
            "1-1.mp4 ",
            "x1-1.mp4",
            "9999999999999999999-1.mp4",
            "1-9999999999999999.mp4"
        }) {
            assertThat(SegmentName.parse(name)).as(name).isEmpty();
        }
        assertThat(new SegmentName(3, 1_767_225_599_999L).video(Path.of("cam")))
                .isEqualTo(Path.of("cam/20251231/3-1767225599999.mp4"));
    }

    @Test
    void aStreamsIdMustServeAsTheNameOfAFolder() {
        for (String id : new String[] {"", ".", "..", ".hidden", "a/b", "a\\b", "a b", "摄像头", "x".repeat(101)}) {
            assertThatIllegalArgumentException().as(id).isThrownBy(() -> SegmentName.checkStream(id));
        }
        assertThat(SegmentName.checkStream("gb28181-34020000001320000001_1.x")).isNotEmpty();
    }
}
