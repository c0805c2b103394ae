package org.farwatch.benchmarks.process;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Processes that are measured from outside: all that they cost, also compiler and collector. */
public final class Processes {
    private static final long END_SECONDS = 20;
    private static final Pattern USED = Pattern.compile("heap.*used (\\d+)K");

    private Processes() {}

    /** The command of a JVM like this one, with its flags and class path. */
    public static List<String> java(String mainClass, String... arguments) {
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
    public static Duration cpu(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** The same of a process and all it has started; what has ended meanwhile is missing. */
    public static Duration cpuOfFamily(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants())
                .map(Processes::cpu)
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** Bytes of heap that a JVM of this version needs: what is in use after a full collection. */
    public static long heapAfterCollection(ProcessHandle process) throws IOException, InterruptedException {
        jcmd(process, "GC.run");
        Matcher used = USED.matcher(jcmd(process, "GC.heap_info"));
        if (!used.find()) {
            throw new IOException("jcmd does not say how much of the heap is in use");
        }
        return Long.parseLong(used.group(1)) << 10;
    }

    private static String jcmd(ProcessHandle process, String question) throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(process.pid()),
                        question)
                .redirectErrorStream(true)
                .start();
        String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (jcmd.waitFor() != 0) {
            throw new IOException("jcmd " + question + " failed: " + said);
        }
        return said;
    }

    /** Bytes of memory that a process holds, what it shares with others included (Linux). */
    public static long resident(ProcessHandle process) throws IOException {
        return memory(process, "status", "VmRSS:");
    }

    /** The same without what it shares. */
    public static long unshared(ProcessHandle process) throws IOException {
        return memory(process, "smaps_rollup", "Private_Clean:") + memory(process, "smaps_rollup", "Private_Dirty:");
    }

    private static long memory(ProcessHandle process, String file, String row) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), file))) {
            if (line.startsWith(row)) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) << 10;
            }
        }
        throw new IOException("/proc does not say the memory of process " + process.pid());
    }

    /** Asks a process to end and waits; makes it end when it does not. */
    public static void end(Process process) {
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
