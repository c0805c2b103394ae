package org.farwatch.ingest.jt808;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.farwatch.ingest.KnownDevice;
import org.farwatch.ingest.jt808.command.Answer;
import org.farwatch.ingest.jt808.command.AnswerReader;
import org.farwatch.ingest.jt808.command.Command;

/**
 * Sends commands to terminals and matches what they answer. What waits for an answer is kept with the terminal's session
 * and touched on its event loop only; it ends with the connection and survives nothing.
 */
public final class TerminalCommands {
    private final Sessions sessions;
    private final CommandSettings settings;
    private final AtomicInteger outstanding = new AtomicInteger();
    private final LongAdder sent = new LongAdder();
    private final LongAdder unanswered = new LongAdder();

    TerminalCommands(Sessions sessions, CommandSettings settings) {
        this.sessions = sessions;
        this.settings = settings;
    }

    /**
     * Asks something of a terminal that is connected and admitted. Any thread, never blocks. A terminal whose headers are
     * those of 2019 is sent the layout of 2019, another one that in which it registered.
     *
     * @param registered the layout in which the terminal registered last; null when that is not known, then 2013 is taken
     * @return completes once, never exceptionally; on the terminal's event loop or the calling thread, neither of which
     *     whoever depends on it may block
     */
    public CompletionStage<Answer> send(KnownDevice device, Layout registered, Command command) {
        Session session = sessions.present(device.protocolId());
        if (session == null) {
            return CompletableFuture.completedFuture(new Answer.NotOnline());
        }
        if (outstanding.incrementAndGet() > settings.mostAtAll()) {
            outstanding.decrementAndGet();
            return CompletableFuture.completedFuture(
                    new Answer.Busy(settings.mostAtAll() + " commands wait for answers already"));
        }
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        CompletionStage<Answer> counted = answer.whenComplete((_, _) -> outstanding.decrementAndGet());
        try {
            session.peer.execute(() -> begin(session, registered, command, answer));
        } catch (RejectedExecutionException _) {
            answer.complete(new Answer.NotOnline());
        }
        return counted;
    }

    /** Where a terminal is connected from, as digits; empty when it is not connected. */
    public String host(KnownDevice device) {
        Session session = sessions.present(device.protocolId());
        return session == null ? "" : session.peer.remoteAddress();
    }

    /** Commands that wait for an answer now. */
    public int outstanding() {
        return outstanding.get();
    }

    /** Commands sent, each once however often it was repeated. */
    public long sent() {
        return sent.sum();
    }

    /** Commands that all tries got no answer to. */
    public long unanswered() {
        return unanswered.sum();
    }

    private void begin(Session session, Layout registered, Command command, CompletableFuture<Answer> answer) {
        if (!session.online || !session.peer.isOpen()) {
            answer.complete(new Answer.NotOnline());
            return;
        }
        Layout older = registered == Layout.V2011 ? Layout.V2011 : Layout.V2013;
        Layout layout = session.v2019 ? Layout.V2019 : older;
        String refusal = command.refusal(layout);
        if (refusal != null) {
            answer.complete(new Answer.Unsupported(refusal));
            return;
        }
        if (session.commands == null) {
            session.commands = new ArrayList<>(1);
        }
        if (session.commands.size() >= settings.mostOfTerminal()) {
            answer.complete(
                    new Answer.Busy(settings.mostOfTerminal() + " commands of this terminal wait for answers already"));
            return;
        }
        OutstandingCommand begun = new OutstandingCommand(session, command, layout, answer);
        if (!command.answered()) {
            sent.increment();
            begun.send();
            answer.complete(new Answer.Done());
            return;
        }
        session.commands.add(begun);
        sent.increment();
        attempt(begun);
    }

    private void attempt(OutstandingCommand waiting) {
        waiting.send();
        long wait = waiting.command.repeatable() ? settings.waitAfter(waiting.tries) : settings.waitOfAll();
        waiting.timer = waiting.session.peer.later(() -> silent(waiting), wait);
    }

    private void silent(OutstandingCommand waiting) {
        if (!waiting.session.commands.contains(waiting)) {
            return;
        }
        if (waiting.command.repeatable() && waiting.tries < settings.tries()) {
            attempt(waiting);
        } else {
            unanswered.increment();
            complete(waiting, new Answer.NoAnswer(waiting.tries));
        }
    }

    /** A message that may be an answer has come; one that nobody waits for changes nothing. On the event loop. */
    void answered(Session session, Frame frame) {
        if (session.commands == null || session.commands.isEmpty()) {
            return;
        }
        byte[] bytes = frame.bytes();
        int at = frame.bodyOffset();
        int length = frame.bodyLength();
        if (frame.messageId() == MessageId.TERMINAL_REPLY) {
            if (length >= 5) {
                replied(session, Bytes.word(bytes, at), Bytes.word(bytes, at + 2), bytes[at + 4] & 0xFF);
            }
            return;
        }
        int serial = AnswerReader.namesSerial(frame.messageId()) && length >= 2 ? Bytes.word(bytes, at) : -1;
        OutstandingCommand waiting = waitingFor(session, frame.messageId(), serial);
        if (waiting != null) {
            byte[] body = Arrays.copyOfRange(bytes, at, at + length);
            complete(waiting, AnswerReader.read(frame.messageId(), body, waiting.layout));
        }
    }

    private void replied(Session session, int serial, int messageId, int result) {
        for (OutstandingCommand waiting : session.commands) {
            if (waiting.has(serial) && waiting.command.messageId() == messageId) {
                boolean answerFollows = waiting.command.answerId(waiting.layout) != Command.GENERAL_REPLY
                        && !waiting.command.mayOnlyBeConfirmed();
                if (result != 0 || !answerFollows && waiting.isLast(serial)) {
                    complete(waiting, AnswerReader.general(result));
                }
                return;
            }
        }
    }

    /**
     * The command that an answer is to: that of its serial, for an answer without one the oldest. An answer too short for
     * a serial is to the oldest as well, which it then fails.
     */
    private static OutstandingCommand waitingFor(Session session, int answerId, int serial) {
        for (OutstandingCommand waiting : session.commands) {
            if (waiting.command.answerId(waiting.layout) == answerId && (serial < 0 || waiting.has(serial))) {
                return waiting;
            }
        }
        return null;
    }

    private static void complete(OutstandingCommand waiting, Answer answer) {
        waiting.session.commands.remove(waiting);
        waiting.timer.cancel(false);
        waiting.answer.complete(answer);
    }

    /**
     * 0x0005: serial of the first package, count (WORD since 2019, the only edition with this message), indexes. On the
     * event loop.
     *
     * @return false when nothing of the kind was sent
     */
    boolean sendAgain(Session session, Frame frame) {
        byte[] bytes = frame.bytes();
        int at = frame.bodyOffset();
        int end = at + frame.bodyLength();
        if (session.commands == null || end - at < 4) {
            return false;
        }
        int serial = Bytes.word(bytes, at);
        for (OutstandingCommand waiting : session.commands) {
            if (waiting.beginsWith(serial)) {
                int asked = Math.min((end - at - 4) / 2, waiting.packages());
                for (int i = 0; i < asked; i++) {
                    waiting.send(Bytes.word(bytes, at + 4 + 2 * i));
                }
                session.peer.flush();
                return true;
            }
        }
        return false;
    }

    /** The session's terminal is gone. On the event loop. */
    static void connectionLost(Session session) {
        if (session.commands != null) {
            for (OutstandingCommand waiting : List.copyOf(session.commands)) {
                complete(waiting, new Answer.ConnectionLost());
            }
        }
    }
}
