package org.farwatch.vision.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An ONNX graph under construction: nodes in the order in which they can be computed, and named constants.
 *
 * <p>Field numbers are those of {@code onnx.proto} (IR version 8, operator set 13).
 */
final class OnnxGraph {
    private static final int IR_VERSION = 8;
    private static final int OPERATOR_SET = 13;
    private static final int FLOAT = 1;
    private static final int INT64 = 7;

    private final List<Node> nodes = new ArrayList<>();
    private final Map<String, Tensor> constants = new LinkedHashMap<>();
    private final List<ProtoWriter> inputs = new ArrayList<>();
    private final Map<String, int[]> outputs = new LinkedHashMap<>();

    /** One operation. An empty name among the inputs is an optional input that is not given. */
    record Node(String operation, List<String> inputs, List<String> outputs, List<ProtoWriter> attributes) {
        Node with(String attribute, long value) {
            attributes.add(new ProtoWriter().text(1, attribute).number(3, value).number(20, 2));
            return this;
        }

        Node with(String attribute, float value) {
            attributes.add(new ProtoWriter().text(1, attribute).real(2, value).number(20, 1));
            return this;
        }

        Node with(String attribute, String value) {
            attributes.add(new ProtoWriter().text(1, attribute).text(4, value).number(20, 3));
            return this;
        }

        Node with(String attribute, int... values) {
            ProtoWriter list = new ProtoWriter().text(1, attribute);
            for (int value : values) {
                list.number(8, value);
            }
            attributes.add(list.number(20, 7));
            return this;
        }

        private ProtoWriter written() {
            ProtoWriter node = new ProtoWriter();
            inputs.forEach(name -> node.text(1, name));
            outputs.forEach(name -> node.text(2, name));
            node.text(3, outputs.getFirst()).text(4, operation);
            attributes.forEach(attribute -> node.message(5, attribute));
            return node;
        }
    }

    Node add(String operation, List<String> from, String... to) {
        Node node = new Node(operation, new ArrayList<>(from), List.of(to), new ArrayList<>());
        nodes.add(node);
        return node;
    }

    /** Keeps a constant and returns the name to use for it. */
    String constant(String name, Tensor value) {
        if (constants.putIfAbsent(name, value) != null) {
            throw new IllegalStateException("two constants named " + name);
        }
        return name;
    }

    void input(String name, int... shape) {
        inputs.add(valueInfo(name, shape));
    }

    void output(String name, int... shape) {
        outputs.put(name, shape);
    }

    /** The model as a file's bytes, without what no output needs. */
    byte[] toBytes() {
        Set<String> needed = new HashSet<>(outputs.keySet());
        List<Node> kept = new ArrayList<>();
        for (Node node : nodes.reversed()) {
            if (node.outputs().stream().anyMatch(needed::contains)) {
                kept.addFirst(node);
                needed.addAll(node.inputs());
            }
        }
        ProtoWriter graph = new ProtoWriter();
        kept.forEach(node -> graph.message(1, node.written()));
        graph.text(2, "farwatch");
        constants.forEach((name, value) -> {
            if (needed.contains(name)) {
                graph.message(5, written(name, value));
            }
        });
        inputs.forEach(input -> graph.message(11, input));
        outputs.forEach((name, shape) -> graph.message(12, valueInfo(name, shape)));
        return new ProtoWriter()
                .number(1, IR_VERSION)
                .text(2, "farwatch")
                .message(7, graph)
                .message(8, new ProtoWriter().text(1, "").number(2, OPERATOR_SET))
                .toBytes();
    }

    private static ProtoWriter written(String name, Tensor value) {
        ProtoWriter tensor = new ProtoWriter();
        for (int size : value.shape()) {
            tensor.number(1, size);
        }
        return switch (value) {
            case Tensor.Floats floats -> {
                ByteBuffer raw = ByteBuffer.allocate(4 * floats.values().length).order(ByteOrder.LITTLE_ENDIAN);
                raw.asFloatBuffer().put(floats.values());
                yield tensor.number(2, FLOAT).text(8, name).bytes(9, raw.array());
            }
            case Tensor.Longs longs -> {
                ByteBuffer raw = ByteBuffer.allocate(8 * longs.values().length).order(ByteOrder.LITTLE_ENDIAN);
                raw.asLongBuffer().put(longs.values());
                yield tensor.number(2, INT64).text(8, name).bytes(9, raw.array());
            }
        };
    }

    private static ProtoWriter valueInfo(String name, int... shape) {
        ProtoWriter sizes = new ProtoWriter();
        for (int size : shape) {
            sizes.message(1, new ProtoWriter().number(1, size));
        }
        ProtoWriter type = new ProtoWriter().number(1, FLOAT).message(2, sizes);
        return new ProtoWriter().text(1, name).message(2, new ProtoWriter().message(1, type));
    }
}
