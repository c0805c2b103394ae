package org.farwatch.vision.model;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A TensorFlow.js graph model: {@code model.json} with the topology beside binary files with the weights.
 *
 * @param operations every node by its name, constants left out
 * @param constants the weights by the names of their nodes, 16-bit floats widened
 */
record TfjsModel(Map<String, Operation> operations, Map<String, Tensor> constants) {
    /**
     * A node of the graph.
     *
     * @param inputs names of nodes, {@code name:1} for a second output; control inputs left out
     * @param attributes as in the file
     */
    record Operation(String name, String kind, List<String> inputs, JsonNode attributes) {
        int[] ints(String attribute) {
            List<Integer> values = new ArrayList<>();
            attributes.path(attribute).path("list").path("i").forEach(value -> values.add(value.asInt()));
            return values.stream().mapToInt(Integer::intValue).toArray();
        }

        float real(String attribute) {
            return (float) attributes.path(attribute).path("f").asDouble();
        }

        boolean flag(String attribute) {
            return attributes.path(attribute).path("b").asBoolean();
        }

        String text(String attribute) {
            byte[] bytes = Base64.getDecoder()
                    .decode(attributes.path(attribute).path("s").asString());
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    /** Reads a model; its weight files are looked for beside {@code json}. */
    static TfjsModel read(Path json) throws IOException {
        JsonNode root = JsonMapper.builder().build().readTree(Files.readAllBytes(json));
        Map<String, Operation> operations = new LinkedHashMap<>();
        for (JsonNode node : root.get("modelTopology").get("node")) {
            String kind = node.get("op").asString();
            if (!kind.equals("Const")) {
                String name = node.get("name").asString();
                operations.put(name, new Operation(name, kind, inputs(node), node.path("attr")));
            }
        }
        Map<String, Tensor> constants = new LinkedHashMap<>();
        for (JsonNode group : root.get("weightsManifest")) {
            ByteArrayOutputStream joined = new ByteArrayOutputStream();
            for (JsonNode path : group.get("paths")) {
                joined.writeBytes(Files.readAllBytes(json.resolveSibling(path.asString())));
            }
            ByteBuffer bytes = ByteBuffer.wrap(joined.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
            for (JsonNode weight : group.get("weights")) {
                constants.put(weight.get("name").asString(), tensor(weight, bytes));
            }
            if (bytes.hasRemaining()) {
                throw new IOException(json + ": " + bytes.remaining() + " bytes of weights belong to no tensor");
            }
        }
        return new TfjsModel(operations, constants);
    }

    private static List<String> inputs(JsonNode node) {
        List<String> inputs = new ArrayList<>();
        for (JsonNode input : node.path("input")) {
            String name = input.asString();
            if (!name.startsWith("^")) {
                inputs.add(name.endsWith(":0") ? name.substring(0, name.length() - 2) : name);
            }
        }
        return inputs;
    }

    private static Tensor tensor(JsonNode weight, ByteBuffer bytes) throws IOException {
        List<Integer> sizes = new ArrayList<>();
        weight.get("shape").forEach(size -> sizes.add(size.asInt()));
        int[] shape = sizes.stream().mapToInt(Integer::intValue).toArray();
        int count = Tensor.count(shape);
        String stored = weight.path("quantization")
                .path("dtype")
                .asString(weight.get("dtype").asString());
        return switch (stored) {
            case "float16" -> {
                float[] values = new float[count];
                for (int i = 0; i < count; i++) {
                    values[i] = Float.float16ToFloat(bytes.getShort());
                }
                yield new Tensor.Floats(shape, values);
            }
            case "float32" -> {
                float[] values = new float[count];
                for (int i = 0; i < count; i++) {
                    values[i] = bytes.getFloat();
                }
                yield new Tensor.Floats(shape, values);
            }
            case "int32" -> {
                long[] values = new long[count];
                for (int i = 0; i < count; i++) {
                    values[i] = bytes.getInt();
                }
                yield new Tensor.Longs(shape, values);
            }
            default ->
                throw new IOException(
                        weight.get("name").asString() + ": weights stored as " + stored + " are not read");
        };
    }
}
