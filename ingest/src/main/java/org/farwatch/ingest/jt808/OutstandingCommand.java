package org.farwatch.ingest.jt808;

import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.Future;
import java.util.concurrent.CompletableFuture;
import org.farwatch.ingest.jt808.command.Answer;
import org.farwatch.ingest.jt808.command.Command;

/** A command on its way, with the bytes it went out as. Owned by the event loop of its session. */
final class OutstandingCommand {
    private static final int WIRE_BYTES = 2 * (FrameWriter.MAX_BODY + 32);

    final Session session;
    final Command command;
    final Layout layout;
    final CompletableFuture<Answer> answer;

    /** Times sent. */
    int tries;

    /** Set while an answer is waited for. */
    Future<?> timer;

    private final byte[] body;
    private final int packages;
    private final int firstSerial;

    OutstandingCommand(Session session, Command command, Layout layout, CompletableFuture<Answer> answer) {
        this.session = session;
        this.command = command;
        this.layout = layout;
        this.answer = answer;
        body = command.body(layout);
        packages = Math.max(1, (body.length + FrameWriter.MAX_BODY - 1) / FrameWriter.MAX_BODY);
        firstSerial = session.nextSerial();
        for (int i = 1; i < packages; i++) {
            session.nextSerial();
        }
    }

    int packages() {
        return packages;
    }

    /** Whether the serial is that of one of the packages. */
    boolean has(int serial) {
        return ((serial - firstSerial) & 0xFFFF) < packages;
    }

    boolean isLast(int serial) {
        return ((serial - firstSerial) & 0xFFFF) == packages - 1;
    }

    boolean beginsWith(int serial) {
        return serial == firstSerial;
    }

    /** Sends all packages, the same bytes each time. */
    void send() {
        tries++;
        for (int index = 1; index <= packages; index++) {
            send(index);
        }
        session.peer.flush();
    }

    /** @param index of a package, from 1; others are ignored, as they come from the terminal */
    void send(int index) {
        if (index < 1 || index > packages) {
            return;
        }
        FrameWriter writer = new FrameWriter()
                .begin(
                        command.messageId(),
                        session.v2019,
                        session.protocolVersion,
                        session.phoneHigh,
                        session.phoneLow,
                        (firstSerial + index - 1) & 0xFFFF);
        if (packages > 1) {
            writer.ofPackages(packages, index);
        }
        int from = (index - 1) * FrameWriter.MAX_BODY;
        writer.putBytes(body, from, Math.min(FrameWriter.MAX_BODY, body.length - from));
        ByteBuf out = session.peer.buffer(WIRE_BYTES);
        writer.end(out);
        session.peer.send(out);
    }
}
