package org.farwatch.api.jt1078;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.farwatch.api.access.DataScope;
import org.farwatch.api.org.RegisteredDevice;
import org.farwatch.api.web.Refusal;
import org.farwatch.ingest.jt808.command.Answer;
import org.farwatch.ingest.jt808.command.Command;
import org.springframework.stereotype.Component;

/** Asks a terminal something that a request waits for. Waits on the request's thread. */
@Component
class TerminalQuestions {
    private final TerminalDesk desk;
    private final Jt1078Properties properties;

    TerminalQuestions(TerminalDesk desk, Jt1078Properties properties) {
        this.desk = desk;
        this.properties = properties;
    }

    /** @throws Refusal 404 when there is no such terminal, or not for this caller */
    RegisteredDevice terminal(String id, DataScope scope) {
        RegisteredDevice device = desk.terminal(id);
        if (device == null || !scope.sees(device.squadNo())) {
            throw Refusal.notFound("device", id);
        }
        return device;
    }

    /** @return {@link Answer.NoAnswer} when none came in time */
    Answer ask(RegisteredDevice device, Command command) {
        try {
            return desk.ask(device, command)
                    .toCompletableFuture()
                    .get(properties.answerTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            return new Answer.NoAnswer(1);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Answer.NoAnswer(1);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Why something cannot be told, by what a terminal answered instead. */
    Refusal refusal(RegisteredDevice device, Answer answer) {
        String id = device.known().id();
        return switch (answer) {
            case Answer.NotOnline _ -> new Refusal(409, "not online", "device " + id + " is not connected");
            case Answer.ConnectionLost _ ->
                new Refusal(409, "not online", "device " + id + " went offline before it answered");
            case Answer.NoAnswer _ ->
                new Refusal(
                        504,
                        "no answer",
                        "device %s did not answer within %d s"
                                .formatted(id, properties.answerTimeout().toSeconds()));
            case Answer.Busy(String reason) -> new Refusal(503, "busy", reason);
            case Answer.Failed(String reason) -> new Refusal(502, "refused by the device", reason);
            case Answer.Unsupported(String reason) -> new Refusal(409, "not supported", reason);
            case Answer.Done _,
                    Answer.Parameters _,
                    Answer.Attributes _,
                    Answer.Located _,
                    Answer.Areas _,
                    Answer.MediaFound _,
                    Answer.Photographed _,
                    Answer.VideoAttributes _,
                    Answer.RecordingsFound _,
                    Answer.Driver _ -> new Refusal(502, "another answer", "device " + id + " answered something else");
        };
    }
}
