package org.farwatch.ingest.record;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Day roots and what an export carries of them, as JSON whose members are named as the records' components. */
final class DayRootJson {
    /** Of streams there may be tens of thousands, at some 500 bytes each. */
    private static final long MAX_BYTES = 64L * 1_024 * 1_024;

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private DayRootJson() {}

    static byte[] bytes(Object value) {
        return JSON.writeValueAsBytes(value);
    }

    /** The same without a line feed in it. */
    static byte[] line(Object value) {
        return JSON.writer().without(SerializationFeature.INDENT_OUTPUT).writeValueAsBytes(value);
    }

    static DayRoot read(Path file) throws IOException {
        return read(file, DayRoot.class);
    }

    /** @throws DayRootFault when the file holds no such thing */
    static <T> T read(Path file, Class<T> type) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new DayRootFault(file, "is longer than " + MAX_BYTES + " bytes", null);
        }
        return read(file, Files.readAllBytes(file), type);
    }

    /** Roots of before there were chained logs say nothing of them; all other members must be there. */
    private static JsonNode withLogs(JsonNode node) {
        if (node.path("proofs").isArray()) {
            node.path("proofs").forEach(proof -> withLogs(proof.path("day")));
        } else if (node instanceof ObjectNode root && root.has("streams") && !root.has("logs")) {
            root.putNull("logs");
        }
        return node;
    }

    /** @param name in a fault */
    static <T> T read(Path name, byte[] content, Class<T> type) throws DayRootFault {
        try {
            T value = JSON.treeToValue(withLogs(JSON.readTree(content)), type);
            if (value == null) {
                throw new DayRootFault(name, "is empty", null);
            }
            return value;
        } catch (JacksonException e) {
            throw new DayRootFault(name, "cannot be read: " + e.getOriginalMessage(), e);
        }
    }
}
