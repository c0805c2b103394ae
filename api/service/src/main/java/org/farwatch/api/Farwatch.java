package org.farwatch.api;

import java.util.concurrent.Callable;
import org.farwatch.api.database.BackupCommand;
import org.farwatch.api.database.RestoreCommand;
import org.farwatch.api.inspection.DrawVerification;
import org.farwatch.api.video.VerifyCommand;
import org.farwatch.ingest.Captures;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command line. */
@Command(
        name = "farwatch",
        mixinStandardHelpOptions = true,
        description = "Supervision without going on site (远督).",
        subcommands = {Farwatch.Serve.class, Farwatch.Explain.class, BackupCommand.class, RestoreCommand.class})
public final class Farwatch implements Runnable {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    public static void main(String[] arguments) {
        int code = commandLine().execute(arguments);
        if (code != 0) {
            System.exit(code);
        }
    }

    /** The commands as {@link #main} knows them. */
    public static CommandLine commandLine() {
        return new CommandLine(new Farwatch()).addSubcommand(new VerifyCommand(new DrawVerification()));
    }

    @Override
    public void run() {
        spec.commandLine().usage(System.out);
    }

    /** Runs the service in the foreground until it is told to stop. */
    @Command(name = "serve", mixinStandardHelpOptions = true, description = "Run the service.")
    static final class Serve implements Callable<Integer> {
        @Option(names = "--demo", description = "Fill a small district with simulated devices over real sockets.")
        private boolean demo;

        @Override
        public Integer call() {
            return Application.serve(demo);
        }
    }

    /** Prints every field of a frame. */
    @Command(
            name = "explain",
            mixinStandardHelpOptions = true,
            description = "Explain a captured frame of any protocol spoken here, byte by byte.")
    static final class Explain implements Callable<Integer> {
        @Parameters(
                paramLabel = "HEX",
                arity = "1..*",
                description = "The frame as hexadecimal digits, blanks allowed, or its text.")
        private String[] hex;

        @Override
        public Integer call() {
            try {
                System.out.println(Captures.EXPLAINER.explain(String.join(" ", hex)));
                return 0;
            } catch (IllegalArgumentException e) {
                System.err.println("HEX " + e.getMessage());
                return 2;
            }
        }
    }
}
