package org.farwatch.api.commands;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.farwatch.api.org.DeviceRegister;
import org.farwatch.api.org.RegisteredDevice;
import org.farwatch.api.web.Refusal;
import org.farwatch.ingest.jt808.TerminalCommands;
import org.farwatch.ingest.jt808.command.Answer;
import org.farwatch.ingest.jt808.command.Command;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Hands waiting commands to the devices that are connected, one after another for each device, and writes down what they
 * answered. All database work is done on one thread of its own; what waits for that thread is bounded by the commands
 * that may be on their way.
 */
@Component
class CommandSender implements SmartLifecycle {
    private static final long CLOSE_SECONDS = 10;
    private static final Logger LOG = LoggerFactory.getLogger(CommandSender.class);

    private final Commands commands;
    private final CommandTable table;
    private final CommandSettings settings;
    private final DeviceRegister register;
    private final TerminalCommands terminals;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private volatile int waiting;
    private ScheduledExecutorService thread;

    CommandSender(
            Commands commands,
            CommandTable table,
            CommandSettings settings,
            DeviceRegister register,
            TerminalCommands terminals,
            TransactionTemplate transaction,
            Clock clock) {
        this.commands = commands;
        this.table = table;
        this.settings = settings;
        this.register = register;
        this.terminals = terminals;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Override
    public void start() {
        thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("commands").daemon().factory());
        thread.execute(this::takeOver);
        long every = settings.every().toMillis();
        var _ = thread.scheduleWithFixedDelay(this::round, every, every, TimeUnit.MILLISECONDS);
    }

    /** What was on its way when the service ended last: nobody will hear its answer. */
    private void takeOver() {
        quietly(() -> {
            for (CommandTable.Stored sent : table.inState(CommandState.SENT)) {
                Command command = rebuilt(sent);
                if (command != null && command.repeatable()) {
                    end(sent, CommandOutcome.lost(command, "the service ended before the answer"));
                } else {
                    String result = "the service ended before the answer; whether it was done is not known";
                    end(sent, new CommandOutcome(CommandState.TIMED_OUT, result, null));
                }
            }
        });
    }

    private void round() {
        quietly(() -> {
            Instant now = clock.instant();
            waiting = table.open(CommandTable.ALL_DEVICES);
            if (waiting == 0) {
                return;
            }
            for (CommandTable.Stored next : table.next()) {
                if (!next.expiresAt().isAfter(now)) {
                    String result = "the device was not connected until " + next.expiresAt();
                    move(next, CommandState.QUEUED, new CommandOutcome(CommandState.EXPIRED, result, null), "expire");
                } else {
                    send(next);
                }
            }
        });
    }

    /** Commands that were open when they were looked for last. */
    int waiting() {
        return waiting;
    }

    private void send(CommandTable.Stored next) {
        RegisteredDevice device = register.byNo(next.deviceNo());
        if (device == null || !register.activity().of(next.deviceNo()).online()) {
            return;
        }
        Command command = rebuilt(next);
        String refusal = commands.refusedOffDuty(next, device);
        if (command == null || refusal != null) {
            String result = refusal == null ? "what it needs is not there any more" : refusal;
            move(next, CommandState.QUEUED, new CommandOutcome(CommandState.FAILED, result, null), "refuse");
            return;
        }
        if (!move(next, CommandState.QUEUED, new CommandOutcome(CommandState.SENT, null, null), "send")) {
            return;
        }
        terminals
                .send(device.known(), next.layout(), command)
                .thenAcceptAsync(answer -> answered(next, command, answer), thread);
    }

    private void answered(CommandTable.Stored sent, Command command, Answer answer) {
        quietly(() -> end(sent, CommandOutcome.of(answer, command)));
    }

    private void end(CommandTable.Stored sent, CommandOutcome outcome) {
        move(sent, CommandState.SENT, outcome, outcome.state() == CommandState.QUEUED ? "defer" : "answer");
    }

    private boolean move(CommandTable.Stored stored, CommandState from, CommandOutcome outcome, String action) {
        return Boolean.TRUE.equals(transaction.execute(_ -> {
            Instant now = clock.instant();
            boolean moved = table.move(stored.id(), from, outcome.state(), now, outcome.result(), outcome.answer());
            if (moved) {
                table.event(stored.id(), now, CommandTable.SERVICE, action, outcome.result(), outcome.state());
            }
            return moved;
        }));
    }

    /** The command of a row; null when it cannot be made any more, as of a post that was taken off the map. */
    private Command rebuilt(CommandTable.Stored stored) {
        RegisteredDevice device = register.byNo(stored.deviceNo());
        try {
            return device == null ? null : commands.build(stored, device);
        } catch (Refusal gone) {
            LOG.info("command {} cannot be made any more: {}", stored.id(), gone.getMessage());
            return null;
        }
    }

    /** The database may be away; the next round finds everything as it was, and the next start what was on its way. */
    private static void quietly(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.warn("commands wait: {}", e.getMessage());
        }
    }

    @Override
    public void stop() {
        ExecutorService stopping = thread;
        thread = null;
        stopping.shutdown();
        try {
            if (!stopping.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                stopping.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopping.shutdownNow();
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }
}
