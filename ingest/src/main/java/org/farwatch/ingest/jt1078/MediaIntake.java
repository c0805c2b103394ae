package org.farwatch.ingest.jt1078;

import java.time.Clock;
import org.farwatch.ingest.DeviceDirectory;
import org.farwatch.ingest.FaultKind;
import org.farwatch.ingest.Faults;
import org.farwatch.ingest.Protocol;

/** What becomes of the packets of one port, of TCP and of UDP. Safe for use by many event loops. */
final class MediaIntake {
    final Jt1078Settings settings;
    final Jt1078Counters counters;
    final Receptions receptions;
    final MediaPort port;
    private final DeviceDirectory directory;
    private final Faults faults;
    private final Clock clock;

    MediaIntake(
            MediaPort port,
            Jt1078Settings settings,
            Jt1078Counters counters,
            DeviceDirectory directory,
            Faults faults,
            Clock clock) {
        this.port = port;
        this.settings = settings;
        this.counters = counters;
        this.directory = directory;
        this.faults = faults;
        this.clock = clock;
        this.receptions = new Receptions(settings.maxFrame(), counters);
    }

    boolean known(String sim) {
        return directory.find(Protocol.JT808, sim) != null;
    }

    /**
     * Who asked for a packet; one that nobody asked for is counted.
     *
     * @param origin for the log
     * @return null when nobody did
     */
    Reception wanted(MediaPacket packet, String origin) {
        counters.packets.increment();
        Reception reception = receptions.find(packet.sim(), packet.channel());
        if (reception == null && port == MediaPort.TALK) {
            // Terminals send the sound of the one microphone that they have under a channel of its own.
            reception = receptions.only(packet.sim());
        }
        if (reception == null && known(packet.sim())) {
            counters.unwanted.increment();
        } else if (reception == null) {
            report(
                    FaultKind.NOT_ADMITTED,
                    origin,
                    "SIM " + packet.sim() + " is of no terminal of the register",
                    new byte[0],
                    0);
        }
        return reception;
    }

    void take(Reception reception, MediaPacket packet, MediaLink link) {
        link.used(reception);
        reception.take(packet, link, clock.millis());
    }

    /**
     * A link on which nothing comes, as of a terminal that only listens.
     *
     * @param host where it comes from
     * @return whether somebody speaks to that terminal, and no other from there is waited for
     */
    boolean silent(MediaLink link, String host) {
        Reception reception = receptions.expected(host);
        boolean taken = reception != null && reception.silent(link);
        if (taken) {
            link.used(reception);
        }
        return taken;
    }

    void report(FaultKind kind, String origin, String reason, byte[] bytes, int length) {
        faults.report(Protocol.JT1078, kind, origin, reason, bytes, 0, length);
    }
}
