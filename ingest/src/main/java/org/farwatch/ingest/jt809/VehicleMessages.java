package org.farwatch.ingest.jt809;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.farwatch.geo.PositionBatch;
import org.farwatch.geo.PositionFlag;
import org.farwatch.ingest.DeviceDirectory.Admission;
import org.farwatch.ingest.DeviceDirectory.Refusal;
import org.farwatch.ingest.FaultKind;
import org.farwatch.ingest.KnownDevice;
import org.farwatch.ingest.Protocol;
import org.farwatch.ingest.RowStream;

/**
 * What the vehicles of one platform report (0x1200): registration, positions as they happen and late ones. Remembers the
 * platform's vehicles by the 22 bytes of plate and colour, so that a known one costs no new object. Owned by the event
 * loop of the platform's links.
 */
final class VehicleMessages {
    /** Plate, colour, id of the part, its length. */
    static final int HEAD = 21 + 1 + 2 + 4;

    private static final int PLATE_BYTES = 21;
    private static final Duration ASK_AGAIN = Duration.ofMinutes(1);
    private static final Duration OFFLINE_AFTER = Duration.ofMinutes(10);

    private final Jt809Server server;
    private final LowerPlatform platform;
    private final PlatformTally tally;
    private final RowStream rows;
    private final PositionBody body = new PositionBody();
    private final Map<PlateKey, Vehicle> vehicles = new HashMap<>();
    private final PlateKey probe = new PlateKey();
    private long received;

    VehicleMessages(Jt809Server server, LowerPlatform platform, PlatformTally tally, RowStream rows) {
        this.server = server;
        this.platform = platform;
        this.tally = tally;
        this.rows = rows;
    }

    /** Twenty-two bytes; changed only while it is the probe. */
    private static final class PlateKey {
        private final byte[] bytes = new byte[PLATE_BYTES + 1];
        private int hash;

        void read(byte[] from, int at) {
            System.arraycopy(from, at, bytes, 0, bytes.length);
            hash = Arrays.hashCode(bytes);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof PlateKey that && Arrays.equals(bytes, that.bytes);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }

    private static final class Vehicle {
        private final String plate;
        private final int colour;
        private final String protocolId;
        private KnownDevice online;
        private long heardAt;
        private long refusedUntil;
        private boolean refused;

        Vehicle(String plate, int colour, String protocolId) {
            this.plate = plate;
            this.colour = colour;
            this.protocolId = protocolId;
        }
    }

    /** Handles a 0x1200 that came on {@code socket}; may pause it until the register has decided on the vehicle. */
    void handle(Frame frame, FrameSocket socket) {
        if (frame.bodyLength() < HEAD) {
            server.refuse(
                    platform,
                    FaultKind.BAD_BODY,
                    "vehicle message: %d bytes, at least %d are needed".formatted(frame.bodyLength(), HEAD),
                    frame);
            return;
        }
        int at = frame.bodyOffset();
        int sub = Wire.word(frame.bytes(), at + PLATE_BYTES + 1);
        switch (sub) {
            case MessageId.VEHICLE_REGISTRATION, MessageId.VEHICLE_POSITION, MessageId.VEHICLE_HISTORY ->
                ofVehicle(frame, socket);
            default -> {
                tally.unknownMessages.increment();
                server.keep(
                        platform,
                        FaultKind.UNKNOWN_MESSAGE,
                        "vehicle message %04x is not handled".formatted(sub),
                        frame);
            }
        }
    }

    private void ofVehicle(Frame frame, FrameSocket socket) {
        Vehicle vehicle = vehicle(frame);
        if (vehicle == null) {
            return;
        }
        KnownDevice device = server.devices().find(Protocol.JT809, vehicle.protocolId);
        long now = System.nanoTime();
        if (device != null) {
            take(frame, vehicle, device, now);
        } else if (!platform.createsVehicles()) {
            refused(frame, vehicle, Refusal.UNKNOWN_DEVICE);
        } else if (vehicle.refused && vehicle.refusedUntil - now > 0) {
            tally.refusedVehicles.increment();
            server.count(FaultKind.NOT_ADMITTED);
        } else {
            create(frame.copy(), frame.edition(), vehicle, socket);
        }
    }

    /** @return null when the message names none, or one vehicle too many */
    private Vehicle vehicle(Frame frame) {
        probe.read(frame.bytes(), frame.bodyOffset());
        Vehicle vehicle = vehicles.get(probe);
        if (vehicle != null) {
            return vehicle;
        }
        String plate = Wire.text(probe.bytes, 0, PLATE_BYTES);
        if (plate.isEmpty() || plate.chars().anyMatch(Character::isISOControl)) {
            server.refuse(platform, FaultKind.BAD_BODY, "plate: must be a text, is none", frame);
            return null;
        }
        if (vehicles.size() >= server.settings().maxVehicles()) {
            tally.refusedVehicles.increment();
            server.refuse(
                    platform,
                    FaultKind.OVER_LIMIT,
                    "vehicles: farwatch.jt809.max-vehicles is "
                            + server.settings().maxVehicles(),
                    frame);
            return null;
        }
        int colour = probe.bytes[PLATE_BYTES] & 0xFF;
        PlateKey key = new PlateKey();
        key.read(probe.bytes, 0);
        vehicle = new Vehicle(plate, colour, platform.protocolId(colour, plate));
        vehicles.put(key, vehicle);
        return vehicle;
    }

    private void create(byte[] content, Edition edition, Vehicle vehicle, FrameSocket socket) {
        socket.pause(FrameSocket.WAITING);
        server.platforms()
                .create(platform, vehicle.colour, vehicle.plate)
                .whenComplete((admission, failure) -> server.onLoop(socket.eventLoop(), () -> {
                    Frame frame = new Frame();
                    frame.accept(content, content.length, null);
                    frame.edition(edition);
                    Admission decided = failure == null ? admission : new Admission.Refused(Refusal.UNAVAILABLE);
                    switch (decided) {
                        case Admission.Accepted(KnownDevice device, var _) -> {
                            vehicle.refused = false;
                            take(frame, vehicle, device, System.nanoTime());
                        }
                        case Admission.Refused(Refusal reason) -> {
                            vehicle.refused = true;
                            vehicle.refusedUntil = System.nanoTime() + ASK_AGAIN.toNanos();
                            refused(frame, vehicle, reason);
                        }
                    }
                    socket.resume(FrameSocket.WAITING);
                }));
    }

    private void refused(Frame frame, Vehicle vehicle, Refusal reason) {
        tally.refusedVehicles.increment();
        server.keep(
                platform, FaultKind.NOT_ADMITTED, "vehicle " + vehicle.protocolId + " is refused: " + reason, frame);
    }

    private void take(Frame frame, Vehicle vehicle, KnownDevice device, long now) {
        vehicle.heardAt = now;
        if (vehicle.online == null || vehicle.online.no() != device.no()) {
            vehicle.online = device;
            server.devices().presence(device, true, server.clock().instant());
        }
        byte[] bytes = frame.bytes();
        int at = frame.bodyOffset() + PLATE_BYTES + 1;
        int end = frame.bodyOffset() + frame.bodyLength();
        int sub = Wire.word(bytes, at);
        if (sub == MessageId.VEHICLE_REGISTRATION) {
            return;
        }
        int from = at + 6;
        long stated = Wire.unsigned(bytes, at + 2);
        if (stated > end - from) {
            server.refuse(
                    platform,
                    FaultKind.BAD_BODY,
                    "data length: %d is stated, %d bytes follow".formatted(stated, end - from),
                    frame);
            return;
        }
        end = from + (int) stated;
        int count = 1;
        if (sub == MessageId.VEHICLE_HISTORY) {
            count = end > from ? Wire.octet(bytes, from) : 0;
            from++;
        }
        positions(frame, device, from, end, count, sub == MessageId.VEHICLE_HISTORY);
    }

    private void positions(Frame frame, KnownDevice device, int first, int end, int count, boolean late) {
        PositionBatch batch = rows.rows();
        long receiveMillis = server.clock().millis();
        int at = first;
        int taken = 0;
        while (taken < count) {
            int row = body.append(
                    frame.edition(), frame.bytes(), at, end - at, device.no(), platform.datum(), receiveMillis, batch);
            if (row == PositionBody.TOO_SHORT) {
                break;
            }
            if (late) {
                batch.flag(row, PositionFlag.BUFFERED);
            }
            at += body.consumed();
            taken++;
        }
        if (taken > 0) {
            tally.positions.add(taken);
            received += taken;
            rows.appended();
        }
        if (taken < count || count == 0) {
            server.refuse(
                    platform,
                    FaultKind.BAD_BODY,
                    "positions: %d are stated, %d are whole".formatted(count, taken),
                    frame);
        }
    }

    /** Positions taken since the login. */
    long received() {
        return received;
    }

    /** Vehicles that have been silent for long count as gone. */
    void endSilent() {
        Instant at = server.clock().instant();
        long now = System.nanoTime();
        for (Vehicle vehicle : vehicles.values()) {
            if (vehicle.online != null && now - vehicle.heardAt > OFFLINE_AFTER.toNanos()) {
                end(vehicle, at);
            }
        }
    }

    /** The link is gone, and with it what it knew of its vehicles. */
    void endAll() {
        Instant at = server.clock().instant();
        for (Vehicle vehicle : vehicles.values()) {
            if (vehicle.online != null) {
                end(vehicle, at);
            }
        }
    }

    private void end(Vehicle vehicle, Instant at) {
        server.devices().presence(vehicle.online, false, at);
        vehicle.online = null;
    }
}
