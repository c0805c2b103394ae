package org.farwatch.ingest.explain;

import static org.farwatch.ingest.fuzz.Invariant.holds;
import static org.farwatch.ingest.fuzz.Invariant.same;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.farwatch.ingest.Captures;

/** The explainer of captured bytes of any protocol: never an exception, its lines cover every byte once and in order. */
public final class ExplainFuzz {
    private ExplainFuzz() {}

    public static void run(byte[] bytes) {
        Explanation explanation = Captures.EXPLAINER.explain(bytes);
        for (Explanation part : explanation.parts()) {
            int at = 0;
            int size = part.hex().length() / 2;
            for (Explanation.Line line : part.lines()) {
                holds(line.offset() >= at && line.length() >= 0, "line at %d behind %d".formatted(line.offset(), at));
                holds(line.length() == 0 || line.offset() == at, "no line about byte %d".formatted(at));
                holds(!line.meaning().isBlank(), "a line that says nothing");
                at = line.offset() + line.length();
                holds(at <= size, "line up to %d of %d".formatted(at, size));
            }
            // Where there is no frame at all, one line that says so is enough.
            holds(at == size || at == 0 && part.faulty(), "explained %d of %d bytes".formatted(at, size));
        }
        String shown = explanation.toString();
        explanation.faulty();
        if (bytes.length > 0 && bytes.length <= 64) {
            same(Captures.EXPLAINER.explain(HexFormat.of().formatHex(bytes)).toString(), shown, "explained as hex");
        }
        try {
            Captures.EXPLAINER.explain(new String(bytes, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException _) {
            // Neither hex nor a text of a protocol.
        }
    }
}
