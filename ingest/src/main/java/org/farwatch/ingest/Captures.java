package org.farwatch.ingest;

import java.util.List;
import org.farwatch.ingest.explain.Explainer;
import org.farwatch.ingest.jt808.Jt808Explain;
import org.farwatch.ingest.jt809.Jt809Explain;
import org.farwatch.ingest.nmea.NmeaExplain;

/** Bytes captured on the wire, of any protocol that is spoken here. */
public final class Captures {
    /** Explains them field by field. Any thread. */
    public static final Explainer EXPLAINER =
            new Explainer(List.of(new Jt808Explain(), new Jt809Explain(), new NmeaExplain()));

    private Captures() {}
}
