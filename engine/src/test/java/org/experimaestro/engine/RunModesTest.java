package org.experimaestro.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.experimaestro.Config;
import org.experimaestro.Experiment;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.Outcome;
import org.experimaestro.Report;
import org.experimaestro.RunMode;
import org.experimaestro.trial.Lab;
import org.experimaestro.trial.Written;
import org.experimaestro.workspace.JobState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What dry-run and generate leave alone. */
@Timeout(120)
final class RunModesTest extends LabFixture {
    @BeforeEach
    void takeJobsInside() {
        lab.withoutProcesses();
    }

    private final List<Outcome> outcomes = new ArrayList<>();
    private boolean reported;

    private final class Plan implements ExperimentPlan<String> {
        @Override
        public void run(Experiment xp, String settings) throws InterruptedException {
            Config<Written> a = xp.submit(lab.step("a"));
            outcomes.add(xp.await(a));
            xp.submit(lab.step("b", a));
            outcomes.add(xp.await());
        }

        @Override
        public void report(Report report) {
            reported = true;
        }
    }

    @Test
    void dryRun_emptyFolder_writesNothing() throws Exception {
        Map<String, String> before = listing();
        RunResult result = lab.run(RunMode.DRY_RUN, new Plan());

        assertThat(listing()).isEqualTo(before);
        assertThat(lab.workspace()).doesNotExist();
        assertThat(result.outcome()).isEqualTo(Outcome.NOT_RUN);
        assertThat(result.total()).isEqualTo(2);
        assertThat(outcomes).containsExactly(Outcome.NOT_RUN, Outcome.NOT_RUN);
        assertThat(reported).isFalse();
        assertThat(lab.recorder().submitted().get(1).dependencies())
                .containsExactly(lab.job("a").name());
    }

    @Test
    void dryRun_afterARunWithAFailure_writesNothing() throws Exception {
        lab.control().fail("b");
        lab.run(new Plan());
        Map<String, String> before = listing();
        RunResult result = lab.run(RunMode.DRY_RUN, new Plan());

        assertThat(listing()).isEqualTo(before);
        assertThat(result.doneBefore()).isEqualTo(1);
        assertThat(lab.recorder().submitted())
                .extracting(task -> task.found().state())
                .containsExactly(JobState.DONE, JobState.FAILED);
    }

    @Test
    void generate_newJobs_writesTheirFoldersAndRunsNothing() throws Exception {
        RunResult result = lab.run(RunMode.GENERATE, new Plan());

        assertThat(result.outcome()).isEqualTo(Outcome.NOT_RUN);
        assertThat(outcomes).containsExactly(Outcome.NOT_RUN, Outcome.NOT_RUN);
        assertThat(reported).isFalse();
        for (String name : List.of("a", "b")) {
            assertThat(lab.job(name).parametersFile()).content().contains("\"" + name + "\"");
            assertThat(lab.job(name).classPathFile()).content().contains(".jar");
            assertThat(lab.status(name).state()).isEqualTo(JobState.NEW);
        }
        assertThat(lab.control().executions()).isEmpty();

        assertThat(lab.run(new Plan()).executed()).isEqualTo(2);
        assertThat(reported).isTrue();
    }

    @Test
    void generate_jobsThatAreDoneFailedOrUnreadable_leavesThemAsTheyAre() throws Exception {
        lab.control().fail("b");
        lab.run(new Plan());
        Files.createDirectories(folder.resolve("more"));
        Files.writeString(folder.resolve("more/new.txt"), "a new class path");
        lab.classPath(List.of(Lab.testClasses(), folder.resolve("more")));
        Map<String, String> before = jobs();
        lab.run(RunMode.GENERATE, new Plan());
        assertThat(jobs()).isEqualTo(before);

        Files.writeString(lab.job("b").classPathFile().resolveSibling("attempt-2.json"), "{");
        Map<String, String> unreadable = jobs();
        lab.run(RunMode.GENERATE, new Plan());
        assertThat(jobs()).isEqualTo(unreadable);
        assertThat(lab.control().executions()).containsExactly("a", "b");
    }

    private Map<String, String> jobs() throws IOException {
        Map<String, String> jobs = listing();
        jobs.keySet().removeIf(path -> !path.contains("/jobs/"));
        return jobs;
    }

    /** Every path below the folder, with time, size and content. */
    private Map<String, String> listing() throws IOException {
        Map<String, String> listing = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String content = Files.isRegularFile(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
                listing.put(file.toString(), Files.getLastModifiedTime(file) + " " + Files.size(file) + content);
            }
        }
        return listing;
    }
}
