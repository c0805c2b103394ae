package org.farwatch.ingest.jt809;

import static org.farwatch.ingest.fuzz.Invariant.holds;
import static org.farwatch.ingest.fuzz.Invariant.same;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.farwatch.geo.Datum;
import org.farwatch.ingest.DeviceDirectory.Admission;
import org.farwatch.ingest.Protocol;
import org.farwatch.ingest.RowBudget;
import org.farwatch.ingest.RowStream;
import org.farwatch.ingest.fuzz.Input;
import org.farwatch.ingest.fuzz.OpenRegister;
import org.farwatch.ingest.fuzz.Rows;

/**
 * Both sides of a link: what a lower platform sends to a {@link MainLink} once it has logged in, and what a city platform
 * sends down. Messages have a right CRC and any content. Only a logout ends the link; every answer is a frame.
 */
public final class LinkFuzz {
    private static final long CODE = 20180920;
    private static final Jt809Settings SETTINGS = Jt809Settings.at("127.0.0.1", 0);
    private static final int[] IDS = {
        MessageId.VEHICLE,
        MessageId.KEEPALIVE,
        MessageId.LOGIN,
        MessageId.BROKEN,
        MessageId.CLOSING,
        MessageId.DOWN_LOGIN_REPLY,
        MessageId.DOWN_KEEPALIVE_REPLY,
        MessageId.DOWN_LOGOUT_REPLY,
        MessageId.DOWN_LOGIN,
        MessageId.DOWN_LOGOUT,
        MessageId.DOWN_KEEPALIVE,
        MessageId.RECEIVED_COUNT,
        MessageId.KEEPALIVE_REPLY
    };

    private static final int[] PARTS = {
        MessageId.VEHICLE_POSITION, MessageId.VEHICLE_HISTORY, MessageId.VEHICLE_REGISTRATION, 0x1204
    };

    private LinkFuzz() {}

    private record Platforms(LowerPlatform platform, OpenRegister register) implements PlatformDirectory {
        @Override
        public LowerPlatform find(long accessCode) {
            return accessCode == platform.accessCode() ? platform : null;
        }

        @Override
        public CompletionStage<PasswordCheck> check(LowerPlatform checked, String password) {
            return CompletableFuture.completedFuture(PasswordCheck.RIGHT);
        }

        @Override
        public CompletionStage<Admission> create(LowerPlatform of, int plateColour, String plate) {
            return register.accepted(Protocol.JT809, of.protocolId(plateColour, plate));
        }
    }

    public static void run(byte[] bytes) {
        Input in = new Input(bytes);
        Edition edition = Edition.values()[in.octet() & 1];
        BodyCipher cipher = new BodyCipher(10_000_000, 20_000_000, 30_000_000);
        LowerPlatform platform = new LowerPlatform(1, "lower", CODE, 7, edition, cipher, null, true, Datum.WGS84);
        OpenRegister register = new OpenRegister();
        Rows stored = new Rows();
        RowBudget budget = new RowBudget(RowBudget.DEFAULT_LIMIT);
        Jt809Server server = new Jt809Server(
                SETTINGS,
                new Platforms(platform, register),
                register,
                stored,
                budget,
                (_, _, _, reason, raw) -> holds(!reason.isEmpty() && raw.length > 0, "kept without a reason"),
                OpenRegister.FAULTS,
                OpenRegister.CLOCK);
        EmbeddedChannel channel = new EmbeddedChannel();
        RowStream rows = new RowStream(channel.eventLoop(), stored, budget, 255);
        channel.pipeline().addLast(new MainLink(server, rows).socket());
        channel.pipeline().fireChannelActive();
        FrameWriter writer = new FrameWriter(edition, CODE, null, OpenRegister.CLOCK);
        channel.writeInbound(Unpooled.wrappedBuffer(new Login(7, "secret", "", 0).write(writer, edition, CODE)));
        channel.runPendingTasks();
        same(server.platformsOnline(), 1, "platforms that have logged in");
        SuperiorMessages superior = superior(edition, cipher);
        while (in.hasMore()) {
            byte[] wire = message(in, edition, cipher);
            fromAbove(superior, wire);
            channel.writeInbound(Unpooled.wrappedBuffer(wire));
            channel.runPendingTasks();
            holds(channel.isActive(), "the content of a message closed the link");
            answered(channel);
        }
        same(server.tally(1).positions(), stored.stored(), "positions counted");
        same(budget.inFlight(), 0, "rows in flight");
        channel.finishAndReleaseAll();
        same(server.platformsOnline(), 0, "platforms after the end");
    }

    private static byte[] message(Input in, Edition edition, BodyCipher cipher) {
        int kind = in.octet();
        FrameWriter writer = new FrameWriter(edition, CODE, (kind & 0x80) == 0 ? null : cipher, OpenRegister.CLOCK);
        int id = kind & 0x3F;
        writer.begin(id < IDS.length ? IDS[id] : 0x1300 | id);
        if ((kind & 0x40) == 0 && id == 0) {
            int part = in.octet();
            byte[] data = in.take(in.word() & 0x3FF);
            writer.putText("京A" + (part >> 4), 21).putByte(2).putWord(PARTS[part & 3]);
            return writer.putDword(data.length).putBytes(data).end();
        }
        return writer.putBytes(in.take(in.octet())).end();
    }

    private static SuperiorMessages superior(Edition edition, BodyCipher cipher) {
        UpwardSettings settings = new UpwardSettings(
                1, "city", "127.0.0.1", 1, CODE, 7, "", edition, cipher, "", 0, "", UpwardSettings.Timing.STANDARD);
        return new SuperiorMessages(
                settings,
                new UpwardTally(),
                OpenRegister.FAULTS,
                (_, _, _, reason, raw) -> holds(!reason.isEmpty() && raw.length > 0, "kept without a reason"),
                OpenRegister.CLOCK);
    }

    private static void fromAbove(SuperiorMessages superior, byte[] wire) {
        Frame frame = Frames.first(wire);
        holds(superior.readable(frame), "a whole message is not readable");
        byte[] answer = superior.answer(frame, superior.writer());
        holds(answer.length == 0 || Frames.first(answer).fault() == null, "an answer is no frame");
    }

    private static void answered(EmbeddedChannel channel) {
        for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
            byte[] wire = new byte[out.readableBytes()];
            out.readBytes(wire);
            out.release();
            holds(Frames.first(wire).fault() == null, "an answer is no frame");
        }
    }
}
