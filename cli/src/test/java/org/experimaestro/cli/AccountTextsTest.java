package org.experimaestro.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.experimaestro.Config;
import org.experimaestro.core.serial.FirstDefaults;
import org.experimaestro.engine.RunAccount;
import org.experimaestro.engine.SubmittedTask;
import org.experimaestro.model.ConfigNode;
import org.experimaestro.model.Node;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountTextsTest {
    @TempDir
    private Path place;

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
                Set.of());
    }

    @Test
    void lines_jobsThatGoOn_sayWhatIsKnownOfThem() {
        assertThat(headline(1, 0)).isEqualTo("1 job keeps running; run the same command again to wait for it.");
        assertThat(headline(2, 0)).isEqualTo("2 jobs keep running; run the same command again to wait for them.");
        assertThat(headline(0, 1))
                .isEqualTo("1 job is submitted and not known to run; run the same command again to wait for it.");
        assertThat(headline(1, 2))
                .isEqualTo("1 job keeps running, and 2 are submitted and not known to run; "
                        + "run the same command again to wait for them.");
    }

    @Test
    void lines_submittedJob_isNamed() {
        assertThat(AccountTexts.lines(account(1, 1)).subList(1, 4))
                .containsExactly(
                        "2 jobs: 1 runs on, 1 submitted.",
                        "    runs on      " + RunConsole.name(task),
                        "    submitted    " + RunConsole.name(task));
    }

    private String headline(int running, int submitted) {
        return AccountTexts.lines(account(running, submitted)).getFirst().replace("Stopped before the end. ", "");
    }

    private RunAccount account(int running, int submitted) {
        return new RunAccount(
                List.of(),
                List.of(),
                List.of(),
                Collections.nCopies(running, task),
                Collections.nCopies(submitted, task),
                List.of(),
                false);
    }
}
