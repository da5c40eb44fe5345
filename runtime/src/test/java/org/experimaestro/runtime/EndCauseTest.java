package org.experimaestro.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.experimaestro.runtime.JobTasks.config;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import org.experimaestro.Config;
import org.experimaestro.ConfigException;
import org.experimaestro.base.process.JobVariables;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.JobState;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The cause of an end is what happened, and not what the task made of it. */
@Tag("thorough")
class EndCauseTest {
    @TempDir
    Path temporary;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void signal_thatEndsAChildOfTheTaskToo_isNoFailureOfTheTask(boolean exits) throws Exception {
        JobProcess job = job(config(JobTasks.WaitsForChild.class, "exits", exits))
                .start()
                .awaitFile(JobTasks.READY);
        job.terminateWith(Long.parseLong(Files.readString(job.file("child"))));
        assertThat(job.exitCode()).isNotZero();
        assertThat(job.status().findCause()).contains(FailureCause.CANCELLED);
    }

    @Test
    void childThatFailsByItself_isAFailureOfTheTask() throws Exception {
        JobProcess job = job(config(JobTasks.WaitsForChild.class, "exits", false))
                .start()
                .awaitFile(JobTasks.READY);
        ProcessHandle.of(Long.parseLong(Files.readString(job.file("child"))))
                .orElseThrow()
                .destroy();
        job.exitCode();
        assertThat(job.status().findCause()).contains(FailureCause.EXCEPTION);
        assertThat(job.status().message()).isEqualTo("java.io.IOException: the child has ended with 143");
    }

    @ParameterizedTest
    @CsvSource({"true, the task has returned", "false, java.io.IOException: stopped early"})
    void signal_thatTheTaskHandlesItself_isTheCauseThatItsSenderHasRecorded(boolean returns, String end)
            throws Exception {
        JobProcess job = handles(returns).start().awaitFile(JobTasks.READY);
        job.attempt().stop().write(FailureCause.CANCELLED);
        job.terminate();
        assertThat(job.exitCode()).as(job::error).isEqualTo(JobMain.FAILED);
        assertThat(job.status().findCause()).contains(FailureCause.CANCELLED);
        assertThat(job.status().message()).isEqualTo("the process was asked to end (SIGTERM): " + end);
    }

    @Test
    void signal_ofALauncherThatTheTaskHandlesItself_isCancelled() throws Exception {
        Path cancelled = temporary.resolve("it's cancelled");
        JobProcess job = handles(true)
                .with(JobVariables.CANCELLED_FILE, cancelled.toString())
                .start()
                .awaitFile(JobTasks.READY);
        Files.createFile(cancelled);
        job.terminate().exitCode();
        assertThat(job.status().findCause()).contains(FailureCause.CANCELLED);
    }

    @Test
    void requestThatWasWithdrawn_hasNoEffect() throws Exception {
        JobProcess job = job(config(JobTasks.Works.class, "steps", 1));
        job.attempt().stop().write(FailureCause.CANCELLED);
        job.attempt().stop().withdraw();
        assertThat(job.start().exitCode()).isEqualTo(JobMain.DONE);
        assertThat(job.status().state()).isEqualTo(JobState.DONE);
    }

    @Test
    void processThatWasKilledOnRequest_hasTheCauseOfTheRequest() throws Exception {
        JobProcess job = handles(true).start().awaitFile(JobTasks.READY);
        job.attempt().stop().write(FailureCause.TIME_LIMIT);
        job.kill().exitCode();
        assertThat(job.status().findCause()).contains(FailureCause.TIME_LIMIT);
    }

    @Test
    void directMemory_isNoHeap() throws Exception {
        JobProcess job = job(config(JobTasks.FillsDirect.class)).start("-XX:MaxDirectMemorySize=1m");
        job.exitCode();
        assertThat(job.status().findCause()).contains(FailureCause.OUT_OF_DIRECT_MEMORY);
        assertThat(job.file(".experimaestro/failed-1.json")).content().contains("\"OUT_OF_MEMORY\"");
    }

    /** The messages of OpenJDK 17 to 25. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Java heap space                                                    | OUT_OF_MEMORY",
                "Java heap space: failed reallocation of scalar replaced objects     | OUT_OF_MEMORY",
                "GC overhead limit exceeded                                         | GC_OVERHEAD",
                "Cannot reserve 9 bytes of direct buffer memory (allocated: 8, limit: 7) | OUT_OF_DIRECT_MEMORY",
                "Metaspace                                                          | OUT_OF_METASPACE",
                "Compressed class space                                             | OUT_OF_METASPACE",
                "unable to create native thread: possibly out of memory or process/resource limits reached | OUT_OF_THREADS",
                "Map failed                                                         | OUT_OF_NATIVE_MEMORY",
                "Requested array size exceeds VM limit                              | EXCEPTION",
                "my own limit                                                       | EXCEPTION"
            })
    void ofTask_outOfMemory_saysWhichMemory(String message, FailureCause cause) {
        OutOfMemoryError full = new OutOfMemoryError(message);
        assertThat(FailureReason.ofTask(full).cause()).isEqualTo(cause);
        assertThat(FailureReason.ofTask(new ExecutionException(full)).cause()).isEqualTo(cause);
    }

    @Test
    void ofStart_errors_areToldApart() {
        assertThat(ofStart(new AccessDeniedException("/w/params.json")))
                .isEqualTo("NOT_STARTED no permission for /w/params.json");
        assertThat(ofStart(new FileSystemException("/w/a", null, "No space left on device")))
                .isEqualTo("NOT_STARTED No space left on device (/w/a)");
        assertThat(ofStart(new NoClassDefFoundError("my/Part")))
                .isEqualTo("WRONG_CODE java.lang.NoClassDefFoundError: my/Part");
        assertThat(ofStart(ConfigException.of("no class")
                        .cause(new ClassNotFoundException("my.Part"))
                        .build()))
                .isEqualTo("WRONG_CODE no class");
        assertThat(ofStart(new OutOfMemoryError("Java heap space"))).startsWith("OUT_OF_MEMORY ");
        assertThat(ofStart(ConfigException.of("not of this job").build()))
                .isEqualTo("WRONG_PARAMETERS not of this job");
    }

    private static String ofStart(Throwable thrown) {
        FailureReason reason = FailureReason.ofStart(thrown);
        return reason.cause() + " " + reason.message();
    }

    private JobProcess handles(boolean returns) throws IOException {
        return job(config(JobTasks.HandlesSignal.class, "returns", returns));
    }

    private JobProcess job(Config<?> task) throws IOException {
        return JobProcess.of(temporary.toRealPath(), task);
    }
}
