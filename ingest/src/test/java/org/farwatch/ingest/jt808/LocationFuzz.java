package org.farwatch.ingest.jt808;

import static org.farwatch.ingest.fuzz.Invariant.holds;
import static org.farwatch.ingest.fuzz.Invariant.same;

import java.util.Arrays;
import org.farwatch.geo.Datum;
import org.farwatch.geo.PositionBatch;
import org.farwatch.ingest.fuzz.Input;
import org.farwatch.ingest.fuzz.Rows;

/** {@link LocationBody} and what reads its items: a row for every body of 28 bytes, the same for the same bytes. */
public final class LocationFuzz {
    private static final long RECEIVED = 1_772_323_200_000L;

    private LocationFuzz() {}

    public static void run(byte[] bytes) {
        Input in = new Input(bytes);
        Datum datum = Datum.values()[in.octet() % Datum.values().length];
        byte[] body = in.rest();
        // Foreign bytes around the body must not be read.
        byte[] padded = new byte[body.length + 8];
        Arrays.fill(padded, (byte) 0x99);
        System.arraycopy(body, 0, padded, 4, body.length);
        PositionBatch batch = new PositionBatch(2);
        LocationBody decoder = new LocationBody();
        int row = decoder.append(body, 0, body.length, 1, datum, RECEIVED, batch);
        boolean truncated = decoder.itemsTruncated();
        int again = decoder.append(padded, 4, body.length, 1, datum, RECEIVED, batch);
        if (body.length < LocationBody.FIXED_BYTES) {
            holds(row == LocationBody.TOO_SHORT && again == row && batch.isEmpty(), "a row of too few bytes");
            return;
        }
        holds(row == 0 && again == 1, "rows %d and %d".formatted(row, again));
        same(decoder.itemsTruncated(), truncated, "items cut short");
        same(batch.bodyHash(1), batch.bodyHash(0), "hash");
        same(batch.longitude(1), batch.longitude(0), "longitude");
        same(batch.itemLength(1), batch.itemLength(0), "items");
        holds(batch.itemLength(0) <= body.length - LocationBody.FIXED_BYTES, "items of nothing");
        Rows.check(batch, 0);
    }
}
