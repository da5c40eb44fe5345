package org.experimaestro.engine.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.experimaestro.LaunchException;
import org.experimaestro.engine.RunResult;
import org.experimaestro.spi.LauncherFinder;
import org.experimaestro.trial.CopyConnector;
import org.experimaestro.trial.Poll;
import org.experimaestro.trial.TestLaunchers;
import org.experimaestro.workspace.JobDumps;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.Workspace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Of a real JVM of a job on a host with a copy of the workspace. */
@Tag("thorough")
final class HostDumpTest extends CopiedWorkspaceFixture {
    private CompletableFuture<RunResult> run;
    private JobFolder job;
    private Path copy;
    private RunBatchClients clients;

    @BeforeEach
    void start() {
        lab.control().hold("a");
        run = lab.start(single());
        lab.control().awaitExecution("a");
        job = lab.job("a");
        copy = there.resolve(lab.workspace().relativize(job.path()));
        LauncherFinder launchers = TestLaunchers.finder(TestLaunchers.withConnector(launcher, CopyConnector.to(there)));
        clients = new RunBatchClients(launchers, HostDumpTest.class.getClassLoader());
    }

    @AfterEach
    void end() throws Exception {
        clients.close();
        if (!run.isDone()) {
            lab.control().release("a");
        }
        run.get();
    }

    private HostDump dump() {
        Optional<HostDump> found = clients.findDump(Workspace.view(lab.workspace()), job);
        return found.orElseThrow();
    }

    @Test
    void threads_jobOfTheOtherHost_areWrittenHere() throws Exception {
        HostDump.Target target = dump().find();
        assertThat(target.attempt()).isEqualTo(1);
        assertThat(target.memory().orElseThrow()).isGreaterThan(10 << 20);
        assertThat(target.room()).isPresent();

        HostDump.Threads threads = dump().threads(target);
        assertThat(threads.text().orElseThrow()).contains("Full thread dump", "org.experimaestro.trial.");
        assertThat(threads.file()).isEqualTo(job.dumps().resolve("threads-1-1.txt"));
        assertThat(threads.file()).content().contains("org.experimaestro.trial.");
        assertThat(run).isNotDone();
    }

    @Test
    void heap_jobOfTheOtherHost_isFetchedAndDeletedThere() throws Exception {
        Path file = dump().heap(dump().find());

        assertThat(JobDumps.of(job).list()).containsExactly(file);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (var in = Files.newInputStream(file)) {
            assertThat(new String(in.readNBytes(12), StandardCharsets.US_ASCII)).isEqualTo("JAVA PROFILE");
        }
        assertThat(copy.resolve(".experimaestro/dumps")).isEmptyDirectory();
    }

    /** Whatever the umask is, and though others may read the folder. */
    @Test
    void heap_whileItIsFetched_isReadByTheUserAlone() throws Exception {
        List<String> rights = new ArrayList<>();
        trouble.fetching(() -> {
            try (DirectoryStream<Path> drafts = Files.newDirectoryStream(job.dumps())) {
                for (Path draft : drafts) {
                    rights.add(PosixFilePermissions.toString(Files.getPosixFilePermissions(draft)));
                }
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        });
        dump().heap(dump().find());
        assertThat(rights).containsOnly("rw-------");
    }

    @Test
    void heap_noRoomHere_isNotFetched() throws Exception {
        trouble.claimed(1L << 60);
        assertThatThrownBy(() -> dump().heap(dump().find()))
                .isInstanceOf(LaunchException.class)
                .hasMessageContaining("cannot be fetched: it has 1152921504606846976 bytes, and there is room for ")
                .hasMessageContaining(" in " + job.dumps());
        assertThat(JobDumps.of(job).list()).isEmpty();
        assertThat(copy.resolve(".experimaestro/dumps")).isNotEmptyDirectory();
    }

    @Test
    void threads_noJcmdThere_areInTheLog() throws Exception {
        trouble.changed(HostDumpTest::withoutJcmd);
        HostDump.Threads threads = dump().threads(dump().find());
        assertThat(threads.text()).isEmpty();
        assertThat(threads.file()).isEqualTo(job.standardOutput(1));
        Path log = copy.resolve(job.path().relativize(threads.file()));
        Poll.until("the stacks are there", () -> read(log).contains("Full thread dump"));
    }

    @Test
    void threads_scriptEndsBeforeItsWord_isNoSuccess() throws Exception {
        HostDump.Target target = dump().find();
        trouble.changed(script -> withoutJcmd(script).replace("kill -s QUIT", "exit 3; kill -s QUIT"));
        assertThatThrownBy(() -> dump().threads(target)).hasMessageContaining("its host has answered: found 1 ");
        trouble.changed(script -> script.replace("stacks=$(", "exit 0; stacks=$("));
        assertThatThrownBy(() -> dump().threads(target)).hasMessageContaining("its host has answered: found 1 ");
    }

    /** A thread may have any name. */
    @Test
    void threads_stacksWithOurWords_areThose() throws Exception {
        HostDump.Target target = dump().find();
        trouble.changed(script -> script.replace("stacks=$(", "stacks=$(echo; echo refused it; echo signalled;"));
        assertThat(dump().threads(target).text().orElseThrow()).contains("refused it", "org.experimaestro.trial.");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static String withoutJcmd(String script) {
        return script.replace("jcmd=${java%/*}/jcmd", "jcmd=/none").replace("$(command -v jcmd)", "$(false)");
    }

    /** The script may be killed, as by the end of its connection; its sign of life for the job ends too. */
    @Test
    void heap_scriptIsKilled_itsBeatsEnd() throws Exception {
        HostDump.Target target = dump().find();
        Path place = copy.toRealPath();
        Set<String> before = processesIn(place);
        trouble.changed(script -> script.replace("beat=30", "beat=0.2").replace("said=$(", "kill -9 $$; said=$("));
        assertThatThrownBy(() -> dump().heap(target)).hasMessageContaining("its host has answered: found 1 ");
        Poll.until("the beats end", () -> before.containsAll(processesIn(place)));
        assertThat(run).isNotDone();
    }

    private static Set<String> processesIn(Path folder) {
        Set<String> found = new TreeSet<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                try {
                    if (Files.readSymbolicLink(process.resolve("cwd")).equals(folder)) {
                        found.add(String.valueOf(process.getFileName()));
                    }
                } catch (IOException gone) {
                    continue; // it has ended meanwhile, or belongs to another user
                }
            }
        } catch (IOException unlisted) {
            throw new UncheckedIOException(unlisted);
        }
        return found;
    }

    @Test
    void find_hostDoesNotAnswer_saysSo() {
        trouble.cut("no route to it");
        try {
            assertThatThrownBy(() -> dump().find())
                    .isInstanceOf(LaunchException.class)
                    .hasMessageContaining("Cannot dump " + job.name())
                    .hasMessageContaining("no route to it");
        } finally {
            trouble.cut(null);
        }
    }

    @Test
    void find_processOfAnotherNode_namesItAndTheCommand() throws Exception {
        Path file = copy.resolve(".experimaestro/process-1.json");
        String before = Files.readString(file);
        Files.writeString(
                file,
                before.replaceFirst("\"boot\": ?\"[^\"]*\"", "\"boot\": \"0\"")
                        .replaceFirst("\"host\": ?\"[^\"]*\"", "\"host\": \"node05\""));
        assertThatThrownBy(() -> dump().find())
                .isInstanceOf(LaunchException.class)
                .hasMessageContaining(" on node05, and farm on copy leads to another host")
                .hasMessageContaining("log in on node05, and type: jcmd ");
        Files.writeString(file, before);
    }

    /** A file that names the process of another program, which must not be touched. */
    @Test
    void find_fileOfAnotherProcess_isRefused() throws Exception {
        Path file = copy.resolve(".experimaestro/process-1.json");
        String before = Files.readString(file);
        Process other = new ProcessBuilder("sleep", "1000").start();
        try {
            String start =
                    Files.readString(Path.of("/proc/" + other.pid() + "/stat")).split(" ")[21];
            Files.writeString(
                    file,
                    before.replaceFirst("\"pid\": ?\\d+", "\"pid\": " + other.pid())
                            .replaceFirst("\"start\": ?\\d+", "\"start\": " + start));
            assertThatThrownBy(() -> dump().find())
                    .hasMessageContaining("process " + other.pid() + " does not work in the job's folder");
            Files.writeString(file, before.replaceFirst("\"pid\": ?\\d+", "\"pid\": " + other.pid()));
            assertThatThrownBy(() -> dump().find()).hasMessageContaining("its process " + other.pid() + " has ended");
        } finally {
            other.destroyForcibly();
            Files.writeString(file, before);
        }
    }

    @Test
    void find_jobThatIsDone_isRefused() throws Exception {
        HostDump dump = dump();
        HostDump.Target target = dump.find();
        lab.control().release("a");
        Poll.until("it is done", () -> Files.exists(copy.resolve(".experimaestro/done.json")));
        assertThatThrownBy(dump::find).hasMessageContaining("it is not running");
        assertThatThrownBy(() -> dump.heap(target)).hasMessageContaining("it is not running");
        run.get();
        assertThat(clients.findDump(Workspace.view(lab.workspace()), job)).isEmpty();
    }
}
