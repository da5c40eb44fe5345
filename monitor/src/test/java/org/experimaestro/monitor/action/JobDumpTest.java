package org.experimaestro.monitor.action;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.experimaestro.ConfigId;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.WorkerCommand;
import org.experimaestro.workspace.WorkerFiles;
import org.experimaestro.workspace.WorkerTask;
import org.experimaestro.workspace.Workspace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dumps of tasks in workers; {@code JobsDumpCommandTest} of the module cli has those of real JVMs. */
class JobDumpTest {
    @TempDir
    private Path folder;

    @Test
    void threads_workerWithoutJcmd_areInTheLogOfTheWorker() throws Exception {
        JobFolder job = Workspace.open(folder).job("a.learn", ConfigId.parse("0123456789abcdef0123456789abcdef"));
        job.write("{}", "");
        job.claim(ProcessIdentity.current(), "test");
        WorkerFiles files = WorkerFiles.of(folder, "w-1");
        files.makeFolder();
        List<String> command =
                new ArrayList<>(List.of("sh", "-c", "trap 'echo dump' QUIT; echo ready; while :; do sleep 1; done"));
        command.addAll(WorkerCommand.of(Path.of("/tmp/socket"), "w-1", folder));
        Process process = new ProcessBuilder(command).directory(folder.toFile()).start();
        try (WorkerFiles.PresentTask present =
                files.create(ProcessIdentity.find(process.pid()).orElseThrow())) {
            assertThat(process.inputReader().readLine()).isEqualTo("ready");
            present.begin(7);
            job.attempt(1)
                    .begin(
                            ProcessIdentity.find(process.pid()).orElseThrow(),
                            new WorkerTask("w-1", 7),
                            Instant.now().toEpochMilli());
            JobDump dump = new JobDump(job, folder);
            assertThat(dump.threads(dump.find())).isEqualTo(new JobDump.Threads(files.log(), Optional.empty()));
        } finally {
            process.destroyForcibly();
        }
    }
}
