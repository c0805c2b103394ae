package org.farwatch.api.gb28181;

import java.time.Clock;
import java.util.Optional;
import java.util.regex.Matcher;
import org.farwatch.api.org.DeviceKind;
import org.farwatch.api.org.DeviceRegister;
import org.farwatch.api.org.RegisteredDevice;
import org.farwatch.api.talk.VoiceKind;
import org.farwatch.api.telemetry.OffDutyRule;
import org.farwatch.ingest.KnownDevice;
import org.farwatch.ingest.Protocol;
import org.farwatch.ingest.media.OfflineCause;
import org.farwatch.ingest.media.pull.PullFailure;
import org.farwatch.ingest.media.voice.RefusedCall;
import org.farwatch.ingest.media.voice.VoiceCall;
import org.springframework.stereotype.Component;

/** Speaks to the loudspeakers of channels. */
@Component
class Gb28181Voice implements VoiceKind {
    private final Gb28181Intake intake;
    private final Gb28181Source source;
    private final DeviceRegister register;
    private final OffDutyRule offDuty;
    private final Clock clock;

    Gb28181Voice(
            Gb28181Intake intake, Gb28181Source source, DeviceRegister register, OffDutyRule offDuty, Clock clock) {
        this.intake = intake;
        this.source = source;
        this.register = register;
        this.offDuty = offDuty;
        this.clock = clock;
    }

    @Override
    public String scheme() {
        return Gb28181Source.SCHEME;
    }

    @Override
    public Optional<String> offDuty(String address) {
        return Optional.ofNullable(device(parts(address).group(1))).flatMap(this::offDuty);
    }

    @Override
    public VoiceCall call(String address) {
        Matcher parts = parts(address);
        String code = parts.group(1);
        RegisteredDevice device = device(code);
        if (device == null) {
            return refused(OfflineCause.NOT_FOUND, "device " + code + " is not in the register");
        }
        return offDuty(device)
                .map(why -> refused(OfflineCause.OFF_DUTY, why))
                .orElseGet(() -> intake.server().voice(code, parts.group(2), source.transport(code)));
    }

    private static Matcher parts(String address) {
        Matcher parts = Gb28181Source.ADDRESS.matcher(address);
        if (!parts.matches()) {
            throw new IllegalArgumentException(address);
        }
        return parts;
    }

    /** Null when the register does not know it. */
    private RegisteredDevice device(String code) {
        KnownDevice known = register.find(Protocol.GB28181, code);
        return known == null ? null : register.byNo(known.no());
    }

    private Optional<String> offDuty(RegisteredDevice device) {
        KnownDevice known = device.known();
        boolean held = device.kind() != DeviceKind.VEHICLE_TERMINAL
                && offDuty.offDutyHolder(known.no(), clock.millis()) != OffDutyRule.KEEP;
        return held
                ? Optional.of("device %s is held by somebody who is off duty".formatted(known.id()))
                : Optional.empty();
    }

    private static VoiceCall refused(OfflineCause cause, String detail) {
        return new RefusedCall(new PullFailure(cause, detail));
    }
}
