package org.farwatch.vision.evaluation;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.farwatch.vision.background.Grey;
import org.farwatch.vision.detect.NanoDet;
import org.farwatch.vision.shape.Point;
import org.farwatch.vision.zone.EventSink;
import org.farwatch.vision.zone.Lead;
import org.farwatch.vision.zone.LeadEnd;
import org.farwatch.vision.zone.Zone;
import org.farwatch.vision.zone.ZoneWatch;

/** Plays clips to a watch whose zone is the whole picture and prints how its leads agree with the truth. */
public final class EvaluateLeads {
    private static final String RULE = "clutter";
    private static final List<Point> EVERYWHERE =
            List.of(new Point(0, 0), new Point(1, 0), new Point(1, 1), new Point(0, 1));

    private EvaluateLeads() {}

    /**
     * @param arguments truth files; a video that is not beside its truth is looked for below the folder that the system property
     *     {@code farwatch.footage} names
     * @throws IOException when a file cannot be read
     */
    public static void main(String[] arguments) throws IOException {
        PrintStream out = System.out;
        out.println(
                "| clip | events | found | missed | false | false/h | precision | recall | s to alert | ended in time |");
        out.println("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
        List<Score> scores = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        try (NanoDet detector = new NanoDet()) {
            for (String argument : arguments) {
                Path file = Path.of(argument);
                Truth truth = Truth.read(file);
                Score score = evaluate(truth, video(file, truth), detector);
                scores.add(score);
                out.println(line(truth.video(), score));
                faults(truth, score, faults);
            }
        }
        out.println(line("**all**", Score.sum(scores)));
        out.println();
        faults.forEach(out::println);
    }

    private static Path video(Path file, Truth truth) {
        Path beside = file.resolveSibling(truth.video());
        return Files.exists(beside)
                ? beside
                : Path.of(System.getProperty("farwatch.footage", ".")).resolve(truth.video());
    }

    /** Plays one clip; the detector stays the caller's. */
    public static Score evaluate(Truth truth, Path video, NanoDet detector) throws IOException {
        List<Lead> leads = new ArrayList<>();
        Map<Long, Double> ended = new HashMap<>();
        EventSink sink = new EventSink() {
            @Override
            public void raised(Lead lead) {
                leads.add(lead);
            }

            @Override
            public void ended(LeadEnd end) {
                ended.put(end.number(), end.endedMicros() / 1e6);
            }
        };
        double[] last = new double[2];
        try (ZoneWatch watch =
                new ZoneWatch(List.of(Zone.of("everywhere", EVERYWHERE, RULE, truth.dwellSeconds())), detector, sink)) {
            Clip.play(video, picture -> {
                try (picture) {
                    watch.take(picture);
                    last[0] = picture.timeMicros() / 1e6;
                    last[1] = (double) Grey.WIDTH
                            * picture.bgr().rows()
                            / picture.bgr().cols();
                }
            });
        }
        List<Score.Raised> raised = leads.stream()
                .map(lead -> new Score.Raised(
                        lead.rule().code(),
                        lead.raisedMicros() / 1e6,
                        ended.getOrDefault(lead.number(), Double.POSITIVE_INFINITY),
                        lead.box()))
                .toList();
        return Score.of(truth, raised, last[1], last[0]);
    }

    private static String line(String name, Score score) {
        return String.format(
                Locale.ROOT,
                "| %s | %d | %d | %d | %d | %.0f | %.2f | %.2f | %.1f | %d of %d%s |",
                name,
                score.found().size() + score.missed().size(),
                score.found().size(),
                score.missed().size(),
                score.falseLeads().size(),
                score.falsePerHour(),
                score.precision(),
                score.recall(),
                score.meanDelay(),
                score.endedInTime(),
                score.removed(),
                score.endedWrongly() == 0 ? "" : ", " + score.endedWrongly() + " ended though it stood");
    }

    private static void faults(Truth truth, Score score, List<String> faults) {
        for (Truth.Event event : score.missed()) {
            faults.add(String.format(
                    Locale.ROOT,
                    "- %s: missed from %.1f to %.1f s, %s at %s",
                    truth.video(),
                    event.from(),
                    event.to(),
                    event.note(),
                    place(event.box())));
        }
        for (Score.Raised lead : score.falseLeads()) {
            String near = java.util.stream.Stream.concat(truth.events().stream(), truth.distractors().stream())
                    .filter(event -> event.box().intersection(lead.box()) > 0)
                    .map(event -> String.format(
                            Locale.ROOT,
                            "%s from %.1f to %.1f s, overlap %.2f",
                            event.note(),
                            event.from(),
                            event.to(),
                            event.box().overlap(lead.box())))
                    .findFirst()
                    .orElse("nothing of ours");
            faults.add(String.format(
                    Locale.ROOT,
                    "- %s: false at %.1f s (dwell %.0f s), ended %.1f s, at %s: %s",
                    truth.video(),
                    lead.at(),
                    truth.dwellSeconds(),
                    lead.ended(),
                    place(lead.box()),
                    near));
        }
    }

    private static String place(org.farwatch.vision.shape.Box box) {
        return String.format(Locale.ROOT, "x %.3f y %.3f, %.3f x %.3f", box.x(), box.y(), box.width(), box.height());
    }
}
