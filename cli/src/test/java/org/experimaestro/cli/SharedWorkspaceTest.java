package org.experimaestro.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.experimaestro.base.file.Folders;
import org.experimaestro.disturbance.JvmCommand;
import org.experimaestro.disturbance.OtherUser;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobState;
import org.experimaestro.workspace.Workspace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two users of one group who run a plan in one workspace, each in processes of their own, with the umask 002. */
@Timeout(300)
class SharedWorkspaceTest {
    private static final String PLAN = """
            class P implements ExperimentPlan<P.S> { record S() {}
              public void run(Experiment xp, S s) throws Exception {
                for (String name : List.of("quick", "held", "flaky")) {
                  xp.submit(StepBuilder.step().name(name).folder(Path.of("")).build());
                }
              }
            }
            @ConfigType("t.step") record Step(String name, @Meta Path folder) implements SelfTask<Step> {
              public void execute(TaskContext context) throws Exception {
                while (name.equals("held") && Files.exists(folder.resolve("hold"))) Thread.sleep(20);
                if (name.equals("flaky") && Files.exists(folder.resolve("broken"))) throw new Exception("broken");
              }
            }
            """;

    @TempDir
    private Path place;

    private PlanFolder folder;
    private OtherUser ben;
    private String classPath;
    private final List<Process> processes = new ArrayList<>();

    @BeforeEach
    void makeFolders() throws IOException {
        Optional<OtherUser> other = OtherUser.find();
        assumeTrue(other.isPresent(), "only root can act as two users");
        ben = other.get();
        folder = new PlanFolder(place).source(PLAN).file("hold", "").file("broken", "");
        Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxr-xr-x"));
        classPath = readableClassPath();
        Path shared = Files.createDirectory(folder.workspace());
        Files.setAttribute(shared, "unix:gid", OtherUser.NUMBER);
        Files.setAttribute(shared, "unix:mode", 02775);
        for (String user : List.of("anna", "ben")) {
            // A file in the place of the folder of start caches: jobs start without one, and no training runs.
            Path home = Files.createDirectory(place.resolve(user));
            Path cache = Files.createDirectories(home.resolve("cache/experimaestro"));
            Path aot = Files.writeString(cache.resolve("aot"), "");
            if (user.equals("ben")) {
                for (Path each : List.of(home, cache.getParent(), cache, aot)) {
                    ben.own(each);
                }
            }
        }
    }

    @AfterEach
    void end() throws Exception {
        Files.deleteIfExists(folder.path().resolve("hold"));
        for (Process process : processes) {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
    }

    /** Copies the class path to where both users may read it: it may be in a home folder that is closed to others. */
    private String readableClassPath() throws IOException {
        List<String> copies = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path from = Path.of(entry);
            Path copy = place.resolve("code").resolve(Integer.toString(copies.size()));
            if (Files.isDirectory(from)) {
                Folders.copy(from, copy, from.resolve("."));
                copies.add(copy.toString());
            } else if (Files.exists(from)) {
                Files.createDirectories(copy);
                copies.add(Files.copy(from, copy.resolve(from.getFileName())).toString());
            }
        }
        return String.join(File.pathSeparator, copies);
    }

    private Process start(String user, String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of("sh", "-c", "umask 002; exec \"$@\"", "sh"));
        command.addAll(JvmCommand.of("-cp", classPath, Main.class.getName()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(
                        user.equals("ben") ? ben.command(command) : ben.keptOutCommand(command))
                .redirectErrorStream(true)
                .redirectOutput(output(user).toFile());
        Path home = place.resolve(user);
        builder.environment().put("HOME", home.toString());
        builder.environment().put("XDG_CACHE_HOME", home.resolve("cache").toString());
        builder.environment().put("XDG_STATE_HOME", home.resolve("state").toString());
        builder.environment().put("XDG_CONFIG_HOME", home.resolve("config").toString());
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    private Process run(String user) throws IOException {
        return start(
                user,
                "run-experiment",
                "--workdir",
                folder.workspace().toString(),
                folder.yaml().toString());
    }

    private Path output(String user) {
        return place.resolve(user + ".txt");
    }

    private String printed(String user) {
        try {
            return Files.readString(output(user));
        } catch (IOException notYet) {
            return "";
        }
    }

    private void await(Process process, String user, String text) {
        while (!printed(user).contains(text)) {
            assertThat(process.isAlive() || printed(user).contains(text))
                    .as(printed(user))
                    .isTrue();
            LockSupport.parkNanos(20_000_000);
        }
    }

    private int exitCode(Process process) throws InterruptedException {
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    @Test
    void run_jobsOfAColleague_areSharedAndOnlyTheirUserEndsThem() throws Exception {
        Process first = run("ben");
        await(first, "ben", "FAILED   t.step");
        JobFolder held = awaitRunning(first);
        Files.delete(folder.path().resolve("broken"));

        Process second = run("anna");
        await(second, "anna", "attached ");
        await(second, "anna", "done     ");
        Process kill = start(
                "kill",
                "jobs",
                "kill",
                held.id().toString(),
                "--workdir",
                folder.workspace().toString());
        assertThat(exitCode(kill)).as(printed("kill")).isEqualTo(1);
        assertThat(printed("kill"))
                .contains("Cannot stop " + held.name() + ": it belongs to nobody, so nothing was sent; only nobody can"
                        + " stop it");
        assertThat(held.status().state()).isEqualTo(JobState.RUNNING);
        Files.delete(folder.path().resolve("hold"));

        assertThat(exitCode(second)).as(printed("anna")).isZero();
        assertThat(printed("anna"))
                .contains("3 jobs: 1 executed, 1 executed by another run, 1 done before")
                .doesNotContain("The umask is");
        assertThat(exitCode(first)).as(printed("ben")).isEqualTo(1);
        assertThat(Workspace.view(folder.workspace()).jobs())
                .allSatisfy(job -> assertThat(job.status().state()).isEqualTo(JobState.DONE));
        assertSharedWithTheGroup();
    }

    private JobFolder awaitRunning(Process process) {
        while (true) {
            for (JobFolder job : Workspace.view(folder.workspace()).jobs()) {
                if (job.status().state() == JobState.RUNNING) {
                    return job;
                }
            }
            assertThat(process.isAlive()).as(printed("ben")).isTrue();
            LockSupport.parkNanos(20_000_000);
        }
    }

    /** All folders below the jobs stay open to the group, and all files can be read by it, whoever has made them. */
    private void assertSharedWithTheGroup() throws IOException {
        try (Stream<Path> all = Files.walk(folder.workspace().resolve("jobs"))) {
            for (Path path : all.toList()) {
                int mode = (Integer) Files.getAttribute(path, "unix:mode");
                assertThat(Files.getAttribute(path, "unix:gid")).as("%s", path).isEqualTo(OtherUser.NUMBER);
                if (Files.isDirectory(path)) {
                    assertThat(mode & 07777).as("%s", path).isEqualTo(02775);
                } else {
                    assertThat(Files.getPosixFilePermissions(path))
                            .as("%s", path)
                            .contains(PosixFilePermission.GROUP_READ, PosixFilePermission.GROUP_WRITE);
                }
            }
        }
    }
}
