package org.farwatch.vision.health;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.farwatch.vision.health.Dwell.Verdict;

/**
 * A fold over a camera's glances: learns what its pictures are like, and says when a fault begins and ends.
 *
 * <p>The worst comes first: what hides the view leaves nothing to be said of its sharpness or direction, which then is neither
 * good nor bad. Nothing is learned from a picture that is bad or may be. A light in which a camera was not seen before is learned
 * first; until then only darkness, one colour and pictures that are the same to the last pixel are faults.
 *
 * <p>At most 1.1 MB. Owned by one thread.
 */
public final class PictureWatch {
    /** Pictures farther apart than this, in dwells, do not join: what was between them is not known. */
    private static final int LONGEST_BREAK = 3;

    private static final double ONE_COLOUR = 8;
    private static final double HIDDEN = 0.5;
    private static final double HIDDEN_CLEAR = 0.3;
    private static final double SAME_SCENE = 0.8;
    /** A share of the lowest stir that a camera is used to, within fixed bounds: coding alone stirs a still picture. */
    private static final double OF_FLOOR = 0.3;

    private static final double LEAST_STIR = 0.02;
    private static final double MOST_STIR = 0.2;
    /** A bad measure must be better than its limit by this factor to be good again. */
    private static final double CLEAR = 1.3;

    private static final double LEARNABLE = 0.6;
    private static final double STIRRED = 10;

    private final Set<HealthFault> judged;
    private final Map<Light, Learned> learned = new EnumMap<>(Light.class);
    private final Map<HealthFault, Dwell> dwells = new EnumMap<>(HealthFault.class);
    private Light light;
    private byte[] before;
    private long last;

    /**
     * @param judged faults of {@link HealthFault#ofPictures} that are looked for: a camera that is carried or turned has no view of its own
     * @param memory of an earlier watch, or {@link WatchMemory#NONE}
     */
    public PictureWatch(Set<HealthFault> judged, WatchMemory memory) {
        this.judged = Set.copyOf(judged);
        for (HealthFault fault : HealthFault.ofPictures()) {
            dwells.put(fault, new Dwell(fault));
        }
        memory.references().forEach((of, reference) -> learned.put(of, new Learned(reference)));
        memory.open().forEach((fault, since) -> dwells.get(fault).reopen(since));
    }

    /** What was found at one look. */
    public record Look(HealthSample sample, List<HealthChange> changes) {}

    /**
     * @param rate pictures a second since the glance before, NaN when not known
     * @param atMillis when the picture came, milliseconds since 1970 UTC
     */
    public Look take(Glance glance, double rate, long atMillis, HealthLimits limits) {
        if (before != null
                && atMillis - last > LONGEST_BREAK * Math.max(limits.dwell().toMillis(), 10_000)) {
            interrupted();
        }
        last = atMillis;
        Light now = Light.of(glance.colour(), glance.brightness(), light);
        boolean switched = light != null && now != light;
        light = now;
        Learned known = learned.computeIfAbsent(now, _ -> new Learned());
        double stir = before == null || switched ? Double.NaN : Stir.between(before, glance.grey());
        before = glance.grey();
        boolean black = glance.bright() <= limits.dark();
        View.Agreement seen = known.telling() && !black ? known.view().with(glance.grey()) : null;
        double sharpness = known.enough() ? glance.sharpness() / known.sharpness() : Double.NaN;

        Map<HealthFault, Verdict> verdicts = new EnumMap<>(HealthFault.class);
        verdicts.put(HealthFault.BLACK, verdict(black, glance.bright() > CLEAR * limits.dark()));
        verdicts.put(HealthFault.SLOW, slow(rate, known, limits));
        Verdict covered = covered(glance, black, seen, known);
        verdicts.put(HealthFault.COVERED, covered);
        boolean hidden = black || covered == Verdict.BAD;
        verdicts.put(HealthFault.FROZEN, hidden ? Verdict.UNSURE : frozen(stir, known));
        Verdict blurred = hidden || !known.enough()
                ? Verdict.UNSURE
                : verdict(sharpness < limits.blurred(), sharpness > CLEAR * limits.blurred());
        verdicts.put(HealthFault.BLURRED, blurred);
        Verdict moved = hidden || blurred == Verdict.BAD || seen == null
                ? Verdict.UNSURE
                : verdict(
                        seen.kept() < limits.view() * known.steady(),
                        seen.kept() > CLEAR * limits.view() * known.steady());
        verdicts.put(HealthFault.MOVED, moved);

        List<HealthChange> changes = new ArrayList<>();
        for (HealthFault fault : HealthFault.ofPictures()) {
            Verdict verdict = judged.contains(fault) ? verdicts.get(fault) : Verdict.UNSURE;
            dwells.get(fault).take(verdict, atMillis, limits.dwell()).ifPresent(changes::add);
        }
        learn(glance, rate, stir, known, seen, verdicts);
        HealthSample sample = new HealthSample(
                atMillis,
                now,
                glance.brightness(),
                hidden ? Double.NaN : sharpness,
                seen == null ? Double.NaN : seen.kept(),
                seen == null ? Double.NaN : seen.lost(),
                stir,
                rate);
        return new Look(sample, changes);
    }

    /** No pictures came for a while: the next one is not compared with the last. Faults that last stay. */
    public void interrupted() {
        before = null;
        dwells.values().forEach(Dwell::breakOff);
    }

    /** Whether enough is known of the present light to judge by. */
    public boolean hasLearned() {
        return light != null && learned.containsKey(light) && learned.get(light).enough();
    }

    public WatchMemory memory() {
        Map<Light, WatchMemory.Reference> references = new EnumMap<>(Light.class);
        learned.forEach((of, known) -> references.put(of, known.memory()));
        Map<HealthFault, Long> open = new EnumMap<>(HealthFault.class);
        dwells.forEach((fault, dwell) -> {
            if (dwell.open()) {
                open.put(fault, dwell.since());
            }
        });
        return new WatchMemory(references, open);
    }

    private static Verdict covered(Glance glance, boolean black, View.Agreement seen, Learned known) {
        if (black) {
            return Verdict.UNSURE;
        }
        if (glance.spread() <= ONE_COLOUR) {
            return Verdict.BAD;
        }
        if (seen == null) {
            // Until its view is learned nobody knows what is hidden; one that shows little is not hidden for that.
            return known.enough() ? Verdict.GOOD : Verdict.UNSURE;
        }
        boolean hidden = seen.lost() >= HIDDEN && seen.alike() < SAME_SCENE;
        return verdict(hidden, seen.lost() < HIDDEN_CLEAR);
    }

    private static Verdict frozen(double stir, Learned known) {
        if (Double.isNaN(stir)) {
            return Verdict.UNSURE;
        }
        double limit = known.enough() && !Double.isNaN(known.floor())
                ? Math.clamp(OF_FLOOR * known.floor(), LEAST_STIR, MOST_STIR)
                : LEAST_STIR;
        return verdict(stir < limit, stir > STIRRED * limit);
    }

    private static Verdict slow(double rate, Learned known, HealthLimits limits) {
        if (Double.isNaN(rate) || !known.ratedEnough()) {
            return Verdict.UNSURE;
        }
        double share = rate / known.rate();
        return verdict(share < limits.rate(), share > CLEAR * limits.rate());
    }

    private static Verdict verdict(boolean bad, boolean good) {
        return bad ? Verdict.BAD : good ? Verdict.GOOD : Verdict.UNSURE;
    }

    private void learn(
            Glance glance,
            double rate,
            double stir,
            Learned known,
            View.Agreement seen,
            Map<HealthFault, Verdict> verdicts) {
        boolean doubtful = verdicts.entrySet().stream()
                .anyMatch(entry -> entry.getKey() != HealthFault.SLOW && entry.getValue() == Verdict.BAD);
        boolean lasting = dwells.entrySet().stream()
                .anyMatch(entry ->
                        entry.getKey() != HealthFault.SLOW && entry.getValue().open());
        if (!doubtful && !lasting && (seen == null || seen.kept() >= LEARNABLE * known.steady())) {
            known.learn(glance);
            if (!Double.isNaN(stir)) {
                known.learnStir(stir);
            }
        }
        if (!Double.isNaN(rate)
                && verdicts.get(HealthFault.SLOW) != Verdict.BAD
                && !dwells.get(HealthFault.SLOW).open()) {
            known.learnRate(rate);
        }
    }

    /** How two pictures differ. */
    private static final class Stir {
        private static final int BLOCK = View.BLOCK;
        private static final int COLUMNS = Glance.WIDTH / BLOCK;
        private static final int ROWS = Glance.HEIGHT / BLOCK;

        /** Greatest mean difference of a block, but for the rows at the upper and lower edge, where the time may be written. */
        static double between(byte[] one, byte[] other) {
            double most = 0;
            for (int row = 1; row < ROWS - 1; row++) {
                for (int column = 0; column < COLUMNS; column++) {
                    most = Math.max(most, block(one, other, column * BLOCK, row * BLOCK));
                }
            }
            return most;
        }

        private static double block(byte[] one, byte[] other, int left, int top) {
            int sum = 0;
            for (int y = top; y < top + BLOCK; y++) {
                for (int x = left; x < left + BLOCK; x++) {
                    int i = y * Glance.WIDTH + x;
                    sum += Math.abs((one[i] & 0xFF) - (other[i] & 0xFF));
                }
            }
            return (double) sum / (BLOCK * BLOCK);
        }
    }
}
