package org.farwatch.ingest.record;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A sidecar as a JSON object whose members are named as the record's components. */
final class SidecarJson {
    private static final int MAX_BYTES = 16 * 1_024;
    private static final String UPLOAD = "upload";
    private static final List<String> MEMBERS = List.of(
            "stream",
            "sequence",
            "run",
            "start",
            "end",
            "bytes",
            "initBytes",
            "frames",
            "codec",
            "width",
            "height",
            "sha256",
            "previous",
            "chain",
            "state",
            UPLOAD);
    private static final List<String> UPLOAD_MEMBERS =
            List.of("receivedAt", "deviceStart", "clockOffsetMillis", "late", "name", "sha256");
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private SidecarJson() {}

    /**
     * Writes it so that after a crash there is either the whole file or none: under another name, forced to the disk,
     * renamed, and the folder forced as well.
     */
    static void write(Path file, Sidecar sidecar) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName().toString().replace(".json", SegmentName.UNFINISHED));
        ByteBuffer bytes = ByteBuffer.wrap(bytes(sidecar));
        try (FileChannel out = FileChannel.open(
                unfinished,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE)) {
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        forceFolder(file.getParent());
    }

    /** Makes the names in a folder last; on Linux a folder can be opened and forced like a file. */
    static void forceFolder(Path folder) throws IOException {
        try (FileChannel in = FileChannel.open(folder, StandardOpenOption.READ)) {
            in.force(true);
        }
    }

    static byte[] bytes(Sidecar sidecar) {
        ObjectNode node = JSON.createObjectNode();
        node.put("stream", sidecar.stream());
        node.put("sequence", sidecar.sequence());
        node.put("run", sidecar.run());
        node.put("start", sidecar.start());
        node.put("end", sidecar.end());
        node.put("bytes", sidecar.bytes());
        node.put("initBytes", sidecar.initBytes());
        node.put("frames", sidecar.frames());
        node.put("codec", sidecar.codec());
        node.put("width", sidecar.width());
        node.put("height", sidecar.height());
        node.put("sha256", sidecar.sha256());
        node.put("previous", sidecar.previous());
        node.put("chain", sidecar.chain());
        node.put("state", sidecar.state().label());
        if (sidecar.upload() != null) {
            Upload upload = sidecar.upload();
            node.putObject(UPLOAD)
                    .put("receivedAt", upload.receivedAt())
                    .put("deviceStart", upload.deviceStart())
                    .put("clockOffsetMillis", upload.clockOffsetMillis())
                    .put("late", upload.late())
                    .put("name", upload.name())
                    .put("sha256", upload.sha256());
        }
        return JSON.writeValueAsBytes(node);
    }

    static Sidecar read(Path file) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        }
        if (bytes.length > MAX_BYTES) {
            throw new SidecarFault(file, "is longer than " + MAX_BYTES + " bytes");
        }
        JsonNode node;
        try {
            node = JSON.readTree(bytes);
        } catch (JacksonException e) {
            throw new SidecarFault(file, "is no JSON: " + e.getOriginalMessage());
        }
        if (!node.isObject()) {
            throw new SidecarFault(file, "must be a JSON object");
        }
        try {
            requireKnown(node, MEMBERS, "");
            return new Sidecar(
                    text(node, "stream"),
                    number(node, "sequence"),
                    number(node, "run"),
                    number(node, "start"),
                    number(node, "end"),
                    number(node, "bytes"),
                    number(node, "initBytes"),
                    number(node, "frames"),
                    text(node, "codec"),
                    Math.toIntExact(number(node, "width")),
                    Math.toIntExact(number(node, "height")),
                    text(node, "sha256"),
                    text(node, "previous"),
                    text(node, "chain"),
                    state(text(node, "state")),
                    upload(node.path(UPLOAD)));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new SidecarFault(file, e.getMessage());
        }
    }

    /** A member that nobody knows may hold what the chain does not. */
    private static void requireKnown(JsonNode node, List<String> members, String before) {
        TreeSet<String> unknown = new TreeSet<>(node.propertyNames());
        members.forEach(unknown::remove);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("has the unknown member " + before + unknown.first());
        }
    }

    private static Upload upload(JsonNode node) {
        if (node.isMissingNode()) {
            return null;
        }
        if (!node.isObject()) {
            throw new IllegalArgumentException("upload must be an object, was " + node);
        }
        requireKnown(node, UPLOAD_MEMBERS, "upload.");
        if (!node.path("late").isBoolean()) {
            throw new IllegalArgumentException("upload.late must be true or false, was " + shown(node.path("late")));
        }
        return new Upload(
                number(node, "receivedAt"),
                number(node, "deviceStart"),
                number(node, "clockOffsetMillis"),
                node.path("late").asBoolean(),
                text(node, "name"),
                text(node, "sha256"));
    }

    private static Sidecar.State state(String label) {
        return Arrays.stream(Sidecar.State.values())
                .filter(state -> state.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("state must be closed or recovered, was " + label));
    }

    private static String text(JsonNode node, String member) {
        JsonNode value = node.path(member);
        if (!value.isString()) {
            throw new IllegalArgumentException(member + " must be a text, was " + shown(value));
        }
        return value.asString();
    }

    private static long number(JsonNode node, String member) {
        JsonNode value = node.path(member);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new IllegalArgumentException(member + " must be a whole number of 64 bits, was " + shown(value));
        }
        return value.asLong();
    }

    private static String shown(JsonNode value) {
        return value.isMissingNode() ? "absent" : value.toString();
    }
}
