package org.experimaestro.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.experimaestro.runtime.JobTasks.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.experimaestro.Config;
import org.experimaestro.base.process.JobVariables;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.json.JsonObject;
import org.experimaestro.runtime.JobTasks.Waits;
import org.experimaestro.runtime.JobTasks.Waits.Reaction;
import org.experimaestro.workspace.Attempt;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.JobDumps;
import org.experimaestro.workspace.JobState;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.Metrics;
import org.experimaestro.workspace.ResourceUse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a job's process leaves in its folder, however it ends. */
class JobMainTest {
    @TempDir
    Path temporary;

    @Test
    void main_taskThatReturns_isDoneWithItsMetrics() throws Exception {
        JobProcess job = job(config(JobTasks.Works.class, "steps", 3, "name", "œuvre"));
        job.start("-Dfile.encoding=UTF-8");
        assertThat(job.exitCode()).as(job::error).isEqualTo(JobMain.DONE);
        JobStatus status = job.status();
        assertThat(status.state()).isEqualTo(JobState.DONE);
        assertThat(((JobStatus.Done) status).metrics()).isEqualTo(Map.of("step", 3.0, "loss", Double.NaN));
        assertThat(status.duration().orElseThrow()).isPositive();
        assertThat(job.file("out.txt")).hasContent("œuvre true " + job.folder().path());
        assertThat(job.output()).isEqualTo("no newline at the end");
        assertThat(job.error()).contains("a word of the logger");
        List<Object> values = new ArrayList<>();
        for (String line : job.events()) {
            JsonObject event = JsonObject.of(Json.parse(line), line);
            assertThat(event.time("time")).isAfter(Instant.EPOCH);
            values.add(event.string("metric") + " = " + event.raw("value"));
        }
        assertThat(values).containsExactly("step = 1.0", "step = 2.0", "step = 3.0", "loss = NaN");
    }

    @Test
    void main_progress_isThinnedAndKeepsItsLevels() throws Exception {
        JobProcess job = job(config(JobTasks.TellsProgress.class)).start();
        assertThat(job.exitCode()).as(job::error).isEqualTo(JobMain.DONE);
        List<JsonObject> events = new ArrayList<>();
        for (String line : job.events()) {
            events.add(JsonObject.of(Json.parse(line), line));
        }
        int detailed = events.size() - 6;
        assertThat(detailed).isBetween(90, 102);
        double last = -1;
        for (JsonObject event : events.subList(0, detailed)) {
            assertThat(event.number("progress")).isGreaterThan(last);
            last = event.number("progress");
        }
        assertThat(events.get(0).number("progress")).isZero();
        assertThat(last).isEqualTo(1);
        List<String> epochs = new ArrayList<>();
        for (JsonObject event : events.subList(detailed, events.size())) {
            epochs.add(event.integer("level") + " " + event.number("progress") + " " + event.string("description"));
        }
        assertThat(epochs)
                .containsExactly(
                        "0 0.5 epoch 1", "1 0.0 batch", "1 1.0 batch", "0 1.0 epoch 2", "1 0.0 batch", "1 1.0 batch");
        assertThat(job.output().lines())
                .containsExactly(
                        "The level of progress is from 0 to 9, not 10",
                        "The level of progress is from 0 to 9, not -1",
                        "Progress is a number from 0 to 1, not NaN",
                        "A metric needs a name",
                        "A metric needs a name",
                        "The step of a metric is at least 0, not -1",
                        "The level of progress is from 0 to 9, not 10");
    }

    @Test
    void main_metricsAtSteps_areEventsWithTheirStepsAndTheLastOneCounts() throws Exception {
        JobProcess job = job(config(JobTasks.Measures.class)).start();
        assertThat(job.exitCode()).as(job::error).isEqualTo(JobMain.DONE);
        Map<String, Double> metrics = ((JobStatus.Done) job.status()).metrics();
        assertThat(metrics).isEqualTo(Map.of("loss", 0.25, "attempt", 1.0));
        assertThat(job.folder().metricsSoFar(1)).isEqualTo(metrics);
        List<String> events = new ArrayList<>();
        for (String line : job.events()) {
            events.add(line.substring(line.indexOf(',')));
        }
        assertThat(events)
                .containsExactly(
                        ",\"level\":0,\"progress\":0.0,\"description\":\"step 1 of 3\"}",
                        ",\"metric\":\"loss\",\"value\":0.5,\"step\":0}",
                        ",\"level\":0,\"progress\":0.3333333333333333,\"description\":\"step 2 of 3\"}",
                        ",\"metric\":\"loss\",\"value\":0.16666667,\"step\":2}",
                        ",\"level\":0,\"progress\":0.6666666666666666,\"description\":\"step 3 of 3\"}",
                        ",\"metric\":\"loss\",\"value\":0.25,\"step\":1}",
                        ",\"level\":0,\"progress\":1.0,\"description\":\"step 3 of 3\"}",
                        ",\"metric\":\"attempt\",\"value\":1.0}",
                        ",\"metric\":\"ap\",\"unit\":\"301\",\"value\":0.5}");
        assertThat(Metrics.unitsOfEvents(job.folder().events(1), "ap")).isEqualTo(Map.of("301", 0.5));
    }

    @Test
    void main_taskThatThrows_isFailedWithTheException() throws Exception {
        JobProcess job = job(config(JobTasks.Throws.class, "anError", false)).start();
        assertFailed(job, FailureCause.EXCEPTION, "java.io.IOException: an exception");
        assertThat(job.error()).contains("java.io.IOException: an exception", "at org.experimaestro.runtime.JobTasks");
        JobProcess error = job(config(JobTasks.Throws.class, "anError", true)).start();
        assertFailed(error, FailureCause.EXCEPTION, "java.lang.AssertionError: an error");
    }

    @Test
    void main_taskThatExits_isFailedWhateverTheCode() throws Exception {
        for (int code : new int[] {0, 7}) {
            JobProcess job = job(config(JobTasks.Exits.class, "code", code)).start();
            assertThat(job.exitCode()).isEqualTo(code);
            assertThat(job.status().state()).isEqualTo(JobState.FAILED);
            assertThat(job.status().findCause()).contains(FailureCause.EXIT);
            assertThat(job.status().message()).isEqualTo("the task called System.exit");
        }
    }

    @Test
    void main_taskThatFillsTheHeapForGood_isOutOfMemory() throws Exception {
        JobProcess job = job(config(JobTasks.FillsHeap.class)).start("-Xmx32m");
        assertFailed(job, FailureCause.OUT_OF_MEMORY, "java.lang.OutOfMemoryError: Java heap space");
    }

    @Test
    void main_heapLeftFull_isDoneAllTheSame() throws Exception {
        JobProcess job = job(config(JobTasks.ReturnsFull.class)).start("-Xmx32m");
        assertThat(job.exitCode()).as(job::error).isEqualTo(JobMain.DONE);
        assertThat(job.status().state()).isEqualTo(JobState.DONE);
    }

    @Test
    void main_threadLeftBehind_doesNotKeepTheProcess() throws Exception {
        JobProcess job = job(config(JobTasks.LeavesThread.class)).start();
        assertThat(job.exitCode()).as(job::error).isEqualTo(JobMain.DONE);
        assertThat(job.status().state()).isEqualTo(JobState.DONE);
        assertThat(job.error().lines().toList())
                .hasSize(3)
                .satisfies(lines -> assertThat(lines.get(0)).contains("a thread of it still runs"))
                .satisfies(lines -> assertThat(lines.get(1))
                        .startsWith("  left behind, at org.experimaestro.runtime.JobTasks.waitForever(JobTasks.java:"));
    }

    @Test
    void main_manyThreadsLeftBehind_areNamedUpToSome() throws Exception {
        JobProcess job =
                job(config(JobTasks.LeavesThreads.class, "working", 30)).start();
        assertThat(job.exitCode()).as(job::error).isEqualTo(JobMain.DONE);
        assertThat(job.error())
                .contains("31 threads of it still run", "  worker\\n0, at org.experimaestro", "  and 21 more\n")
                .doesNotContain("daemon,", "ForkJoin", "ended");
        assertThat(job.error().lines()).hasSize(13);
    }

    @Test
    void main_idleThreadOfAPool_isNamedAndOthersThatEndAreNot() throws Exception {
        JobProcess job = job(config(JobTasks.LeavesThreads.class, "working", 0)).start();
        assertThat(job.exitCode()).as(job::error).isEqualTo(JobMain.DONE);
        assertThat(job.error())
                .contains("a thread of it still runs", "  pool-1-thread-1, at ")
                .doesNotContain("ended", "daemon,");
        assertThat(((JobStatus.Done) job.status()).metrics()).containsKey("idle");
    }

    @Test
    void main_metricsAfterTheTaskHasReturned_areLeftOutWholly() throws Exception {
        JobProcess job = job(config(JobTasks.TellsLate.class)).start();
        assertThat(job.exitCode()).as(job::error).isEqualTo(JobMain.DONE);
        double last = 0;
        for (String line : job.events()) {
            JsonObject event = JsonObject.of(Json.parse(line), line);
            last = event.has("metric") ? event.number("value") : last;
        }
        assertThat(((JobStatus.Done) job.status()).metrics()).isEqualTo(Map.of("count", last));
        assertThat(job.error()).contains("  late, at ");
    }

    @Test
    void main_generatedPathsThatAreMade_areDone() throws Exception {
        JobProcess job =
                job(config(JobTasks.Makes.class, "file", true, "folder", true)).start();
        assertThat(job.exitCode()).as(job::error).isEqualTo(JobMain.DONE);
        assertThat(job.status().state()).isEqualTo(JobState.DONE);
        assertThat(job.error()).isEmpty();
    }

    @Test
    void main_generatedPathsThatAreNotMade_failTheJobWithAllOfThem() throws Exception {
        JobProcess job = job(config(JobTasks.Makes.class, "file", false, "folder", false))
                .start();
        assertThat(job.exitCode()).isEqualTo(JobMain.FAILED);
        assertThat(job.status().state()).isEqualTo(JobState.FAILED);
        assertThat(job.status().findCause()).contains(FailureCause.MISSING_PATHS);
        assertThat(job.status().message())
                .isEqualTo("made (out/file.txt), logs (folder), link (a link that leads to nothing)");
        assertThat(job.error()).contains("logs (folder)", "@GeneratedPath(optional = true)");
        assertThat(job.file(".experimaestro/failed-1.json")).content().contains("\"EXCEPTION\"", "\"MISSING_PATHS\"");
        assertThat(job.file(".experimaestro/done.json")).doesNotExist();
    }

    @Test
    void main_oneGeneratedPathIsNotMade_isTheOnlyOneNamed() throws Exception {
        JobProcess job =
                job(config(JobTasks.Makes.class, "file", true, "folder", false)).start();
        assertThat(job.exitCode()).isEqualTo(JobMain.FAILED);
        assertThat(job.status().message()).isEqualTo("logs (folder)");
    }

    @Test
    void main_interruptedThread_losesNothingAndStaysInterrupted() throws Exception {
        String end = "echo " + (Instant.now().getEpochSecond() + 1_000);
        JobProcess job = job(config(JobTasks.Interrupted.class))
                .with(JobVariables.END_COMMAND, end)
                .start();
        assertThat(job.exitCode()).as(job::error).isEqualTo(JobMain.DONE);
        assertThat(job.output()).contains("still interrupted: true", "time left: true");
        assertThat(job.events()).hasSize(5);
        assertThat(job.events().get(4)).contains("fourth");
        assertThat(((JobStatus.Done) job.status()).metrics()).containsOnlyKeys("first", "second", "third", "fourth");
        assertThat(job.error()).isEmpty();
    }

    @Test
    void main_sigterm_letsTheTaskCleanUp() throws Exception {
        JobProcess job = waits(Reaction.CLEANS_UP).terminate();
        assertThat(job.exitCode()).isNotZero();
        assertThat(job.file("cleaned")).exists();
        assertCancelled(job);
    }

    @Test
    void main_sigterm_isSeenByATaskThatWaitsForNothing() throws Exception {
        JobProcess job = job(config(JobTasks.WorksOn.class))
                .start()
                .awaitFile(JobTasks.READY)
                .terminate();
        assertThat(job.exitCode()).isNotZero();
        assertThat(job.output()).isEqualTo("cancelled: false\n");
        assertThat(job.file("saved")).hasContent("cancelled: true");
        assertThat(job.error()).startsWith("java.util.concurrent.CancellationException: The job was asked to end");
        assertCancelled(job);
    }

    @Test
    void main_sigtermAndATaskThatReturns_isCancelledAllTheSame() throws Exception {
        JobProcess job = waits(Reaction.RETURNS).terminate();
        assertThat(job.exitCode()).isNotZero();
        assertCancelled(job);
        assertThat(job.error()).isEmpty();
    }

    @Test
    void main_sigtermToAnotherRank_namesNoShutdownHook() throws Exception {
        JobProcess job = job(config(JobTasks.HasHook.class))
                .with("SLURM_PROCID", "1")
                .start()
                .awaitFile(JobTasks.READY)
                .terminate();
        assertThat(job.exitCode()).isNotZero();
        assertThat(job.error()).isEmpty();
    }

    @Test
    void main_sigtermAndATaskThatGoesOn_isCancelledAfterItsTime() throws Exception {
        JobProcess job = job(config(Waits.class, "reaction", Reaction.GOES_ON))
                .hasty()
                .start()
                .awaitFile(JobTasks.READY)
                .terminate();
        try {
            assertThat(job.exitCode()).isNotZero();
        } finally {
            job.kill();
        }
        assertCancelled(job);
    }

    @Test
    void main_sigtermAtTheTimeLimit_leavesTheStacksOfThatMoment() throws Exception {
        JobProcess job = waits(Reaction.CLEANS_UP);
        job.attempt().stop().write(FailureCause.TIME_LIMIT);
        job.terminate().exitCode();
        assertThat(job.status().findCause()).contains(FailureCause.TIME_LIMIT);
        List<Path> dumps = JobDumps.of(job.folder()).list();
        assertThat(dumps).singleElement().satisfies(dump -> {
            assertThat(dump).hasFileName("threads-1-1.txt");
            assertThat(Files.readString(dump))
                    .containsPattern("^Threads at 20.*Z\n\n\"main\"\n")
                    .contains("org.experimaestro.runtime.JobTasks$Waits.execute(")
                    .contains("\"experimaestro-heartbeat\" daemon\n");
        });
        assertThat(job.error()).contains("The stacks of all threads at this moment are in " + dumps.get(0));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void main_end_hasTheUseOfTheProcess() throws Exception {
        JobProcess job =
                job(config(JobTasks.Works.class, "steps", 3, "name", "a")).start();
        assertThat(job.exitCode()).as(job::error).isEqualTo(JobMain.DONE);
        ResourceUse use = job.status().findUse().orElseThrow();
        assertThat(use.cpuSeconds().orElseThrow()).isPositive();
        assertThat(use.gcSeconds().orElseThrow())
                .isBetween(0.0, use.cpuSeconds().orElseThrow());
        assertThat(use.memoryBytes().orElseThrow()).isGreaterThan(10 << 20);
    }

    @Test
    void main_sigkill_leavesNoMarkerAndIsVanished() throws Exception {
        JobProcess job = waits(Reaction.CLEANS_UP);
        assertThat(job.status().state()).isEqualTo(JobState.RUNNING);
        job.kill().exitCode();
        assertThat(job.file("cleaned")).doesNotExist();
        assertThat(job.status().state()).isEqualTo(JobState.FAILED);
        assertThat(job.status().findCause()).contains(FailureCause.VANISHED);
    }

    @Test
    void main_constructorOfTheTask_isCalledOnce() throws Exception {
        JobProcess job = job(config(JobTasks.Constructed.class, "number", 3)).start();
        assertThat(job.exitCode()).as(job::error).isEqualTo(JobMain.DONE);
        assertThat(job.output()).isEqualTo("constructed\n");
    }

    @Test
    void main_constructorThatRefusesInTheJob_isSaidOfTheParameters() throws Exception {
        JobProcess job = job(config(JobTasks.Constructed.class, "number", 3))
                .start("-D" + JobTasks.Constructed.REFUSES + "=true");
        assertThat(job.exitCode()).isEqualTo(JobMain.FAILED);
        assertThat(((JobStatus.Failed) job.status()).cause()).isEqualTo(FailureCause.WRONG_PARAMETERS);
        assertThat(job.status().message())
                .isEqualTo(job.folder().parametersFile()
                        + ": Cannot build job.constructed with number = 3: number is refused here");
    }

    @Test
    void main_parametersWithAnotherValue_areNotRun() throws Exception {
        JobProcess job = job(config(JobTasks.Works.class, "steps", 3));
        tamper(job, "\"steps\": 3", "\"steps\": 4");
        assertThat(job.start().exitCode()).isEqualTo(JobMain.FAILED);
        assertThat(job.status().findCause()).contains(FailureCause.WRONG_PARAMETERS);
        assertThat(job.status().message())
                .startsWith(job.folder().parametersFile() + ": The stored parameters are those of job.works/")
                .contains(", not of this job; somebody has changed the file, or a class on the class path");
        assertThat(job.file("out.txt")).doesNotExist();
    }

    @Test
    void main_parametersThatLeadToAnotherWorkspace_areNotRun() throws Exception {
        JobProcess job = job(config(JobTasks.Works.class, "steps", 3));
        tamper(job, "\"workspace\": \"../../../..\"", "\"workspace\": \"../../../../../other\"");
        assertThat(job.start().exitCode()).isEqualTo(JobMain.FAILED);
        assertThat(job.status().findCause()).contains(FailureCause.WRONG_PARAMETERS);
        assertThat(job.status().message())
                .contains("The stored parameters lead to the workspace ", "/other, and the job is in ");
        assertThat(job.file("out.txt")).doesNotExist();
    }

    @Test
    void main_parametersOfAMissingClass_areNotRun() throws Exception {
        JobProcess job = job(config(JobTasks.Works.class, "steps", 3));
        tamper(job, "JobTasks$Works", "JobTasks$Gone");
        assertThat(job.start().exitCode()).isEqualTo(JobMain.FAILED);
        assertThat(job.status().findCause()).contains(FailureCause.WRONG_CODE);
        assertThat(job.status().message())
                .isEqualTo(job.folder().parametersFile() + ": The class org.experimaestro.runtime.JobTasks$Gone of "
                        + "configuration works (job.works) is not on the class path");
    }

    @Test
    void main_codeOfANewerRelease_saysWhatItNeeds(@TempDir Path newer) throws Exception {
        JobProcess job = job(config(JobTasks.Works.class, "steps", 3));
        String name = JobTasks.Works.class.getName().replace('.', '/') + ".class";
        byte[] code;
        try (InputStream stream = JobTasks.class.getResourceAsStream("/" + name)) {
            code = stream.readAllBytes();
        }
        code[7] = 99; // the class file's version (JVM Specification, section 4.1)
        Path file = newer.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, code);

        assertThat(job.start("-Xbootclasspath/a:" + newer).exitCode()).isEqualTo(JobMain.FAILED);
        assertThat(job.status().findCause()).contains(FailureCause.WRONG_CODE);
        assertThat(job.status().message())
                .contains(
                        "class file version 99",
                        "; this is Java " + Runtime.version().feature() + ", so compile");
        assertThat(job.file(".experimaestro/failed-1.json"))
                .content()
                .contains("\"WRONG_PARAMETERS\"", "\"WRONG_CODE\"");
    }

    @Test
    void main_parametersThatAreNoTaskOrNoJson_areNotRun() throws Exception {
        JobProcess job = job(config(JobTasks.NoTask.class, "number", 1)).start();
        assertThat(job.exitCode()).isEqualTo(JobMain.FAILED);
        assertThat(job.status().findCause()).contains(FailureCause.WRONG_PARAMETERS);
        assertThat(job.status().message()).contains("params.json holds a job.no-task, which is not a task");

        JobProcess corrupt = job(config(JobTasks.Works.class, "steps", 1));
        Files.writeString(corrupt.folder().parametersFile(), "{");
        assertThat(corrupt.start().exitCode()).isEqualTo(JobMain.FAILED);
        assertThat(corrupt.status().findCause()).contains(FailureCause.WRONG_PARAMETERS);
        assertThat(corrupt.status().message())
                .startsWith(corrupt.folder().parametersFile() + ": Cannot read configurations: line 1, column ");
    }

    @Test
    void main_attemptThatWasGivenUp_runsNothing() throws Exception {
        JobProcess job = job(config(JobTasks.Works.class, "steps", 3));
        Files.writeString(
                job.folder().parametersFile().resolveSibling("process-1.json"), "{\"format\": 2, \"void\": true}");
        assertThat(job.start().exitCode()).isEqualTo(Attempt.SUPERSEDED_EXIT_CODE);
        assertThat(job.file("out.txt")).doesNotExist();
        assertThat(job.error()).startsWith("Attempt 1 of job.works/").contains(" was given up or runs already.");
    }

    @Test
    void main_megabytesWithoutNewline_areAllInTheLog() throws Exception {
        JobProcess job = job(config(JobTasks.Prints.class, "megabytes", 8)).start("-Xmx64m");
        assertThat(job.exitCode()).as(job::error).isEqualTo(JobMain.DONE);
        assertThat(job.attempt().standardOutput()).hasSize(8_000_000);
    }

    private JobProcess job(Config<?> task) throws IOException {
        // The process sees the real path of its folder.
        return JobProcess.of(temporary.toRealPath(), task);
    }

    private JobProcess waits(Reaction reaction) throws Exception {
        return job(config(Waits.class, "reaction", reaction)).start().awaitFile(JobTasks.READY);
    }

    private static void tamper(JobProcess job, String from, String to) throws IOException {
        Path file = job.folder().parametersFile();
        String text = Files.readString(file);
        assertThat(text).contains(from);
        Files.writeString(file, text.replace(from, to));
    }

    private static void assertFailed(JobProcess job, FailureCause cause, String message) throws InterruptedException {
        assertThat(job.exitCode()).as(job::error).isEqualTo(JobMain.FAILED);
        assertThat(job.status().state()).isEqualTo(JobState.FAILED);
        assertThat(job.status().findCause()).contains(cause);
        assertThat(job.status().message()).isEqualTo(message);
    }

    private static void assertCancelled(JobProcess job) {
        assertThat(job.status().state()).isEqualTo(JobState.FAILED);
        assertThat(job.status().findCause()).contains(FailureCause.CANCELLED);
        assertThat(job.status().message()).isEqualTo("the process was asked to end (SIGTERM)");
    }
}
