package org.farwatch.api.jt1078;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.farwatch.api.org.RegisteredDevice;
import org.farwatch.api.talk.VoiceKind;
import org.farwatch.ingest.jt1078.SpokenSound;
import org.farwatch.ingest.jt808.Layout;
import org.farwatch.ingest.jt808.command.Answer;
import org.farwatch.ingest.jt808.command.VideoCommand.AskVideoAttributes;
import org.farwatch.ingest.jt808.command.VideoCommand.Data;
import org.farwatch.ingest.media.OfflineCause;
import org.farwatch.ingest.media.pull.PullFailure;
import org.farwatch.ingest.media.voice.RefusedCall;
import org.farwatch.ingest.media.voice.VoiceCall;
import org.springframework.stereotype.Component;

/**
 * Speaks to whoever is in a vehicle or carries a terminal. Knows of each terminal what it plays and which way it took,
 * until it was not spoken to for longer than {@link #KNOWN} others; guarded by this object.
 */
@Component
class Jt1078Voice implements VoiceKind {
    /** Terminals of which this is known. */
    static final int KNOWN = 10_000;

    /** So long a terminal may take to say what it plays; then it is taken for a usual one. */
    private static final Duration ATTRIBUTES = Duration.ofSeconds(3);

    private final TerminalDesk desk;
    private final Jt1078Intake intake;
    private final Jt1078Properties properties;
    private final Map<String, SpokenSound> sounds = remembering();
    private final Map<String, Data> worked = remembering();

    Jt1078Voice(TerminalDesk desk, Jt1078Intake intake, Jt1078Properties properties) {
        this.desk = desk;
        this.intake = intake;
        this.properties = properties;
    }

    @Override
    public String scheme() {
        return ChannelAddress.SCHEME;
    }

    /** A terminal has one, by whichever of its channels it is called. */
    @Override
    public String loudspeaker(String address) {
        return ChannelAddress.SCHEME + ":" + ChannelAddress.parse(address).deviceId();
    }

    @Override
    public Optional<String> offDuty(String address) {
        return Optional.ofNullable(desk.terminal(ChannelAddress.parse(address).deviceId()))
                .flatMap(this::offDuty);
    }

    @Override
    public VoiceCall call(String address) {
        ChannelAddress parsed = ChannelAddress.parse(address);
        RegisteredDevice device = desk.terminal(parsed.deviceId());
        if (device == null) {
            return refused(OfflineCause.NOT_FOUND, "device " + parsed.deviceId() + " is no terminal of the register");
        }
        return offDuty(device)
                .map(why -> refused(OfflineCause.OFF_DUTY, why))
                .orElseGet(() -> new TalkCall(
                        this,
                        desk,
                        intake,
                        properties.linkTimeout(),
                        device,
                        desk.layout(device.known().no()),
                        parsed.channel()));
    }

    private Optional<String> offDuty(RegisteredDevice device) {
        return desk.offDuty(device)
                ? Optional.of("device %s is held by somebody who is off duty"
                        .formatted(device.known().id()))
                : Optional.empty();
    }

    private static VoiceCall refused(OfflineCause cause, String detail) {
        return new RefusedCall(new PullFailure(cause, detail));
    }

    /**
     * What a terminal plays: as it said before, or says now (0x9003).
     *
     * @return fails with {@link IllegalArgumentException} naming a codec that is not written
     */
    CompletionStage<SpokenSound> sound(RegisteredDevice device, Layout layout) {
        synchronized (this) {
            SpokenSound said = sounds.get(device.known().id());
            if (said != null) {
                return CompletableFuture.completedFuture(said);
            }
        }
        return desk.ask(device, layout, new AskVideoAttributes())
                .toCompletableFuture()
                .copy()
                .completeOnTimeout(new Answer.NoAnswer(1), ATTRIBUTES.toMillis(), TimeUnit.MILLISECONDS)
                .thenApply(answer -> {
                    if (!(answer instanceof Answer.VideoAttributes said)) {
                        return SpokenSound.USUAL;
                    }
                    SpokenSound sound = SpokenSound.said(said.soundCodec(), said.soundFrame());
                    synchronized (this) {
                        sounds.put(device.known().id(), sound);
                    }
                    return sound;
                });
    }

    /** In the order in which they are tried. */
    synchronized List<Data> ways(RegisteredDevice device) {
        return worked.get(device.known().id()) == Data.BROADCAST
                ? List.of(Data.BROADCAST, Data.TALK)
                : List.of(Data.TALK, Data.BROADCAST);
    }

    synchronized void worked(RegisteredDevice device, Data way) {
        worked.put(device.known().id(), way);
    }

    private static <T> Map<String, T> remembering() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, T> eldest) {
                return size() > KNOWN;
            }
        };
    }
}
