package org.farwatch.api.jt1078;

import java.time.Clock;
import java.util.concurrent.CompletionStage;
import org.farwatch.api.org.DeviceKind;
import org.farwatch.api.org.DeviceRegister;
import org.farwatch.api.org.RegisteredDevice;
import org.farwatch.api.telemetry.OffDutyRule;
import org.farwatch.ingest.Protocol;
import org.farwatch.ingest.jt808.Layout;
import org.farwatch.ingest.jt808.TerminalCommands;
import org.farwatch.ingest.jt808.command.Answer;
import org.farwatch.ingest.jt808.command.Command;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Terminals with cameras: which there are, whether they may be asked now, and asking them. */
@Component
class TerminalDesk {
    private final DeviceRegister register;
    private final TerminalCommands terminals;
    private final OffDutyRule offDuty;
    private final JdbcClient jdbc;
    private final Clock clock;

    TerminalDesk(
            DeviceRegister register, TerminalCommands terminals, OffDutyRule offDuty, JdbcClient jdbc, Clock clock) {
        this.register = register;
        this.terminals = terminals;
        this.offDuty = offDuty;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** @return null when the register has no terminal of this id */
    RegisteredDevice terminal(String id) {
        RegisteredDevice device = register.byId(id);
        return device == null || device.known().protocol() != Protocol.JT808 ? null : device;
    }

    /** Whether a device shows somebody who is off duty now. Of a vehicle nobody is asked: it belongs to no person. */
    boolean offDuty(RegisteredDevice device) {
        return offDuty(device, clock.millis());
    }

    /** @param at milliseconds since 1970 UTC */
    boolean offDuty(RegisteredDevice device, long at) {
        return device.kind() != DeviceKind.VEHICLE_TERMINAL
                && offDuty.offDutyHolder(device.known().no(), at) != OffDutyRule.KEEP;
    }

    /** Never blocks for the terminal, only for the database. */
    CompletionStage<Answer> ask(RegisteredDevice device, Command command) {
        return ask(device, layout(device.known().no()), command);
    }

    /**
     * Asks without a look into the database.
     *
     * @param layout of {@link #layout}
     */
    CompletionStage<Answer> ask(RegisteredDevice device, Layout layout, Command command) {
        return terminals.send(device.known(), layout, command);
    }

    /** Where a terminal is connected from, as digits; empty when it is not. */
    String host(RegisteredDevice device) {
        return terminals.host(device.known());
    }

    /** In which it registered last; null when that is not known. */
    Layout layout(int deviceNo) {
        return jdbc
                .sql("select registration ->> 'layout' from device where no = :no")
                .param("no", deviceNo)
                .query((row, _) -> row.getString(1))
                .list()
                .stream()
                .filter(java.util.Objects::nonNull)
                .map(layout -> Layout.valueOf("V" + layout))
                .findFirst()
                .orElse(null);
    }
}
