package org.experimaestro.monitor.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.experimaestro.ConfigId;
import org.experimaestro.monitor.type.TypeCatalog;
import org.experimaestro.workspace.Attempt;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.Workspace;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoneJobsTest {
    @TempDir
    private Path folder;

    private Workspace workspace;
    private StoredJobs jobs;

    @BeforeEach
    void open() {
        workspace = Workspace.open(folder);
        jobs = new StoredJobs(workspace);
    }

    private JobFolder done(JobFolder job) throws IOException {
        job.claim(ProcessIdentity.current(), "test");
        Attempt attempt = job.attempt(1);
        attempt.begin(ProcessIdentity.current(), 0);
        attempt.done(0, Map.of(), null);
        return job;
    }

    private static Explanation explain(JobFolder job) {
        return Explanation.of(job, TypeCatalog.EMPTY);
    }

    private Optional<NearestJob.Other> find(JobFolder job) {
        return new DoneJobs(workspace).find(explain(job));
    }

    private static List<String> paths(Optional<NearestJob.Other> found) {
        return found.orElseThrow().differences().stream().map(Difference::path).toList();
    }

    @Test
    void hasJobs_typeWithAndWithoutJobs_isTheirPresence() throws IOException {
        assertThat(new DoneJobs(workspace).hasJobs("some.type")).isFalse();
        JobFolder job = done(jobs.store(1, Map.of("rate", 1)));

        assertThat(new DoneJobs(workspace).hasJobs(job.typeId())).isTrue();
        assertThat(new DoneJobs(workspace).hasJobs("another.type")).isFalse();
    }

    @Test
    void find_jobsThatAreNotDone_areLeftOut() throws IOException {
        JobFolder job = jobs.store(1, Map.of("k", 1, "seed", 1));
        jobs.store(2, Map.of("k", 2, "seed", 1));
        assertThat(find(job)).isEmpty();

        JobFolder far = done(jobs.store(3, Map.of("k", 5, "seed", 7)));
        assertThat(find(job).orElseThrow().job().id()).isEqualTo(far.id());
    }

    @Test
    void find_oneParameterDiffersOrIsThereOrIsMissing_isThatOne() throws IOException {
        for (int i = 0; i < 50; i++) {
            done(jobs.store(100 + i, Map.of("a", 1, "b", i, "c", 3, "d", 4, "e", 50 + i)));
        }
        done(jobs.store(1, Map.of("a", 1, "b", 2, "c", 3, "d", 4, "e", 5)));

        assertThat(paths(find(jobs.store(2, Map.of("a", 1, "b", 2, "c", 9, "d", 4, "e", 5)))))
                .containsExactly("c");
        assertThat(paths(find(jobs.store(3, Map.of("a", 1, "b", 2, "c", 3, "d", 4, "e", 5, "f", 6)))))
                .containsExactly("f");
        assertThat(paths(find(jobs.store(4, Map.of("a", 1, "b", 2, "c", 3, "e", 5)))))
                .containsExactly("d");
    }

    @Test
    void find_grids_differsInNoMoreParametersThanTheNearest() throws IOException {
        Random random = new Random(7);
        for (int i = 0; i < 40; i++) {
            done(jobs.store(100 + i, parameters(random)));
        }
        for (int i = 0; i < 40; i++) {
            JobFolder job = jobs.store(1000 + i, parameters(random));
            int nearest = Integer.MAX_VALUE;
            for (int other = 100; other < 140; other++) {
                JobFolder stored = workspace.job("a.learn", ConfigId.parse(String.format("%032x", other)));
                Comparison comparison = new Comparison(name -> Optional.empty());
                nearest = Math.min(
                        nearest,
                        comparison.differences(explain(job), explain(stored)).size());
            }

            int found = paths(find(job)).size();

            assertThat(found).isGreaterThanOrEqualTo(nearest);
            if (nearest <= 1) {
                assertThat(found).isEqualTo(nearest);
            }
        }
    }

    private static Map<String, Object> parameters(Random random) {
        Map<String, Object> values = new HashMap<>();
        for (String name : List.of("a", "b", "c", "d")) {
            values.put(name, random.nextInt(3));
        }
        return values;
    }

    @Test
    void find_producerThatIsNewToo_isComparedAsItsNearest() throws IOException {
        done(jobs.store(1, Map.of("epochs", 16)));
        done(jobs.store(2, Map.of("epochs", 99, "size", 3)));
        done(ofModel(10, 2, "first"));
        done(ofModel(11, 1, "first"));
        done(ofModel(12, 2, "second"));
        JobFolder producer = jobs.store(3, Map.of("epochs", 32));
        JobFolder job = ofModel(14, 3, "first");
        DoneJobs search = new DoneJobs(workspace);

        assertThat(search.find(explain(producer)).orElseThrow().job().name()).endsWith("01");
        Optional<NearestJob.Other> found = search.find(explain(job));

        assertThat(found.orElseThrow().job().id().toString()).endsWith("0b");
        assertThat(paths(found)).containsExactly("model(made by)");
    }

    private JobFolder ofModel(int number, int producer, String name) throws IOException {
        return jobs.store(
                number,
                Map.of("model", "@m", "name", name),
                Map.of(
                        "m",
                        StoredJobs.configuration(
                                "a.model", 50, String.format("a.learn/%032x", producer), Map.of("layers", 3))));
    }

    @Test
    void find_jobThatCannotBeRead_isAProblemAndOthersAreFound() throws IOException {
        JobFolder job = jobs.store(1, Map.of("k", 1));
        JobFolder broken = done(jobs.store(2, Map.of("k", 2)));
        JobFolder other = done(jobs.store(3, Map.of("k", 3)));
        Files.writeString(broken.parametersFile(), "{");
        DoneJobs search = new DoneJobs(workspace);

        assertThat(search.find(explain(job)).orElseThrow().job().id()).isEqualTo(other.id());
        assertThat(search.problems())
                .singleElement()
                .asString()
                .contains(broken.parametersFile().toString());
    }

    @Test
    void find_workspaceThatIsMissing_isNone() throws IOException {
        Explanation job = explain(jobs.store(1, Map.of("k", 1)));

        assertThat(new DoneJobs(Workspace.view(folder.resolve("missing"))).find(job))
                .isEmpty();
    }
}
