package org.experimaestro.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.experimaestro.runtime.JobTasks.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.experimaestro.Config;
import org.experimaestro.ContainerEngine;
import org.experimaestro.ContainerImage;
import org.experimaestro.base.process.JobVariables;
import org.experimaestro.core.json.Json;
import org.experimaestro.runtime.ProgramTasks.Contained;
import org.experimaestro.runtime.ProgramTasks.OfFile;
import org.experimaestro.runtime.ProgramTasks.Shell;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.JobState;
import org.experimaestro.workspace.JobStatus;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs of tasks in a job's process, with real processes. */
class ProgramRunTest {
    private static final String DIGEST = "sha256:" + "ab".repeat(32);

    @TempDir
    private Path temporary;

    @Test
    void run_scriptWithEcho_getsItsParametersAndTellsMetrics() throws Exception {
        JobProcess job = shell("""
                echo "$1 $2 in $(pwd)"
                cat "$EXPERIMAESTRO_PARAMETERS" >"$EXPERIMAESTRO_PATH_out"
                echo loss=0.5 step=1 >>"$EXPERIMAESTRO_MEASUREMENTS"
                echo '{"loss": 0.25, "accuracy": 0.75, "step": 2}' >>"$EXPERIMAESTRO_MEASUREMENTS"
                echo progress=1 description=epoch 2 of 2 >>"$EXPERIMAESTRO_MEASUREMENTS"
                echo what is that >>"$EXPERIMAESTRO_MEASUREMENTS"
                printf attempt=$EXPERIMAESTRO_ATTEMPT >>"$EXPERIMAESTRO_MEASUREMENTS"
                """).start();

        assertThat(job.exitCode()).as(job::error).isEqualTo(JobMain.DONE);
        assertThat(((JobStatus.Done) job.status()).metrics())
                .isEqualTo(Map.of("loss", 0.25, "accuracy", 0.75, "attempt", 1.0));
        assertThat(job.output()).isEqualTo("--rate 0.5 in " + job.folder().path() + "\n");
        assertThat(Json.parse(Files.readString(job.file("out.txt"))))
                .isEqualTo(Map.of(
                        "script",
                        ((Map<?, ?>) Json.parse(Files.readString(job.folder().programParameters(1)))).get("script"),
                        "rate",
                        0.5,
                        "out",
                        job.file("out.txt").toString()));
        assertThat(job.error())
                .contains("Cannot record a line of the program's measurements: \"what\" has not the form name=value");
        assertThat(String.join("\n", job.events())).contains("\"step\":1", "\"description\":\"epoch 2 of 2\"");
        assertThat(job.folder().programMeasurements(1)).doesNotExist();
    }

    @Test
    void run_pythonProgram_tellsMetricsByItsOutput() throws Exception {
        Path script = Files.writeString(temporary.resolve("train.py"), """
                import json, os, sys
                for epoch in range(2):
                    print(f"epoch {epoch}: loss {1 / (epoch + 1)}", flush=True)
                with open(os.environ["EXPERIMAESTRO_PATH_model"], "w") as file:
                    json.dump([sys.argv[1:], os.environ["WORD"]], file)
                """);
        assumeThat(isPythonThere()).as("python3 is on the PATH").isTrue();

        JobProcess job = job(config(OfFile.class, "script", script, "interpreter", "python3", "epochs", Optional.of(2)))
                .start();

        assertThat(job.exitCode()).as(job::error).isEqualTo(JobMain.DONE);
        assertThat(((JobStatus.Done) job.status()).metrics()).isEqualTo(Map.of("loss", 0.5));
        assertThat(job.output()).isEqualTo("epoch 0: loss 1.0\nepoch 1: loss 0.5\n");
        String model = job.file("model.json").toString();
        assertThat(Json.parse(Files.readString(job.file("model.json"))))
                .isEqualTo(List.of(List.of("--epochs", "2", "--model", model), "two words"));
    }

    @Test
    void run_programThatFails_isFailedWithItsCodeAndLastLine() throws Exception {
        JobProcess job =
                shell("echo first >&2; echo 'error: no data' >&2; exit 3").start();
        assertFailed(job, "sh ended with exit code 3: error: no data");
        assertThat(job.error()).isEqualTo("first\nerror: no data\n");

        assertFailed(shell("kill -9 $$").start(), "sh ended with exit code 137 (signal 9)");
        JobProcess missing = job(config(
                        OfFile.class,
                        "script",
                        Files.createFile(temporary.resolve("x")),
                        "interpreter",
                        "no-such-program"))
                .start();
        assertThat(missing.exitCode()).isEqualTo(JobMain.FAILED);
        assertThat(missing.status().message())
                .startsWith("no-such-program x ended with exit code 127: ")
                .contains("no-such-program");
    }

    @Test
    void terminate_processAlone_asksTheWholeGroupOnce() throws Exception {
        JobProcess job = shell("""
                ask() { echo "$1" >>asked.txt; exit 0; }
                (trap 'ask child' TERM; : >child-ready; while :; do sleep 0.1; done) &
                trap 'wait; ask program' TERM
                while ! [ -e child-ready ]; do sleep 0.1; done
                : >ready
                wait
                """).inSession().start().awaitFile("ready");

        job.terminate();

        assertThat(job.exitCode()).as(job::error).isEqualTo(143);
        assertThat(job.status().findCause()).contains(FailureCause.CANCELLED);
        assertThat(Files.readAllLines(job.file("asked.txt"))).containsExactly("child", "program");
        assertThat(job.error())
                .endsWith("java.lang.InterruptedException: sh was asked to end, and ended with exit code 0\n");
    }

    @Tag("thorough")
    @Test
    void terminate_childThatIgnoresIt_isKilledAfterTheGraceTime() throws Exception {
        JobProcess job = shell("""
                (trap '' TERM; exec 2>&-; sleep 1000) &
                echo $! >child.txt
                trap '' TERM
                : >ready
                wait
                """).with(JobVariables.GRACE, "2").start().awaitFile("ready");
        long child = pid(job, "child.txt");

        job.terminate();

        assertThat(job.exitCode()).as(job::error).isEqualTo(143);
        assertThat(job.status().findCause()).contains(FailureCause.CANCELLED);
        await(() -> !isAlive(child));
    }

    @Tag("thorough")
    @Test
    void terminate_programThatEndsBeforeItsChild_leavesNobodyForTheGraceTime() throws Exception {
        JobProcess job = shell("""
                (trap '' TERM; exec 2>&-; sleep 1000) &
                echo $! >child.txt
                : >ready
                wait
                """).with(JobVariables.GRACE, "600").start().awaitFile("ready");
        long child = pid(job, "child.txt");

        job.terminate();

        assertThat(job.exitCode()).as(job::error).isEqualTo(143);
        await(() -> !isAlive(child));
    }

    @Tag("thorough")
    @Test
    void run_measuredProgramThatLeavesAProcess_endsIt() throws Exception {
        JobProcess job = job(config(
                        ProgramTasks.Measured.class, "script", "sleep 1000 & echo $! >child.txt; echo loss 0.5"))
                .start();

        assertThat(job.exitCode()).as(job::error).isEqualTo(JobMain.DONE);
        long child = pid(job, "child.txt");
        await(() -> !isAlive(child));
        assertThat(job.output()).contains("loss 0.5");
    }

    @Test
    void run_measuredProgramWhoseChildHasASessionOfItsOwn_ends() throws Exception {
        JobProcess job = job(config(
                        ProgramTasks.Measured.class, "script", "setsid sleep 30 & echo $! >child.txt; echo loss 0.5"))
                .start();

        assertThat(job.exitCode()).as(job::error).isEqualTo(JobMain.DONE);
        assertThat(job.output()).contains("loss 0.5");
        ProcessHandle.of(pid(job, "child.txt")).ifPresent(ProcessHandle::destroyForcibly);
    }

    @Test
    void kill_jobProcess_leavesNoProgram() throws Exception {
        JobProcess job = shell("trap '' TERM; sleep 1000 & echo $! >child.txt; echo $$ >program.txt; : >ready; wait")
                .start()
                .awaitFile("ready");
        long child = pid(job, "child.txt");
        long program = pid(job, "program.txt");

        job.kill();

        await(() -> !isAlive(program) && !isAlive(child));
    }

    @Tag("thorough")
    @Test
    void run_programThatLeavesAProcess_endsIt() throws Exception {
        JobProcess job = shell("sleep 1000 & echo $! >child.txt").start();

        assertThat(job.exitCode()).as(job::error).isEqualTo(JobMain.DONE);
        long child = pid(job, "child.txt");
        await(() -> !isAlive(child));
    }

    @Test
    void run_container_callsTheEngineWithTheFolderAndTheInputs() throws Exception {
        Path bin = fakeEngines("apptainer", "docker");
        Path data = Files.createDirectory(temporary.toRealPath().resolve("data"));
        Config<?> image = ContainerImage.find("lab/train:1.2@" + DIGEST);

        JobProcess apptainer = contained(image, Optional.empty(), data, bin);
        JobProcess docker = contained(image, Optional.of(ContainerEngine.DOCKER), data, bin);

        Path folder = apptainer.folder().path();
        assertThat(called(apptainer))
                .containsExactly(
                        "apptainer exec",
                        "--bind " + folder + ":" + folder,
                        "--bind " + data + ":" + data + ":ro",
                        "--pwd " + folder,
                        "--gpus all docker://lab/train@" + DIGEST,
                        "train --data " + data);
        folder = docker.folder().path();
        List<String> words = called(docker);
        assertThat(words.get(0)).matches("docker run");
        assertThat(words.get(1)).matches("--rm --init --name experimaestro-\\d+-\\d+");
        assertThat(words.subList(2, words.size()))
                .containsExactly(
                        "--volume " + folder + ":" + folder,
                        "--volume " + data + ":" + data + ":ro",
                        "--workdir " + folder,
                        "--env EXPERIMAESTRO_FOLDER",
                        "--env EXPERIMAESTRO_ATTEMPT",
                        "--env EXPERIMAESTRO_MEASUREMENTS",
                        "--env EXPERIMAESTRO_PARAMETERS",
                        "--env LEVEL",
                        "--gpus all lab/train@" + DIGEST,
                        "train --data " + data);
    }

    @Test
    void run_imageWithoutEngine_isFailedWithAdvice() throws Exception {
        Config<?> image = ContainerImage.find("train@" + DIGEST);

        JobProcess job = job(config(Contained.class, "image", image, "data", temporary))
                .with("PATH", fakeEngines().toString())
                .start();

        assertThat(job.exitCode()).isEqualTo(JobMain.FAILED);
        assertThat(job.status().message())
                .endsWith("Cannot run train in the image train@" + DIGEST
                        + ": found none of apptainer, podman, docker on the PATH of the job's host; install one, or load"
                        + " its module by the launcher option \"before\"");
    }

    @Test
    void kill_jobOfContainer_endsTheContainer() throws Exception {
        Path bin = fakeEngines();
        command(bin, "docker", """
                if [ "$1" = kill ]; then echo "$@" >%1$s; exit; fi
                : >%2$s; sleep 1000
                """.formatted(temporary.resolve("killed"), temporary.resolve("running")));
        Config<?> image = ContainerImage.find("train@" + DIGEST);
        JobProcess job = job(config(Contained.class, "image", image, "data", temporary))
                .with("PATH", bin.toString())
                .start();
        await(() -> Files.exists(temporary.resolve("running")));

        job.kill();

        await(() -> Files.exists(temporary.resolve("killed")));
    }

    private JobProcess contained(Config<?> image, Optional<ContainerEngine> engine, Path data, Path bin)
            throws Exception {
        JobProcess job = job(config(Contained.class, "image", image, "engine", engine, "data", data))
                .with("PATH", bin.toString())
                .start();
        assertThat(job.exitCode()).as(job::error).isEqualTo(JobMain.DONE);
        return job;
    }

    /** Returns the words that an engine was called with, those of an option on one line. */
    private static List<String> called(JobProcess job) {
        return List.of(job.output().strip().split("\n"));
    }

    /** A folder with the commands that the start of a program needs, and engines that print their arguments. */
    private Path fakeEngines(String... names) throws IOException {
        Path bin = Files.createTempDirectory(temporary, "bin");
        for (String command : List.of("sh", "setsid", "sleep")) {
            for (String folder : System.getenv("PATH").split(":")) {
                Path there = Path.of(folder, command);
                if (Files.isExecutable(there) && !Files.exists(bin.resolve(command))) {
                    command(bin, command, "exec " + there + " \"$@\"\n");
                }
            }
        }
        for (String name : names) {
            command(bin, name, """
                    printf %%s %s
                    for word; do
                      case $word in
                      --gpus | --rm | --bind | --volume | --pwd | --workdir | --env | train) printf '\\n%%s' "$word" ;;
                      *) printf ' %%s' "$word" ;;
                      esac
                    done
                    """.formatted(name));
        }
        return bin;
    }

    private static void command(Path bin, String name, String script) throws IOException {
        Path file = Files.writeString(bin.resolve(name), "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    private static boolean isPythonThere() throws IOException, InterruptedException {
        try {
            return new ProcessBuilder("python3", "-c", "").start().waitFor() == 0;
        } catch (IOException notThere) {
            return false;
        }
    }

    private JobProcess shell(String script) throws IOException {
        return job(config(Shell.class, "script", script));
    }

    private JobProcess job(Config<?> task) throws IOException {
        return JobProcess.of(temporary.toRealPath(), task);
    }

    private static void assertFailed(JobProcess job, String message) throws InterruptedException {
        assertThat(job.exitCode()).as(job::error).isEqualTo(JobMain.FAILED);
        assertThat(job.status().state()).isEqualTo(JobState.FAILED);
        assertThat(job.status().findCause()).contains(FailureCause.EXIT);
        assertThat(job.status().message()).isEqualTo(message);
    }

    private static long pid(JobProcess job, String file) throws IOException {
        return Long.parseLong(Files.readString(job.file(file)).strip());
    }

    private static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited in vain").isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }
}
