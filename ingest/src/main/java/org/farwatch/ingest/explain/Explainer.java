package org.farwatch.ingest.explain;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** Explains captured bytes of any protocol that is spoken here. Stateless; any thread. */
public final class Explainer {
    /** The most that is explained at once: what a person pastes, with room to spare. */
    public static final int MAX_BYTES = 65_536;

    private static final String HEX = "([0-9a-fA-F]{2})+";

    private final List<FrameExplainer> explainers;
    private final FrameExplainer otherwise;

    /** @param protocols the first explains also what none takes: people leave the delimiters of JT/T 808 off */
    public Explainer(List<FrameExplainer> protocols) {
        otherwise = protocols.getFirst();
        explainers = Stream.concat(protocols.stream(), Stream.of(new VideoPacketExplainer(), new SipExplainer()))
                .toList();
    }

    /**
     * Explains what was captured on the wire.
     *
     * @param captured hexadecimal digits (blanks, line ends, commas and {@code 0x} are forgiven), or the text itself of a
     *     protocol that consists of text
     * @throws IllegalArgumentException when it is neither, empty, or longer than {@link #MAX_BYTES}
     */
    public Explanation explain(String captured) {
        String digits = captured.replaceAll("0[xX]|[\\s,:-]", "");
        if (digits.matches(HEX)) {
            return explain(HexFormat.of().parseHex(digits));
        }
        byte[] text = captured.strip().getBytes(StandardCharsets.UTF_8);
        if (explainers.stream().anyMatch(explainer -> explainer.takes(text))) {
            return explain(text);
        }
        throw new IllegalArgumentException(
                "must be pairs of the digits 0-9 a-f, or a text of a protocol spoken here, was "
                        + (captured.length() > 40 ? captured.substring(0, 40) + "..." : captured));
    }

    /** Explains bytes; never throws for what they contain, only for more than {@link #MAX_BYTES}. */
    public Explanation explain(byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException("must be at most " + MAX_BYTES + " bytes, was " + bytes.length);
        }
        return explainers.stream()
                .filter(explainer -> explainer.takes(bytes))
                .findFirst()
                .orElse(otherwise)
                .explain(bytes);
    }
}
