package org.farwatch.api.jt1078;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.farwatch.api.devicerecordings.DeviceRecordingSettings;
import org.farwatch.api.devicerecordings.RecordingSource;
import org.farwatch.api.org.RegisteredDevice;
import org.farwatch.api.web.Refusal;
import org.farwatch.ingest.jt808.command.Answer;
import org.farwatch.ingest.jt808.command.Answer.RecordingSeen;
import org.farwatch.ingest.jt808.command.VideoCommand.Kept;
import org.farwatch.ingest.jt808.command.VideoCommand.SearchRecordings;
import org.farwatch.ingest.media.push.Player;
import org.springframework.stereotype.Component;

/** What terminals recorded: asked for by 0x9205, played by 0x9201. */
@Component
class TerminalRecordings implements RecordingSource {
    private static final int SOUND = 1;

    private final TerminalDesk desk;
    private final TerminalQuestions questions;
    private final Jt1078Intake intake;
    private final Jt1078Properties properties;
    private final DeviceRecordingSettings settings;

    TerminalRecordings(
            TerminalDesk desk,
            TerminalQuestions questions,
            Jt1078Intake intake,
            Jt1078Properties properties,
            DeviceRecordingSettings settings) {
        this.desk = desk;
        this.questions = questions;
        this.intake = intake;
        this.properties = properties;
        this.settings = settings;
    }

    @Override
    public String scheme() {
        return ChannelAddress.SCHEME;
    }

    @Override
    public RegisteredDevice device(String address) {
        return desk.terminal(ChannelAddress.parse(address).deviceId());
    }

    @Override
    public List<Stored> stored(String address, Instant from, Instant to) {
        ChannelAddress parsed = ChannelAddress.parse(address);
        RegisteredDevice device = device(address);
        if (device == null) {
            throw Refusal.notFound("device", parsed.deviceId());
        }
        SearchRecordings search =
                new SearchRecordings(parsed.channel(), from.toEpochMilli(), to.toEpochMilli(), Kept.ANY);
        return switch (questions.ask(device, search)) {
            case Answer.RecordingsFound(List<RecordingSeen> found) ->
                found.stream()
                        .filter(seen -> seen.channel() == parsed.channel() && seen.media() != SOUND)
                        .filter(seen -> Stream.of(seen.from(), seen.to()).allMatch(Objects::nonNull))
                        .map(TerminalRecordings::stored)
                        .toList();
            case Answer other -> throw questions.refusal(device, other);
        };
    }

    private static Stored stored(RecordingSeen seen) {
        return new Stored(
                Instant.ofEpochMilli(seen.from()),
                Instant.ofEpochMilli(seen.to()),
                seen.bytes() == 0 ? null : seen.bytes(),
                seen.alarms() == 0 ? "time" : "alarm");
    }

    @Override
    public Player watched(String address, Instant from, Instant to) {
        return new ChannelPlayback(
                ChannelAddress.parse(address),
                from.toEpochMilli(),
                to.toEpochMilli(),
                1,
                desk,
                intake,
                properties.linkTimeout());
    }

    @Override
    public Player fetched(String address, Instant from, Instant to) {
        return new ChannelPlayback(
                ChannelAddress.parse(address),
                from.toEpochMilli(),
                to.toEpochMilli(),
                settings.terminalSpeed(),
                desk,
                intake,
                properties.linkTimeout());
    }
}
