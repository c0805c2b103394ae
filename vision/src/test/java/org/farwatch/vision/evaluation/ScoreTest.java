package org.farwatch.vision.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.farwatch.vision.evaluation.Score.Raised;
import org.farwatch.vision.evaluation.Truth.Event;
import org.farwatch.vision.shape.Box;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoreTest {
    private static final Box BOX = new Box(0.4, 0.4, 0.2, 0.2);
    private static final Event EVENT = new Event("clutter", 10, 40, BOX, "carton");
    private static final Truth TRUTH = new Truth("clip.mp4", 5, List.of(EVENT), List.of());

    @Test
    void aLeadInTimeAndPlaceFindsAnEventAndASecondOneIsFalse() {
        Score score = score(lead(15.5, 42, BOX), lead(16, 42, BOX));
        assertThat(score.recall()).isEqualTo(1);
        assertThat(score.precision()).isEqualTo(0.5);
        assertThat(score.meanDelay()).isEqualTo(5.5);
        assertThat(score.endedInTime()).isEqualTo(1);
        assertThat(score.falsePerHour()).isEqualTo(60);
    }

    @Test
    void leadsTooEarlyTooLateOrElsewhereAreFalse() {
        assertThat(score(lead(13.9, 42, BOX)).falseLeads()).hasSize(1);
        assertThat(score(lead(17.1, 42, BOX)).falseLeads()).hasSize(1);
        assertThat(score(lead(15, 42, new Box(0.5, 0.4, 0.2, 0.2))).falseLeads())
                .hasSize(1);
        assertThat(score(lead(15, 42, BOX)).falseLeads()).isEmpty();
    }

    @Test
    void smallThingsNeedLessOverlap() {
        Box small = new Box(0.4, 0.4, 0.04, 0.04);
        Truth truth = new Truth("clip.mp4", 5, List.of(new Event("clutter", 10, 40, small, "")), List.of());
        Raised lead = lead(15, 42, new Box(0.42, 0.4, 0.04, 0.04));
        assertThat(Score.of(truth, List.of(lead), 480, 60).found()).hasSize(1);
        assertThat(Score.of(truth, List.of(lead), 640, 60).found()).isEmpty();
    }

    @Test
    void aLeadThatEndsBeforeOrLongAfterItsThingGoesDidNotEndInTime() {
        assertThat(score(lead(15, 43.1, BOX)).endedInTime()).isZero();
        assertThat(score(lead(15, 20, BOX)).endedInTime()).isZero();
        assertThat(score(lead(15, Double.POSITIVE_INFINITY, BOX)).endedInTime()).isZero();
    }

    @Test
    void truthIsReadAsItWasWritten(@TempDir Path folder) throws Exception {
        Event stays = new Event("clutter", 3.5, Double.POSITIVE_INFINITY, BOX, "");
        Truth truth = new Truth("a.mp4", 6, List.of(EVENT, stays), List.of(EVENT));
        Path file = folder.resolve("a.json");
        truth.write(file);
        assertThat(Truth.read(file)).isEqualTo(truth);
        assertThat(Files.readString(file)).contains("\"to\" : null");
    }

    private static Raised lead(double at, double ended, Box box) {
        return new Raised("clutter", at, ended, box);
    }

    private static Score score(Raised... leads) {
        return Score.of(TRUTH, List.of(leads), 480, 60);
    }
}
