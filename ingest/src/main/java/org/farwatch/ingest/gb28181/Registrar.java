package org.farwatch.ingest.gb28181;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.farwatch.ingest.DeviceDirectory;
import org.farwatch.ingest.DeviceDirectory.Admission;
import org.farwatch.ingest.FaultKind;
import org.farwatch.ingest.KnownDevice;
import org.farwatch.ingest.Protocol;
import org.farwatch.ingest.sip.Digest;
import org.farwatch.ingest.sip.SipRequest;

/** REGISTER (9.1): who may come in, for how long, and what time it is. Stateless but for {@link Sessions}. */
final class Registrar {
    private static final int USUAL_EXPIRES = 3_600;
    private static final int LONGEST_EXPIRES = 7 * 86_400;
    private static final String CHALLENGE = "WWW-Authenticate";

    private final Sessions sessions;
    private final Digest digest;
    private final Passwords passwords;
    private final DeviceDirectory directory;
    private final Complaints complaints;
    private final Clock clock;
    private final Consumer<Session> came;

    /** @param came told of each device that was not there before */
    Registrar(
            Sessions sessions,
            Digest digest,
            Passwords passwords,
            DeviceDirectory directory,
            Complaints complaints,
            Clock clock,
            Consumer<Session> came) {
        this.sessions = sessions;
        this.digest = digest;
        this.passwords = passwords;
        this.directory = directory;
        this.complaints = complaints;
        this.clock = clock;
        this.came = came;
    }

    void register(SipRequest request) {
        String code = request.from();
        if (!DeviceCode.is(code)) {
            complaints.refuse(request, 403, FaultKind.BAD_BODY, "From: the user must be 20 digits, was " + code);
            return;
        }
        String password = passwords.of(code);
        if (password == null) {
            complaints.refuse(request, 403, FaultKind.NOT_ADMITTED, "REGISTER: there is no password for this device");
            return;
        }
        String authorization = request.header("Authorization");
        if (authorization == null) {
            request.answer(401, Map.of(CHALLENGE, digest.challenge(code, false)));
            return;
        }
        switch (digest.check(authorization, "REGISTER", code, password)) {
            case STALE -> request.answer(401, Map.of(CHALLENGE, digest.challenge(code, true)));
            case WRONG ->
                complaints.refuse(request, 403, FaultKind.NOT_ADMITTED, "REGISTER: user, realm or password are wrong");
            case RIGHT -> known(request, code);
        }
    }

    private void known(SipRequest request, String code) {
        Session before = sessions.find(code);
        boolean elsewhere =
                before != null && !before.peer().host().equals(request.peer().host());
        if (elsewhere && sessions.lively(before)) {
            complaints.refuse(
                    request,
                    403,
                    FaultKind.OVER_LIMIT,
                    "REGISTER: the code is in use at " + before.peer() + " and was heard just now");
            return;
        }
        if (request.expires() == 0) {
            if (before != null) {
                sessions.end(before);
            }
            request.answer(200, headers(request, 0));
            return;
        }
        if (!sessions.hasRoom(code)) {
            complaints.refuse(request, 503, FaultKind.OVER_LIMIT, "devices: farwatch.gb28181.max-devices is reached");
            return;
        }
        KnownDevice device = directory.find(Protocol.GB28181, code);
        if (device != null) {
            accept(request, device);
            return;
        }
        var _ = directory.introduce(Protocol.GB28181, code).thenAccept(admission -> {
            switch (admission) {
                case Admission.Accepted accepted -> accept(request, accepted.device());
                case Admission.Refused refused ->
                    complaints.refuse(
                            request,
                            refused.reason() == DeviceDirectory.Refusal.UNAVAILABLE ? 503 : 403,
                            FaultKind.NOT_ADMITTED,
                            "REGISTER: not in the register of devices: " + refused.reason());
            }
        });
    }

    private void accept(SipRequest request, KnownDevice device) {
        int asked = request.expires();
        int expires = asked < 0 ? USUAL_EXPIRES : Math.min(asked, LONGEST_EXPIRES);
        long now = clock.millis();
        long end = now + expires * 1000L;
        Session before = sessions.find(device.protocolId());
        boolean again = before != null
                && before.peer().host().equals(request.peer().host())
                && before.known().equals(device);
        request.answer(200, headers(request, expires));
        if (again) {
            before.expires(end);
            sessions.heard(before, request.peer());
            return;
        }
        Session session = new Session(device, request.peer(), now, end);
        if (sessions.begin(session)) {
            came.accept(session);
        }
    }

    private Map<String, String> headers(SipRequest request, int expires) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Date", GbTime.clock(clock.instant()));
        headers.put("Expires", Integer.toString(expires));
        String contact = request.header("Contact");
        if (contact != null) {
            headers.put("Contact", contact);
        }
        if (request.header("X-GB-Ver") != null) {
            headers.put("X-GB-Ver", "2.0");
        }
        return headers;
    }
}
