package org.farwatch.ingest.jt808.command;

import java.util.Set;
import org.farwatch.ingest.jt808.Layout;

/** Commands about where the terminal is and what it raises. */
public sealed interface PositionCommand extends Command {
    @Override
    default boolean repeatable() {
        return true;
    }

    /** 0x8201: where it is now, answered with 0x0201. */
    record Locate() implements PositionCommand {
        @Override
        public int messageId() {
            return 0x8201;
        }

        @Override
        public byte[] body(Layout layout) {
            return new byte[0];
        }

        @Override
        public int answerId(Layout layout) {
            return 0x0201;
        }
    }

    /** 0x8202: positions at another interval for a while. */
    record Track(int interval, long validity) implements PositionCommand {
        public static final Range INTERVAL = Range.word("interval", "s");
        public static final Range VALIDITY = Range.dword("validity", "s");

        /**
         * @param interval seconds, 0 stops it
         * @param validity seconds, unused when it is stopped
         */
        public Track {
            INTERVAL.check(interval);
            VALIDITY.check(validity);
        }

        @Override
        public int messageId() {
            return 0x8202;
        }

        @Override
        public byte[] body(Layout layout) {
            Body body = new Body().word(interval);
            return interval == 0 ? body.bytes() : body.dword(validity).bytes();
        }
    }

    /** 0x8203: an alarm has been seen by a person, so that the terminal ends it. */
    record ConfirmAlarm(int serial, Set<Integer> bits) implements PositionCommand {
        public static final Range SERIAL = Range.word("serial", "");

        /** The alarms that wait for the platform's answer, as bits of the location's alarm flags. */
        public static final Set<Integer> CONFIRMABLE = Set.of(0, 3, 20, 21, 22, 27, 28);

        /** @param serial of the message with the alarm, 0 for all alarms of these kinds */
        public ConfirmAlarm {
            SERIAL.check(serial);
            bits = Set.copyOf(bits);
            Body.require(
                    !bits.isEmpty() && CONFIRMABLE.containsAll(bits),
                    "bits must be one or more of 0, 3, 20, 21, 22, 27, 28, were " + bits);
        }

        @Override
        public int messageId() {
            return 0x8203;
        }

        @Override
        public Layout since() {
            return Layout.V2013;
        }

        @Override
        public byte[] body(Layout layout) {
            long flags = 0;
            for (int bit : bits) {
                flags |= 1L << bit;
            }
            return new Body().word(serial).dword(flags).bytes();
        }
    }
}
