package org.farwatch.ingest.gb28181;

/** What a device can be told to do (GB/T 28181-2016 A.2.3). */
public sealed interface Control {
    record Move(PtzCommand command) implements Control {}

    /** Sends a key picture soon. */
    record KeyPicture() implements Control {}

    record Reboot() implements Control {}

    /** @param on whether it watches for alarms from now on */
    record Guard(boolean on) implements Control {}

    /** Takes back the alarm that is on. */
    record ResetAlarm() implements Control {}

    /** The body of the message. */
    default byte[] body(int sn, String device) {
        Body body = Body.control(sn, device);
        return switch (this) {
            case Move(PtzCommand command) ->
                body.element("PTZCmd", command.hex())
                        .open("Info", -1)
                        .element("ControlPriority", "5")
                        .close()
                        .bytes();
            // The standard's own spelling of 2016; 2022 corrects it, devices of both know this one.
            case KeyPicture() -> body.element("IFameCmd", "Send").bytes();
            case Reboot() -> body.element("TeleBoot", "Boot").bytes();
            case Guard(boolean on) ->
                body.element("GuardCmd", on ? "SetGuard" : "ResetGuard").bytes();
            case ResetAlarm() -> body.element("AlarmCmd", "ResetAlarm").bytes();
        };
    }
}
