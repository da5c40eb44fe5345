package org.experimaestro.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.experimaestro.ConfigId;
import org.experimaestro.WorkspaceException;
import org.experimaestro.workspace.RunFolder.SubmittedJob;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkspaceTest {
    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");

    @TempDir
    Path root;

    @Test
    void view_folderThatIsNotThere_writesNothing() {
        Path nowhere = root.resolve("nowhere");
        Workspace workspace = Workspace.view(nowhere);
        assertThat(workspace.exists()).isFalse();
        assertThat(workspace.jobs()).isEmpty();
        assertThat(workspace.experiments()).isEmpty();
        assertThat(nowhere).doesNotExist();
    }

    @Test
    void open_twice_keepsTheMarker() {
        assertThat(Workspace.open(root).exists()).isTrue();
        assertThat(Workspace.open(root).root()).isEqualTo(root.toAbsolutePath());
        assertThat(root.resolve(WorkspaceLayout.MARKER)).content().contains("\"format\": 1");
    }

    /** As text: where the tests run without a locale, there is no such path. */
    @Test
    void checkName_characterThatNoClassPathCanHave_isRefused() {
        assertThatThrownBy(() -> Workspace.checkName("/data/runs \uD83D\uDE00"))
                .isInstanceOf(WorkspaceException.class)
                .hasMessageStartingWith("Cannot use the workspace /data/runs \uD83D\uDE00: its path has the character"
                        + " \uD83D\uDE00 (U+1F600), and Java finds no classes in a folder with a character beyond"
                        + " U+FFFF; choose another one with --workdir");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/data/\u00E9t\u00E9", "/data/\u4E2D", "/data/10:30 *%"})
    void checkName_characterThatAClassPathCanHave_passes(String path) {
        assertThatCode(() -> Workspace.checkName(path)).doesNotThrowAnyException();
    }

    @Test
    void open_newerFormat_isRefusedAndWritesNothing() throws IOException {
        Files.writeString(root.resolve(WorkspaceLayout.MARKER), "{\"format\": 2}");
        assertThatThrownBy(() -> Workspace.open(root))
                .isInstanceOf(WorkspaceException.class)
                .hasMessage(
                        root.resolve(WorkspaceLayout.MARKER) + ": A newer version of Experimaestro wrote the workspace "
                                + root + ": its format is 2, this version knows up to 1; "
                                + "update Experimaestro, or choose another workspace");
        assertThat(root.resolve("jobs")).doesNotExist();
    }

    @Test
    void view_corruptMarker_isRefusedAndNamed() throws IOException {
        Files.writeString(root.resolve(WorkspaceLayout.MARKER), "format: 1");
        assertThatThrownBy(() -> Workspace.view(root))
                .isInstanceOf(WorkspaceException.class)
                .hasMessageStartingWith(
                        root.resolve(WorkspaceLayout.MARKER) + ": Cannot read the workspace's format: line 1, column ");
    }

    @Test
    void open_file_saysThatItIsNoFolder() throws IOException {
        Path file = Files.createFile(root.resolve("file"));
        for (Path workspace : List.of(file, file.resolve("below"))) {
            assertThatThrownBy(() -> Workspace.open(workspace))
                    .isInstanceOf(WorkspaceException.class)
                    .hasMessageStartingWith("Cannot use the workspace " + workspace + ": ")
                    .hasMessageContaining(file.toString())
                    .hasMessageEndingWith(
                            "; choose another one with --workdir, workdir: in the YAML file, or EXPERIMAESTRO_WORKDIR");
        }
    }

    @Test
    void open_folderThatCannotBeWritten_isRefused() throws IOException {
        Path jobs = Files.createDirectories(root.resolve("jobs"));
        Files.writeString(root.resolve(WorkspaceLayout.MARKER), "{\"format\": 1}");
        Files.setPosixFilePermissions(jobs, PosixFilePermissions.fromString("r-xr-xr-x"));
        Assumptions.assumeFalse(Files.isWritable(jobs), "root may write everywhere");
        assertThatThrownBy(() -> Workspace.open(root))
                .hasMessageContaining("Cannot write the workspace " + root + ": no permission to write");
    }

    @Test
    void jobs_foldersOfOthers_areLeftOut() throws IOException {
        Workspace workspace = Workspace.open(root);
        ConfigId low = ConfigId.parse("00000000000000010000000000000002");
        ConfigId high = ConfigId.parse("f0000000000000010000000000000002");
        for (JobFolder job :
                List.of(workspace.job("b.task", low), workspace.job("a.task", high), workspace.job("a.task", low))) {
            Files.createDirectories(job.path());
        }
        Files.createDirectories(root.resolve("jobs/a.task/notes"));
        Files.createFile(root.resolve("jobs/README"));
        assertThat(workspace.jobs())
                .extracting(JobFolder::name)
                .containsExactly("a.task/" + low, "a.task/" + high, "b.task/" + low);
        assertThat(JobFolder.at(workspace.job("a.task", low).path()).name()).isEqualTo("a.task/" + low);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/a", "/jobs/a.task/notes", "/jobs/a.task", "a.task/00000000000000010000000000000002"})
    void at_pathOfNoJob_saysWhatToGive(String path) {
        assertThatThrownBy(() -> JobFolder.at(Path.of(path)))
                .isInstanceOf(WorkspaceException.class)
                .hasMessageStartingWith("Not the path of a job's folder: " + path)
                .hasMessageContaining("TYPE/IDENTIFIER");
    }

    @Test
    void newRun_severalWithinASecond_haveNamesOfTheirOwnInOrder() throws IOException {
        ExperimentFolder experiment = Workspace.open(root).experiment("digits");
        assertThat(experiment.runs()).isEmpty();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            names.add(experiment.newRun(NOW).name());
        }
        names.add(experiment.newRun(NOW.plusSeconds(1)).name());
        assertThat(names).doesNotHaveDuplicates();
        assertThat(experiment.runs()).extracting(RunFolder::name).containsExactlyElementsOf(names);
        assertThat(experiment.results()).isDirectory();
        assertThat(Workspace.view(root).experiments())
                .extracting(ExperimentFolder::name)
                .containsExactly("digits");
    }

    @Test
    void jobs_added_areReadBackAtOnce() throws IOException {
        RunFolder run = run();
        assertThat(jobs(run)).isEmpty();
        SubmittedJob first = job(1, Map.of("layers", 3L, "name", "déjà vu", "on", true), List.of());
        SubmittedJob second = job(2, Map.of(), List.of("test.job/" + first.id()));
        try (RunFolder.JobList jobs = run.openJobs()) {
            jobs.add(first);
            assertThat(jobs(run)).containsExactly(first);
            jobs.add(second);
        }
        assertThat(jobs(run)).containsExactly(first, second);
    }

    @Test
    void jobs_lastLineTornAnywhere_isLeftOut() throws IOException {
        RunFolder run = run();
        SubmittedJob first = job(1, Map.of("name", "déjà"), List.of());
        try (RunFolder.JobList jobs = run.openJobs()) {
            jobs.add(first);
            jobs.add(job(2, Map.of("name", "vu: é"), List.of()));
        }
        Path file = run.path().resolve("jobs.jsonl");
        byte[] whole = Files.readAllBytes(file);
        int firstLine = 1;
        while (whole[firstLine - 1] != '\n') {
            firstLine++;
        }
        for (int length = firstLine; length < whole.length; length++) {
            Files.write(file, java.util.Arrays.copyOf(whole, length));
            assertThat(jobs(run)).containsExactly(first);
        }
    }

    @Test
    void jobs_corruptLine_isAnErrorThatNamesFileAndLine() throws IOException {
        RunFolder run = run();
        try (RunFolder.JobList jobs = run.openJobs()) {
            jobs.add(job(1, Map.of(), List.of()));
        }
        Path file = run.path().resolve("jobs.jsonl");
        String good = Files.readString(file);
        for (String bad : List.of("{\"job\": ", "[]", "{\"job\": \"noslash\", \"tags\": {}, \"dependencies\": []}")) {
            Files.writeString(file, good + bad + "\n");
            assertThatThrownBy(() -> jobs(run))
                    .isInstanceOf(WorkspaceException.class)
                    .hasMessageContaining("Cannot read the jobs of run " + run.name() + " of digits: ")
                    .hasMessageContaining(file + ":2");
        }
    }

    @Test
    void describe_again_replacesTheDescription() throws IOException {
        RunFolder run = run();
        run.describe(new LinkedHashMap<>(Map.of("state", "RUNNING")));
        run.describe(new LinkedHashMap<>(Map.of("state", "DONE")));
        assertThat(run.path().resolve("run.json"))
                .content()
                .contains("\"format\": 1", "\"experiment\": \"digits\"", "\"state\": \"DONE\"")
                .doesNotContain("RUNNING");
    }

    private static List<SubmittedJob> jobs(RunFolder run) {
        List<SubmittedJob> jobs = new ArrayList<>();
        run.readJobs(jobs::add);
        return jobs;
    }

    @ParameterizedTest
    @CsvSource({"100000, ''", "500001, it has more than 500000 lines"})
    void readJobs_many_areReadUpToABound(int count, String problem) throws IOException {
        RunFolder run = run();
        Path file = run.path().resolve("jobs.jsonl");
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
            for (int i = 0; i < count; i++) {
                writer.write("{\"job\":\"test.job/" + ConfigId.parse("%016x%016x".formatted(0, i))
                        + "\",\"tags\":{},\"dependencies\":[]}\n");
            }
        }
        AtomicInteger read = new AtomicInteger();
        var reading = assertThatCode(() -> run.readJobs(job -> read.incrementAndGet()));

        if (problem.isEmpty()) {
            reading.doesNotThrowAnyException();
        } else {
            reading.isInstanceOf(WorkspaceException.class)
                    .hasMessageContaining(problem)
                    .hasMessageContaining(file + ":" + count);
        }
        assertThat(read).hasValue(Math.min(count, 500_000));
    }

    private RunFolder run() throws IOException {
        return Workspace.open(root).experiment("digits").newRun(NOW);
    }

    private static SubmittedJob job(long id, Map<String, Object> tags, List<String> dependencies) {
        return new SubmittedJob("test.job", ConfigId.parse("%016x%016x".formatted(0, id)), tags, dependencies);
    }
}
