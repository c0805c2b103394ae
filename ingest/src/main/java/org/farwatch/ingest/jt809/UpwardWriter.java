package org.farwatch.ingest.jt809;

import java.io.ByteArrayOutputStream;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.farwatch.geo.Items;
import org.farwatch.ingest.jt808.TerminalTime;

/**
 * Puts positions into messages for a city platform: a vehicle is registered (0x1201) once a session, what is new goes as
 * 0x1202, what is history as 0x1203, five positions of a vehicle at most. Lives for one session; owned by the link's
 * thread.
 */
final class UpwardWriter {
    /** The standard's limit of positions in a 0x1203. */
    static final int MOST_LATE = 5;

    private static final int PLATE_BYTES = 21;
    private static final int PLATFORM_ID_BYTES = 11;
    private static final int ENCRYPTED = 1 << 5;
    private static final int POSITIONED = 1 << 1;
    private static final int SOUTH = 1 << 2;
    private static final int WEST = 1 << 3;
    private static final double MICRO_DEGREES = 1e6;
    private static final long GMT_PLUS_8_SECONDS = 8 * 3600;

    private final FrameWriter writer;
    private final Edition edition;
    private final String platformId;
    private final Set<UpwardVehicle> registered = new HashSet<>();

    UpwardWriter(FrameWriter writer, Edition edition, long accessCode) {
        this.writer = writer;
        this.edition = edition;
        platformId = Long.toString(accessCode);
    }

    /** All messages for these positions, in their order, as bytes of the wire. */
    byte[] messages(List<UpwardPosition> positions) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(128 * positions.size());
        List<UpwardPosition> late = new ArrayList<>(MOST_LATE);
        for (UpwardPosition position : positions) {
            boolean other = !late.isEmpty() && !late.getFirst().vehicle().equals(position.vehicle());
            if (late.size() == MOST_LATE || other || (!position.late() && !late.isEmpty())) {
                history(late, out);
            }
            if (registered.add(position.vehicle())) {
                out.writeBytes(registration(position.vehicle()));
            }
            if (position.late()) {
                late.add(position);
            } else {
                int length = begin(position.vehicle(), MessageId.VEHICLE_POSITION);
                position(position);
                out.writeBytes(end(length));
            }
        }
        if (!late.isEmpty()) {
            history(late, out);
        }
        return out.toByteArray();
    }

    private void history(List<UpwardPosition> late, ByteArrayOutputStream out) {
        int length = begin(late.getFirst().vehicle(), MessageId.VEHICLE_HISTORY);
        writer.putByte(late.size());
        late.forEach(this::position);
        out.writeBytes(end(length));
        late.clear();
    }

    private byte[] registration(UpwardVehicle vehicle) {
        boolean v2019 = edition == Edition.V2019;
        int length = begin(vehicle, MessageId.VEHICLE_REGISTRATION);
        writer.putText(platformId, PLATFORM_ID_BYTES)
                .putText(vehicle.manufacturer(), 11)
                .putText(vehicle.model(), v2019 ? 30 : 20);
        if (v2019) {
            writer.putText("", 15);
        }
        writer.putText(vehicle.terminalId(), v2019 ? 30 : 7).putText(vehicle.phone(), v2019 ? 13 : 12);
        return end(length);
    }

    private int begin(UpwardVehicle vehicle, int sub) {
        writer.begin(MessageId.VEHICLE)
                .putText(vehicle.plate(), PLATE_BYTES)
                .putByte(vehicle.plateColour())
                .putWord(sub)
                .putDword(0);
        return writer.at();
    }

    private byte[] end(int from) {
        writer.setDword(from - 4, writer.at() - from);
        return writer.end();
    }

    private void position(UpwardPosition position) {
        switch (edition) {
            case V2011 -> position2011(position);
            case V2019 -> position2019(position);
        }
    }

    private void position2011(UpwardPosition position) {
        long local = Math.floorDiv(position.fixMillis(), 1000L) + GMT_PLUS_8_SECONDS;
        LocalDate day = LocalDate.ofEpochDay(Math.floorDiv(local, 86_400L));
        int second = (int) Math.floorMod(local, 86_400L);
        writer.putByte(0)
                .putByte(day.getDayOfMonth())
                .putByte(day.getMonthValue())
                .putWord(day.getYear())
                .putByte(second / 3600)
                .putByte(second / 60 % 60)
                .putByte(second % 60)
                .putDword(micro(position.longitude()))
                .putDword(micro(position.latitude()))
                .putWord(rounded(position.speed(), 1))
                .putWord(0)
                .putDword(position.mileage())
                .putWord(rounded(position.heading(), 1) % 360)
                .putWord(rounded(position.altitude(), 1))
                .putDword(status(position))
                .putDword(position.alarms());
    }

    /** A JT/T 808 location body and whose it is: enterprise, city and province platform with their alarms. */
    private void position2019(UpwardPosition position) {
        byte[] time = new byte[TerminalTime.BYTES];
        TerminalTime.write(position.fixMillis(), time, 0);
        int mileageBytes = position.mileage() > 0 ? 6 : 0;
        writer.putByte(0)
                .putDword(28 + mileageBytes)
                .putDword(position.alarms())
                .putDword(status(position))
                .putDword(micro(position.latitude()))
                .putDword(micro(position.longitude()))
                .putWord(rounded(position.altitude(), 1))
                .putWord(rounded(position.speed(), 10))
                .putWord(rounded(position.heading(), 1) % 360)
                .putBytes(time);
        if (mileageBytes > 0) {
            writer.putByte(Items.MILEAGE).putByte(4).putDword(position.mileage() * 10);
        }
        for (String platform : Arrays.asList(platformId, "", "")) {
            writer.putText(platform, PLATFORM_ID_BYTES).putDword(0);
        }
    }

    /** Hemisphere and fix by what is stored; the place is WGS-84, whatever the device did to it. */
    private static int status(UpwardPosition position) {
        int status = position.status() & ~(ENCRYPTED | POSITIONED | SOUTH | WEST);
        status |= position.valid() && !Double.isNaN(position.longitude()) ? POSITIONED : 0;
        status |= position.latitude() < 0 ? SOUTH : 0;
        return status | (position.longitude() < 0 ? WEST : 0);
    }

    private static long micro(double degrees) {
        return Double.isNaN(degrees) ? 0 : Math.round(Math.abs(degrees) * MICRO_DEGREES);
    }

    private static int rounded(float value, int factor) {
        return Float.isNaN(value) ? 0 : Math.round(value * factor);
    }
}
