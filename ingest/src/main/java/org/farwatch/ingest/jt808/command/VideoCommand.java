package org.farwatch.ingest.jt808.command;

import org.farwatch.ingest.jt808.Layout;

/**
 * Commands for live and stored video (JT/T 1078-2016, 5.3 to 5.5). Whoever sends one sees to it that the law allows it;
 * see the service's rules. No edition of JT/T 808 is too old for them: terminals have them beside it.
 */
public sealed interface VideoCommand extends Command {
    Range CHANNEL = new Range("channel", "", 1, 255);
    Range ANY_CHANNEL = new Range("channel", "", 0, 255);
    Range PORT = new Range("port", "", 0, 65_535);
    int MOST_HOST_BYTES = 255;

    @Override
    default boolean repeatable() {
        return true;
    }

    /** Where a terminal is to send to. A port of 0 is not used. */
    record Server(String host, int tcpPort, int udpPort) {
        public Server {
            Body.requireText("host", host, MOST_HOST_BYTES);
            Body.require(!host.isBlank(), "host must not be empty");
            PORT.check(tcpPort);
            PORT.check(udpPort);
            Body.require(tcpPort + udpPort > 0, "port must be given for TCP or for UDP");
        }

        Body write(Body body) {
            return body.octet(host.getBytes(Body.GBK).length)
                    .text(host)
                    .word(tcpPort)
                    .word(udpPort);
        }
    }

    /** What is sent live, with its number on the wire. */
    enum Data {
        SOUND_AND_PICTURE,
        PICTURE,
        TALK,
        LISTEN,
        BROADCAST,
        TRANSPARENT
    }

    /** Which of two qualities a terminal sends, with its number in 0x9101 and 0x9102. */
    enum Quality {
        MAIN,
        SUB
    }

    /** 0x9003: what its sound and pictures are, answered with 0x1003. */
    record AskVideoAttributes() implements VideoCommand {
        @Override
        public int messageId() {
            return 0x9003;
        }

        @Override
        public byte[] body(Layout layout) {
            return new byte[0];
        }

        @Override
        public int answerId(Layout layout) {
            return 0x1003;
        }
    }

    /** 0x9101: sends a channel live. */
    record Live(Server server, int channel, Data data, Quality quality) implements VideoCommand {
        public Live {
            CHANNEL.check(channel);
        }

        @Override
        public int messageId() {
            return 0x9101;
        }

        @Override
        public byte[] body(Layout layout) {
            return server.write(new Body())
                    .octet(channel)
                    .octet(data.ordinal())
                    .octet(quality.ordinal())
                    .bytes();
        }
    }

    /** What is done with a channel that is sent, with its number on the wire. */
    enum LiveOrder {
        CLOSE,
        SWITCH,
        PAUSE,
        RESUME,
        END_TALK
    }

    /** 0x9102: ends, pauses or changes what is sent live. Closing means sound and pictures. */
    record LiveControl(int channel, LiveOrder order, Quality quality) implements VideoCommand {
        /** @param quality after {@link LiveOrder#SWITCH}; unused otherwise */
        public LiveControl {
            CHANNEL.check(channel);
        }

        @Override
        public int messageId() {
            return 0x9102;
        }

        @Override
        public byte[] body(Layout layout) {
            return new Body()
                    .octet(channel)
                    .octet(order.ordinal())
                    .octet(0)
                    .octet(quality.ordinal())
                    .bytes();
        }
    }

    /** 0x9105: how many packets of a hundred are lost on the way. Answered by nothing. */
    record LiveState(int channel, int lossPercent) implements VideoCommand {
        public static final Range LOSS = new Range("lossPercent", "%", 0, 100);

        public LiveState {
            CHANNEL.check(channel);
            LOSS.check(lossPercent);
        }

        @Override
        public int messageId() {
            return 0x9105;
        }

        @Override
        public byte[] body(Layout layout) {
            return new Body().octet(channel).octet(lossPercent).bytes();
        }

        @Override
        public boolean answered() {
            return false;
        }
    }

    /**
     * Which recordings.
     *
     * @param media 0 sound and picture, 1 sound, 2 picture, 3 picture or both
     * @param quality 0 either, 1 main, 2 sub
     * @param store 0 either, 1 main, 2 backup
     */
    record Kept(int media, int quality, int store) {
        public static final Range MEDIA = new Range("media", "", 0, 3);
        public static final Range QUALITY = new Range("quality", "", 0, 2);
        public static final Range STORE = new Range("store", "", 0, 2);

        public static final Kept ANY = new Kept(0, 0, 0);

        public Kept {
            MEDIA.check(media);
            QUALITY.check(quality);
            STORE.check(store);
        }

        Body write(Body body) {
            return body.octet(media).octet(quality).octet(store);
        }
    }

    /** 0x9205: what it has recorded, answered with 0x1205. */
    record SearchRecordings(int channel, Long from, Long to, Kept kept) implements VideoCommand {
        private static final int ALARM_BYTES = 8;

        /**
         * @param channel 0 for all
         * @param from milliseconds since 1970 UTC, null together with {@code to} for any time
         */
        public SearchRecordings {
            ANY_CHANNEL.check(channel);
            Body.require((from == null) == (to == null), "from and to must be given together or not at all");
            Body.require(from == null || from < to, "from must be before to");
        }

        @Override
        public int messageId() {
            return 0x9205;
        }

        @Override
        public byte[] body(Layout layout) {
            Body body = new Body().octet(channel).time(from).time(to).raw(new byte[ALARM_BYTES]);
            return kept.write(body).bytes();
        }

        @Override
        public int answerId(Layout layout) {
            return 0x1205;
        }
    }

    /** How a recording is played, with its number in 0x9201. */
    enum Pace {
        NORMAL,
        FAST,
        BACK_BY_KEYS,
        KEYS,
        ONE_FRAME
    }

    /** 0x9201: plays what it has recorded; answered with 0x1205, by some terminals with the general reply alone. */
    record Playback(Server server, int channel, Kept kept, Pace pace, int speed, long from, Long to)
            implements VideoCommand {
        public static final Range SPEED = new Range("speed", "", 0, 5);

        /**
         * @param speed 0 not said, 1 to 5 for once to sixteen times; only of {@link Pace#FAST} and {@link
         *     Pace#BACK_BY_KEYS}
         * @param from milliseconds since 1970 UTC
         * @param to the same, null for the end of what there is
         */
        public Playback {
            CHANNEL.check(channel);
            SPEED.check(speed);
            Body.require(to == null || from < to, "from must be before to");
        }

        @Override
        public int messageId() {
            return 0x9201;
        }

        @Override
        public byte[] body(Layout layout) {
            return kept.write(server.write(new Body()).octet(channel))
                    .octet(pace.ordinal())
                    .octet(speed)
                    .time(from)
                    .time(to)
                    .bytes();
        }

        @Override
        public int answerId(Layout layout) {
            return 0x1205;
        }

        @Override
        public boolean mayOnlyBeConfirmed() {
            return true;
        }

        @Override
        public boolean repeatable() {
            return false;
        }
    }

    /** What is done with a playback, with its number on the wire. */
    enum PlaybackOrder {
        START,
        PAUSE,
        STOP,
        FAST,
        BACK_BY_KEYS,
        SEEK,
        KEYS
    }

    /** 0x9202. */
    record PlaybackControl(int channel, PlaybackOrder order, int speed, Long at) implements VideoCommand {
        /**
         * @param speed as in {@link Playback}; only of {@link PlaybackOrder#FAST} and {@link PlaybackOrder#BACK_BY_KEYS}
         * @param at milliseconds since 1970 UTC, only of {@link PlaybackOrder#SEEK}, otherwise null
         */
        public PlaybackControl {
            CHANNEL.check(channel);
            Playback.SPEED.check(speed);
            Body.require((order == PlaybackOrder.SEEK) == (at != null), "at must be given to go there, and only then");
        }

        @Override
        public int messageId() {
            return 0x9202;
        }

        @Override
        public byte[] body(Layout layout) {
            return new Body()
                    .octet(channel)
                    .octet(order.ordinal())
                    .octet(speed)
                    .time(at)
                    .bytes();
        }
    }

    /** Where a camera is turned to, with its number on the wire. */
    enum Direction {
        STOP,
        UP,
        DOWN,
        LEFT,
        RIGHT
    }

    /** 0x9301: turns a camera until it is told to stop. */
    record Turn(int channel, Direction direction, int speed) implements VideoCommand {
        public static final Range SPEED = new Range("speed", "", 0, 255);

        public Turn {
            CHANNEL.check(channel);
            SPEED.check(speed);
        }

        @Override
        public int messageId() {
            return 0x9301;
        }

        @Override
        public byte[] body(Layout layout) {
            return new Body()
                    .octet(channel)
                    .octet(direction.ordinal())
                    .octet(speed)
                    .bytes();
        }
    }

    /** What of a lens is changed by steps. */
    enum Lens {
        FOCUS(0x9302),
        IRIS(0x9303),
        ZOOM(0x9306);

        private final int messageId;

        Lens(int messageId) {
            this.messageId = messageId;
        }
    }

    /** 0x9302, 0x9303, 0x9306: one step more or less. */
    record Adjust(int channel, Lens lens, boolean more) implements VideoCommand {
        public Adjust {
            CHANNEL.check(channel);
        }

        @Override
        public int messageId() {
            return lens.messageId;
        }

        @Override
        public byte[] body(Layout layout) {
            return new Body().octet(channel).octet(more ? 0 : 1).bytes();
        }

        @Override
        public boolean repeatable() {
            return false;
        }
    }

    /** What of a camera is switched. */
    enum Part {
        WIPER(0x9304),
        INFRARED(0x9305);

        private final int messageId;

        Part(int messageId) {
            this.messageId = messageId;
        }
    }

    /** 0x9304, 0x9305. */
    record Switch(int channel, Part part, boolean on) implements VideoCommand {
        public Switch {
            CHANNEL.check(channel);
        }

        @Override
        public int messageId() {
            return part.messageId;
        }

        @Override
        public byte[] body(Layout layout) {
            return new Body().octet(channel).octet(on ? 1 : 0).bytes();
        }
    }
}
