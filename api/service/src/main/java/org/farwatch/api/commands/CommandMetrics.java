package org.farwatch.api.commands;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.farwatch.ingest.jt808.TerminalCommands;
import org.springframework.stereotype.Component;

/** How full the queues of commands are, and how many got no answer. */
@Component
class CommandMetrics implements MeterBinder {
    private final TerminalCommands terminals;
    private final CommandSender sender;
    private final CommandSettings settings;

    CommandMetrics(TerminalCommands terminals, CommandSender sender, CommandSettings settings) {
        this.terminals = terminals;
        this.sender = sender;
        this.settings = settings;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("farwatch.commands.outstanding", terminals, TerminalCommands::outstanding)
                .register(registry);
        Gauge.builder("farwatch.commands.waiting", sender, CommandSender::waiting)
                .register(registry);
        Gauge.builder("farwatch.commands.limit", settings, CommandSettings::open)
                .register(registry);
        FunctionCounter.builder("farwatch.commands.sent", terminals, TerminalCommands::sent)
                .register(registry);
        FunctionCounter.builder("farwatch.commands.unanswered", terminals, TerminalCommands::unanswered)
                .register(registry);
    }
}
