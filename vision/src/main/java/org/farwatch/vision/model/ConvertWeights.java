package org.farwatch.vision.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Run by the build: {@code ConvertWeights <model.json> <model.onnx>}. Leaves the file alone when nothing changed. */
final class ConvertWeights {
    /** Three scales, first the class scores of each, then the distributions of the distances to the four sides. */
    private static final List<String> OUTPUTS =
            Stream.of("", "_1", "_2", "_3", "_4", "_5").map("Identity"::concat).toList();

    private ConvertWeights() {}

    public static void main(String[] args) throws IOException {
        if (args.length != 2) {
            throw new IllegalArgumentException("usage: ConvertWeights <model.json> <model.onnx>");
        }
        Path to = Path.of(args[1]);
        byte[] onnx = GraphConverter.convert(TfjsModel.read(Path.of(args[0])), OUTPUTS)
                .toBytes();
        if (!Files.exists(to) || !Arrays.equals(Files.readAllBytes(to), onnx)) {
            Files.createDirectories(to.getParent());
            Files.write(to, onnx);
        }
    }
}
