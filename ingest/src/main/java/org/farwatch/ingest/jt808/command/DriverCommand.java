package org.farwatch.ingest.jt808.command;

import org.farwatch.ingest.jt808.Layout;

/** Commands that whoever sits in the vehicle notices. */
public sealed interface DriverCommand extends Command {
    /** 0x8300: a text, shown or read aloud. */
    record Text(boolean urgent, boolean display, boolean speak, boolean service, String text) implements DriverCommand {
        public static final int MOST_BYTES = 1024;

        private static final int DISPLAY = 1 << 2;
        private static final int SPEAK = 1 << 3;
        private static final int URGENT_2013 = 1;
        private static final int SERVICE_2019 = 1;
        private static final int URGENT_2019 = 2;
        private static final int NOTICE_2019 = 3;

        /** @param service a text of service rather than a notice, which only terminals of 2019 tell apart */
        public Text {
            Body.requireText("text", text, MOST_BYTES);
            Body.require(!text.isBlank(), "text must not be empty");
            Body.require(display || speak, "display or speak must be true, otherwise nobody learns of the text");
        }

        @Override
        public int messageId() {
            return 0x8300;
        }

        @Override
        public byte[] body(Layout layout) {
            int means = (display ? DISPLAY : 0) | (speak ? SPEAK : 0);
            Body body = new Body();
            if (layout == Layout.V2019) {
                int ordinary = service ? SERVICE_2019 : NOTICE_2019;
                body.octet(means | (urgent ? URGENT_2019 : ordinary)).octet(service ? 2 : 1);
            } else {
                body.octet(means | (urgent ? URGENT_2013 : 0));
            }
            return body.text(text).bytes();
        }

        @Override
        public boolean repeatable() {
            return false;
        }
    }

    /** 0x8400: the terminal calls a phone; with {@code listen} nobody in the vehicle is told. */
    record CallBack(boolean listen, String phone) implements DriverCommand {
        public CallBack {
            Body.require(
                    phone != null && phone.matches("\\+?[0-9]{3,19}"),
                    "phone must be 3 to 19 digits, a + may go before them, was " + phone);
        }

        @Override
        public int messageId() {
            return 0x8400;
        }

        @Override
        public byte[] body(Layout layout) {
            return new Body().octet(listen ? 1 : 0).text(phone).bytes();
        }

        @Override
        public boolean repeatable() {
            return false;
        }
    }

    /** 0x8500: locks or unlocks the doors, answered with 0x0500. */
    record VehicleControl(boolean lock) implements DriverCommand {
        private static final int DOOR = 1;

        @Override
        public int messageId() {
            return 0x8500;
        }

        @Override
        public byte[] body(Layout layout) {
            return layout == Layout.V2019
                    ? new Body().word(1).word(DOOR).octet(lock ? 0 : 1).bytes()
                    : new Body().octet(lock ? 1 : 0).bytes();
        }

        @Override
        public int answerId(Layout layout) {
            return 0x0500;
        }

        @Override
        public boolean repeatable() {
            return true;
        }
    }

    /** 0x8702: who drives, answered with 0x0702. */
    record AskDriver() implements DriverCommand {
        @Override
        public int messageId() {
            return 0x8702;
        }

        @Override
        public Layout since() {
            return Layout.V2013;
        }

        @Override
        public byte[] body(Layout layout) {
            return new byte[0];
        }

        @Override
        public int answerId(Layout layout) {
            return 0x0702;
        }

        @Override
        public boolean repeatable() {
            return true;
        }
    }
}
