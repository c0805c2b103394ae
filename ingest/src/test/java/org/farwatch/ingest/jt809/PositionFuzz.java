package org.farwatch.ingest.jt809;

import static org.farwatch.ingest.fuzz.Invariant.holds;
import static org.farwatch.ingest.fuzz.Invariant.same;

import java.util.List;
import org.farwatch.geo.Datum;
import org.farwatch.geo.PositionBatch;
import org.farwatch.ingest.fuzz.Input;
import org.farwatch.ingest.fuzz.OpenRegister;
import org.farwatch.ingest.fuzz.Rows;

/** {@link PositionBody} and {@link Login}; a position that was read is forwarded and read again as the same. */
public final class PositionFuzz {
    private static final UpwardVehicle VEHICLE = new UpwardVehicle(1, "京A12345", 2, "", "", "", "");
    private static final double MICRO_DEGREE = 1.1e-6;

    /** What two digits of a year can say, GMT+8. */
    private static final long FROM_1980 = 315_504_000_000L;

    private static final long UNTIL_2080 = 3_471_264_000_000L;

    private PositionFuzz() {}

    public static void run(byte[] bytes) {
        Input in = new Input(bytes);
        int kind = in.octet();
        Edition edition = Edition.values()[kind & 1];
        Datum datum = Datum.values()[(kind >> 1) % Datum.values().length];
        byte[] body = in.rest();
        PositionBatch batch = new PositionBatch(1);
        PositionBody decoder = new PositionBody();
        int row = decoder.append(edition, body, 0, body.length, 1, datum, OpenRegister.CLOCK.millis(), batch);
        if (row == PositionBody.TOO_SHORT) {
            holds(batch.isEmpty(), "a row of too few bytes");
        } else {
            holds(decoder.consumed() > 0 && decoder.consumed() <= body.length, "took %d".formatted(decoder.consumed()));
            Rows.check(batch, 0);
            forwarded(edition, batch);
        }
        login(edition, body);
    }

    private static void forwarded(Edition edition, PositionBatch from) {
        boolean dated = from.fixTime(0) >= FROM_1980 && from.fixTime(0) < UNTIL_2080;
        boolean placed = Math.abs(from.longitude(0)) <= 180 && Math.abs(from.latitude(0)) <= 90;
        if (!dated || !placed) {
            return;
        }
        UpwardPosition position = new UpwardPosition(
                1,
                VEHICLE,
                from.fixTime(0),
                from.longitude(0),
                from.latitude(0),
                from.altitude(0),
                from.speed(0),
                from.heading(0),
                0,
                from.alarms(0),
                from.status(0),
                true,
                false);
        FrameWriter writer = new FrameWriter(edition, 1, null, OpenRegister.CLOCK);
        byte[] wire = new UpwardWriter(writer, edition, 1).messages(List.of(position));
        FrameReader reader = new FrameReader(65_536);
        int at = reader.read(wire, 0, wire.length);
        holds(reader.complete(), "no registration");
        at = reader.read(wire, at, wire.length);
        Frame frame = reader.frame();
        holds(at == wire.length && reader.complete() && frame.fault() == null, "no position");
        frame.edition(edition);
        PositionBatch there = new PositionBatch(1);
        int offset = frame.bodyOffset() + VehicleMessages.HEAD;
        int length = frame.bodyLength() - VehicleMessages.HEAD;
        new PositionBody()
                .append(edition, frame.bytes(), offset, length, 1, Datum.WGS84, OpenRegister.CLOCK.millis(), there);
        same(there.fixTime(0), Math.floorDiv(from.fixTime(0), 1000L) * 1000, "time forwarded");
        same(there.alarms(0), from.alarms(0), "alarms forwarded");
        boolean near = Math.abs(there.longitude(0) - from.longitude(0)) < MICRO_DEGREE
                && Math.abs(there.latitude(0) - from.latitude(0)) < MICRO_DEGREE;
        holds(near, "place forwarded");
        Rows.check(there, 0);
    }

    /** The fields of a login end at their first zero. */
    private static void login(Edition edition, byte[] body) {
        Frame frame = Frames.first(new FrameWriter(edition, 1, null, OpenRegister.CLOCK)
                .begin(MessageId.LOGIN)
                .putBytes(body)
                .end());
        frame.edition(edition);
        Login login = Login.of(frame);
        if (login != null) {
            FrameWriter writer = new FrameWriter(edition, 1, null, OpenRegister.CLOCK);
            Frame again = Frames.first(login.write(writer, edition, 1));
            again.edition(edition);
            Login read = Login.of(again);
            holds(read.userId() == login.userId() && read.downPort() == login.downPort(), "login written and read");
        }
    }
}
