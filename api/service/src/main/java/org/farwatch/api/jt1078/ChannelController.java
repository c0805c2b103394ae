package org.farwatch.api.jt1078;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.DataScope;
import org.farwatch.api.access.Permit;
import org.farwatch.api.access.Role;
import org.farwatch.api.org.RegisteredDevice;
import org.farwatch.api.video.ChannelStreams;
import org.farwatch.api.web.Page;
import org.farwatch.api.web.Refusal;
import org.farwatch.ingest.jt808.command.Answer;
import org.farwatch.ingest.jt808.command.ParameterValue;
import org.farwatch.ingest.jt808.command.SettingCommand.QueryParameters;
import org.farwatch.ingest.jt808.command.VideoCommand.AskVideoAttributes;
import org.farwatch.ingest.jt808.command.VideoCommand.Quality;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /devices/{id}/channels}: the cameras of a terminal, each a stream that is fetched on demand. */
@RestController
@RequestMapping("/api/v1/devices/{id}/channels")
class ChannelController {
    /** Parameter 0x0076: what is at which channel. */
    private static final long CHANNEL_LIST = 0x0076;

    private static final int ITEM_BYTES = 4;
    private static final int SOUND_ONLY = 1;
    /** More than any vehicle has; a terminal that names more is not believed. */
    private static final int MOST_CHANNELS = 64;

    private final TerminalQuestions questions;
    private final TerminalChannelTable table;
    private final ChannelStreams streams;

    ChannelController(TerminalQuestions questions, TerminalChannelTable table, ChannelStreams streams) {
        this.questions = questions;
        this.table = table;
        this.streams = streams;
    }

    /** @param quality {@code main} unless given */
    record NewChannel(
            @NotNull @Min(1) @Max(255) Integer channel,
            @Pattern(regexp = "main|sub") String quality,
            @Size(min = 1, max = 100) String name,
            Boolean record) {}

    @GetMapping
    @Permit(
            value = {Role.OPERATOR, Role.INSPECTOR, Role.LEGAL_REVIEWER, Role.SQUAD_LEADER, Role.ADMINISTRATOR},
            assigned = true)
    Page<Channel> channels(@PathVariable String id, DataScope scope) {
        return new Page<>(table.ofDevice(questions.terminal(id, scope).known().no(), scope), null);
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Permit(Role.ADMINISTRATOR)
    Channel create(@PathVariable String id, @Valid @RequestBody NewChannel wanted, Caller caller) {
        RegisteredDevice device = questions.terminal(id, caller.scope());
        Quality quality = "sub".equals(wanted.quality()) ? Quality.SUB : Quality.MAIN;
        ChannelAddress address = new ChannelAddress(id, wanted.channel(), quality);
        boolean record = Boolean.TRUE.equals(wanted.record());
        Map<String, Long> made =
                streams.offer(List.of(offered(device, address, wanted.name(), record)), caller.username());
        String stream = Long.toString(made.get(address.toString()));
        return table.ofDevice(device.known().no(), DataScope.EVERYTHING).stream()
                .filter(channel -> channel.streamId().equals(stream))
                .findFirst()
                .orElseThrow(() -> new Refusal(
                        409, "retired", "channel " + wanted.channel() + " was retired as stream " + stream));
    }

    /** Asks the terminal which channels it has (0x0076, otherwise 0x1003) and makes streams of those that are new. */
    @PostMapping("/query")
    @Permit(Role.ADMINISTRATOR)
    Page<Channel> query(@PathVariable String id, Caller caller) {
        RegisteredDevice device = questions.terminal(id, caller.scope());
        List<ChannelStreams.Offered> offered = new ArrayList<>();
        for (int channel : asked(device)) {
            offered.add(offered(device, new ChannelAddress(id, channel, Quality.MAIN), null, false));
        }
        streams.offer(offered, caller.username());
        return new Page<>(table.ofDevice(device.known().no(), caller.scope()), null);
    }

    private static ChannelStreams.Offered offered(
            RegisteredDevice device, ChannelAddress address, String name, boolean record) {
        boolean sub = address.quality() == Quality.SUB;
        String said = device.name() + " 通道" + address.channel() + (sub ? "（子码流）" : "");
        return new ChannelStreams.Offered(
                address.toString(),
                sub ? null : new ChannelAddress(address.deviceId(), address.channel(), Quality.SUB).toString(),
                name == null ? said.substring(Math.max(0, said.length() - 100)) : name.strip(),
                device.known().no(),
                address.channel() + (sub ? "/sub" : ""),
                device.squadNo() == 0 ? null : device.squadNo(),
                record,
                false,
                null,
                null);
    }

    private List<Integer> asked(RegisteredDevice device) {
        if (questions.ask(device, new QueryParameters(List.of(CHANNEL_LIST)))
                instanceof Answer.Parameters(var values)) {
            List<Integer> listed = values.stream()
                    .filter(value -> value.id() == CHANNEL_LIST)
                    .findFirst()
                    .map(ChannelController::listed)
                    .orElse(List.of());
            if (!listed.isEmpty()) {
                return listed;
            }
        }
        return switch (questions.ask(device, new AskVideoAttributes())) {
            case Answer.VideoAttributes attributes ->
                IntStream.rangeClosed(1, Math.min(MOST_CHANNELS, attributes.videoChannels()))
                        .boxed()
                        .toList();
            case Answer other -> throw questions.refusal(device, other);
        };
    }

    /** Three counts, then physical channel, logical channel, what it has, and whether it turns. */
    private static List<Integer> listed(ParameterValue value) {
        byte[] bytes = HexFormat.of().parseHex(value.value());
        List<Integer> channels = new ArrayList<>();
        for (int at = 3; at + ITEM_BYTES <= bytes.length && channels.size() < MOST_CHANNELS; at += ITEM_BYTES) {
            int channel = bytes[at + 1] & 0xFF;
            if (bytes[at + 2] != SOUND_ONLY && channel > 0 && !channels.contains(channel)) {
                channels.add(channel);
            }
        }
        return channels;
    }
}
