package org.farwatch.ingest.fuzz;

import static org.farwatch.ingest.fuzz.Invariant.holds;

import org.farwatch.geo.Items;
import org.farwatch.geo.PositionBatch;
import org.farwatch.geo.PositionFlag;
import org.farwatch.geo.StoreResult;
import org.farwatch.ingest.PositionSink;
import org.farwatch.ingest.jt808.ItemDetails;
import org.farwatch.ingest.jt808.LocationItems;

/** Rows that a store can take: every value absent or in its range, the items one after another to their end. */
public final class Rows implements PositionSink {
    /** Degrees by which a conversion of a place at the edge of the globe may leave it. */
    private static final double EDGE = 0.1;

    private long stored;

    /** Rows checked and reported as stored. */
    public long stored() {
        return stored;
    }

    @Override
    public void accept(PositionBatch batch, Completion done) {
        check(batch, 0);
        for (int row = 0; row < batch.size(); row++) {
            batch.result(row, StoreResult.STORED);
        }
        stored += batch.size();
        done.done(batch);
    }

    /** @throws AssertionError naming the first value, from this row on, that no store may be given */
    public static void check(PositionBatch batch, int from) {
        for (int row = from; row < batch.size(); row++) {
            place(batch, row);
            float speed = batch.speed(row);
            holds(Float.isNaN(speed) || speed >= 0 && speed <= 65_535, "speed " + speed);
            float heading = batch.heading(row);
            holds(Float.isNaN(heading) || heading >= 0 && heading < 360, "heading " + heading);
            float accuracy = batch.accuracy(row);
            holds(Float.isNaN(accuracy) || accuracy >= 0 && accuracy <= 1e7, "accuracy " + accuracy);
            float altitude = batch.altitude(row);
            holds(Float.isNaN(altitude) || Float.isFinite(altitude), "altitude " + altitude);
            boolean noTime = PositionFlag.NO_TIME.in(batch.flags(row));
            holds(!noTime || batch.fixTime(row) == batch.receiveTime(row), "no time, and not the receive time");
            items(batch.itemBytes(), batch.itemOffset(row), batch.itemLength(row));
        }
    }

    private static void place(PositionBatch batch, int row) {
        double longitude = batch.longitude(row);
        double latitude = batch.latitude(row);
        holds(Double.isNaN(longitude) == Double.isNaN(latitude), "half a place");
        boolean onGlobe = Math.abs(longitude) <= 180 + EDGE && Math.abs(latitude) <= 90 + EDGE;
        boolean flagged = PositionFlag.ZERO_POSITION.in(batch.flags(row));
        holds(Double.isNaN(longitude) || onGlobe || flagged, "place " + longitude + " " + latitude);
        holds(!Double.isInfinite(longitude) && !Double.isInfinite(latitude), "endless place");
    }

    private static void items(byte[] bytes, int offset, int length) {
        int[] count = new int[1];
        holds(Items.each(bytes, offset, length, (_, _, _, _) -> count[0]++), "items are cut short");
        holds(LocationItems.extras(bytes, offset, length).size() == count[0], "items without a name of their own");
        ItemDetails.of(bytes, offset, length);
        LocationItems.mileage(bytes, offset, length);
        LocationItems.satellites(bytes, offset, length);
    }
}
