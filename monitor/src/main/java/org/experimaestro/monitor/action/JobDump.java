package org.experimaestro.monitor.action;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.experimaestro.LaunchException;
import org.experimaestro.base.text.VisibleText;
import org.experimaestro.workspace.Attempt;
import org.experimaestro.workspace.Failures;
import org.experimaestro.workspace.JobDumps;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.ProcessUse;
import org.experimaestro.workspace.WorkerFiles;

/**
 * A dump of the process of a job that runs here: the stacks of its threads, or its heap. {@link OwnJob} has the
 * conditions. The job goes on. Thread-safe.
 */
public final class JobDump {
    private static final String WRITTEN = "Heap dump file created";
    private static final String INCOMPLETE = "incomplete";

    /** The line of proc_pid_status(5) with the signals that a process handles, and the bit of SIGQUIT in it. */
    private static final String CAUGHT = "SigCgt:";

    private static final long SIGQUIT = 1 << 2;

    /** A process counts as gone after three minutes of silence. */
    private static final Duration BEAT = Duration.ofSeconds(30);

    private final JobFolder job;
    private final OwnJob own;
    private final Optional<Path> jcmd;

    /**
     * Creates a dump for one job.
     *
     * @param job the job
     * @param java the home of a Java whose {@code jcmd} is used; one without it, such as a mere runtime, is no error
     */
    public JobDump(JobFolder job, Path java) {
        this.job = job;
        this.own = new OwnJob(job, "dump");
        this.jcmd = Optional.of(java.resolve("bin").resolve("jcmd")).filter(Files::isExecutable);
    }

    /**
     * The process that is to be dumped.
     *
     * @param attempt the number of the attempt
     * @param pid the process number
     * @param memory the physical memory that it has, in bytes, which a dump of its heap does not exceed by much; empty if
     *     the system does not show it
     * @param room the bytes that are free where dumps are written
     */
    public record Target(int attempt, long pid, OptionalLong memory, long room) {}

    /**
     * Finds the process of the job. Nothing is sent to it.
     *
     * @return the process
     * @throws LaunchException if the job does not run, runs on another host or for another user, or if its file names a
     *     process that is not the job's
     * @throws InterruptedException if this thread is interrupted
     */
    public Target find() throws InterruptedException {
        JobStatus.Running running = own.running();
        JobProcess process = own.process(running)
                .orElseThrow(() -> own.refuse(": its process has just ended").build());
        try {
            return new Target(
                    running.attempt(),
                    process.pid(),
                    ProcessUse.memoryNow(process.pid()),
                    Files.getFileStore(job.internalFolder()).getUsableSpace());
        } catch (IOException unreadable) {
            throw failed(unreadable);
        }
    }

    /**
     * The stacks of the threads of a process.
     *
     * @param file the file with the stacks
     * @param text the stacks; empty if the process was asked to print them itself into the file, its log, because there
     *     is no {@code jcmd}
     */
    public record Threads(Path file, Optional<String> text) {}

    /**
     * Writes the stacks of all threads into a file of the job's dumps. Without {@code jcmd}, the process prints them into
     * its log (SIGQUIT), which HotSpot does by default and without an end of the job.
     *
     * @param target the process
     * @return the stacks
     * @throws LaunchException if the process does not answer, or the file cannot be written
     * @throws InterruptedException if this thread is interrupted
     */
    public Threads threads(Target target) throws InterruptedException {
        requireSame(target);
        try {
            if (jcmd.isEmpty()) {
                requireStacks(target);
                run(target, List.of("sh", "-c", "kill -s QUIT -- " + target.pid()));
                return new Threads(log(target), Optional.empty());
            }
            String text = run(target, command(target, "Thread.print", "-l"));
            return new Threads(JobDumps.of(job).writeThreads(target.attempt(), text), Optional.of(text));
        } catch (IOException unwritten) {
            throw failed(unwritten);
        }
    }

    /** Returns the log into which the process prints by itself: that of a worker is not the job's. */
    private Path log(Target target) throws IOException {
        return job.attempt(target.attempt())
                .record()
                .findWorker()
                .map(task -> WorkerFiles.of(job.workspace(), task.worker()).log())
                .orElse(job.standardOutput(target.attempt()));
    }

    /**
     * Writes the heap into a file of the job's dumps. Only the user may read the file. The process stands still meanwhile,
     * which takes seconds for each gigabyte.
     *
     * @param target the process
     * @return the file
     * @throws LaunchException if there is no {@code jcmd}, there is less room than the process has memory, the process does
     *     not answer, or the file cannot be written
     * @throws InterruptedException if this thread is interrupted
     */
    public Path heap(Target target) throws InterruptedException {
        if (jcmd.isEmpty()) {
            throw own.refuse(": the heap is dumped by jcmd, which this Java has not")
                    .advice("run this command with a JDK, or: jcmd " + target.pid() + " GC.heap_dump FILE.hprof")
                    .build();
        }
        if (target.memory().orElse(0) > target.room()) {
            throw own.refuse(": its process has " + target.memory().getAsLong() + " bytes of memory, and "
                            + job.internalFolder() + " has room for " + target.room())
                    .advice("make room, or write it elsewhere: jcmd " + target.pid() + " GC.heap_dump FILE.hprof")
                    .build();
        }
        requireSame(target);
        try {
            Path file = JobDumps.of(job).next(JobDumps.Kind.HEAP, target.attempt());
            String name = file.toString();
            if (name.contains("\"") || name.contains("%p") || name.lines().count() != 1) {
                throw own.refuse(": jcmd cannot write to " + VisibleText.of(name)
                                + ", because of a quote, a line end or %p in it")
                        .advice("write it elsewhere: jcmd " + target.pid() + " GC.heap_dump FILE.hprof")
                        .build();
            }
            // The JVM takes the words apart once more. It does not replace a file that another command has written
            // meanwhile.
            String answer = runBeating(target, command(target, "GC.heap_dump", "\"" + name + "\""));
            if (!answer.contains(WRITTEN)) {
                if (answer.contains(INCOMPLETE)) {
                    Files.deleteIfExists(file);
                }
                throw own.refuse(": " + answer.strip()).build();
            }
            return file;
        } catch (IOException unwritten) {
            throw failed(unwritten);
        }
    }

    /** Requires that the process is still that of the attempt: a person may have thought for long. */
    private void requireSame(Target target) throws InterruptedException {
        Target now = find();
        if (now.attempt() != target.attempt() || now.pid() != target.pid()) {
            throw own.refuse(": its process was " + target.pid() + " of attempt " + target.attempt() + ", and is "
                            + now.pid() + " of attempt " + now.attempt())
                    .advice("look at the job, and dump it again")
                    .build();
        }
    }

    /** Requires, where the system shows it, that the process handles SIGQUIT, which would end it otherwise. */
    private void requireStacks(Target target) throws IOException {
        Path status = Path.of("/proc", Long.toString(target.pid()), "status");
        if (!Files.isReadable(status)) {
            return;
        }
        boolean isHandled = Files.readAllLines(status).stream()
                .filter(line -> line.startsWith(CAUGHT))
                .map(line ->
                        Long.parseUnsignedLong(line.substring(CAUGHT.length()).strip(), 16))
                .anyMatch(caught -> (caught & SIGQUIT) != 0);
        if (!isHandled) {
            throw own.refuse(": there is no jcmd, and its process would end by SIGQUIT, as with -Xrs")
                    .advice("run this command with a JDK")
                    .build();
        }
    }

    /** Runs a command during which the process stands still, and renews the sign of its life meanwhile. */
    private String runBeating(Target target, List<String> command) throws IOException, InterruptedException {
        Thread beats = Thread.ofVirtual().name("dump-beats").start(() -> beat(job.attempt(target.attempt())));
        try {
            return run(target, command);
        } finally {
            beats.interrupt();
        }
    }

    private static void beat(Attempt attempt) {
        try {
            for (; ; ) {
                Thread.sleep(BEAT);
                attempt.beat();
            }
        } catch (IOException ended) {
            return; // the file is gone, so nobody waits for its renewal
        } catch (InterruptedException dumped) {
            Thread.currentThread().interrupt();
        }
    }

    private List<String> command(Target target, String... words) {
        List<String> command = new ArrayList<>(List.of(jcmd.orElseThrow().toString(), Long.toString(target.pid())));
        command.addAll(List.of(words));
        return command;
    }

    /** Runs a command, and returns what it prints. */
    private String run(Target target, List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw own.refuse(": process " + target.pid() + " does not answer: "
                            + printed.lines().findFirst().orElse("").strip())
                    .build();
        }
        return printed;
    }

    private LaunchException failed(IOException failure) {
        return own.refuse(": " + Failures.reason(failure)).cause(failure).build();
    }
}
