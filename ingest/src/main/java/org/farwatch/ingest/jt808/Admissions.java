package org.farwatch.ingest.jt808;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.farwatch.ingest.DeviceDirectory.Admission;
import org.farwatch.ingest.DeviceDirectory.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the register whether a terminal of one peer is let in, and goes on with its decision: at once when it has one,
 * otherwise when it comes. Until then the peer is paused, so the frame that asks stays valid and the order is kept.
 */
final class Admissions {
    /** How long the register may take to decide; then the terminal is left to try again. */
    private static final long DECISION_SECONDS = 20;

    private static final Admission UNAVAILABLE = new Admission.Refused(Refusal.UNAVAILABLE);
    private static final Logger LOG = LoggerFactory.getLogger(Admissions.class);

    private Admissions() {}

    /** @param step runs on the peer's event loop, unless the peer is gone by then; a register that fails is unavailable */
    static void await(Peer peer, Supplier<CompletionStage<Admission>> question, Consumer<Admission> step) {
        CompletableFuture<Admission> answer;
        try {
            answer = question.get().toCompletableFuture();
        } catch (RuntimeException e) {
            LOG.error("the register failed", e);
            answer = CompletableFuture.completedFuture(UNAVAILABLE);
        }
        if (answer.isDone()) {
            step.accept(decided(answer));
            return;
        }
        peer.pause(Connection.ADMISSION);
        CompletableFuture<Admission> bounded =
                answer.copy().completeOnTimeout(UNAVAILABLE, DECISION_SECONDS, TimeUnit.SECONDS);
        var _ = bounded.whenComplete((_, _) -> peer.execute(() -> {
            if (peer.isOpen()) {
                step.accept(decided(bounded));
                peer.resume(Connection.ADMISSION);
            }
        }));
    }

    private static Admission decided(CompletableFuture<Admission> answer) {
        if (answer.isCompletedExceptionally()) {
            LOG.error("the register failed", answer.exceptionNow());
            return UNAVAILABLE;
        }
        return answer.resultNow();
    }
}
