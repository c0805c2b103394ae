package org.farwatch.api.inspection;

import java.util.Optional;
import org.farwatch.api.video.VerifyCommand;
import org.farwatch.api.video.VerifyCommand.Question;
import org.farwatch.api.video.VerifyCommand.Result;

/** {@code verify} of a draw's record, in words: needs no database, no key and no running service. */
public final class DrawVerification implements VerifyCommand.Documents {
    @Override
    public Result check(byte[] document, Question question) {
        DrawRecord record;
        try {
            record = DrawRecord.read(document);
        } catch (IllegalArgumentException e) {
            System.err.println("Farwatch cannot verify: this is no record of a draw: " + e.getMessage());
            return Result.NOT_CHECKED;
        }
        DrawRecord.Frozen frozen = record.frozen();
        System.out.println("draw       " + frozen.draw() + " (" + frozen.name() + "), " + frozen.kind() + ", "
                + frozen.from() + " to " + frozen.to());
        System.out.println("signed by  " + record.signedBy());
        if (!question.trusts(record.signedBy())) {
            System.out.println("FOREIGN    the key is not " + String.join(" or ", question.keys()));
            return Result.NOT_INTACT;
        }
        Optional<String> fault = new DrawCheck(record).fault();
        if (fault.isPresent()) {
            System.out.println("ALTERED    draw " + frozen.draw() + ": " + fault.get());
            return Result.NOT_INTACT;
        }
        System.out.println("frozen     " + frozen.sealed().at() + " by "
                + frozen.sealed().by() + ": " + frozen.pool().size() + " in the pool, "
                + frozen.excluded().size() + " excluded, " + frozen.inspectors().size() + " inspectors; commitment "
                + frozen.commitment());
        if (record.drawn() == null) {
            System.out.println("not shown  a result: it is not drawn in this record");
        } else {
            result(frozen, record.drawn());
        }
        if (question.commitment() == null) {
            System.out.println("not shown  what somebody with the signing key made anew as a whole: compare with the"
                    + " commitment that was published before (--commitment)");
        } else if (!question.commitment().equals(frozen.commitment())) {
            System.out.println("DIFFERS    the commitment published before is " + question.commitment());
            return Result.NOT_INTACT;
        } else {
            System.out.println("kept       the commitment published before agrees");
        }
        System.out.println("not shown  that the pool held all that it should: compare it with the registers");
        return Result.INTACT;
    }

    private static void result(DrawRecord.Frozen frozen, DrawRecord.Drawn drawn) {
        System.out.println(
                "drawn      " + drawn.drawn().at() + " by " + drawn.drawn().by() + ", seed " + drawn.seed());
        drawn.items().forEach(item -> System.out.println("           " + frozen.called(item)));
        for (Drawing.Team team : drawn.teams()) {
            System.out.println("           " + (team.squadId() == null ? "no squad" : "squad " + team.squadId())
                    + ": looked at by " + String.join(", ", team.inspectors()));
        }
        System.out.println("intact     the seed is the one committed to, and it gives this result");
    }
}
