package org.farwatch.api.gb28181;

import java.time.Clock;
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
    public VoiceCall call(String address) {
        Matcher parts = Gb28181Source.ADDRESS.matcher(address);
        if (!parts.matches()) {
            throw new IllegalArgumentException(address);
        }
        String code = parts.group(1);
        KnownDevice known = register.find(Protocol.GB28181, code);
        RegisteredDevice device = known == null ? null : register.byNo(known.no());
        if (device == null) {
            return refused(OfflineCause.NOT_FOUND, "device " + code + " is not in the register");
        }
        boolean carried = device.kind() != DeviceKind.VEHICLE_TERMINAL;
        if (carried && offDuty.offDutyHolder(known.no(), clock.millis()) != OffDutyRule.KEEP) {
            return refused(
                    OfflineCause.OFF_DUTY, "device %s is held by somebody who is off duty".formatted(known.id()));
        }
        return intake.server().voice(code, parts.group(2), source.transport(code));
    }

    private static VoiceCall refused(OfflineCause cause, String detail) {
        return new RefusedCall(new PullFailure(cause, detail));
    }
}
