package org.farwatch.api.gb28181;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import org.farwatch.api.devicerecordings.DeviceRecordingSettings;
import org.farwatch.api.devicerecordings.RecordingSource;
import org.farwatch.api.org.DeviceRegister;
import org.farwatch.api.org.RegisteredDevice;
import org.farwatch.api.web.Refusal;
import org.farwatch.ingest.KnownDevice;
import org.farwatch.ingest.Protocol;
import org.farwatch.ingest.gb28181.Message;
import org.farwatch.ingest.gb28181.RecordedStretch;
import org.farwatch.ingest.media.push.Player;
import org.farwatch.ingest.media.rtp.RtpTransport;
import org.farwatch.ingest.sip.SipRefused;
import org.springframework.stereotype.Component;

/** What devices of GB/T 28181 recorded: asked for by RecordInfo, played and downloaded in a call. */
@Component
class RecorderRecordings implements RecordingSource {
    private final Gb28181Intake intake;
    private final DeviceRegister register;
    private final DeviceFacts facts;
    private final Gb28181Properties properties;
    private final DeviceRecordingSettings settings;

    RecorderRecordings(
            Gb28181Intake intake,
            DeviceRegister register,
            DeviceFacts facts,
            Gb28181Properties properties,
            DeviceRecordingSettings settings) {
        this.intake = intake;
        this.register = register;
        this.facts = facts;
        this.properties = properties;
        this.settings = settings;
    }

    @Override
    public String scheme() {
        return Gb28181Source.SCHEME;
    }

    @Override
    public RegisteredDevice device(String address) {
        KnownDevice known = register.find(Protocol.GB28181, parts(address).group(1));
        return known == null ? null : register.byNo(known.no());
    }

    @Override
    public List<Stored> stored(String address, Instant from, Instant to) throws InterruptedException {
        Matcher parts = parts(address);
        try {
            return intake
                    .server()
                    .recordings(parts.group(1), parts.group(2), from, to)
                    .toCompletableFuture()
                    .get(settings.answerTimeout().toMillis(), TimeUnit.MILLISECONDS)
                    .stream()
                    .filter(one -> one.channel().isEmpty() || one.channel().equals(parts.group(2)))
                    .map(RecorderRecordings::stored)
                    .toList();
        } catch (TimeoutException _) {
            throw new Refusal(
                    504,
                    "no answer",
                    "device " + parts.group(1) + " did not say what it has within "
                            + settings.answerTimeout().toSeconds() + " s");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SipRefused refused) {
                throw new Refusal(409, "not online", refused.getMessage());
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private static Stored stored(Message.Recorded one) {
        return new Stored(one.start(), one.end(), one.bytes(), one.kind().isEmpty() ? null : one.kind());
    }

    @Override
    public Player watched(String address, Instant from, Instant to) {
        return player(address, from, to, 0);
    }

    @Override
    public Player fetched(String address, Instant from, Instant to) {
        return player(address, from, to, settings.downloadSpeed());
    }

    private Player player(String address, Instant from, Instant to, int downloadSpeed) {
        Matcher parts = parts(address);
        return intake.server()
                .recorded(
                        new RecordedStretch(
                                parts.group(1),
                                parts.group(2),
                                from.toEpochMilli(),
                                to.toEpochMilli(),
                                shift(address),
                                downloadSpeed),
                        transport(address));
    }

    private Duration shift(String address) {
        RegisteredDevice device = device(address);
        return device == null
                ? Duration.ZERO
                : Duration.ofSeconds(facts.of(device.known().no()).recordingShiftSeconds());
    }

    private RtpTransport transport(String address) {
        RegisteredDevice device = device(address);
        String wanted = device == null ? null : facts.of(device.known().no()).mediaTransport();
        return Gb28181Properties.transport(wanted == null ? properties.mediaTransport() : wanted);
    }

    private static Matcher parts(String address) {
        Matcher parts = Gb28181Source.ADDRESS.matcher(address);
        if (!parts.matches()) {
            throw new IllegalArgumentException(address);
        }
        return parts;
    }
}
