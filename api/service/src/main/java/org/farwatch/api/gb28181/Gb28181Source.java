package org.farwatch.api.gb28181;

import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.farwatch.api.org.DeviceRegister;
import org.farwatch.api.video.SourceKind;
import org.farwatch.ingest.KnownDevice;
import org.farwatch.ingest.Protocol;
import org.farwatch.ingest.media.Priority;
import org.farwatch.ingest.media.pull.Connection;
import org.farwatch.ingest.media.push.PushedConnection;
import org.farwatch.ingest.media.rtp.RtpTransport;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Addresses {@code gb28181:<device>/<channel>}, with {@code ?stream=sub} for its smaller picture: the device is asked to
 * send that channel.
 */
@Component
class Gb28181Source implements SourceKind {
    static final String SCHEME = "gb28181";

    /** Behind the address of a channel: its smaller picture. */
    static final String SUB = "?stream=sub";

    static final Pattern ADDRESS = Pattern.compile("gb28181:(\\d{20})/([0-9A-Za-z_.-]{1,40})(\\?stream=sub)?");

    /** The port needs the streams of its channels, these need the port. */
    private final ObjectProvider<Gb28181Intake> intake;

    private final DeviceRegister register;
    private final DeviceFacts facts;
    private final Gb28181Properties properties;

    Gb28181Source(
            ObjectProvider<Gb28181Intake> intake,
            DeviceRegister register,
            DeviceFacts facts,
            Gb28181Properties properties) {
        this.intake = intake;
        this.register = register;
        this.facts = facts;
        this.properties = properties;
    }

    static String address(String device, String channel) {
        return SCHEME + ":" + device + "/" + channel;
    }

    @Override
    public String scheme() {
        return SCHEME;
    }

    @Override
    public void check(String address) {
        if (!ADDRESS.matcher(address).matches()) {
            throw new IllegalArgumentException(
                    "must be gb28181:<20 digits of the device>/<code of the channel>, if wanted with ?stream=sub, was "
                            + address);
        }
    }

    @Override
    public Connection connect(String address, Supplier<Priority> wanted) {
        Matcher parts = ADDRESS.matcher(address);
        if (!parts.matches()) {
            throw new IllegalArgumentException(address);
        }
        RtpTransport transport = transport(parts.group(1));
        return new PushedConnection(intake.getObject()
                .server()
                .live(parts.group(1), parts.group(2), parts.group(3) != null, transport, wanted));
    }

    @Override
    public OptionalLong clockOffset(String address) {
        Matcher parts = ADDRESS.matcher(address);
        return parts.matches() ? intake.getObject().server().clockOffset(parts.group(1)) : OptionalLong.empty();
    }

    @Override
    public Map<Integer, Long> clockOffsets() {
        return intake.getObject().server().clockOffsets();
    }

    /** How a device's pictures and sound travel where we choose. */
    RtpTransport transport(String code) {
        KnownDevice device = register.find(Protocol.GB28181, code);
        String wanted = device == null ? null : facts.of(device.no()).mediaTransport();
        return Gb28181Properties.transport(wanted == null ? properties.mediaTransport() : wanted);
    }
}
