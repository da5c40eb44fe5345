package org.experimaestro.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.experimaestro.Config;
import org.experimaestro.ConfigId;
import org.experimaestro.Outcome;
import org.experimaestro.disturbance.OtherUser;
import org.experimaestro.trial.Lab;
import org.experimaestro.trial.Step;
import org.experimaestro.trial.Written;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobState;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.Workspace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever somebody has put in a job's folder: that job fails and names it, the others run, and nothing is written elsewhere. */
@Timeout(120)
@Tag("thorough")
final class BadFolderTest {
    @TempDir
    Path folder;

    private Lab lab;
    private Path target;

    @BeforeEach
    void setUp() throws IOException {
        lab = new Lab(folder);
        target = Files.writeString(folder.resolve("target"), "mine");
    }

    @AfterEach
    void tearDown() {
        lab.close();
    }

    /** Puts something in the folder of our files. */
    private interface Spoiler {
        Path spoil(Path internal, Path target) throws IOException;
    }

    private static final List<Spoiler> SPOILERS = List.of(
            (internal, target) -> Files.createSymbolicLink(internal.resolve("stdout-1.log"), target),
            (internal, target) -> Files.createSymbolicLink(internal.resolve("stderr-1.log"), target),
            (internal, target) -> Files.createSymbolicLink(internal.resolve("events-1.jsonl"), target),
            (internal, target) -> Files.createSymbolicLink(internal.resolve("process-1.json"), target),
            (internal, target) -> Files.createSymbolicLink(internal.resolve("done.json"), target),
            (internal, target) ->
                    Files.createSymbolicLink(internal.resolve("done.json"), target.resolveSibling("nothing")),
            (internal, target) -> pipe(internal.resolve("stdout-1.log")),
            (internal, target) -> pipe(internal.resolve("done.json")),
            (internal, target) -> Files.createDirectory(internal.resolve("done.json")),
            (internal, target) -> Files.createDirectory(internal.resolve("params.json")),
            (internal, target) -> Files.createFile(internal.resolve("attempt-2147483647.json")),
            (internal, target) -> {
                Files.delete(internal);
                return Files.createSymbolicLink(internal, target.getParent());
            },
            (internal, target) -> {
                Files.delete(internal);
                return Files.createFile(internal);
            });

    @Test
    void run_whatIsInTheWayOfJobs_failsTheseAndNamesIt() throws Exception {
        Map<ConfigId, Path> planted = new HashMap<>();
        List<Config<Step>> bad = new ArrayList<>();
        for (Spoiler spoiler : SPOILERS) {
            Config<Step> step = lab.step("bad " + bad.size());
            planted.put(step.id(), spoiler.spoil(internal(step), target));
            bad.add(step);
        }
        String[] before = folder.toFile().list();

        RunResult result = lab.run((xp, settings) -> {
            bad.forEach(xp::submit);
            xp.submit(lab.step("good"));
        });

        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.failures())
                .hasSameSizeAs(bad)
                .allSatisfy(failure -> assertThat(failure.status().message())
                        .as(Lab.name(failure.task()))
                        .contains(planted.get(failure.task().id()).toString()));
        assertThat(job(lab.step("good")).status().state()).isEqualTo(JobState.DONE);
        assertThat(target).hasContent("mine");
        assertThat(folder.resolve("nothing")).doesNotExist();
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder(before);
    }

    /** It is replaced like any file in its place, and its target stays as it is. */
    @Test
    void run_linkInThePlaceOfTheParameters_isReplaced() throws Exception {
        Config<Step> step = lab.step("a");
        Path planted = Files.createSymbolicLink(internal(step).resolve("params.json"), target);

        assertThat(lab.run((xp, settings) -> xp.submit(step)).outcome()).isEqualTo(Outcome.DONE);

        assertThat(planted).isRegularFile();
        assertThat(Files.isSymbolicLink(planted)).isFalse();
        assertThat(target).hasContent("mine");
    }

    /** A link of the user, in the place of the folder of all jobs, of those of a type, or of one, to a folder of any name. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void run_jobsOnABiggerDisk_areDone(int above) throws Exception {
        Config<Step> one = lab.step("a");
        Path place = job(one).path();
        for (int i = 0; i < above; i++) {
            place = place.getParent();
        }
        Path bigger = Files.createDirectories(folder.resolve("bigger/x"));
        Files.createDirectories(place.getParent());
        Files.createSymbolicLink(place, bigger);

        RunResult result = lab.run((xp, settings) -> {
            Config<Written> written = xp.submit(one);
            xp.submit(lab.step("b", written));
        });

        assertThat(result.failures()).isEmpty();
        assertThat(result.outcome()).isEqualTo(Outcome.DONE);
        try (Stream<Path> files = Files.walk(bigger)) {
            assertThat(files).anyMatch(file -> file.endsWith(".experimaestro/done.json"));
        }
    }

    /** rename(2) keeps the owner: whoever may write above a link may have moved it there. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void run_linkOfThisUserWhereOthersMayWrite_failsThatJobAndWritesNothingThere(int above) throws Exception {
        Config<Step> bad = lab.step("bad");
        Path mine = Files.createDirectories(folder.resolve("mine"));
        Path place = job(bad).path();
        Files.createDirectories(place.getParent());
        Files.createSymbolicLink(place, mine);
        Path shared = place;
        for (int i = 0; i < above; i++) {
            shared = shared.getParent();
        }
        Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxrwxrwx"));

        RunResult result = lab.run((xp, settings) -> xp.submit(bad));

        assertThat(result.failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.status().message())
                        .contains(
                                place.toString(),
                                "this link may have been moved there by all users of this machine",
                                "can write in " + folder));
        assertThat(mine).isEmptyDirectory();
    }

    @Test
    void run_workspaceBehindALink_isDone() throws Exception {
        Files.createDirectories(folder.resolve("bigger"));
        Files.createSymbolicLink(lab.workspace(), folder.resolve("bigger"));

        assertThat(lab.run((xp, settings) -> xp.submit(lab.step("a"))).outcome())
                .isEqualTo(Outcome.DONE);
        assertThat(folder.resolve("bigger/jobs")).isDirectory();
    }

    @Test
    void run_linkOfSomebodyElse_failsThatJobAndWritesNothingThere() throws Exception {
        Optional<OtherUser> other = OtherUser.find();
        assumeTrue(other.isPresent(), "only root can give a link to another user");
        Config<Step> bad = lab.step("bad");
        Path mine = Files.createDirectories(folder.resolve("mine"));
        Path place = job(bad).path();
        Files.createDirectories(place.getParent());
        other.get().own(Files.createSymbolicLink(place, mine));

        RunResult result = lab.run((xp, settings) -> {
            xp.submit(bad);
            xp.submit(lab.step("good"));
        });

        assertThat(result.failures())
                .singleElement()
                .satisfies(failure ->
                        assertThat(failure.status().message()).contains(place.toString(), "this link belongs to"));
        assertThat(job(lab.step("good")).status().state()).isEqualTo(JobState.DONE);
        assertThat(mine).isEmptyDirectory();
    }

    /** Two users of one group, with umask 002. */
    @Test
    void run_jobOfAColleague_isFoundDone() throws Exception {
        Optional<OtherUser> other = OtherUser.find();
        assumeTrue(other.isPresent(), "only root can have files that belong to another user");
        Config<Step> step = lab.step("a");
        assertThat(lab.run((xp, settings) -> xp.submit(step)).executed()).isEqualTo(1);
        try (Stream<Path> all = Files.walk(lab.workspace())) {
            for (Path path : all.toList()) {
                other.get().own(path);
                Files.setPosixFilePermissions(
                        path, PosixFilePermissions.fromString(Files.isDirectory(path) ? "rwxrwxr-x" : "rw-rw-r--"));
            }
        }

        RunResult result = lab.run((xp, settings) -> {
            xp.submit(step);
            xp.submit(lab.step("b"));
        });

        assertThat(result.outcome()).isEqualTo(Outcome.DONE);
        assertThat(result.executed()).isEqualTo(1);
    }

    /** A colleague's attempt has failed; it is taken up in the same folder. */
    @Test
    void run_failedJobOfAColleague_isRunAgain() throws Exception {
        Optional<OtherUser> other = OtherUser.find();
        assumeTrue(other.isPresent(), "only root can have files that belong to another user");
        Config<Step> step = lab.step("a");
        Files.createDirectories(internal(step));
        JobFolder job = job(step);
        job.claim(ProcessIdentity.current(), "run");
        job.attempt(1).failed(FailureCause.EXCEPTION, "theirs", 1);
        try (Stream<Path> all = Files.walk(lab.workspace())) {
            for (Path path : all.toList()) {
                other.get().own(path);
            }
        }

        assertThat(lab.run((xp, settings) -> xp.submit(step)).outcome()).isEqualTo(Outcome.DONE);
        JobStatus status = job.status();
        assertThat(status.lastAttempt()).hasValue(2);
    }

    private Path internal(Config<?> task) throws IOException {
        return Files.createDirectories(job(task).path().resolve(JobFolder.INTERNAL));
    }

    private JobFolder job(Config<?> task) {
        return Workspace.view(lab.workspace()).job(task.type(), task.id());
    }

    private static Path pipe(Path file) throws IOException {
        try {
            assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor())
                    .isZero();
            return file;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException(stopped);
        }
    }
}
