package org.experimaestro.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.experimaestro.ConfigException;
import org.experimaestro.RunMode;
import org.experimaestro.WorkspaceException;
import org.experimaestro.engine.ExperimentRunner;
import org.experimaestro.engine.ExperimentSetup;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.Workspace;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs of one job of a workspace, in this process. */
class DebugRunTest {
    @TempDir
    private Path folder;

    private JobFolder job;

    @BeforeEach
    void makeJob() throws Exception {
        var setup = ExperimentSetup.of("test", RunMode.GENERATE, workspace())
                .folders(folder.resolve("cache"), folder.resolve("state"))
                .version("test")
                .build();
        new ExperimentRunner(setup, new RunRecorder()).<String>run((xp, settings) -> xp.submit(WordsPlan.write(2)), "");
        job = Workspace.view(workspace()).job("words.write", WordsPlan.write(2).id());
        Files.writeString(job.path().resolve("left.txt"), "of an earlier attempt");
    }

    private Path workspace() {
        return folder.resolve("workspace");
    }

    @Test
    void execute_job_worksInACopyAndLeavesTheJobAlone() throws Exception {
        Map<String, String> before = listing();

        TestContext context = DebugRun.of(job.path()).execute();

        assertThat(listing()).isEqualTo(before);
        assertThat(context.folder()).isNotEqualTo(job.path());
        assertThat(context.folder().resolve("text.txt")).hasContent("word\nword");
        assertThat(context.folder().resolve("left.txt")).exists();
        assertThat(context.folder().resolve(JobFolder.INTERNAL)).doesNotExist();
        assertThat(context.metrics()).isEqualTo(Map.of("written", 2.0));
        delete(context.folder());
    }

    @Test
    void execute_beginningOfTheIdentifier_findsTheJob() throws Exception {
        TestContext context =
                DebugRun.of(workspace(), job.id().toString().substring(0, 6)).executeIn(folder.resolve("copy"));

        assertThat(context.folder()).isEqualTo(folder.resolve("copy"));
        assertThat(context.metrics()).isEqualTo(Map.of("written", 2.0));
        assertThatThrownBy(() -> DebugRun.main(workspace().toString(), "words.write/0"))
                .isInstanceOf(WorkspaceException.class)
                .hasMessageContaining("words.write/0");
    }

    @Test
    void execute_classOfAnotherNameNow_isFoundByItsTypeId() throws Exception {
        String stored = Files.readString(job.parametersFile());
        Files.writeString(job.parametersFile(), stored.replace(WordsPlan.Write.class.getName(), "org.example.Former"));

        TestContext context = DebugRun.of(job.path()).executeIn(folder.resolve("copy"));

        assertThat(context.metrics()).isEqualTo(Map.of("written", 2.0));
    }

    @Test
    void executeInPlace_job_writesThereAndLeavesItsState() throws Exception {
        Map<String, String> before = listing();

        TestContext context = DebugRun.of(job.path()).executeInPlace();

        assertThat(context.folder()).isEqualTo(job.path());
        Map<String, String> after = listing();
        assertThat(after.remove(job.path().resolve("text.txt").toString())).isNotNull();
        assertThat(after).isEqualTo(before);
    }

    @Test
    void executeInPlace_jobThatRuns_isRefused() throws Exception {
        job.claim(ProcessIdentity.current(), "test");

        assertThatThrownBy(() -> DebugRun.of(job.path()).executeInPlace())
                .isInstanceOf(WorkspaceException.class)
                .hasMessageContaining("words.write")
                .hasMessageContaining("a copy");
        assertThat(job.path().resolve("text.txt")).doesNotExist();
    }

    @Test
    void execute_changedParameters_areRefused() throws Exception {
        String parameters = Files.readString(job.parametersFile());
        Files.writeString(job.parametersFile(), parameters.replaceAll("\"count\": ?2", "\"count\": 3"));

        assertThatThrownBy(() -> DebugRun.of(job.path()).executeIn(folder.resolve("copy")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("not of this job");
    }

    @Test
    void main_noArguments_saysWhatToGive() {
        assertThatThrownBy(DebugRun::main)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("workspace");
        assertThatThrownBy(() -> DebugRun.main(folder.toString())).isInstanceOf(WorkspaceException.class);
    }

    /** Returns the files of the job, with their content. */
    private Map<String, String> listing() throws IOException {
        Map<String, String> listing = new TreeMap<>();
        try (Stream<Path> files = Files.walk(job.path())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                listing.put(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return listing;
    }

    private static void delete(Path copy) throws IOException {
        try (Stream<Path> files = Files.walk(copy)) {
            for (Path file : files.toList().reversed()) {
                Files.delete(file);
            }
        }
    }
}
