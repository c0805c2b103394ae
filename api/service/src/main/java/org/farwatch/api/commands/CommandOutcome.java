package org.farwatch.api.commands;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.farwatch.api.flow.Flow;
import org.farwatch.ingest.jt808.command.Answer;
import org.farwatch.ingest.jt808.command.Command;

/**
 * What an answer makes of a command.
 *
 * @param result a sentence, null for a plain success
 * @param answer for the JSON column, null for none
 */
record CommandOutcome(CommandState state, String result, Map<String, Object> answer) {
    static CommandOutcome of(Answer answer, Command command) {
        return switch (answer) {
            case Answer.Done() -> done(null);
            case Answer.Failed(String reason) -> new CommandOutcome(CommandState.FAILED, reason, null);
            case Answer.Unsupported(String reason) -> new CommandOutcome(CommandState.UNSUPPORTED, reason, null);
            case Answer.NotOnline() -> new CommandOutcome(CommandState.QUEUED, null, null);
            case Answer.Busy(String reason) -> new CommandOutcome(CommandState.QUEUED, reason, null);
            case Answer.NoAnswer(int tries) ->
                new CommandOutcome(
                        CommandState.TIMED_OUT,
                        "no answer, sent %d times; whether it was done is not known".formatted(tries),
                        null);
            case Answer.ConnectionLost() -> lost(command, "the connection ended before the answer");
            case Answer.Parameters parameters ->
                done(Map.of(
                        "parameters",
                        parameters.values().stream()
                                .map(value -> Map.of("id", value.id(), "value", value.value()))
                                .toList()));
            case Answer.Attributes attributes -> done(attributes(attributes));
            case Answer.Located(Long at, boolean fix) -> done(located(at, fix));
            case Answer.Areas(var kind, var areas) ->
                done(Map.of(
                        "kind",
                        Flow.label(kind),
                        "areas",
                        areas.stream()
                                .map(area -> Map.of("id", area.id(), "name", area.name()))
                                .toList()));
            case Answer.MediaFound(var media) ->
                done(Map.of("media", media.stream().map(CommandOutcome::media).toList()));
            case Answer.Photographed(List<Long> ids) -> done(Map.of("photographs", ids));
            case Answer.VideoAttributes video ->
                done(Map.of(
                        "soundCodec", video.soundCodec(),
                        "videoCodec", video.videoCodec(),
                        "soundChannels", video.soundChannels(),
                        "videoChannels", video.videoChannels()));
            case Answer.RecordingsFound(var recordings) -> done(Map.of("recordings", recordings.size()));
            case Answer.Driver driver ->
                done(Map.of("cardRead", driver.cardRead(), "name", driver.name(), "licence", driver.licence()));
        };
    }

    /**
     * Of a command whose answer will never come: what may be done twice is done again, what may not has failed.
     *
     * @param why half a sentence
     */
    static CommandOutcome lost(Command command, String why) {
        return command.repeatable()
                ? new CommandOutcome(CommandState.QUEUED, why + "; it is sent again", null)
                : new CommandOutcome(CommandState.FAILED, why + "; whether it was done is not known", null);
    }

    private static CommandOutcome done(Map<String, Object> answer) {
        return new CommandOutcome(CommandState.DONE, null, answer);
    }

    private static Map<String, Object> located(Long at, boolean fix) {
        Map<String, Object> located = new LinkedHashMap<>();
        located.put("fix", fix);
        located.put("at", at == null ? null : Instant.ofEpochMilli(at));
        return located;
    }

    private static Map<String, Object> media(Answer.MediaSeen seen) {
        Map<String, Object> media = new LinkedHashMap<>();
        media.put("id", seen.id());
        media.put("type", seen.type());
        media.put("channel", seen.channel());
        media.put("event", seen.event());
        media.put("at", seen.at() == null ? null : Instant.ofEpochMilli(seen.at()));
        return media;
    }

    private static Map<String, Object> attributes(Answer.Attributes said) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("maker", said.maker());
        attributes.put("model", said.model());
        attributes.put("terminalId", said.terminalId());
        attributes.put("iccid", said.iccid());
        attributes.put("hardware", said.hardware());
        attributes.put("firmware", said.firmware());
        attributes.put("type", said.type());
        attributes.put("gnss", said.gnss());
        attributes.put("radio", said.radio());
        return attributes;
    }
}
