package org.experimaestro.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.experimaestro.Isolated;
import org.experimaestro.Isolation;
import org.experimaestro.LaunchException;
import org.experimaestro.Launcher;
import org.experimaestro.engine.job.IsolationSetting;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.Placement;
import org.junit.jupiter.api.Test;

/** The order of the places that set the isolation of a job. */
class IsolationChoiceTest {
    private static final Launcher NOTHING = Launcher.local();
    private static final Placement PLAIN = Placement.on(LauncherDefinition.local());

    @Isolated(Isolation.PROCESS)
    private static final class Alone {}

    private static final class Plain {}

    private static Placement option(String value) {
        return PLAIN.toBuilder().option("isolation", value).build();
    }

    @Test
    void of_nothingSet_isAProcess() {
        assertThat(IsolationChoice.of(NOTHING, Plain.class, Optional.empty(), PLAIN))
                .isEqualTo(IsolationSetting.NONE);
        assertThat(IsolationChoice.of(NOTHING, Plain.class, Optional.empty(), null))
                .isEqualTo(IsolationSetting.NONE);
    }

    @Test
    void of_allPlaces_submissionWinsThenTypeThenExperimentThenLauncher() {
        Launcher asked = NOTHING.isolation(Isolation.AUTO);
        Optional<Isolation> ofExperiment = Optional.of(Isolation.WORKER);

        assertThat(IsolationChoice.of(asked, Alone.class, ofExperiment, option("worker")))
                .isEqualTo(new IsolationSetting(Isolation.AUTO, "set at its submission"));
        assertThat(IsolationChoice.of(NOTHING, Alone.class, ofExperiment, option("worker")))
                .isEqualTo(new IsolationSetting(Isolation.PROCESS, "set for its type"));
        assertThat(IsolationChoice.of(NOTHING, Plain.class, ofExperiment, option("auto")))
                .isEqualTo(new IsolationSetting(Isolation.WORKER, "set for its experiment"));
        assertThat(IsolationChoice.of(NOTHING, Plain.class, Optional.empty(), option("auto")))
                .isEqualTo(new IsolationSetting(Isolation.AUTO, "set by the launcher local"));
    }

    @Test
    void of_wrongOptionOfAHook_namesTheLauncher() {
        assertThatThrownBy(() -> IsolationChoice.of(NOTHING, Plain.class, Optional.empty(), option("both")))
                .isInstanceOf(LaunchException.class)
                .hasMessageContaining("option isolation of local")
                .hasMessageContaining("expected process, worker or auto");
    }
}
