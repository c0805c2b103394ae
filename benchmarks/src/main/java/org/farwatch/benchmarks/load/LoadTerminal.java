package org.farwatch.benchmarks.load;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.BitSet;
import java.util.concurrent.TimeUnit;
import org.farwatch.ingest.jt808.Frame;
import org.farwatch.ingest.jt808.FrameReader;
import org.farwatch.ingest.jt808.FrameWriter;
import org.farwatch.ingest.jt808.Layout;
import org.farwatch.ingest.jt808.MessageId;

/**
 * One terminal: its position number n has fix time {@code start + n} seconds, so that what the table has can be told by
 * number. What is not acknowledged when its connection breaks is sent again over the next. Owned by its event loop.
 */
final class LoadTerminal {
    private static final long AGAIN_MILLIS = 200;
    private static final int SERIALS = 2048;
    private static final int GENERAL_REPLY_BYTES = 5;
    private static final int POSITIONED = 3;

    private final LoadLoop loop;
    private final LoadPlan plan;
    private final String phone;
    private final Layout layout;
    private final double phase;
    private final BitSet acknowledged = new BitSet();
    private final int[] numberOfSerial = new int[SERIALS];
    private final long[] sentAt = new long[SERIALS];
    private Channel channel;
    private boolean connecting;
    private int serial;
    private int cursor;
    private int begun;
    private int outstanding;
    private long heartbeatAt;

    LoadTerminal(LoadLoop loop, LoadPlan plan, int index) {
        this.loop = loop;
        this.plan = plan;
        phone = plan.phone(index);
        layout = plan.layout(index);
        phase = (double) index / plan.terminals();
    }

    String phone() {
        return phone;
    }

    /** Which part of its interval has passed when sending begins, 0 to 1. */
    double phase() {
        return phase;
    }

    /** Numbers of the positions that it was told are stored. */
    BitSet acknowledged() {
        return acknowledged;
    }

    /** Positions that were sent at least once; their numbers count up from 0. */
    int begun() {
        return begun;
    }

    boolean connected() {
        return channel != null;
    }

    void connect() {
        if (connecting || channel != null || loop.ended()) {
            return;
        }
        connecting = true;
        ChannelFuture attempt = loop.bootstrap().clone().handler(new Answers()).connect(plan.server());
        attempt.addListener(_ -> {
            connecting = false;
            if (!attempt.isSuccess()) {
                loop.failedConnects++;
                var _ = loop.eventLoop().schedule(this::connect, AGAIN_MILLIS, TimeUnit.MILLISECONDS);
            }
        });
    }

    void breakConnection() {
        if (channel != null) {
            loop.broken++;
            var _ = channel.close();
        }
    }

    /** Sends what is due, up to position number {@code most}, and what fits into the window. */
    void send(int most, long now) {
        if (channel == null || !channel.isWritable()) {
            return;
        }
        ByteBuf bytes = null;
        while (outstanding < plan.window()) {
            int number = acknowledged.nextClearBit(cursor);
            if (number >= most) {
                break;
            }
            cursor = number + 1;
            begun = Math.max(begun, cursor);
            bytes = bytes == null ? channel.alloc().buffer(256) : bytes;
            position(number, now, bytes);
        }
        if (bytes != null) {
            var _ = channel.writeAndFlush(bytes);
        }
    }

    /** A heartbeat when it is time for one. */
    void beat(long now) {
        if (channel == null || now - heartbeatAt < plan.heartbeat().toNanos()) {
            return;
        }
        heartbeatAt = now;
        note(-1, now);
        ByteBuf bytes = channel.alloc().buffer(32);
        loop.writer()
                .begin(MessageId.HEARTBEAT, layout, phone, serial++ & 0xFFFF)
                .end(bytes);
        loop.sent++;
        var _ = channel.writeAndFlush(bytes);
    }

    /** The first heartbeats of many are spread over the interval. */
    void beatFrom(long nanos) {
        heartbeatAt = nanos;
    }

    private void position(int number, long now, ByteBuf into) {
        note(number, now);
        FrameWriter writer = loop.writer();
        writer.begin(MessageId.LOCATION, layout, phone, serial++ & 0xFFFF)
                .putDword(0)
                .putDword(POSITIONED)
                .putDword(31_200_000 + number % 50_000)
                .putDword(121_400_000 + number % 50_000)
                .putWord(4)
                .putWord(300)
                .putWord(number % 360)
                .putTime(plan.start() + number * 1_000L)
                .putByte(0x01)
                .putByte(4)
                .putDword(number)
                .putByte(0x31)
                .putByte(1)
                .putByte(12);
        writer.end(into);
        outstanding++;
        loop.sent++;
    }

    private void note(int number, long now) {
        int slot = serial & SERIALS - 1;
        numberOfSerial[slot] = number;
        sentAt[slot] = now;
    }

    private void answered(Frame frame, long now) {
        byte[] bytes = frame.bytes();
        int at = frame.bodyOffset();
        if (frame.messageId() != MessageId.PLATFORM_REPLY || frame.bodyLength() < GENERAL_REPLY_BYTES) {
            return;
        }
        int slot = ((bytes[at] & 0xFF) << 8 | bytes[at + 1] & 0xFF) & SERIALS - 1;
        int number = numberOfSerial[slot];
        loop.latencies().add(now - sentAt[slot]);
        if (number < 0) {
            loop.answers++;
            return;
        }
        outstanding--;
        if (bytes[at + 4] == 0) {
            acknowledged.set(number);
            loop.answers++;
        } else {
            loop.refused++;
            cursor = Math.min(cursor, number);
        }
    }

    /** What comes over one connection. */
    private final class Answers extends ChannelInboundHandlerAdapter {
        private final FrameReader reader = new FrameReader(FrameReader.DEFAULT_MAX_FRAME_LENGTH);

        @Override
        public void channelActive(ChannelHandlerContext context) {
            channel = context.channel();
            outstanding = 0;
            cursor = 0;
            loop.connects++;
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            channel = null;
            var _ = loop.eventLoop().schedule(LoadTerminal.this::connect, AGAIN_MILLIS, TimeUnit.MILLISECONDS);
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf in = (ByteBuf) message;
            byte[] scratch = loop.scratch();
            long now = System.nanoTime();
            while (in.isReadable()) {
                int length = Math.min(in.readableBytes(), scratch.length);
                in.readBytes(scratch, 0, length);
                int at = 0;
                while (at < length) {
                    at = reader.read(scratch, at, length);
                    if (reader.complete() && reader.frame().fault() == null) {
                        answered(reader.frame(), now);
                    }
                }
            }
            in.release();
            if (plan.rate() == 0) {
                loop.sendNow(LoadTerminal.this, now);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            var _ = context.close();
        }
    }
}
