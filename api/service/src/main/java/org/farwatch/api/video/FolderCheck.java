package org.farwatch.api.video;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.farwatch.api.video.VerifyCommand.Question;
import org.farwatch.api.video.VerifyCommand.Result;
import org.farwatch.ingest.record.ChainPoint;
import org.farwatch.ingest.record.Deletion;
import org.farwatch.ingest.record.DeletionLedgers;
import org.farwatch.ingest.record.Deletions;
import org.farwatch.ingest.record.Recordings;
import org.farwatch.ingest.record.RootVerdict;
import org.farwatch.ingest.record.RootVerification;
import org.farwatch.ingest.record.Verdict;
import org.farwatch.ingest.record.Verification;

/** {@code verify} of a folder of recordings, in words: the day roots, then each stream. */
final class FolderCheck {
    private final Recordings recordings;
    private final Question question;
    private final RootVerification roots;
    private final DeletionLedgers ledgers;
    /** Fingerprints of keys that may have signed; any when empty. */
    private Set<String> signers;

    FolderCheck(Recordings recordings, Question question) {
        this.recordings = recordings;
        this.question = question;
        this.roots = new RootVerification(recordings.roots());
        this.ledgers = recordings.deletions();
        this.signers = question.keys();
    }

    Result check() throws IOException {
        Result result = roots();
        TreeSet<String> streams = new TreeSet<>();
        if (question.stream() == null) {
            streams.addAll(recordings.streams());
            streams.addAll(roots.streams());
            streams.addAll(ledgers.streams());
        } else if (Files.isDirectory(recordings.folder(question.stream()))
                || roots.streams().contains(question.stream())) {
            streams.add(question.stream());
        } else {
            System.out.println("not shown  there is no stream " + question.stream());
            result = result.and(Result.NOT_CHECKED);
        }
        for (String stream : streams) {
            result = result.and(stream(stream));
        }
        return result;
    }

    private Result roots() throws IOException {
        RootVerdict house = roots.documents(question.keys());
        Result result = Result.INTACT;
        switch (house) {
            case RootVerdict.Intact(var from, var to, int days, var keys)
            when days > 0 -> {
                System.out.println("roots      " + from + " to " + to + ", an unbroken chain of " + days
                        + ", signed by " + String.join(" and ", keys));
                signers = signers.isEmpty() ? keys : signers;
            }
            case RootVerdict.Intact _ -> System.out.println("roots      none in " + recordings.root());
            case RootVerdict.Wrong wrong -> {
                print(wrong);
                result = Result.NOT_INTACT;
            }
        }
        if (question.kept() == null) {
            System.out.println("not shown  what somebody with the signing key made anew as a whole:"
                    + " compare with day roots kept elsewhere (--roots)");
            return result;
        }
        return result.and(
                switch (roots.kept(question.kept())) {
                    case RootVerdict.Intact(var from, var to, int days, var _)
                    when days > 0 -> {
                        System.out.println("kept       " + from + " to " + to + ": what was kept elsewhere agrees, "
                                + days + " in number");
                        if (house instanceof RootVerdict.Intact intact
                                && intact.to() != null
                                && intact.to().isAfter(to)) {
                            System.out.println("not shown  what is behind " + to + ": no later day root was kept");
                        }
                        yield Result.INTACT;
                    }
                    case RootVerdict.Intact _ -> {
                        System.out.println("not shown  no day roots are here, and of those kept elsewhere only the"
                                + " numbers: they compare with nothing");
                        yield Result.NOT_CHECKED;
                    }
                    case RootVerdict.Wrong wrong -> {
                        print(wrong);
                        yield Result.NOT_INTACT;
                    }
                });
    }

    private Result stream(String stream) throws IOException {
        Path folder = recordings.folder(stream);
        Deletions deletions = ledgers.read(stream, signers);
        print(stream, deletions);
        Optional<RootVerdict.Wrong> wrong = roots.stream(stream, folder, deletions);
        wrong.ifPresent(FolderCheck::print);
        // What has no sidecar yet is being written.
        Verification.Scope scope = Verification.Scope.whole(stream)
                .without(deletions)
                .before(recordings.head(stream).sequence() + 1);
        Optional<ChainPoint> signed = roots.head(stream);
        Verdict verdict = new Verification(stream, folder)
                .check(signed.map(scope::reaching).orElse(scope), _ -> {});
        print(stream, verdict);
        if (verdict instanceof Verdict.Intact intact && intact.segments() > 0) {
            long rooted = signed.map(ChainPoint::sequence).orElse(0L);
            if (intact.to().sequence() > rooted) {
                System.out.println("           stream " + stream + ": segments " + (rooted + 1) + " to "
                        + intact.to().sequence() + " are under no day root yet");
            }
        }
        return wrong.isEmpty() && deletions.fault().isEmpty() && verdict instanceof Verdict.Intact
                ? Result.INTACT
                : Result.NOT_INTACT;
    }

    /** What retention deleted by its ledger, a line for each reason. */
    private void print(String stream, Deletions deletions) {
        Map<String, List<Deletion>> reasons = new TreeMap<>();
        for (Deletion line : deletions.lines()) {
            if (line.part() == Deletion.Part.PICTURES) {
                reasons.computeIfAbsent(reason(line), _ -> new ArrayList<>()).add(line);
            }
        }
        reasons.forEach((reason, lines) -> System.out.println(padded("deleted") + "stream " + stream + ": "
                + lines.stream().mapToLong(Deletion::count).sum() + " segments, "
                + lines.stream().mapToLong(Deletion::bytes).sum() + " bytes, recorded "
                + Instant.ofEpochMilli(
                        lines.stream().mapToLong(Deletion::from).min().orElseThrow())
                + " to "
                + Instant.ofEpochMilli(
                        lines.stream().mapToLong(Deletion::to).max().orElseThrow())
                + ", " + reason));
        deletions
                .fault()
                .ifPresent(fault -> System.out.println(padded("ALTERED") + "stream " + stream + ": "
                        + ledgers.file(stream) + ", line " + fault.line() + ": " + fault.reason()));
    }

    private static String reason(Deletion line) {
        return switch (line.reason()) {
            case AGE -> "as they were older than " + line.days() + " days";
            case DISK -> "as the disk was nearly full and they were older than " + line.days() + " days";
        };
    }

    static void print(RootVerdict.Wrong wrong) {
        System.out.println(padded(wrong.kind().name()) + "day root " + wrong.day()
                + (wrong.stream() == null ? "" : ", stream " + wrong.stream()) + ": " + wrong.reason());
    }

    static void print(String stream, Verdict verdict) {
        System.out.println(
                switch (verdict) {
                    case Verdict.Intact(var _, var _, long segments, var _)
                    when segments == 0 -> padded("intact") + "stream " + stream + ": no segment is finished yet";
                    case Verdict.Intact(ChainPoint from, ChainPoint to, long segments, long bytes) ->
                        padded("intact") + "stream " + stream + ": " + segments + " segments, " + bytes + " bytes, "
                                + (from.sequence() + 1) + " to " + to.sequence() + ", chain " + to.chain();
                    case Verdict.Altered(long sequence, Path file, String reason) ->
                        padded("ALTERED") + segment(stream, sequence) + file + " " + reason;
                    case Verdict.Missing(long sequence, Verdict.Missing.Part part) ->
                        padded("MISSING")
                                + segment(stream, sequence)
                                + switch (part) {
                                    case VIDEO -> "its pictures";
                                    case SIDECAR -> "its sidecar";
                                    case BOTH -> "its pictures and its sidecar";
                                };
                    case Verdict.Reordered(long sequence, Path file, long belongs) ->
                        padded("REORDERED") + segment(stream, sequence) + file + " is segment " + belongs;
                    case Verdict.Added(Path file, String reason) ->
                        padded("ADDED") + "stream " + stream + ": " + file + " " + reason;
                    case Verdict.Rewritten(ChainPoint found, ChainPoint kept) ->
                        padded("REWRITTEN") + segment(stream, kept.sequence()) + "chain " + found.chain() + " is not "
                                + kept.chain() + ", which was signed";
                });
    }

    private static String segment(String stream, long sequence) {
        return "stream " + stream + ", segment " + sequence + ": ";
    }

    private static String padded(String word) {
        return String.format(Locale.ROOT, "%-11s", word);
    }
}
