package org.experimaestro.runtime;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.experimaestro.Config;
import org.experimaestro.base.process.JobVariables;
import org.experimaestro.core.serial.ConfigurationWriter;
import org.experimaestro.workspace.Attempt;
import org.experimaestro.workspace.AttemptOrigin;
import org.experimaestro.workspace.Claim;
import org.experimaestro.workspace.JobCommand;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.Workspace;

/** A job in a workspace, and the process that runs it. */
final class JobProcess {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final JobFolder folder;
    private final Attempt attempt;
    private final Map<String, String> environment = new HashMap<>();
    private Class<?> mainClass = JobMain.class;
    private boolean inSession;
    private Process process;

    private JobProcess(JobFolder folder, Attempt attempt) {
        this.folder = folder;
        this.attempt = attempt;
    }

    /** A job that was claimed, with its parameters written. */
    static JobProcess of(Path workspace, Config<?> task) throws IOException {
        JobFolder folder = Workspace.open(workspace).job(task.type(), task.id());
        folder.write(ConfigurationWriter.write(task, workspace, "../../../.."), "");
        return claim(folder);
    }

    /** A job that was granted leases of tokens, which {@code origin} names. */
    static JobProcess holding(Path workspace, Config<?> task, AttemptOrigin origin) throws IOException {
        JobFolder folder = Workspace.open(workspace).job(task.type(), task.id());
        folder.write(ConfigurationWriter.write(task, workspace, "../../../.."), "");
        return claim(folder, origin).with(JobVariables.TOKENS, origin.tokens() > 0 ? "workspace" : "");
    }

    /** The next attempt at the same job. */
    JobProcess claimAgain() throws IOException {
        return claim(folder);
    }

    private static JobProcess claim(JobFolder folder) throws IOException {
        return claim(folder, AttemptOrigin.UNKNOWN);
    }

    private static JobProcess claim(JobFolder folder, AttemptOrigin origin) throws IOException {
        Claim claim = folder.claim(ProcessIdentity.current(), "test", origin);
        return new JobProcess(folder, ((Claim.Granted) claim).attempt());
    }

    /** Sets an environment variable of the process. */
    JobProcess with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** The process ends a fifth of a second after it was asked to, whatever its task does. */
    JobProcess hasty() {
        mainClass = HastyJobMain.class;
        return this;
    }

    /** The process leads a process group of its own, as jobs of this machine do. */
    JobProcess inSession() {
        inSession = true;
        return this;
    }

    JobProcess start(String... options) throws IOException {
        List<String> command = new ArrayList<>(inSession ? List.of("setsid") : List.of());
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass.getName()));
        // What follows the name of the main class in a job's command.
        command.addAll(JobCommand.of(attempt).subList(1, JobCommand.of(attempt).size()));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        process = builder.directory(folder.path().toFile())
                .redirectInput(new File("/dev/null"))
                .redirectOutput(attempt.standardOutput().toFile())
                .redirectError(attempt.standardError().toFile())
                .start();
        return this;
    }

    /** Waits for the end of the process and returns its exit code. */
    int exitCode() throws InterruptedException {
        if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("Process " + process.pid() + " does not end");
        }
        return process.exitValue();
    }

    JobProcess awaitFile(String name) throws InterruptedException {
        return await(() -> Files.exists(file(name)), name);
    }

    JobProcess awaitError(String text) throws InterruptedException {
        return await(() -> error().contains(text), text);
    }

    private JobProcess await(BooleanSupplier condition, String what) throws InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end || !process.isAlive()) {
                throw new AssertionError("Waited in vain for " + what + ": " + error());
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
        return this;
    }

    /** Asks the process to end (SIGTERM). */
    JobProcess terminate() {
        process.destroy();
        return this;
    }

    /** Asks a child process and then the process to end, as a signal to their process group does. */
    JobProcess terminateWith(long child) throws Exception {
        new ProcessBuilder("kill", Long.toString(child), Long.toString(process.pid()))
                .start()
                .waitFor();
        return this;
    }

    /** Ends the process without asking (SIGKILL). */
    JobProcess kill() {
        process.destroyForcibly();
        return this;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    JobStatus status() {
        return folder.status();
    }

    JobFolder folder() {
        return folder;
    }

    Attempt attempt() {
        return attempt;
    }

    Path file(String name) {
        return folder.path().resolve(name);
    }

    String output() {
        return read(attempt.standardOutput());
    }

    String error() {
        return read(attempt.standardError());
    }

    List<String> events() throws IOException {
        return Files.readAllLines(folder.events(attempt.number()));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }
}
