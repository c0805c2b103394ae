package org.farwatch.api.inspection;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.farwatch.api.Home;
import org.farwatch.api.Sealer;
import org.farwatch.api.access.AuditLog;
import org.farwatch.api.access.Caller;
import org.farwatch.api.video.SigningKey;
import org.farwatch.api.web.Refusal;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/**
 * What people do with draws. The seed comes into being when a draw is frozen, and is sealed at once: it is in no answer, log
 * or plain column before the draw. Runs in the caller's transaction.
 */
@Component
class DrawDesk {
    private static final String SUBJECT = "draw";
    private static final int SEED_BYTES = 32;

    private final Draws draws;
    private final DrawPools pools;
    private final DrawRules rules;
    private final SigningKey key;
    private final Sealer seeds;
    private final AuditLog audit;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    DrawDesk(Draws draws, DrawPools pools, DrawRules rules, SigningKey key, Home home, AuditLog audit, Clock clock) {
        this.draws = draws;
        this.pools = pools;
        this.rules = rules;
        this.key = key;
        this.seeds = new Sealer(home.secret("draw-seeds"));
        this.audit = audit;
        this.clock = clock;
    }

    /** What the audit log keeps of a draw: nothing that is secret. */
    private record Kept(String id, Draws.Plan plan, DrawState state, String commitment, int version) {
        static Kept of(Draws.Stored draw) {
            return new Kept(Long.toString(draw.id()), draw.plan(), draw.state(), draw.commitment(), draw.version());
        }
    }

    /**
     * @return internal id
     * @throws Refusal 400 naming the field when it could not be drawn as things are now
     */
    long plan(NewDraw wanted, Caller caller) {
        Draws.Plan plan = wanted.plan();
        rules.requireReplacement(plan, caller.scope());
        List<DrawItem> pool = pools.pool(plan.kind(), plan.poolFrom(), plan.poolTo(), caller.scope());
        for (int i = 0; i < plan.exclusions().size(); i++) {
            String item = plan.exclusions().get(i).item();
            if (pool.stream().noneMatch(each -> each.id().equals(item))) {
                throw Refusal.field("exclusions[" + i + "].item", "is not in the pool: " + item);
            }
        }
        DrawRules.requireEnough(plan, DrawRules.parted(plan, pool).pool());
        DrawRecord.Pressed planned = pressed(caller);
        long id = insert(plan, caller, planned);
        draws.event(id, planned, "plan", plan.replaceReason(), DrawState.PLANNED);
        audit.record(caller, "plan", SUBJECT, Long.toString(id), null, Kept.of(find(id, caller)));
        return id;
    }

    /**
     * Fixes pool, exclusions, inspectors and, unseen, the seed.
     *
     * @throws Refusal 400 when the pool is too small now, 409 when some squad has too few inspectors that are not its own,
     *     or another draw of the period is frozen
     */
    void freeze(long id, int version, Caller caller) {
        Draws.Stored draw = take(id, version, DrawState.Action.FREEZE, caller);
        Draws.Plan plan = draw.plan();
        draws.frozen(plan.kind(), plan.from(), plan.to()).ifPresent(other -> {
            throw new Refusal(
                    409,
                    "another is frozen",
                    "draw " + other + " of the same period is frozen: what it draws decides what is covered;"
                            + " draw or cancel it first");
        });
        List<DrawItem> all = pools.pool(plan.kind(), plan.poolFrom(), plan.poolTo(), draw.squads());
        DrawRules.Parted parted = DrawRules.parted(plan, all);
        DrawRules.requireEnough(plan, parted.pool());
        DrawPools.Named named = pools.named(plan.kind(), plan.from(), plan.to(), plan.replaces());
        byte[] seed = new byte[SEED_BYTES];
        random.nextBytes(seed);
        DrawRecord.Pressed pressed = pressed(caller);
        DrawRecord.Frozen frozen = new DrawRecord.Frozen(
                Drawing.ALGORITHM,
                Long.toString(id),
                plan.name(),
                plan.kind().label(),
                plan.from(),
                plan.to(),
                plan.poolFrom(),
                plan.poolTo(),
                plan.items(),
                plan.inspectorsPerSquad(),
                plan.replaces() == null ? null : plan.replaces().toString(),
                plan.replaceReason(),
                parted.pool().stream().map(DrawRecord.Entry::of).toList(),
                parted.excluded(),
                pools.inspectors().stream().map(DrawRecord.Person::of).toList(),
                parted.pool().stream()
                        .map(DrawItem::squadId)
                        .filter(squad -> squad != null && named.squads().contains(squad))
                        .distinct()
                        .sorted()
                        .toList(),
                parted.pool().stream()
                        .map(DrawItem::id)
                        .filter(named.items()::contains)
                        .sorted()
                        .toList(),
                DrawSeal.commitment(seed),
                draw.planned(),
                pressed);
        DrawRules.requireInspectors(frozen);
        DrawRecord record = new DrawRecord(
                DrawRecord.FORM,
                frozen,
                sign(DrawSeal.text(frozen)),
                null,
                null,
                Base64.getEncoder().encodeToString(key.publicKey()),
                key.fingerprint());
        draws.freeze(id, frozen.commitment(), seeds.seal(seed, owner(id)), record.document());
        draws.event(id, pressed, DrawState.Action.FREEZE.label(), null, DrawState.FROZEN);
        audit.record(caller, "freeze", SUBJECT, Long.toString(id), Kept.of(draw), Kept.of(find(id, caller)));
    }

    /**
     * Opens the seed and keeps what it gives.
     *
     * @throws Refusal 409 when the seed cannot be opened or is not the one committed to
     */
    void draw(long id, int version, Caller caller) {
        Draws.Stored draw = take(id, version, DrawState.Action.DRAW, caller);
        DrawRecord before = DrawRecord.read(draw.document().getBytes(StandardCharsets.UTF_8));
        byte[] seed = seed(id, before);
        Drawing.Result result = Drawing.draw(seed, before.frozen().input());
        DrawRecord.Drawn drawn =
                new DrawRecord.Drawn(HexFormat.of().formatHex(seed), result.items(), result.teams(), pressed(caller));
        DrawRecord record = new DrawRecord(
                before.form(),
                before.frozen(),
                before.frozenSignature(),
                drawn,
                sign(DrawSeal.text(before.frozen(), drawn)),
                before.publicKey(),
                before.signedBy());
        new DrawCheck(record).fault().ifPresent(fault -> {
            throw new Refusal(
                    409, "not as it was frozen", fault + "; cancel draw " + id + " and plan another in its place");
        });
        draws.finish(id, record);
        draws.event(id, drawn.drawn(), DrawState.Action.DRAW.label(), null, DrawState.DRAWN);
        audit.record(caller, "draw", SUBJECT, Long.toString(id), Kept.of(draw), Kept.of(find(id, caller)));
    }

    /** Ends a draw before its result; it stays listed. */
    void cancel(long id, int version, String reason, Caller caller) {
        Draws.Stored draw = take(id, version, DrawState.Action.CANCEL, caller);
        NewDraw.requireLine("reason", reason, NewDraw.REASON);
        draws.cancel(id);
        draws.event(id, pressed(caller), DrawState.Action.CANCEL.label(), reason.strip(), DrawState.CANCELLED);
        audit.record(caller, "cancel", SUBJECT, Long.toString(id), Kept.of(draw), Kept.of(find(id, caller)));
    }

    private long insert(Draws.Plan plan, Caller caller, DrawRecord.Pressed planned) {
        try {
            return draws.insert(plan, caller.scope(), planned);
        } catch (DuplicateKeyException e) {
            throw Refusal.field("replaces", "draw " + plan.replaces() + " was replaced by another a moment ago");
        }
    }

    private Draws.Stored take(long id, int version, DrawState.Action action, Caller caller) {
        Draws.Stored draw =
                draws.lock(id, caller.scope()).orElseThrow(() -> Refusal.notFound(SUBJECT, Long.toString(id)));
        if (draw.version() != version) {
            throw audit.conflict(SUBJECT, Long.toString(id), draw.version())
                    .with("state", draw.state().label());
        }
        DrawState _ = DrawState.FLOW.next(Long.toString(id), draw.state(), action, caller.roles());
        return draw;
    }

    private Draws.Stored find(long id, Caller caller) {
        return draws.find(id, caller.scope()).orElseThrow();
    }

    private byte[] seed(long id, DrawRecord record) {
        try {
            byte[] seed = seeds.open(draws.sealedSeed(id), owner(id));
            if (DrawSeal.commitment(seed).equals(record.frozen().commitment())) {
                return seed;
            }
        } catch (GeneralSecurityException _) {
            throw noSeed(id);
        }
        throw noSeed(id);
    }

    private static Refusal noSeed(long id) {
        return new Refusal(
                409,
                "seed is gone",
                "the seed that draw " + id + " is committed to cannot be opened with the keys of this house, as after a"
                        + " restore without them; cancel it and plan another in its place");
    }

    private String sign(String text) {
        return Base64.getEncoder().encodeToString(key.sign(DrawSeal.bytes(text)));
    }

    private DrawRecord.Pressed pressed(Caller caller) {
        return new DrawRecord.Pressed(clock.instant().truncatedTo(ChronoUnit.MILLIS), caller.username());
    }

    private static byte[] owner(long id) {
        return ("draw " + id).getBytes(StandardCharsets.UTF_8);
    }
}
