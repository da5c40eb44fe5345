package org.experimaestro.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.experimaestro.ConfigId;
import org.experimaestro.model.identity.JobPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of a job by their paths: those that {@link JobFolder} has are known for what they are. */
class JobFilesTest {
    private static final Path ROOT = Path.of("/work");
    private static final JobFolder JOB =
            Workspace.view(ROOT).job("trial.step", ConfigId.parse("00000000000000010000000000000001"));
    private static final String JOB_PATH = relative(JOB.path());

    private static String relative(Path file) {
        return ROOT.relativize(file).toString();
    }

    /** Workspaces that are there have them: docs/workspace.md. */
    @Test
    void names_filesOfAJobFolder_areThoseOfTheFormat() {
        assertThat(Stream.of(
                                JOB.parametersFile(),
                                JOB.classPathFile(),
                                JOB.attemptFile(7),
                                JOB.processFile(7),
                                JOB.standardOutput(7),
                                JOB.standardError(7),
                                JOB.events(7),
                                JOB.handoverFile(7),
                                JOB.endMarker(7),
                                JOB.failureMarker(7),
                                JOB.doneMarker())
                        .map(file -> JOB.path().relativize(file).toString()))
                .containsExactly(
                        ".experimaestro/params.json",
                        ".experimaestro/classpath.txt",
                        ".experimaestro/attempt-7.json",
                        ".experimaestro/process-7.json",
                        ".experimaestro/stdout-7.log",
                        ".experimaestro/stderr-7.log",
                        ".experimaestro/events-7.jsonl",
                        ".experimaestro/handed-7.json",
                        ".experimaestro/ended-7.json",
                        ".experimaestro/failed-7.json",
                        ".experimaestro/done.json");
    }

    @Test
    void kinds_filesOfAJobFolder_areKnown() {
        assertThat(JobFiles.isMarker(relative(JOB.doneMarker()))).isTrue();
        assertThat(JobFiles.isMarker(relative(JOB.failureMarker(7)))).isTrue();
        assertThat(JobFiles.isProcess(relative(JOB.processFile(1_000_000)))).isTrue();
        assertThat(JobFiles.isAttempt(relative(JOB.attemptFile(1)))).isTrue();
        assertThat(JobFiles.isOwnFolder(relative(JOB.internalFolder()))).isTrue();
        assertThat(JobFiles.ownFolder(JOB_PATH)).isEqualTo(relative(JOB.internalFolder()));
        assertThat(JobFiles.doneMarker(JOB_PATH)).isEqualTo(relative(JOB.doneMarker()));
        assertThat(JobFiles.jobOf(relative(JOB.parametersFile()))).isEqualTo(JOB_PATH);
    }

    @Test
    void isHosts_filesOfAJobFolder_areThoseThatItsProcessWrites() {
        Stream.of(
                        JOB.processFile(1),
                        JOB.standardOutput(2),
                        JOB.standardError(3),
                        JOB.events(4),
                        JOB.announcements().file(),
                        JOB.path().resolve("model.bin"))
                .forEach(file -> assertThat(JobFiles.isHosts(relative(file)))
                        .as("%s", file)
                        .isTrue());
        Stream.of(
                        JOB.parametersFile(),
                        JOB.classPathFile(),
                        JOB.attemptFile(1),
                        JOB.handoverFile(1),
                        JOB.endMarker(1),
                        JOB.doneMarker(),
                        JOB.failureMarker(1))
                .forEach(file -> assertThat(JobFiles.isHosts(relative(file)))
                        .as("%s", file)
                        .isFalse());
    }

    @Test
    void isAnnouncements_fileOfAJob_isFetchedWithTheFilesThatItNames() {
        assertThat(JobFiles.isAnnouncements(relative(JOB.announcements().file())))
                .isTrue();
        assertThat(JobFiles.isAnnouncements(relative(JOB.events(1)))).isFalse();
        assertThat(JobFiles.isAnnouncements(relative(JOB.path().resolve("announced.jsonl"))))
                .isFalse();
    }

    @Test
    void isLeftBehind_filesThatWereMovedAside_areNeitherTheHostsNorMarkers() {
        String before = relative(JOB.formerFiles(2));
        assertThat(Stream.of(before, before + "/a/b", JOB_PATH + "/.experimaestro/before-moving/done.json"))
                .allMatch(JobFiles::isLeftBehind)
                .noneMatch(JobFiles::isHosts)
                .noneMatch(JobFiles::isMarker);
        assertThat(Stream.of(
                        JOB_PATH + "/before-2",
                        JOB_PATH + "/own/jobs/t/1/.experimaestro/before-2/a",
                        relative(JOB.attemptFile(2))))
                .noneMatch(JobFiles::isLeftBehind);
    }

    @Test
    void rank_filesOfAJob_areSeenBeforeItsMarker() {
        String result = JOB_PATH + "/model.bin";
        String failed = relative(JOB.failureMarker(1));
        String done = relative(JOB.doneMarker());

        assertThat(Stream.of(result, failed, done).map(JobFiles::rank)).containsExactly(0, 1, 2);
        assertThat(Stream.of(done, failed).sorted(JobFiles.DONE_LAST)).containsExactly(failed, done);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jobs/t/1/.experimaestro/failed-0.json",
                "jobs/t/1/.experimaestro/failed-01.json",
                "jobs/t/1/.experimaestro/failed-1000001.json",
                "jobs/t/1/.experimaestro/failed-1xjson",
                "jobs/t/1/.experimaestro/done.json/x",
                "jobs/t/1/.experimaestro/sub/done.json",
                "jobs/t/1/done.json",
                "jobs/t/1/mine/.experimaestro/done.json",
                "other/t/1/.experimaestro/done.json"
            })
    void isMarker_otherPath_isNone(String path) {
        assertThat(JobFiles.isMarker(path)).isFalse();
    }

    @Test
    void jobOf_severalJobs_isTheOneThatHasTheFile() {
        Set<String> jobs = Set.of("jobs/t/1", "jobs/t/12");

        assertThat(JobFiles.jobOf("jobs/t/12/a/b", jobs)).contains("jobs/t/12");
        assertThat(JobFiles.jobOf("jobs/t/1", jobs)).contains("jobs/t/1");
        assertThat(JobFiles.jobOf("jobs/t/13/a", jobs)).isEmpty();
    }

    @Test
    void paths_ofAJob_leadToItsWorkspaceAndAreKnownToIdentifiers() {
        assertThat(JOB.workspace()).isEqualTo(ROOT);
        assertThat(JOB.internalFolder().resolve(JOB.pathToWorkspace()).normalize())
                .isEqualTo(ROOT);
        assertThat(JOB.other(JOB.name()).path()).isEqualTo(JOB.path());
        JobPath found = JobPath.find(JobPath.text(JOB.path()));
        assertThat(found).isNotNull();
        assertThat(List.of(found.root(), found.typeId(), found.id())).containsExactly("/work", JOB.typeId(), JOB.id());
    }
}
