package org.farwatch.vision.model;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.farwatch.vision.model.Tensor.Floats;
import org.farwatch.vision.model.Tensor.Longs;
import org.farwatch.vision.model.TfjsModel.Operation;

/**
 * Translates the operations of a TensorFlow graph into ONNX.
 *
 * <p>TensorFlow convolves with channels last, ONNX with channels first. Rather than transposing around every convolution, a
 * transposition is only noted on the value ({@link Value#perm}) and carried on until an operation cares; most meet their
 * inverse and nothing is emitted. Zero padding before a convolution and a bias added after it become part of it.
 *
 * <p>Knows the operations of the detectors that we ship; another is refused by name.
 */
final class GraphConverter {
    private final TfjsModel model;
    private final OnnxGraph graph = new OnnxGraph();
    private final Map<String, Tensor> constants;
    private final Map<String, Value> values = new HashMap<>();
    private final Map<String, Padding> paddings = new HashMap<>();
    private final Map<String, OnnxGraph.Node> unbiased = new HashMap<>();

    /**
     * What a TensorFlow value is in ONNX.
     *
     * @param name of the ONNX value
     * @param shape of the ONNX value
     * @param perm makes the TensorFlow value of the ONNX value
     */
    private record Value(String name, int[] shape, int[] perm) {
        int[] logicalShape() {
            return Layout.permute(shape, perm);
        }

        Value renamed(String to, int[] itsShape) {
            return new Value(to, itsShape, perm);
        }
    }

    /** Rows and columns of zeros around a value: top, left, bottom, right. */
    private record Padding(Value source, int[] sides) {}

    private GraphConverter(TfjsModel model) {
        this.model = model;
        this.constants = new HashMap<>(model.constants());
    }

    /**
     * Converts a model with one input.
     *
     * @throws IllegalArgumentException when the graph holds an operation, or a form of one, that is not known
     */
    static OnnxGraph convert(TfjsModel model, List<String> outputs) {
        GraphConverter converter = new GraphConverter(model);
        for (String output : outputs) {
            Value value = converter.laidOut(converter.value(output), output + "/out");
            converter.graph.add("Identity", List.of(value.name()), output);
            converter.graph.output(output, value.shape());
        }
        return converter.graph;
    }

    private Value value(String name) {
        Value known = values.get(name);
        if (known == null) {
            String node = name.contains(":") ? name.substring(0, name.indexOf(':')) : name;
            Operation operation = model.operations().get(node);
            if (operation == null) {
                throw new IllegalArgumentException("the graph has no value " + name);
            }
            translate(operation);
            known = values.get(name);
        }
        return known;
    }

    private void translate(Operation op) {
        String name = op.name();
        switch (op.kind()) {
            case "Placeholder" -> {
                int[] shape = placeholderShape(op);
                graph.input(name, shape);
                values.put(name, new Value(name, shape, Layout.identity(shape.length)));
            }
            case "Identity" -> values.put(name, value(op.inputs().getFirst()));
            case "Transpose" -> {
                Value in = value(op.inputs().getFirst());
                values.put(
                        name,
                        new Value(
                                in.name(),
                                in.shape(),
                                Layout.permute(in.perm(), longs(op, 1).ints())));
            }
            case "Conv2D" -> convolution(op);
            case "MaxPool" -> maximum(op);
            case "Pad", "PadV2" -> padding(op);
            case "Add", "AddV2" -> addition(op);
            case "LeakyRelu" -> unary(op, "LeakyRelu").with("alpha", op.real("alpha"));
            case "Sigmoid" -> unary(op, "Sigmoid");
            case "ConcatV2" -> concatenation(op);
            case "ResizeBilinear" -> resizing(op);
            case "SplitV" -> splitting(op);
            case "Reshape" -> reshaping(op);
            default -> throw new IllegalArgumentException(name + ": operation " + op.kind() + " is not known");
        }
    }

    private static int[] placeholderShape(Operation op) {
        var sizes = op.attributes().path("shape").path("shape").path("dim");
        return IntStream.range(0, sizes.size())
                .map(axis -> sizes.get(axis).path("size").asInt())
                .toArray();
    }

    private void convolution(Operation op) {
        int[] strides = op.ints("strides");
        int[] dilations = op.ints("dilations");
        requireValid(op);
        Value in = value(op.inputs().getFirst());
        // Noted under the name of the padded value, which transpositions in between keep.
        Padding padding = Arrays.equals(in.perm(), Layout.toChannelsLast()) ? paddings.get(in.name()) : null;
        int[] sides = padding == null ? new int[4] : padding.sides();
        if (padding != null) {
            in = new Value(padding.source().name(), padding.source().shape(), in.perm());
        }
        in = channelsFirst(in, op.name() + "/in");
        Floats kernel = floats(op, 1).transposed(3, 2, 0, 1);
        int[] size = kernel.shape();
        int rows = (in.shape()[2] + sides[0] + sides[2] - dilations[1] * (size[2] - 1) - 1) / strides[1] + 1;
        int columns = (in.shape()[3] + sides[1] + sides[3] - dilations[2] * (size[3] - 1) - 1) / strides[2] + 1;
        OnnxGraph.Node node = graph.add(
                        "Conv", List.of(in.name(), graph.constant(op.name() + "/kernel", kernel)), op.name())
                .with("kernel_shape", size[2], size[3])
                .with("strides", strides[1], strides[2])
                .with("dilations", dilations[1], dilations[2])
                .with("pads", sides);
        unbiased.put(op.name(), node);
        values.put(
                op.name(),
                new Value(op.name(), new int[] {in.shape()[0], size[0], rows, columns}, Layout.toChannelsLast()));
    }

    private void maximum(Operation op) {
        requireValid(op);
        int[] size = op.ints("ksize");
        int[] strides = op.ints("strides");
        Value in = channelsFirst(value(op.inputs().getFirst()), op.name() + "/in");
        graph.add("MaxPool", List.of(in.name()), op.name())
                .with("kernel_shape", size[1], size[2])
                .with("strides", strides[1], strides[2]);
        int rows = (in.shape()[2] - size[1]) / strides[1] + 1;
        int columns = (in.shape()[3] - size[2]) / strides[2] + 1;
        values.put(
                op.name(),
                new Value(op.name(), new int[] {in.shape()[0], in.shape()[1], rows, columns}, Layout.toChannelsLast()));
    }

    private void padding(Operation op) {
        Value in = value(op.inputs().getFirst());
        float filler = op.kind().equals("PadV2") ? floats(op, 2).values()[0] : 0;
        int rank = in.shape().length;
        int[] back = Layout.inverse(in.perm());
        long[] table = longs(op, 1).values();
        long[] amounts = new long[2 * rank];
        int[] shape = in.shape().clone();
        for (int axis = 0; axis < rank; axis++) {
            amounts[axis] = table[2 * back[axis]];
            amounts[rank + axis] = table[2 * back[axis] + 1];
            shape[axis] += Math.toIntExact(amounts[axis] + amounts[rank + axis]);
        }
        String sides = graph.constant(op.name() + "/sides", Longs.vector(amounts));
        String with = graph.constant(op.name() + "/filler", new Floats(new int[0], new float[] {filler}));
        graph.add("Pad", List.of(in.name(), sides, with), op.name()).with("mode", "constant");
        values.put(op.name(), in.renamed(op.name(), shape));
        if (filler == 0 && rank == 4 && amounts[0] + amounts[1] + amounts[4] + amounts[5] == 0) {
            int[] around = {(int) amounts[2], (int) amounts[3], (int) amounts[6], (int) amounts[7]};
            paddings.put(op.name(), new Padding(in, around));
        }
    }

    private void addition(Operation op) {
        String left = op.inputs().get(0);
        String right = op.inputs().get(1);
        if (constant(right) instanceof Floats added) {
            Value in = value(left);
            int channels = in.shape().length == 4 ? in.logicalShape()[3] : -1;
            OnnxGraph.Node convolution = unbiased.remove(in.name());
            if (convolution == null || added.values().length != channels || readers(left) > 1) {
                throw new IllegalArgumentException(op.name() + ": only a bias right after a convolution can be added");
            }
            convolution.inputs().add(graph.constant(in.name() + "/bias", added.reshaped(channels)));
            values.put(op.name(), in);
            return;
        }
        Value one = value(left);
        Value other = value(right);
        if (!Arrays.equals(one.perm(), other.perm())) {
            one = laidOut(one, op.name() + "/left");
            other = laidOut(other, op.name() + "/right");
        }
        if (!Arrays.equals(one.shape(), other.shape())) {
            throw new IllegalArgumentException(op.name() + ": sums of different shapes are not known");
        }
        graph.add("Add", List.of(one.name(), other.name()), op.name());
        values.put(op.name(), one.renamed(op.name(), one.shape()));
    }

    private long readers(String name) {
        return model.operations().values().stream()
                .filter(op -> op.inputs().contains(name))
                .count();
    }

    private OnnxGraph.Node unary(Operation op, String operation) {
        Value in = value(op.inputs().getFirst());
        values.put(op.name(), in.renamed(op.name(), in.shape()));
        return graph.add(operation, List.of(in.name()), op.name());
    }

    private void concatenation(Operation op) {
        int last = op.inputs().size() - 1;
        List<Value> parts =
                op.inputs().subList(0, last).stream().map(this::value).toList();
        int[] perm = parts.getFirst().perm();
        if (!parts.stream().allMatch(part -> Arrays.equals(part.perm(), perm))) {
            throw new IllegalArgumentException(op.name() + ": parts in different layouts");
        }
        int axis = perm[axis(op, last, perm.length)];
        int[] shape = parts.getFirst().shape().clone();
        shape[axis] = parts.stream().mapToInt(part -> part.shape()[axis]).sum();
        graph.add("Concat", parts.stream().map(Value::name).toList(), op.name()).with("axis", (long) axis);
        values.put(op.name(), new Value(op.name(), shape, perm));
    }

    private void resizing(Operation op) {
        if (!op.flag("half_pixel_centers")) {
            throw new IllegalArgumentException(op.name() + ": resizing without half-pixel centres is not known");
        }
        Value in = channelsFirst(value(op.inputs().getFirst()), op.name() + "/in");
        long[] size = longs(op, 1).values();
        int[] shape = {in.shape()[0], in.shape()[1], (int) size[0], (int) size[1]};
        String sizes = graph.constant(
                op.name() + "/sizes",
                Longs.vector(Arrays.stream(shape).asLongStream().toArray()));
        graph.add("Resize", List.of(in.name(), "", "", sizes), op.name())
                .with("mode", "linear")
                .with("coordinate_transformation_mode", "half_pixel");
        values.put(op.name(), new Value(op.name(), shape, Layout.toChannelsLast()));
    }

    private void splitting(Operation op) {
        Value in = value(op.inputs().getFirst());
        int axis = in.perm()[axis(op, 2, in.perm().length)];
        Longs sizes = longs(op, 1);
        String[] outputs = IntStream.range(0, sizes.values().length)
                .mapToObj(i -> i == 0 ? op.name() : op.name() + ":" + i)
                .toArray(String[]::new);
        graph.add("Split", List.of(in.name(), graph.constant(op.name() + "/sizes", sizes)), outputs)
                .with("axis", (long) axis);
        for (int i = 0; i < outputs.length; i++) {
            int[] shape = in.shape().clone();
            shape[axis] = sizes.ints()[i];
            values.put(outputs[i], in.renamed(outputs[i], shape));
        }
    }

    private void reshaping(Operation op) {
        Value in = laidOut(value(op.inputs().getFirst()), op.name() + "/in");
        Longs wanted = longs(op, 1);
        int[] shape = wanted.ints();
        int known = Arrays.stream(shape).filter(size -> size >= 0).reduce(1, Math::multiplyExact);
        for (int axis = 0; axis < shape.length; axis++) {
            shape[axis] = shape[axis] < 0 ? Tensor.count(in.shape()) / known : shape[axis];
        }
        graph.add("Reshape", List.of(in.name(), graph.constant(op.name() + "/shape", wanted)), op.name());
        values.put(op.name(), new Value(op.name(), shape, Layout.identity(shape.length)));
    }

    private Value channelsFirst(Value value, String name) {
        return ordered(value, Layout.toChannelsLast(), name);
    }

    private Value laidOut(Value value, String name) {
        return ordered(value, Layout.identity(value.perm().length), name);
    }

    /** The value such that {@code perm} of the ONNX value is the TensorFlow value; transposes only if it is not yet so. */
    private Value ordered(Value value, int[] perm, String name) {
        if (Arrays.equals(value.perm(), perm)) {
            return value;
        }
        int[] move = Layout.permute(value.perm(), Layout.inverse(perm));
        graph.add("Transpose", List.of(value.name()), name).with("perm", move);
        return new Value(name, Layout.permute(value.shape(), move), perm);
    }

    private int axis(Operation op, int input, int rank) {
        int axis = longs(op, input).ints()[0];
        return axis < 0 ? axis + rank : axis;
    }

    private Longs longs(Operation op, int input) {
        if (constant(op.inputs().get(input)) instanceof Longs found) {
            return found;
        }
        throw new IllegalArgumentException(op.name() + ": input " + input + " is not a constant of whole numbers");
    }

    private Floats floats(Operation op, int input) {
        if (constant(op.inputs().get(input)) instanceof Floats found) {
            return found;
        }
        throw new IllegalArgumentException(op.name() + ": input " + input + " is not a constant of real numbers");
    }

    /** A constant or what constants alone make (the exporter computes shapes in the graph), or null. */
    private Tensor constant(String name) {
        Tensor known = constants.get(name);
        Operation op = known == null ? model.operations().get(name) : null;
        if (op == null) {
            return known;
        }
        if (op.kind().equals("SparseToDense") && longs(op, 0).values().length == 0) {
            long[] filled = new long[Tensor.count(longs(op, 1).ints())];
            Arrays.fill(filled, longs(op, 3).values()[0]);
            known = new Longs(longs(op, 1).ints(), filled);
        } else if (op.kind().equals("AddV2")
                && constant(op.inputs().get(0)) instanceof Longs one
                && constant(op.inputs().get(1)) instanceof Longs other
                && Arrays.equals(one.shape(), other.shape())) {
            long[] sum = new long[one.values().length];
            Arrays.setAll(sum, i -> one.values()[i] + other.values()[i]);
            known = new Longs(one.shape(), sum);
        } else {
            return null;
        }
        constants.put(name, known);
        return known;
    }

    private static void requireValid(Operation op) {
        if (!op.text("padding").equals("VALID")) {
            throw new IllegalArgumentException(op.name() + ": padding " + op.text("padding") + " is not known");
        }
    }
}
