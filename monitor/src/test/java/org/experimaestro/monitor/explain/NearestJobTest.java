package org.experimaestro.monitor.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.experimaestro.monitor.type.TypeCatalog;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.Workspace;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NearestJobTest {
    @TempDir
    private Path folder;

    private Workspace workspace;
    private StoredJobs jobs;

    @BeforeEach
    void open() {
        workspace = Workspace.open(folder);
        jobs = new StoredJobs(workspace);
    }

    private NearestJob nearest(JobFolder job) {
        return new NearestJob(workspace, job, Explanation.of(job, TypeCatalog.EMPTY));
    }

    private List<String> differences(JobFolder job, JobFolder other) {
        return nearest(job).compare(other).differences().stream()
                .map(difference -> difference.path() + ": " + difference.here() + " / " + difference.there())
                .toList();
    }

    @Test
    void find_onlyJobOfItsType_isNone() throws IOException {
        assertThat(nearest(jobs.store(1, Map.of("k", 1))).find()).isEmpty();
    }

    @Test
    void find_equalDistances_isTheFirstIdentifier() throws IOException {
        JobFolder job = jobs.store(9, Map.of("k", 1));
        JobFolder second = jobs.store(2, Map.of("k", 2));
        jobs.store(3, Map.of("k", 3));

        assertThat(nearest(job).find().orElseThrow().job().id()).isEqualTo(second.id());
    }

    @Test
    void find_jobThatCannotBeRead_isAProblemAndTheOthersAreCompared() throws IOException {
        JobFolder job = jobs.store(1, Map.of("k", 1));
        JobFolder broken = jobs.store(2, Map.of("k", 1));
        JobFolder other = jobs.store(3, Map.of("k", 2));
        Files.writeString(broken.parametersFile(), "{");

        NearestJob nearest = nearest(job);

        assertThat(nearest.find().orElseThrow().job().id()).isEqualTo(other.id());
        assertThat(nearest.problems()).hasSize(1);
        assertThat(nearest.problems().get(0)).contains(broken.parametersFile().toString());
    }

    @Test
    void compare_nestedValues_namesTheirPlaces() throws IOException {
        JobFolder one = jobs.store(
                1,
                Map.of("model", "@m", "sizes", List.of(1, 2)),
                Map.of("m", StoredJobs.configuration("a.model", 11, null, Map.of("layers", 3, "name", "x"))));
        JobFolder other = jobs.store(
                2,
                Map.of("model", "@m", "sizes", List.of(1, 3), "seed", 7),
                Map.of("m", StoredJobs.configuration("a.model", 12, null, Map.of("layers", 4, "name", "x"))));

        assertThat(differences(one, other))
                .containsExactlyInAnyOrder(
                        "model.layers: 3 / 4", "sizes[1]: 2 / 3", "seed: " + Comparison.NOTHING + " / 7");
    }

    @Test
    void compare_outputsOfTasks_leadsToWhatMadeThem() throws IOException {
        JobFolder firstTask = jobs.store(21, Map.of("epochs", 1));
        JobFolder secondTask = jobs.store(22, Map.of("epochs", 2));
        JobFolder one = jobs.store(1, Map.of("model", "@m"), made(firstTask, 31));
        JobFolder other = jobs.store(2, Map.of("model", "@m"), made(secondTask, 32));

        assertThat(differences(one, other)).containsExactly("model(a.learn).epochs: 1 / 2");
    }

    private static Map<String, Object> made(JobFolder producer, int number) {
        return Map.of("m", StoredJobs.configuration("a.model", number, producer.name(), Map.of()));
    }

    /** As many differences as there are parameters with other values; none with itself; the same in both directions. */
    @Test
    void compare_anyTwoJobs_hasAsManyDifferencesAsValuesThatDiffer() throws IOException {
        Random random = new Random(6);
        for (int i = 0; i < 100; i++) {
            Map<String, Object> here = new HashMap<>();
            Map<String, Object> there = new HashMap<>();
            for (int p = 0; p < 6; p++) {
                here.put("p" + p, random.nextInt(3));
                there.put("p" + p, random.nextInt(3));
            }
            JobFolder one = jobs.store(1, here);
            JobFolder other = jobs.store(2, there);
            long expected = here.keySet().stream()
                    .filter(name -> !here.get(name).equals(there.get(name)))
                    .count();

            assertThat(differences(one, other)).hasSize((int) expected);
            assertThat(differences(other, one)).hasSize((int) expected);
            assertThat(differences(one, one)).isEmpty();
        }
    }
}
