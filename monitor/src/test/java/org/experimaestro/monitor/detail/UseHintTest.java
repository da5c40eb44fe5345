package org.experimaestro.monitor.detail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.experimaestro.ConfigId;
import org.experimaestro.monitor.index.WorkspaceIndex;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.workspace.AttemptOrigin;
import org.experimaestro.workspace.Claim;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.ResourceUse;
import org.experimaestro.workspace.Workspace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UseHintTest {
    private static final long GIB = 1L << 30;

    @TempDir
    private Path root;

    private static ResourceUse use(double cpu, long memory, double wall) {
        return new ResourceUse(
                OptionalDouble.of(cpu), OptionalDouble.empty(), OptionalLong.of(memory), OptionalLong.empty(), wall);
    }

    private static AskedUse asked(double gib, int cores, double usedGib, double usedCores) {
        return new AskedUse((long) (gib * GIB), cores, use(100 * usedCores, (long) (usedGib * GIB), 100));
    }

    @ParameterizedTest
    @CsvSource({
        "64, 1, 3, 1, MEMORY", // far off
        "64, 1, 16, 1, MEMORY", // just a factor of 4
        "64, 1, 17, 1, ''", // less than that
        "1, 1, 0.1, 1, ''", // less than a gibibyte
        "1, 8, 0.5, 1.5, CORES",
        "1, 8, 0.5, 2.5, ''",
        "1, 2, 0.5, 0.1, ''", // less than two cores
        "64, 8, 3, 1, 'MEMORY CORES'",
        "0, 0, 3, 1, ''" // nothing was asked for
    })
    void of_amounts_areAHintIfTheyAreFarOff(double gib, int cores, double usedGib, double usedCores, String hints) {
        List<AskedUse> jobs = Collections.nCopies(5, asked(gib, cores, usedGib, usedCores));
        List<UseHint> found = UseHint.of(jobs);
        assertThat(found.stream().map(hint -> hint.resource().name()).toList())
                .isEqualTo(hints.isEmpty() ? List.of() : List.of(hints.split(" ")));
        assertThat(UseHint.of(jobs.subList(0, 4))).isEmpty();
    }

    @Test
    void of_oneJobThatNeedsIt_isNoHint() {
        List<AskedUse> jobs = new ArrayList<>(Collections.nCopies(20, asked(64, 1, 3, 1)));
        assertThat(UseHint.of(jobs))
                .singleElement()
                .isEqualTo(new UseHint(UseHint.Resource.MEMORY, 64.0 * GIB, 3.0 * GIB, 20));
        jobs.add(asked(64, 1, 40, 1));
        assertThat(UseHint.of(jobs)).isEmpty();
    }

    @Test
    void of_shortJobs_tellNothingOfCores() {
        List<AskedUse> jobs = Collections.nCopies(5, new AskedUse(0, 16, use(1, GIB, 59)));
        assertThat(UseHint.of(jobs)).isEmpty();
    }

    private void done(String type, int number, String asked, ResourceUse use) throws IOException {
        JobFolder job = Workspace.open(root).job(type, ConfigId.parse(String.format("%032x", number)));
        Claim claim = job.claim(ProcessIdentity.current(), "run", new AttemptOrigin("here", asked, ""));
        ((Claim.Granted) claim).attempt().done(Instant.EPOCH.toEpochMilli(), Map.of(), null, use);
    }

    @Test
    void of_job_countsDoneJobsOfItsTypeThatAskedForTheSame() throws IOException {
        for (int number = 1; number <= 6; number++) {
            done("t.learn", number, "cpu(mem=8GiB) | cpu(mem=16GiB)", use(10, GIB, 100));
            done("t.other", number, "cpu(mem=8GiB)", use(10, 7 * GIB, 100));
        }
        done("t.learn", 7, "cpu(mem=8GiB)", use(10, 2 * GIB, 100));
        done("t.learn", 8, "cpu(mem=9GiB)", use(10, 9 * GIB, 100));
        done("t.learn", 9, "what nobody can read (", use(10, 9 * GIB, 100));
        JobsView view = WorkspaceIndex.open(Workspace.view(root)).view();

        String first = "t.learn/" + String.format("%032x", 1);
        assertThat(UseHint.of(view, view.find(first).orElseThrow()))
                .containsExactly(new UseHint(UseHint.Resource.MEMORY, 8.0 * GIB, 2.0 * GIB, 7));
        assertThat(UseHint.of(
                        view, view.find("t.other/" + String.format("%032x", 1)).orElseThrow()))
                .isEmpty();
        assertThat(UseHint.of(
                        view, view.find("t.learn/" + String.format("%032x", 9)).orElseThrow()))
                .isEmpty();
    }
}
