package org.experimaestro.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.experimaestro.runtime.JobTasks.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.experimaestro.Config;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.json.JsonObject;
import org.experimaestro.runtime.JobTasks.Waits;
import org.experimaestro.workspace.Attempt;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.JobState;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.ResourceUse;
import org.experimaestro.workspace.WorkerMessage;
import org.experimaestro.workspace.WorkerTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Tasks of a worker: each is as in a process of its own, and leaves the next one nothing. */
class WorkerMainTest {
    @TempDir
    Path temporary;

    @Test
    void execute_severalTasks_areDoneWithLogsMetricsAndStaticStateOfTheirOwn() throws Exception {
        try (WorkerProcess worker = start()) {
            for (int number = 1; number <= 6; number++) {
                Attempt attempt = worker.execute(config(WorkerTasks.Counts.class, "number", number));
                JobStatus.Done done = (JobStatus.Done) WorkerProcess.status(attempt);
                assertThat(done.metrics()).containsEntry("count", 1.0);
                // The loader of the task before may still be on a stack or in a register.
                assertThat(done.metrics().get("loaders")).isLessThanOrEqualTo(2);
                assertThat(WorkerProcess.read(attempt.standardOutput())).isEqualTo("task " + number + "\n");
                assertThat(WorkerProcess.read(attempt.standardError())).isEqualTo("error " + number + "\n");
                assertThat(attempt.record().findWorker()).contains(new WorkerTask(WorkerProcess.NAME, number));
                assertThat(attempt.record().findProcess()).contains(worker.identity());
                ResourceUse use = done.use();
                assertThat(use.wallSeconds()).isBetween(0.0, 60.0);
                assertThat(use.cpuSeconds().orElseThrow()).isBetween(0.0, 60.0);
                assertThat(use.maxMemoryBytes().orElseThrow()).isPositive();
                assertThat(use.childMemoryBytes()).isEmpty();
            }
            assertThat(worker.files().present()).hasValue(0);
            worker.leave();
            assertThat(worker.exitCode()).isZero();
            assertThat(worker.files().sequenceFile()).doesNotExist();
            assertThat(worker.files().log()).doesNotExist();
        }
    }

    @Test
    void execute_task_leavesTheFilesThatItLeavesInAProcessOfItsOwn() throws Exception {
        Config<?> task = config(JobTasks.Works.class, "steps", 2);
        JobProcess own = JobProcess.of(temporary.resolve("own"), task).start();
        assertThat(own.exitCode()).isEqualTo(JobMain.DONE);
        try (WorkerProcess worker = start()) {
            Attempt attempt = worker.execute(task);
            assertThat(files(attempt.job().path())).isEqualTo(files(own.folder().path()));
            assertThat(keys(attempt, "done.json")).isEqualTo(keys(own.attempt(), "done.json"));
            assertThat(WorkerProcess.read(attempt.standardOutput())).isEqualTo(own.output());
            assertThat(WorkerProcess.read(attempt.standardError())).contains("a word of the logger");
            // The handler of the logger keeps the stream that it found in the first task.
            Attempt next = worker.execute(config(JobTasks.Works.class, "steps", 3));
            assertThat(WorkerProcess.read(next.standardError())).contains("a word of the logger");
        }
    }

    private static TreeSet<String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(file -> folder.relativize(file).toString())
                    .collect(java.util.stream.Collectors.toCollection(TreeSet::new));
        }
    }

    private static Map<String, Object> keys(Attempt attempt, String name) throws IOException {
        Path file = attempt.job().internalFolder().resolve(name);
        JsonObject json = JsonObject.of(Json.parse(Files.readString(file)), name);
        return Map.of("all", json.keys(), "usage", json.object("usage").keys());
    }

    @Test
    void execute_taskThatThrows_isFailedAndTheNextOneIsDone() throws Exception {
        try (WorkerProcess worker = start()) {
            Attempt failed = worker.execute(config(JobTasks.Throws.class, "anError", false));
            assertFailed(failed, FailureCause.EXCEPTION, "java.io.IOException: an exception");
            assertThat(WorkerProcess.read(failed.standardError())).contains("java.io.IOException: an exception");
            Attempt next = worker.execute(config(WorkerTasks.Counts.class, "number", 1));
            assertThat(WorkerProcess.status(next).state()).isEqualTo(JobState.DONE);
        }
    }

    @Test
    void execute_taskWhoseCodeIsNotThere_isFailedAsInAProcess() throws Exception {
        try (WorkerProcess worker = start("-D" + JobTasks.Constructed.REFUSES + "=yes")) {
            Attempt refused = worker.execute(config(JobTasks.Constructed.class, "number", 1));
            assertThat(WorkerProcess.status(refused).findCause()).contains(FailureCause.WRONG_PARAMETERS);
        }
    }

    @Test
    void execute_taskThatExits_isFailedAndEndsTheWorker() throws Exception {
        try (WorkerProcess worker = start()) {
            worker.execute(config(WorkerTasks.Counts.class, "number", 1));
            Attempt attempt = worker.claim(config(JobTasks.Exits.class, "code", 7));
            worker.begin(attempt);
            assertThat(worker.over()).isNull();
            assertThat(worker.exitCode()).isEqualTo(7);
            assertFailed(attempt, FailureCause.EXIT, "the task called System.exit");
            assertThat(worker.files().sequenceFile()).doesNotExist();
        }
    }

    @Test
    void execute_taskThatFillsTheHeap_isOutOfMemoryAndTheWorkerIsRenewed() throws Exception {
        try (WorkerProcess worker = start("-Xmx32m")) {
            Attempt attempt = worker.claim(config(JobTasks.FillsHeap.class));
            worker.begin(attempt);
            assertThat(worker.over().renew()).contains("OutOfMemoryError");
            assertThat(WorkerProcess.status(attempt).findCause()).contains(FailureCause.OUT_OF_MEMORY);
            assertThat(worker.exitCode()).isZero();
        }
    }

    @Test
    void execute_taskThatReturnsWithAFullHeap_isDone() throws Exception {
        try (WorkerProcess worker = start("-Xmx32m")) {
            Attempt attempt = worker.claim(config(JobTasks.ReturnsFull.class));
            worker.begin(attempt);
            worker.over();
            assertThat(WorkerProcess.status(attempt).state()).isEqualTo(JobState.DONE);
        }
    }

    @Test
    void execute_taskThatLeavesAThread_isWarnedAndTheWorkerIsRenewed() throws Exception {
        try (WorkerProcess worker = start()) {
            Attempt attempt = worker.claim(config(JobTasks.LeavesThread.class));
            worker.begin(attempt);
            assertThat(worker.over().renew().orElseThrow())
                    .startsWith("a thread of the task still runs: left behind, at org.experimaestro.runtime.JobTasks");
            assertThat(WorkerProcess.status(attempt).state()).isEqualTo(JobState.DONE);
            assertThat(WorkerProcess.read(attempt.standardError()))
                    .contains(
                            "the task has returned while a thread of it still runs; its worker takes no other task, and"
                                    + " its end ends it:\n  left behind, at");
            assertThat(worker.exitCode()).isZero();
        }
    }

    @Test
    void execute_taskAfterOneThatChangesTheProcess_findsItAsItWas() throws Exception {
        try (WorkerProcess worker = start()) {
            Attempt before = worker.execute(config(WorkerTasks.Shows.class, "number", 1));
            Attempt changes = worker.execute(config(WorkerTasks.Changes.class));
            assertThat(WorkerProcess.status(changes).state()).isEqualTo(JobState.DONE);
            Attempt after = worker.execute(config(WorkerTasks.Shows.class, "number", 2));
            String shown = WorkerProcess.read(after.standardOutput());
            assertThat(shown).startsWith("null true ").endsWith(" null main main false true -1\n");
            assertThat(shown).isEqualTo(WorkerProcess.read(before.standardOutput()));
        }
    }

    @Test
    void execute_taskThatReplacesAStream_renewsTheWorker() throws Exception {
        try (WorkerProcess worker = start()) {
            Attempt attempt = worker.claim(config(WorkerTasks.Replaces.class));
            worker.begin(attempt);
            assertThat(worker.over().renew().orElseThrow()).contains("replaced or closed a standard stream");
            assertThat(attempt.job().path().resolve("own.txt")).hasContent("elsewhere");
            assertThat(worker.exitCode()).isZero();
        }
    }

    @Test
    void execute_taskWithAThreadOfAnEndedOne_hasOnlyItsOwnOutput() throws Exception {
        try (WorkerProcess worker = start()) {
            Attempt late = worker.execute(config(WorkerTasks.PrintsLate.class));
            Attempt next = worker.execute(config(
                    WorkerTasks.AwaitsPrint.class, "folder", late.job().path().toString()));
            assertThat(WorkerProcess.read(late.standardOutput())).isEqualTo("in time\n");
            assertThat(WorkerProcess.read(next.standardOutput())).isEqualTo("own\n");
            assertThat(WorkerProcess.read(worker.files().log())).isEqualTo("too late\n");
        }
    }

    @Test
    void execute_signalDuringATask_letsItCleanUpAndEndsTheWorker() throws Exception {
        try (WorkerProcess worker = start()) {
            Attempt attempt = worker.claim(config(Waits.class, "reaction", Waits.Reaction.CLEANS_UP));
            worker.begin(attempt);
            worker.await(attempt, JobTasks.READY);
            worker.process().destroy();
            assertThat(worker.over()).isNull();
            assertThat(worker.exitCode()).isEqualTo(143);
            assertFailed(attempt, FailureCause.CANCELLED, "the process was asked to end (SIGTERM)");
            assertThat(attempt.job().path().resolve("cleaned")).exists();
            assertThat(worker.files().sequenceFile()).doesNotExist();
        }
    }

    @Test
    void execute_workerKilledDuringATask_losesThatTaskAlone() throws Exception {
        try (WorkerProcess worker = start()) {
            Attempt done = worker.execute(config(WorkerTasks.Counts.class, "number", 1));
            Attempt attempt = worker.claim(config(Waits.class, "reaction", Waits.Reaction.RETURNS));
            worker.begin(attempt);
            worker.await(attempt, JobTasks.READY);
            assertThat(WorkerProcess.status(attempt)).isInstanceOfSatisfying(JobStatus.Running.class, running -> {
                assertThat(running.isAlive()).isTrue();
                assertThat(running.worker()).isEqualTo(new WorkerTask(WorkerProcess.NAME, 2));
            });
            assertThat(worker.files().present()).hasValue(2);
            worker.process().destroyForcibly();
            assertThat(worker.over()).isNull();
            worker.exitCode();
            assertThat(WorkerProcess.status(attempt).findCause()).contains(FailureCause.VANISHED);
            assertThat(WorkerProcess.status(done).state()).isEqualTo(JobState.DONE);
            assertThat(worker.files().sequenceFile()).exists();
        }
    }

    @Test
    void execute_runThatDiesDuringATask_endsTheWorkerAfterIt() throws Exception {
        try (WorkerProcess worker = start()) {
            Path goesOn = temporary.resolve("goes-on");
            Attempt attempt = worker.claim(config(WorkerTasks.WaitsFor.class, "file", goesOn.toString()));
            worker.begin(attempt);
            worker.await(attempt, JobTasks.READY);
            worker.leave();
            Files.createFile(goesOn);
            assertThat(worker.exitCode()).isZero();
            assertThat(WorkerProcess.status(attempt).state()).isEqualTo(JobState.DONE);
            assertThat(worker.files().sequenceFile()).doesNotExist();
        }
    }

    @Test
    void execute_attemptThatWasGivenUp_doesNotBegin() throws Exception {
        try (WorkerProcess worker = start()) {
            Attempt attempt = worker.claim(config(WorkerTasks.Counts.class, "number", 1));
            attempt.giveUp(ProcessIdentity.current(), "given up");
            worker.begin(attempt);
            assertThat(worker.over()).isEqualTo(new WorkerMessage.Over(1, Optional.empty(), false));
            assertThat(attempt.record().findProcess()).isEmpty();
            assertThat(WorkerProcess.read(attempt.standardError())).contains("was given up or runs already");
            Attempt next = worker.execute(config(WorkerTasks.Counts.class, "number", 2));
            assertThat(WorkerProcess.status(next).state()).isEqualTo(JobState.DONE);
        }
    }

    @Test
    void execute_taskInterruptedByItself_isDoneAndTheNextIsNotInterrupted() throws Exception {
        try (WorkerProcess worker = start()) {
            Attempt attempt = worker.execute(config(JobTasks.Interrupted.class));
            assertThat(WorkerProcess.status(attempt).state()).isEqualTo(JobState.DONE);
            Attempt next = worker.execute(config(WorkerTasks.Shows.class, "number", 1));
            assertThat(WorkerProcess.status(next).state()).isEqualTo(JobState.DONE);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void execute_taskThatLoadsALibrary_needsAProcess() throws Exception {
        List<Path> libraries = libraries();
        assumeThat(libraries).isNotEmpty();
        try (WorkerProcess worker = start()) {
            Attempt attempt = worker.claim(
                    config(WorkerTasks.Loads.class, "library", libraries.get(0).toString()));
            worker.begin(attempt);
            assertThat(worker.over())
                    .isEqualTo(new WorkerMessage.Over(1, Optional.of("a native library of the task"), true));
            assertThat(WorkerProcess.status(attempt).state())
                    .as(WorkerProcess.read(attempt.standardError()))
                    .isEqualTo(JobState.DONE);
            assertThat(worker.exitCode()).isZero();
        }
    }

    /** Finds small libraries that every Linux has, and no JVM. */
    static List<Path> libraries() throws IOException {
        for (String folder : List.of("/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64", "/lib")) {
            Path path = Path.of(folder);
            if (Files.isDirectory(path)) {
                try (Stream<Path> files = Files.list(path)) {
                    List<Path> found = files.filter(file ->
                                    file.getFileName().toString().matches("lib(bz2|lzma|crypt|cap|uuid)\\.so\\.\\d+"))
                            .sorted()
                            .toList();
                    if (!found.isEmpty()) {
                        return found;
                    }
                }
            }
        }
        return List.of();
    }

    private WorkerProcess start(String... options) throws Exception {
        return WorkerProcess.start(temporary.resolve("workspace"), options);
    }

    private static void assertFailed(Attempt attempt, FailureCause cause, String message) {
        JobStatus status = WorkerProcess.status(attempt);
        assertThat(status.findCause()).contains(cause);
        assertThat(status.message()).isEqualTo(message);
    }
}
