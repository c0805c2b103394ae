package org.farwatch.api.proof;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.farwatch.api.access.AuditLog;
import org.farwatch.api.access.Caller;
import org.farwatch.api.web.Refusal;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Where day roots are sent to: nowhere but where an administrator said. A target is ended, never deleted. */
@Repository
class RootTargets {
    static final String SUBJECT = "root-target";
    /** Roots are to be in a few safe places, not everywhere. */
    private static final int MOST = 20;

    private static final int LONGEST = 500;
    private static final Pattern MAIL = Pattern.compile("[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,200}");

    private final JdbcClient jdbc;
    private final AuditLog audit;
    private final ProofSettings settings;

    RootTargets(JdbcClient jdbc, AuditLog audit, ProofSettings settings) {
        this.jdbc = jdbc;
        this.audit = audit;
        this.settings = settings;
    }

    /**
     * @param kind {@code webhook} or {@code mail}
     * @param address URL or mail address
     * @param since roots made before are not sent
     */
    record Target(String id, String kind, String address, boolean active, Instant since, int version) {}

    List<Target> list() {
        return jdbc.sql("select id::text, kind, address, active, since, version from root_target order by id")
                .query(Target.class)
                .list();
    }

    @Transactional
    public Target create(String kind, String address, Caller caller) {
        String wanted = checked(kind, address);
        if (list().size() >= MOST) {
            throw new Refusal(409, "too many targets", "at most " + MOST + " targets are kept");
        }
        try {
            Target made = jdbc.sql("""
                            insert into root_target (kind, address) values (:kind, :address)
                            returning id::text, kind, address, active, since, version""")
                    .param("kind", kind)
                    .param("address", wanted)
                    .query(Target.class)
                    .single();
            audit.record(caller, "create", SUBJECT, made.id(), null, made);
            return made;
        } catch (DuplicateKeyException _) {
            throw new Refusal(409, "already there", kind + " " + wanted + " is a target already");
        }
    }

    /** Ends it or begins it again; then roots made from now on are sent. */
    @Transactional
    public Target change(long id, boolean active, int version, Caller caller) {
        Target before = find(id).orElseThrow(() -> Refusal.notFound(SUBJECT, Long.toString(id)));
        Target after = jdbc.sql("""
                        update root_target set active = :active, version = version + 1,
                            since = case when :active and not active then now() else since end
                        where id = :id and version = :version
                        returning id::text, kind, address, active, since, version""")
                .param("active", active)
                .param("id", id)
                .param("version", version)
                .query(Target.class)
                .optional()
                .orElseThrow(() -> audit.conflict(SUBJECT, Long.toString(id), before.version()));
        audit.record(caller, "change", SUBJECT, after.id(), before, after);
        return after;
    }

    Optional<Target> find(long id) {
        return list().stream()
                .filter(target -> target.id().equals(Long.toString(id)))
                .findFirst();
    }

    private String checked(String kind, String address) {
        if (address == null || address.isBlank() || address.length() > LONGEST) {
            throw Refusal.field("address", "must have 1 to " + LONGEST + " characters");
        }
        String wanted = address.strip();
        switch (kind) {
            case "webhook" -> requireUrl(wanted);
            case "mail" -> {
                if (!MAIL.matcher(wanted).matches()) {
                    throw Refusal.field("address", "must be a mail address, was " + wanted);
                }
                if (settings.mail().host() == null) {
                    throw Refusal.field("kind", "must be webhook as long as farwatch.proof.mail.host is not set");
                }
            }
            case null, default -> throw Refusal.field("kind", "must be webhook or mail, was " + kind);
        }
        return wanted;
    }

    /** HTTPS, or HTTP to this machine itself, where a relay may stand. */
    private static void requireUrl(String address) {
        try {
            URI url = new URI(address);
            String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
            boolean plain = scheme.equals("http")
                    && url.getHost() != null
                    && Arrays.stream(InetAddress.getAllByName(url.getHost())).allMatch(InetAddress::isLoopbackAddress);
            if ((scheme.equals("https") || plain)
                    && url.getHost() != null
                    && url.getUserInfo() == null
                    && url.getFragment() == null) {
                return;
            }
        } catch (URISyntaxException | UnknownHostException _) {
            throw Refusal.field("address", "must be an https URL, was " + address);
        }
        throw Refusal.field("address", "must be an https URL without user and fragment, was " + address);
    }
}
