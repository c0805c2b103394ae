package org.farwatch.api.uploads;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.farwatch.api.org.DeviceRegister;
import org.farwatch.api.org.RegisteredDevice;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What a recording is by what is said of it: whose device, whose hands, when by our clock. */
@Component
class Inspection {
    private static final Instant FIRST = Instant.parse("2010-01-01T00:00:00Z");
    /** A clock may be ahead a little without anybody having measured it. */
    private static final Duration AHEAD = Duration.ofMinutes(5);
    /** Between what is said twice, and between what is said and what is found: seconds, and this share of it. */
    private static final double SECONDS_OFF = 5;

    private static final double SHARE_OFF = 0.05;
    /** Version of an upload that came and that nobody has corrected: what a person says may differ from the name. */
    private static final int AS_BROUGHT = 2;

    private final DeviceRegister register;
    private final CameraReports reports;
    private final JdbcClient jdbc;
    private final Clock clock;

    Inspection(DeviceRegister register, CameraReports reports, JdbcClient jdbc, Clock clock) {
        this.register = register;
        this.reports = reports;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** @param offset by which the device's clock was ahead, milliseconds */
    record Found(RegisteredDevice device, Told told, Instant deviceStart, long offset) {
        Instant start() {
            return deviceStart.minusMillis(offset);
        }
    }

    /** What stands in name and sidecar together; what a person said goes before both. */
    Told told(StoredUpload upload) throws UploadFault.Refused {
        Optional<Told> named = RecordingName.read(upload.name());
        Told said = upload.told();
        if (upload.version() <= AS_BROUGHT && named.isPresent()) {
            requireSame("device", said.device(), named.get().device());
            requireSame("officer", said.officer(), named.get().officer());
            if (said.start() != null
                    && Duration.between(said.start(), named.get().start()).abs().toSeconds() >= SECONDS_OFF) {
                throw UploadFault.MISMATCH.because("start is " + said.start() + " by what is said and "
                        + named.get().start() + " by the name " + upload.name());
            }
        }
        Told told = said.or(named.orElse(Told.NOTHING));
        if (told.device() == null || told.start() == null) {
            throw UploadFault.NAME.because((told.device() == null ? "device" : "start")
                    + " must be told by the name, as in 1234567_110001_20261122093000_0001.mp4, or by a sidecar; the name is "
                    + upload.name());
        }
        return told;
    }

    private static void requireSame(String fact, String said, String named) throws UploadFault.Refused {
        if (said != null && named != null && !said.equalsIgnoreCase(named) && !said.endsWith("-" + named)) {
            throw UploadFault.MISMATCH.because(fact + " is " + said + " by what is said and " + named + " by the name");
        }
    }

    Found find(Told told, Instant receivedAt) throws UploadFault.Refused {
        RegisteredDevice device = device(told.device());
        long offset = told.clockOffsetMillis() != null
                ? told.clockOffsetMillis()
                : reports.offset(device.known().no(), told.start()).orElse(0L);
        Found found = new Found(device, told, told.start(), offset);
        if (found.start().isBefore(FIRST) || found.start().isAfter(receivedAt.plus(AHEAD))) {
            throw UploadFault.TIME.because("start must lie between " + FIRST + " and " + receivedAt
                    + ", when it came, was " + found.start() + " by a clock that is " + offset + " ms ahead");
        }
        return found;
    }

    private RegisteredDevice device(String name) throws UploadFault.Refused {
        RegisteredDevice byId = register.byId(name);
        if (byId != null) {
            return byId;
        }
        List<RegisteredDevice> found = register.all().stream()
                .filter(device -> device.known().protocolId().equalsIgnoreCase(name)
                        || device.name().equalsIgnoreCase(name))
                .toList();
        if (found.size() != 1) {
            throw UploadFault.UNKNOWN_DEVICE.because(
                    "device must be id, protocol id or name of one device, " + name + " is that of " + found.size());
        }
        return found.getFirst();
    }

    /** Who held the device, 0 for nobody. */
    long officer(Found found) throws UploadFault.Refused {
        record Holder(long id, String number) {}
        Optional<Holder> holder = jdbc.sql("""
                        select o.id, o.number from custody c join officer o on o.id = c.officer_id
                        where c.device_no = :device and c.held @> :at::timestamptz""")
                .param("device", found.device().known().no())
                .param("at", found.start().toString())
                .query((row, _) -> new Holder(row.getLong(1), row.getString(2)))
                .optional();
        String told = found.told().officer();
        if (told == null) {
            return holder.map(Holder::id).orElse(0L);
        }
        boolean known = jdbc.sql("select exists (select from officer where number = :number)")
                .param("number", told)
                .query((row, _) -> row.getBoolean(1))
                .single();
        if (!known) {
            throw UploadFault.UNKNOWN_OFFICER.because("officer must be a service number, " + told + " is nobody's");
        }
        if (holder.isEmpty() || !Objects.equals(holder.get().number(), told)) {
            throw UploadFault.OTHER_OFFICER.because(
                    "officer is " + told + ", and at " + found.start() + " the device " + found.device()
                            + " was held by " + holder.map(Holder::number).orElse("nobody"));
        }
        return holder.get().id();
    }

    /** @param end of what was found in the file, our clock */
    void requireFits(Found found, Instant end, Instant receivedAt) throws UploadFault.Refused {
        double seconds = Duration.between(found.start(), end).toMillis() / 1_000.0;
        Double told = found.told().durationSeconds();
        if (told != null && Math.abs(told - seconds) > Math.max(SECONDS_OFF, told * SHARE_OFF)) {
            throw UploadFault.DURATION.because(String.format(
                    Locale.ROOT, "durationSeconds is said to be %.1f, its pictures last %.1f", told, seconds));
        }
        if (end.isAfter(receivedAt.plus(AHEAD))) {
            throw UploadFault.TIME.because("its pictures end at " + end + ", after " + receivedAt + ", when it came");
        }
    }

    Instant now() {
        return clock.instant();
    }
}
