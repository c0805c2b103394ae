package org.farwatch.api.cameras;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.farwatch.api.access.DataScope;
import org.farwatch.api.rules.Rules;
import org.farwatch.api.rules.Threshold;
import org.farwatch.api.video.CameraClocks;
import org.farwatch.vision.health.HealthFault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * A fault of each camera whose clock is wrong, as long as it is. What is open stands in the table only, so a restart
 * changes nothing; a camera whose time is not known keeps the fault it has. One thread of the scheduler.
 */
@Component
class ClockRound {
    /** A clock is right again when it is within this share of the limit. */
    static final double CLEAR = 0.8;

    private static final Logger LOG = LoggerFactory.getLogger(ClockRound.class);
    private static final long ROUND_MILLIS = 5_000;

    private final CameraClocks clocks;
    private final CameraTable table;
    private final Rules rules;
    private final Clock clock;

    ClockRound(CameraClocks clocks, CameraTable table, Rules rules, Clock clock) {
        this.clocks = clocks;
        this.table = table;
        this.rules = rules;
        this.clock = clock;
    }

    @Scheduled(fixedDelay = ROUND_MILLIS)
    void look() {
        try {
            Map<Long, Long> offsets = clocks.offsets();
            if (offsets.isEmpty()) {
                return;
            }
            Set<Long> open = table.open(DataScope.EVERYTHING).values().stream()
                    .flatMap(faults -> faults.stream().filter(fault -> fault.kind() == HealthFault.CLOCK))
                    .map(CameraTable.Fault::stream)
                    .collect(Collectors.toSet());
            long limit = rules.seconds(Threshold.CAMERA_CLOCK_SECONDS) * 1_000L;
            offsets.forEach((stream, offset) ->
                    judge(offset, limit, open.contains(stream)).ifPresent(wrong -> say(stream, wrong)));
        } catch (DataAccessException e) {
            LOG.warn("clocks of cameras wait for the database: {}", e.getMessage());
        }
    }

    /**
     * @param offset milliseconds, {@code limit} likewise
     * @param open whether it is known to be wrong
     * @return whether it has become wrong, or right; empty when it is as it was
     */
    static Optional<Boolean> judge(long offset, long limit, boolean open) {
        long off = Math.abs(offset);
        if (open) {
            return off <= CLEAR * limit ? Optional.of(false) : Optional.empty();
        }
        return off > limit ? Optional.of(true) : Optional.empty();
    }

    private void say(long stream, boolean wrong) {
        if (wrong) {
            table.camera(stream, DataScope.EVERYTHING)
                    .ifPresent(camera -> table.begin(camera, HealthFault.CLOCK, clock.instant()));
        } else {
            table.end(stream, HealthFault.CLOCK, clock.instant());
        }
    }
}
