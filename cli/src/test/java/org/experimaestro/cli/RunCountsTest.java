package org.experimaestro.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.experimaestro.Config;
import org.experimaestro.core.serial.FirstDefaults;
import org.experimaestro.engine.SubmittedTask;
import org.experimaestro.engine.schedule.Phase;
import org.experimaestro.model.ConfigNode;
import org.experimaestro.model.Node;
import org.experimaestro.workspace.code.CodeChange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunCountsTest {
    @TempDir
    private Path place;

    private final RunCounts counts = new RunCounts();
    private SubmittedTask task;

    @BeforeEach
    void submit() throws Exception {
        SampleWorkspace sample = new SampleWorkspace(place);
        Config<?> learn = SampleWorkspace.learn(1, SampleWorkspace.adam(0.1), 1);
        var job = sample.store(learn);
        task = new SubmittedTask(
                (ConfigNode<?>) Node.of(learn),
                job,
                new TreeMap<>(),
                List.of(),
                null,
                FirstDefaults.of(List.of()),
                job.status(),
                Set.of(),
                CodeChange.NONE);
        counts.submitted();
    }

    @Test
    void line_jobThatIsTriedAgain_countsItOnce() {
        counts.changed(task, Phase.READY);
        counts.changed(task, Phase.RUNNING);
        counts.changed(task, Phase.FAILED);
        assertThat(counts.line()).isEqualTo("0/1 done, 0 running, 0 waiting, 1 failed or skipped");

        counts.changed(task, Phase.WAITING);
        assertThat(counts.line()).isEqualTo("0/1 done, 0 running, 1 waiting");
        counts.changed(task, Phase.READY);
        counts.changed(task, Phase.RUNNING);
        counts.changed(task, Phase.DONE);
        assertThat(counts.line()).isEqualTo("1/1 done, 0 running, 0 waiting");
        assertThat(counts.fraction()).isEqualTo("(1/1)");
    }

    @Test
    void line_jobThatGoesBackToWaiting_runsNoLonger() {
        counts.changed(task, Phase.RUNNING);
        counts.changed(task, Phase.WAITING);

        assertThat(counts.line()).isEqualTo("0/1 done, 0 running, 1 waiting");
    }
}
