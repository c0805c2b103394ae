package org.farwatch.ingest.jt808;

import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.Future;

/** The other end that one or more terminals speak through. All but {@link #overtaken} is called on its event loop. */
sealed interface Peer permits Connection, DatagramPeer {
    /** Whether an answer may still reach the terminals. */
    boolean isOpen();

    /** Handles no more messages for this reason: one of the constants of {@link Connection}. */
    void pause(int reason);

    /** Goes on unless another reason holds. */
    void resume(int reason);

    /** Runs a task on the event loop. Any thread. */
    void execute(Runnable task);

    /** Runs a task on the event loop after so many milliseconds. Any thread. */
    Future<?> later(Runnable task, long millis);

    /** This session's terminal is on another connection now. Any thread. */
    void overtaken(Session session);

    /** For one message at a time. */
    FrameWriter writer();

    /** A buffer for an answer of about so many bytes. */
    ByteBuf buffer(int bytes);

    /** Queues an answer until the next {@link #flush}. */
    void send(ByteBuf answer);

    void flush();

    /** Whether several messages may go in one buffer. */
    boolean streams();

    /** The peer's address without its port, so that one who reconnects again and again stays one in the log. */
    String remoteAddress();
}
