package org.farwatch.ingest.jt808.command;

import org.farwatch.ingest.jt808.Layout;

/** Commands for pictures and sound. Whoever sends one sees to it that the law allows it; see the service's rules. */
public sealed interface MediaCommand extends Command {
    /** Kinds of stored media with their number on the wire. */
    enum MediaType {
        IMAGE,
        AUDIO,
        VIDEO
    }

    /** 0x8801 for photographs, answered with 0x0805 (2011: the general reply only). */
    record Photograph(int channel, int count, int interval, boolean store, int resolution, int quality)
            implements MediaCommand {
        public static final Range CHANNEL = new Range("channel", "", 1, 255);
        public static final Range COUNT = new Range("count", "", 1, 10);
        public static final Range INTERVAL = Range.word("interval", "s");
        public static final Range RESOLUTION = new Range("resolution", "", 1, 8);
        public static final Range QUALITY = new Range("quality", "", 1, 10);

        private static final int NEUTRAL_BRIGHTNESS = 128;
        private static final int NEUTRAL = 64;

        /**
         * @param interval seconds between photographs, 0 for as fast as it can
         * @param store on the terminal rather than to be sent now
         * @param resolution 1 320x240, 2 640x480, 3 800x600, 4 1024x768, 5 176x144, 6 352x288, 7 704x288, 8 704x576
         * @param quality 1 loses least, 10 is smallest
         */
        public Photograph {
            CHANNEL.check(channel);
            COUNT.check(count);
            INTERVAL.check(interval);
            RESOLUTION.check(resolution);
            QUALITY.check(quality);
        }

        @Override
        public int messageId() {
            return 0x8801;
        }

        @Override
        public byte[] body(Layout layout) {
            return new Body()
                    .octet(channel)
                    .word(count)
                    .word(interval)
                    .octet(store ? 1 : 0)
                    .octet(resolution)
                    .octet(quality)
                    .octet(NEUTRAL_BRIGHTNESS)
                    .octet(NEUTRAL)
                    .octet(NEUTRAL)
                    .octet(NEUTRAL_BRIGHTNESS)
                    .bytes();
        }

        @Override
        public int answerId(Layout layout) {
            return layout == Layout.V2011 ? GENERAL_REPLY : 0x0805;
        }

        @Override
        public boolean repeatable() {
            return false;
        }
    }

    /**
     * Which stored media.
     *
     * @param channel 0 for all
     * @param event 0 platform, 1 timer, 2 robbery, 3 collision or rollover
     * @param from milliseconds since 1970 UTC, null together with {@code to} for any time
     */
    record Stored(MediaType type, int channel, int event, Long from, Long to) {
        public static final Range CHANNEL = new Range("channel", "", 0, 255);
        public static final Range EVENT = new Range("event", "", 0, 255);

        public Stored {
            CHANNEL.check(channel);
            EVENT.check(event);
            Body.require((from == null) == (to == null), "from and to must be given together or not at all");
            Body.require(from == null || from < to, "from must be before to");
        }

        Body write(Body body) {
            return body.octet(type.ordinal())
                    .octet(channel)
                    .octet(event)
                    .time(from)
                    .time(to);
        }
    }

    /** 0x8802: what is stored, answered with 0x0802. */
    record SearchMedia(Stored which) implements MediaCommand {
        @Override
        public int messageId() {
            return 0x8802;
        }

        @Override
        public byte[] body(Layout layout) {
            return which.write(new Body()).bytes();
        }

        @Override
        public int answerId(Layout layout) {
            return 0x0802;
        }

        @Override
        public boolean repeatable() {
            return true;
        }
    }

    /** 0x8803: sends what is stored; never asks the terminal to delete it, so that what is lost on the way can be sent again. */
    record UploadMedia(Stored which) implements MediaCommand {
        @Override
        public int messageId() {
            return 0x8803;
        }

        @Override
        public byte[] body(Layout layout) {
            return which.write(new Body()).octet(0).bytes();
        }

        @Override
        public boolean repeatable() {
            return false;
        }
    }

    /** 0x8805: sends one stored file; not deleted either. */
    record UploadOneMedia(long id) implements MediaCommand {
        public static final Range ID = new Range("id", "", 1, 0xFFFF_FFFFL);

        public UploadOneMedia {
            ID.check(id);
        }

        @Override
        public int messageId() {
            return 0x8805;
        }

        @Override
        public Layout since() {
            return Layout.V2013;
        }

        @Override
        public byte[] body(Layout layout) {
            return new Body().dword(id).octet(0).bytes();
        }

        @Override
        public boolean repeatable() {
            return false;
        }
    }

    /** 0x8804: records sound, or stops it. */
    record RecordSound(boolean start, int seconds, boolean store, int rate) implements MediaCommand {
        public static final Range SECONDS = new Range("seconds", "s", 1, 600);
        public static final Range RATE = new Range("rate", "", 0, 3);

        /**
         * @param seconds never without end; unused when it is stopped
         * @param store on the terminal rather than to be sent
         * @param rate 0 8 kHz, 1 11 kHz, 2 23 kHz, 3 32 kHz
         */
        public RecordSound {
            if (start) {
                SECONDS.check(seconds);
            }
            RATE.check(rate);
        }

        @Override
        public int messageId() {
            return 0x8804;
        }

        @Override
        public byte[] body(Layout layout) {
            return new Body()
                    .octet(start ? 1 : 0)
                    .word(start ? seconds : 0)
                    .octet(store ? 1 : 0)
                    .octet(rate)
                    .bytes();
        }

        @Override
        public boolean repeatable() {
            return false;
        }
    }
}
