package org.farwatch.ingest.jt809;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.farwatch.ingest.FaultKind;
import org.farwatch.ingest.RowStream;
import org.farwatch.ingest.jt809.PlatformDirectory.PasswordCheck;

/**
 * The connection that a lower platform made: nothing is taken before its login. Then what it sends is stored, answered
 * where the standard has an answer, and counted. State belongs to the channel's event loop.
 */
final class MainLink implements FrameSocket.Owner {
    /** How long a wrong password waits for its answer: guessing must not be quick. */
    static final Duration PENALTY = Duration.ofSeconds(2);

    private final Jt809Server server;
    private final RowStream rows;
    private final FrameSocket socket;
    private final long openedAt = System.nanoTime();
    private LowerPlatform platform;
    private PlatformTally tally;
    private FrameWriter writer;
    private VehicleMessages vehicles;
    private SlaveLink slave;
    private boolean loggedIn;
    private int verifyCode;
    private long told;
    private long toldAt;

    MainLink(Jt809Server server, RowStream rows) {
        this.server = server;
        this.rows = rows;
        socket = new FrameSocket(this, rows, server.settings());
    }

    FrameSocket socket() {
        return socket;
    }

    @Override
    public void opened() {
        // The lower platform speaks first.
    }

    @Override
    public void frame(Frame frame) {
        FaultKind fault = frame.fault() == null && frame.lengthDiffers() ? FaultKind.BAD_LENGTH : frame.fault();
        if (fault != null && loggedIn) {
            server.report(fault, platform.name(), frame.reason(), frame);
        } else if (fault != null) {
            // It may be a login, whose bytes hold a password.
            server.reportWithoutBytes(fault, socket.address(), frame.reason());
        }
        if (frame.fault() != null) {
            return;
        }
        if (loggedIn) {
            ofPlatform(frame, socket);
        } else if (frame.messageId() == MessageId.LOGIN) {
            login(frame);
        } else {
            server.report(
                    FaultKind.NOT_ADMITTED,
                    socket.address(),
                    "message %04x came before a login".formatted(frame.messageId()),
                    frame);
        }
    }

    /** A frame of the platform, on this connection or on the slave link. */
    void ofPlatform(Frame frame, FrameSocket from) {
        tally.messages.increment();
        tally.lastMessage = server.clock().instant();
        if (frame.accessCode() != platform.accessCode()) {
            server.keep(
                    platform,
                    FaultKind.NOT_ADMITTED,
                    "access code: %d, the link is that of %d".formatted(frame.accessCode(), platform.accessCode()),
                    frame);
            return;
        }
        if (!readable(frame, platform)) {
            return;
        }
        switch (frame.messageId()) {
            case MessageId.VEHICLE -> vehicles.handle(frame, from);
            case MessageId.KEEPALIVE ->
                from.send(writer.begin(MessageId.KEEPALIVE_REPLY).end());
            case MessageId.LOGIN -> from.send(loginReply(LoginResult.OK));
            case MessageId.LOGOUT -> {
                socket.sendAndClose(writer.begin(MessageId.LOGOUT_REPLY).end());
                tally.lastError = null;
            }
            case MessageId.BROKEN, MessageId.CLOSING -> {
                // Notices; the link ends by its own signs.
            }
            case MessageId.DOWN_LOGIN_REPLY, MessageId.DOWN_KEEPALIVE_REPLY, MessageId.DOWN_LOGOUT_REPLY -> {
                if (slave != null) {
                    slave.answered(frame);
                }
            }
            default -> {
                tally.unknownMessages.increment();
                server.keep(
                        platform,
                        FaultKind.UNKNOWN_MESSAGE,
                        "message %04x is not handled".formatted(frame.messageId()),
                        frame);
            }
        }
    }

    /** Reads the frame as agreed with the platform. @return whether that can be done */
    private boolean readable(Frame frame, LowerPlatform with) {
        if (!frame.edition(with.edition())) {
            server.refuse(
                    with,
                    FaultKind.MALFORMED,
                    "header: too short for edition " + with.edition().label(),
                    frame);
            return false;
        }
        if (frame.encrypted()) {
            if (with.cipher() == null) {
                server.keep(with, FaultKind.ENCRYPTED, "encrypted, and no constants are agreed", frame);
                return false;
            }
            frame.decrypt(with.cipher());
        }
        return true;
    }

    private void login(Frame frame) {
        LowerPlatform found = server.platforms().find(frame.accessCode());
        boolean encrypts = found != null && frame.encrypted() && found.cipher() != null;
        Edition edition = found == null ? frame.edition() : found.edition();
        writer = new FrameWriter(edition, frame.accessCode(), encrypts ? found.cipher() : null, server.clock());
        if (found == null) {
            refuseLogin(
                    LoginResult.WRONG_ACCESS_CODE,
                    edition,
                    "access code %d is not registered".formatted(frame.accessCode()),
                    null);
            return;
        }
        if (found.address() != null && !found.address().equals(socket.address())) {
            refuseLogin(
                    LoginResult.WRONG_ADDRESS,
                    edition,
                    "the platform may log in from %s only".formatted(found.address()),
                    found);
            return;
        }
        Login login = readable(frame, found) ? Login.of(frame) : null;
        if (login == null) {
            refuseLogin(
                    LoginResult.OTHER, edition, "the login cannot be read as one of edition " + edition.label(), found);
        } else if (login.userId() != found.userId()) {
            refuseLogin(
                    LoginResult.UNKNOWN_USER,
                    edition,
                    "user %d is not the platform's".formatted(login.userId()),
                    found);
        } else {
            checkPassword(found, login);
        }
    }

    private void checkPassword(LowerPlatform found, Login login) {
        socket.pause(FrameSocket.WAITING);
        server.platforms()
                .check(found, login.password())
                .whenComplete((checked, failure) -> server.onLoop(socket.eventLoop(), () -> {
                    PasswordCheck result = failure == null ? checked : PasswordCheck.UNAVAILABLE;
                    switch (result) {
                        case RIGHT -> {
                            begin(found, login);
                            socket.resume(FrameSocket.WAITING);
                        }
                        case WRONG -> {
                            var _ = socket.eventLoop()
                                    .schedule(
                                            () -> refused(found, LoginResult.WRONG_PASSWORD, "the password is wrong"),
                                            PENALTY.toMillis(),
                                            TimeUnit.MILLISECONDS);
                        }
                        case UNAVAILABLE -> refused(found, LoginResult.BUSY, "the password cannot be checked now");
                    }
                }));
    }

    private void refused(LowerPlatform found, LoginResult result, String reason) {
        refuseLogin(result, found.edition(), reason, found);
    }

    /** Says why, and closes: what follows a refused login would be refused as well. The bytes hold a password and are not logged. */
    private void refuseLogin(LoginResult result, Edition edition, String reason, LowerPlatform found) {
        server.reportWithoutBytes(FaultKind.NOT_ADMITTED, socket.address(), "login refused: " + reason);
        if (found != null) {
            server.tally(found).lastError = "login from " + socket.address() + " refused: " + reason;
        }
        if (socket.isOpen()) {
            socket.sendAndClose(writer.begin(MessageId.LOGIN_REPLY)
                    .putByte(result.code(edition))
                    .putDword(0)
                    .end());
        }
    }

    private void begin(LowerPlatform found, Login login) {
        if (!socket.isOpen()) {
            return;
        }
        platform = found;
        tally = server.tally(found);
        vehicles = new VehicleMessages(server, found, tally, rows);
        loggedIn = true;
        verifyCode = ThreadLocalRandom.current().nextInt();
        tally.connectedSince = server.clock().instant();
        tally.lastMessage = tally.connectedSince;
        toldAt = tally.connectedSince.getEpochSecond();
        tally.peer = socket.address();
        tally.lastError = null;
        server.begin(this);
        socket.send(loginReply(LoginResult.OK));
        slave = SlaveLink.open(server, this, login);
    }

    private byte[] loginReply(LoginResult result) {
        return writer.begin(MessageId.LOGIN_REPLY)
                .putByte(result.code(platform.edition()))
                .putDword(verifyCode)
                .end();
    }

    LowerPlatform platform() {
        return platform;
    }

    PlatformTally tally() {
        return tally;
    }

    FrameWriter writer() {
        return writer;
    }

    RowStream rows() {
        return rows;
    }

    int verifyCode() {
        return verifyCode;
    }

    /** Any thread: the platform logged in on another connection, or may not any more. */
    void end(String reason) {
        server.onLoop(socket.eventLoop(), () -> {
            if (loggedIn) {
                tally.lastError = reason;
                // Neither link is of use without the other; the notice goes by the one that is open.
                socket.sendAndClose(
                        writer.begin(MessageId.DOWN_CLOSING).putByte(0).end());
            } else {
                socket.close();
            }
        });
    }

    @Override
    public void tick() {
        long idle = server.settings().idleTimeout().toNanos();
        boolean late = !loggedIn
                && System.nanoTime() - openedAt
                        >= server.settings().loginTimeout().toNanos();
        if (late) {
            server.reportWithoutBytes(
                    FaultKind.NOT_ADMITTED,
                    socket.address(),
                    "no login within " + server.settings().loginTimeout());
            socket.close();
        } else if (socket.silentFor(idle)) {
            if (loggedIn) {
                tally.lastError =
                        "silent for " + server.settings().idleTimeout().toSeconds() + " s";
            }
            socket.close();
        } else if (loggedIn) {
            vehicles.endSilent();
            slave.keepAlive();
            tellReceived();
        }
    }

    /** The only receipt that the standard has for positions: how many came since the last notice. */
    private void tellReceived() {
        long now = server.clock().millis() / 1000;
        long total = vehicles.received();
        if (total > told) {
            slave.down()
                    .send(writer.begin(MessageId.RECEIVED_COUNT)
                            .putDword(total - told)
                            .putDword(0)
                            .putDword(toldAt)
                            .putDword(0)
                            .putDword(now)
                            .end());
            told = total;
        }
        toldAt = now;
    }

    @Override
    public void closed() {
        if (loggedIn) {
            vehicles.endAll();
            slave.close();
            server.end(this);
        }
    }
}
