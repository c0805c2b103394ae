package org.farwatch.ingest.simulator.gb28181;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.Charset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.data.Offset;
import org.farwatch.ingest.gb28181.PtzCommand;
import org.farwatch.ingest.gb28181.PtzCommand.PresetAction;
import org.farwatch.ingest.simulator.gb28181.DomeHead.Place;
import org.farwatch.ingest.simulator.gb28181.DomeHead.View;
import org.junit.jupiter.api.Test;

/** A simulated dome does what the service's orders say, byte by byte. */
class DomeHeadTest {
    private static final Offset<Double> NEAR = within(1e-6);
    private long nanos;
    private final DomeHead head = new DomeHead(
            List.of(new Place(1, "全景", new View(0, 0, 2)), new Place(2, "门口", new View(-0.5, 0.5, 4))), () -> nanos);

    @Test
    void itTurnsUntilItIsToldToStopAndNoFurtherThanItsStop() {
        head.order(PtzCommand.move(1, -1, 0).hex());
        pass(1);
        assertLooks(0.4, -0.4, 2);
        head.order(PtzCommand.STOP.hex());
        pass(1);
        assertLooks(0.4, -0.4, 2);
        head.order(PtzCommand.move(-1, 0, 0).hex());
        pass(60);
        assertLooks(-1, -0.4, 2);
        head.order(PtzCommand.move(0, 0, 1).hex());
        pass(60);
        assertLooks(-1, -0.4, 5);
    }

    @Test
    void itRemembersPlaces() {
        head.order(PtzCommand.preset(PresetAction.CALL, 2).hex());
        assertLooks(-0.5, 0.5, 4);
        head.order(PtzCommand.preset(PresetAction.SET, 7).hex());
        head.order(PtzCommand.preset(PresetAction.CALL, 1).hex());
        assertLooks(0, 0, 2);
        head.order(PtzCommand.preset(PresetAction.CALL, 7).hex());
        assertLooks(-0.5, 0.5, 4);
        head.order(PtzCommand.preset(PresetAction.DELETE, 2).hex());
        assertThat(new String(head.presets(5, "34020000001320000301"), Charset.forName("GB18030")))
                .contains("<PresetID>1<", "全景", "<PresetID>7<")
                .doesNotContain("<PresetID>2<");
    }

    @Test
    void whatIsNoOrderAndWhatIsOfTheLensMovesNothing() {
        head.order("A50F0101FF000000");
        head.order("");
        head.order(PtzCommand.lens(1, 1).hex());
        pass(5);
        assertLooks(0, 0, 2);
    }

    private void pass(int seconds) {
        nanos += TimeUnit.SECONDS.toNanos(seconds);
    }

    private void assertLooks(double pan, double tilt, double zoom) {
        View view = head.now();
        assertThat(view.pan()).isCloseTo(pan, NEAR);
        assertThat(view.tilt()).isCloseTo(tilt, NEAR);
        assertThat(view.zoom()).isCloseTo(zoom, NEAR);
    }
}
