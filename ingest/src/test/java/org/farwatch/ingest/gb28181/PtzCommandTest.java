package org.farwatch.ingest.gb28181;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.farwatch.ingest.gb28181.PtzCommand.PresetAction;
import org.junit.jupiter.api.Test;

class PtzCommandTest {
    @Test
    void theBytesAreThoseOfTheStandard() {
        assertThat(PtzCommand.STOP.hex()).isEqualTo("A50F0100000000B5");
        // A.3.2: right, up and zoom out together are 0x29.
        assertThat(PtzCommand.move(1, 1, -1).hex()).isEqualTo("A50F0129FFFFF0CC");
        assertThat(PtzCommand.move(0, 0.392, 0).hex()).isEqualTo("A50F010800640021");
        assertThat(PtzCommand.preset(PresetAction.CALL, 5).hex()).isEqualTo("A50F01820005003C");
        assertThat(PtzCommand.lens(1, 0).hex()).isEqualTo("A50F0142FF0000F6");
    }

    /** Captured from a platform at work, whose devices have address 0: up, stop, focus near. */
    @Test
    void theSumIsThatOfCapturedCommands() {
        for (String captured : new String[] {"A50F000800640020", "A50F0000000000B4", "A50F004100640059"}) {
            byte[] bytes = HexFormat.of().parseHex(captured);
            int sum = 0;
            for (int i = 0; i < 7; i++) {
                sum += bytes[i] & 0xFF;
            }
            assertThat((byte) sum).as(captured).isEqualTo(bytes[7]);
        }
    }

    @Property
    void whateverMovesMovesAtSomeSpeedAndTheSumIsRight(
            @ForAll @DoubleRange(min = -2, max = 2) double pan,
            @ForAll @DoubleRange(min = -2, max = 2) double tilt,
            @ForAll @DoubleRange(min = -2, max = 2) double zoom) {
        byte[] bytes = HexFormat.of().parseHex(PtzCommand.move(pan, tilt, zoom).hex());
        int sum = 0;
        for (int i = 0; i < 7; i++) {
            sum += bytes[i] & 0xFF;
        }
        assertThat(bytes[7]).isEqualTo((byte) sum);
        assertThat((bytes[3] & 0x03) != 0).isEqualTo(bytes[4] != 0);
        assertThat((bytes[3] & 0x0C) != 0).isEqualTo(bytes[5] != 0);
        assertThat((bytes[3] & 0x30) != 0).isEqualTo(bytes[6] != 0);
    }

    @Test
    void aPresetHasANumber() {
        assertThatIllegalArgumentException().isThrownBy(() -> PtzCommand.preset(PresetAction.SET, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> PtzCommand.preset(PresetAction.SET, 256));
    }

    @Test
    void controlsAreWrittenAsDevicesLookForThem() {
        assertThat(text(new Control.Move(PtzCommand.STOP))).contains("<PTZCmd>A50F0100000000B5</PTZCmd>");
        assertThat(text(new Control.KeyPicture())).contains("<IFameCmd>Send</IFameCmd>");
        assertThat(text(new Control.Reboot())).contains("<TeleBoot>Boot</TeleBoot>");
        assertThat(text(new Control.Guard(false))).contains("<GuardCmd>ResetGuard</GuardCmd>");
        assertThat(text(new Control.ResetAlarm())).contains("<AlarmCmd>ResetAlarm</AlarmCmd>");
    }

    private static String text(Control control) {
        return new String(control.body(7, "34020000001320000001"), StandardCharsets.US_ASCII);
    }
}
