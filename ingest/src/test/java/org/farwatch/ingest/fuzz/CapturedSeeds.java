package org.farwatch.ingest.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.farwatch.ingest.jt808.Frame;
import org.farwatch.ingest.jt808.FrameReader;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/** Puts the captured frames beside the project where fuzzing begins with them; they are kept nowhere else. */
public final class CapturedSeeds {
    private static final ObjectMapper JSON = JsonMapper.builder().build();
    private static final int LOCATION = 0x0200;

    private final Path work;
    private int written;

    private CapturedSeeds(Path work) {
        this.work = work;
    }

    /** @param arguments the shared folder, the folder in which each target has one */
    public static void main(String[] arguments) throws IOException {
        Path data = Path.of(arguments[0], "data");
        CapturedSeeds seeds = new CapturedSeeds(Path.of(arguments[1]));
        for (JsonNode line : lines(data.resolve("jt808/frames.jsonl"))) {
            seeds.jt808(bytes(line));
        }
        for (JsonNode line : lines(data.resolve("jt809/frames.jsonl"))) {
            byte[] wire = bytes(line);
            seeds.write(Target.JT809_FRAMES, 1, wire);
            seeds.write(Target.EXPLAIN, wire);
        }
        for (JsonNode line : lines(data.resolve("nmea/sentences.jsonl"))) {
            byte[] sentence = line.path("sentence").asString().getBytes(StandardCharsets.ISO_8859_1);
            seeds.write(Target.NMEA, 1, sentence);
            seeds.write(Target.EXPLAIN, sentence);
        }
    }

    private static List<JsonNode> lines(Path file) throws IOException {
        return Files.isReadable(file)
                ? Files.readAllLines(file).stream().map(JSON::readTree).toList()
                : List.of();
    }

    private static byte[] bytes(JsonNode line) {
        String hex = line.path("hex").asString().strip();
        return hex.matches("([0-9a-fA-F]{2})*") ? HexFormat.of().parseHex(hex) : new byte[0];
    }

    private void jt808(byte[] wire) throws IOException {
        write(Target.JT808_FRAMES, 1, wire);
        write(Target.EXPLAIN, wire);
        FrameReader reader = new FrameReader(FrameReader.DEFAULT_MAX_FRAME_LENGTH);
        reader.read(wire, 0, wire.length);
        if (reader.complete()
                && reader.frame().fault() == null
                && reader.frame().messageId() == LOCATION) {
            Frame frame = reader.frame();
            int from = frame.bodyOffset();
            write(Target.JT808_LOCATION, 1, Arrays.copyOfRange(frame.bytes(), from, from + frame.bodyLength()));
        }
    }

    /** @param before bytes that the target takes for itself */
    private void write(Target target, int before, byte[] seed) throws IOException {
        byte[] input = new byte[before + seed.length];
        System.arraycopy(seed, 0, input, before, seed.length);
        write(target, input);
    }

    private void write(Target target, byte[] input) throws IOException {
        Path folder = Files.createDirectories(work.resolve(target.label()).resolve("captured"));
        Files.write(folder.resolve("captured-" + written++), input);
    }
}
