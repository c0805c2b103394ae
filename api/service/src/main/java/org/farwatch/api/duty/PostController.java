package org.farwatch.api.duty;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.farwatch.api.access.AuditLog;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.DataScope;
import org.farwatch.api.access.Permit;
import org.farwatch.api.access.Role;
import org.farwatch.api.duty.PresenceOutcome.PostState;
import org.farwatch.api.web.Given;
import org.farwatch.api.web.Ids;
import org.farwatch.api.web.Page;
import org.farwatch.api.web.Refusal;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code /posts}: 勤务点位. */
@RestController
@RequestMapping("/api/v1/posts")
class PostController {
    private static final String SUBJECT = "post";

    private final Posts posts;
    private final PresenceOutcome outcome;
    private final RosterBook book;
    private final PresenceWatch watch;
    private final AuditLog audit;

    PostController(Posts posts, PresenceOutcome outcome, RosterBook book, PresenceWatch watch, AuditLog audit) {
        this.posts = posts;
        this.outcome = outcome;
        this.book = book;
        this.watch = watch;
        this.audit = audit;
    }

    /**
     * @param geometry GeoJSON Polygon or MultiPolygon, WGS-84
     * @param state {@code on-post}, {@code late}, {@code off-post}, {@code unknown}; null while no duty is on
     * @param present how many are on post now
     * @param required how many must be
     */
    record Post(
            String id,
            String name,
            String squadId,
            JsonNode geometry,
            JsonNode attributes,
            @JsonInclude(JsonInclude.Include.ALWAYS) String state,
            int present,
            int required,
            int version) {}

    record NewPost(
            @NotBlank @Size(max = 100) String name,
            String squadId,
            @NotNull JsonNode geometry) {}

    /** What is left out stays as it is; null for squadId makes the post the whole district's. */
    record PostChange(int version, @Size(min = 1, max = 100) String name, Given<String> squadId, JsonNode geometry) {}

    @GetMapping
    @Permit({Role.OPERATOR, Role.INSPECTOR, Role.LEGAL_REVIEWER, Role.SQUAD_LEADER, Role.OFFICER})
    Page<Post> posts(DataScope scope) {
        return Page.all(posts.list(scope).stream().map(this::show).toList());
    }

    @GetMapping("/{id}")
    @Permit({Role.OPERATOR, Role.INSPECTOR, Role.LEGAL_REVIEWER, Role.SQUAD_LEADER, Role.OFFICER})
    Post post(@PathVariable String id, DataScope scope) {
        return show(find(id, scope));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Permit({Role.OPERATOR, Role.INSPECTOR, Role.SQUAD_LEADER})
    @Transactional
    Post create(@Valid @RequestBody NewPost wanted, Caller caller) {
        Long squadNo = caller.scope().squadOfNew(wanted.squadId());
        String geometry = PostGeometry.write(PostGeometry.require(wanted.geometry()));
        try {
            long id = posts.insert(wanted.name().strip(), squadNo, geometry, "{}");
            Posts.Stored created = posts.find(id, DataScope.EVERYTHING).orElseThrow();
            audit.record(caller, "create", SUBJECT, created.id(), null, created);
            book.rereadAfterCommit(() -> {});
            return show(created);
        } catch (DataIntegrityViolationException e) {
            throw DataScope.noSquad(wanted.squadId());
        }
    }

    @PatchMapping("/{id}")
    @Permit({Role.OPERATOR, Role.INSPECTOR, Role.SQUAD_LEADER})
    @Transactional
    Post change(@PathVariable String id, @Valid @RequestBody PostChange change, Caller caller) {
        Posts.Stored before = findToChange(id, caller.scope());
        Long squadNo = caller.scope().squadAfter(change.squadId(), Ids.field("squadId", before.squadId()));
        String geometry =
                change.geometry() == null ? null : PostGeometry.write(PostGeometry.require(change.geometry()));
        long key = Ids.parse(SUBJECT, id);
        try {
            if (!posts.update(key, change.version(), change.name(), squadNo, geometry)) {
                throw audit.conflict(SUBJECT, id, before.version());
            }
        } catch (DataIntegrityViolationException e) {
            throw DataScope.noSquad(Given.or(change.squadId(), null));
        }
        Posts.Stored after = find(id, caller.scope());
        audit.record(caller, "change", SUBJECT, id, before, after);
        book.rereadAfterCommit(() -> forgetDutiesAt(key));
        return show(after);
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Permit({Role.OPERATOR, Role.INSPECTOR, Role.SQUAD_LEADER})
    @Transactional
    void retire(@PathVariable String id, @RequestParam int version, Caller caller) {
        Posts.Stored before = findToChange(id, caller.scope());
        long key = Ids.parse(SUBJECT, id);
        long duties = posts.upcomingDuties(key);
        if (duties > 0) {
            throw new Refusal(
                    409, "still needed", duties + " duties are still to be done at this post; cancel them first");
        }
        if (!posts.retire(key, version)) {
            throw audit.conflict(SUBJECT, id, before.version());
        }
        audit.record(caller, "retire", SUBJECT, id, before, null);
        book.rereadAfterCommit(() -> {});
    }

    private Posts.Stored find(String id, DataScope scope) {
        return posts.find(Ids.parse(SUBJECT, id), scope).orElseThrow(() -> Refusal.notFound(SUBJECT, id));
    }

    /** A post of no squad is everybody's to see, but only those who see the whole district change it. */
    private Posts.Stored findToChange(String id, DataScope scope) {
        Posts.Stored post = find(id, scope);
        if (post.squadId() == null) {
            scope.requireEverything("post " + id + " is of no squad and is changed");
        }
        return post;
    }

    private void forgetDutiesAt(long postId) {
        book.roster().duties().values().stream()
                .filter(duty -> duty.postId() == postId)
                .forEach(duty -> watch.forget(duty.id()));
    }

    private Post show(Posts.Stored stored) {
        PostState state = outcome.post(Long.parseLong(stored.id()));
        return new Post(
                stored.id(),
                stored.name(),
                stored.squadId(),
                stored.geometry(),
                stored.attributes(),
                state == null ? null : state.state(),
                state == null ? 0 : state.present(),
                state == null ? 0 : state.required(),
                stored.version());
    }
}
