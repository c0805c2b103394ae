package org.farwatch.ingest.jt808;

import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;

/**
 * What an answer needs to know of the message it answers, when it goes out later than the message is handled: the session
 * and the header's layout. Answers go to the terminal where it is then: a connection that is gone is not waited for.
 */
record Origin(Session session, boolean v2019, int protocolVersion, int messageId, int serial) {
    static Origin of(Session session, Frame frame) {
        return new Origin(session, frame.v2019(), frame.protocolVersion(), frame.messageId(), frame.serial());
    }

    /** 0x8001. Any thread. */
    void reply(Jt808Server server, int result) {
        send(server, (writer, to) -> general(writer, to, result));
    }

    /** 0x8001 for its last package, then 0x8800: it is stored whole. Any thread. */
    void mediaStored(Jt808Server server, long mediaId, boolean layout2011) {
        send(server, (writer, to) -> general(writer, to, Replies.OK));
        askForMedia(server, mediaId, layout2011, List.of());
    }

    /** 0x8800; with no numbers it says that the medium is stored. Before 2013 the serial answered goes first. Any thread. */
    void askForMedia(Jt808Server server, long mediaId, boolean layout2011, List<Integer> missing) {
        send(server, (writer, to) -> {
            begin(writer, MessageId.MEDIA_REPLY, to);
            if (layout2011) {
                writer.putWord(serial);
            }
            writer.putDword((int) mediaId);
            if (!missing.isEmpty()) {
                writer.putByte(missing.size());
                missing.forEach(writer::putWord);
            }
        });
    }

    /** 0x8003: serial of package 1, number of packages (a BYTE before 2019), their numbers. Any thread. */
    void askForPackages(Jt808Server server, int firstSerial, List<Integer> missing) {
        send(server, (writer, to) -> {
            begin(writer, MessageId.SEND_AGAIN_DOWN, to).putWord(firstSerial);
            if (v2019) {
                writer.putWord(missing.size());
            } else {
                writer.putByte(missing.size());
            }
            missing.forEach(writer::putWord);
        });
    }

    private void general(FrameWriter writer, Session to, int result) {
        Replies.general(writer, to, v2019, protocolVersion, messageId, serial, result);
    }

    private FrameWriter begin(FrameWriter writer, int id, Session to) {
        return writer.begin(id, v2019, protocolVersion, to.phoneHigh, to.phoneLow, to.nextSerial());
    }

    private void send(Jt808Server server, BiConsumer<FrameWriter, Session> message) {
        Session to = session.peer.isOpen() ? session : server.sessions().present(session.phone);
        if (to == null) {
            server.counters().droppedAnswers.increment();
            return;
        }
        try {
            to.peer.execute(() -> {
                if (to.peer.isOpen()) {
                    ByteBuf out = to.peer.buffer(64);
                    message.accept(to.peer.writer(), to);
                    to.peer.writer().end(out);
                    to.peer.send(out);
                    to.peer.flush();
                } else {
                    server.counters().droppedAnswers.increment();
                }
            });
        } catch (RejectedExecutionException _) {
            // The server was closed meanwhile: nobody is left to answer.
            server.counters().droppedAnswers.increment();
        }
    }
}
