package org.experimaestro.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.experimaestro.ConfigException;
import org.experimaestro.Grace;
import org.experimaestro.LaunchException;
import org.experimaestro.base.process.JobVariables;
import org.experimaestro.engine.job.TimeLimit;
import org.experimaestro.requirement.Alternative;
import org.experimaestro.spi.JobOption;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.Placement;
import org.experimaestro.spi.Resources;
import org.junit.jupiter.api.Test;

final class GraceTimeTest {
    private static final Placement HERE = Placement.on(LauncherDefinition.local());

    @Grace("90 s")
    private static final class Slow {}

    @Grace("2 days")
    private static final class TooSlow {}

    private static String time(Placement placement) {
        return String.valueOf(placement.environment().get(JobVariables.GRACE));
    }

    @Test
    void in_option_winsOverTheType() {
        Placement withOption =
                HERE.toBuilder().option(JobOption.GRACE.key(), "2 min").build();

        assertThat(GraceTime.in(HERE, Object.class)).isEqualTo(HERE);
        assertThat(time(GraceTime.in(HERE, Slow.class))).isEqualTo("90");
        assertThat(time(GraceTime.in(withOption, Slow.class))).isEqualTo("120");
        assertThatThrownBy(() -> GraceTime.in(HERE, TooSlow.class))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("its @Grace is wrong: a job has from 1 s to 1 h to clean up, not 2 days");
    }

    @Test
    void in_wrongOption_isRefusedWithAdvice() {
        Placement wrong = HERE.toBuilder().option(JobOption.GRACE.key(), "2 h").build();

        assertThatThrownBy(() -> GraceTime.in(wrong, Object.class))
                .isInstanceOf(LaunchException.class)
                .hasMessageContaining("a job has from 1 s to 1 h to clean up, not 2 h")
                .hasMessageContaining("set it to a time from 1 s to 1 h, as in 2 min");
    }

    @Test
    void option_wrong_isRefused() {
        assertThat(JobOption.check(Map.of("grace", "soon"))).hasSize(1);
        assertThat(JobOption.check(Map.of("grace", "2 h"))).hasSize(1);
        assertThat(JobOption.check(Map.of("grace", "2 min", "retries", "heap 3")))
                .isEmpty();
        assertThat(JobOption.check(Map.of("retries", "heep 3"))).hasSize(1);
    }

    @Test
    void timeLimit_ofAJobWithATimeOfItsOwn_waitsThatLongBeforeSigkill() {
        Alternative asked = Alternative.NOTHING.withDuration(Duration.ofHours(1));
        Placement limited = HERE.toBuilder()
                .resources(new Resources(asked.duration(), 0, 0, new TreeMap<>(), false, new TreeSet<>()))
                .build();

        assertThat(TimeLimit.script(limited, "1", true)).contains("sleep 30\n");
        assertThat(TimeLimit.script(GraceTime.in(limited, Slow.class), "1", true))
                .contains("sleep 100\n");
    }
}
