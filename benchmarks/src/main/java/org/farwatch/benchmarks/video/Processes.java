package org.farwatch.benchmarks.video;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Processes that are measured from outside: all that they cost, also compiler and collector. */
final class Processes {
    private static final long END_SECONDS = 20;

    private Processes() {}

    /** The command of a JVM like this one, with its flags and class path. */
    static List<String> java(String mainClass, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> !flag.startsWith("-agentlib") && !flag.startsWith("-Dfile.encoding"))
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Processor time of a process so far, user and system. */
    static Duration cpu(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** The same of a process and all it has started; what has ended meanwhile is missing. */
    static Duration cpuOfFamily(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants())
                .map(Processes::cpu)
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** Asks a process to end and waits; makes it end when it does not. */
    static void end(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
