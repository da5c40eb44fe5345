package org.experimaestro.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.experimaestro.runtime.JobTasks.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.experimaestro.Config;
import org.experimaestro.workspace.Attempt;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.JobState;
import org.experimaestro.workspace.WorkerMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A worker takes no other task after one that has left something that could change the next one. */
class WorkerLeftTest {
    @TempDir
    Path temporary;

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void execute_taskThatLeavesAVirtualThread_renewsTheWorker() throws Exception {
        try (WorkerProcess worker = start()) {
            worker.execute(config(WorkerTasks.Virtual.class, "leaves", false));
            Attempt attempt = renews(
                    worker,
                    config(WorkerTasks.Virtual.class, "leaves", true),
                    "a thread of the task still runs: a virtual one, left alone");
            assertThat(WorkerProcess.read(attempt.standardError())).contains("a virtual one, left alone");
        }
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void execute_virtualThreadsThatTheJvmDoesNotList_renewTheWorker() throws Exception {
        try (WorkerProcess worker = start("-Djdk.trackAllThreads=false")) {
            renews(
                    worker,
                    config(WorkerTasks.Virtual.class, "leaves", false),
                    "a thread of the task still runs: perhaps a virtual one, which this JVM does not list");
        }
    }

    @Test
    void execute_taskThatLeavesADaemon_isToldOfIt() throws Exception {
        try (WorkerProcess worker = start()) {
            Attempt attempt = renews(
                    worker, config(WorkerTasks.LeavesDaemon.class), "a thread of the task still runs: a daemon, at");
            assertThat(WorkerProcess.read(attempt.standardError()))
                    .contains("so that its worker takes no other task, and ends it: a daemon, at");
        }
    }

    @Test
    void execute_taskThatLeavesDelayedWork_renewsTheWorker() throws Exception {
        try (WorkerProcess worker = start()) {
            worker.execute(config(WorkerTasks.Delays.class, "leaves", false));
            renews(
                    worker,
                    config(WorkerTasks.Delays.class, "leaves", true),
                    Runtime.version().feature() < 25
                            ? "a thread of the task still runs"
                            : "work of the task is left in the common pool");
        }
    }

    @Test
    void execute_taskThatAddsAShutdownHook_renewsTheWorker() throws Exception {
        try (WorkerProcess worker = start()) {
            Attempt attempt =
                    renews(worker, config(WorkerTasks.AddsHook.class), "code of the task adds shutdown hooks");
            assertThat(attempt.job().path().resolve("hooked")).exists();
        }
    }

    @Test
    void execute_taskThatBreaksASharedClass_renewsTheWorker() throws Exception {
        try (WorkerProcess worker = start()) {
            Attempt attempt = worker.claim(config(WorkerTasks.Breaks.class, "breaks", true));
            worker.begin(attempt);
            assertThat(worker.over().renew()).contains("ExceptionInInitializerError");
            assertThat(WorkerProcess.status(attempt).findCause()).contains(FailureCause.EXCEPTION);
            assertThat(worker.exitCode()).isZero();
        }
    }

    @Test
    void execute_tasksThatLeaveMemory_renewTheWorkerBeforeTheHeapIsFull() throws Exception {
        try (WorkerProcess worker = start("-Xmx64m")) {
            worker.execute(config(WorkerTasks.Keeps.class, "bytes", 1 << 20));
            renews(
                    worker,
                    config(WorkerTasks.Keeps.class, "bytes", 12 << 20),
                    "its tasks have left more than 1/8 of its heap in use");
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    @EnabledForJreRange(min = JRE.JAVA_22)
    void execute_taskThatOpensALibrary_needsAProcess() throws Exception {
        List<Path> libraries = WorkerMainTest.libraries();
        assumeThat(libraries).isNotEmpty();
        try (WorkerProcess worker = start("--enable-native-access=ALL-UNNAMED")) {
            Attempt attempt = worker.claim(config(
                    WorkerTasks.LooksUp.class, "library", libraries.get(0).toString()));
            worker.begin(attempt);
            assertThat(worker.over())
                    .isEqualTo(new WorkerMessage.Over(1, Optional.of("a native library of the task"), true));
        }
    }

    @Test
    void execute_taskThatWasAskedToEnd_isTheLastOfTheWorker() throws Exception {
        try (WorkerProcess worker = start()) {
            Path goesOn = temporary.resolve("goes-on");
            Attempt attempt = worker.claim(config(WorkerTasks.WaitsFor.class, "file", goesOn.toString()));
            worker.begin(attempt);
            worker.await(attempt, JobTasks.READY);
            attempt.stop().write(FailureCause.CANCELLED); // the signal comes when the task has ended
            Files.createFile(goesOn);
            assertThat(worker.over().renew()).contains("the task was asked to end, and a signal may still come");
            assertThat(worker.exitCode()).isZero();
        }
    }

    @Test
    void execute_whileTheProcessEnds_beginsNoTask() throws Exception {
        try (WorkerProcess worker = start()) {
            Path mayEnd = temporary.resolve("may-end");
            worker.execute(config(WorkerTasks.EndsAfter.class, "file", mayEnd.toString()));
            worker.process().destroy();
            WorkerProcess.await(() -> !Files.exists(worker.files().sequenceFile()), "the end of the worker");
            Attempt attempt = worker.claim(config(WorkerTasks.Counts.class, "number", 1));
            worker.begin(attempt);
            assertThat(worker.over()).isNull();
            assertThat(attempt.hasBegun()).isFalse();
            Files.createFile(mayEnd);
            assertThat(worker.exitCode()).isEqualTo(143);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void start_withAnOpenUmask_makesAFileThatOthersCannotWrite() throws Exception {
        List<String> open = List.of("sh", "-c", "umask 000; exec \"$@\"", "sh");
        try (WorkerProcess worker = WorkerProcess.start(temporary.resolve("workspace"), open)) {
            assertThat(worker.files().findDoubt()).isEmpty();
        }
    }

    /** Executes a task that is done, after which the worker ends for a reason. */
    private static Attempt renews(WorkerProcess worker, Config<?> task, String reason) throws Exception {
        Attempt attempt = worker.claim(task);
        worker.begin(attempt);
        assertThat(worker.over().renew().orElse("no reason")).startsWith(reason);
        assertThat(WorkerProcess.status(attempt).state())
                .as(WorkerProcess.read(attempt.standardError()))
                .isEqualTo(JobState.DONE);
        assertThat(worker.exitCode()).isZero();
        return attempt;
    }

    private WorkerProcess start(String... options) throws Exception {
        return WorkerProcess.start(temporary.resolve("workspace"), options);
    }
}
