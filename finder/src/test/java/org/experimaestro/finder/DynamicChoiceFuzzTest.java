package org.experimaestro.finder;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.experimaestro.disturbance.fuzz.Fuzz;
import org.experimaestro.finder.LauncherEntry.Choice;
import org.experimaestro.spi.Shell;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Any output of the command that refreshes the numbers of a dynamic launcher. */
class DynamicChoiceFuzzTest {
    private static final List<String> NAMES = List.of("small", "large");

    /** The length for text beside the 1,000 characters of the wrong output. */
    private static final int LONGEST_NOTICE = 1_200;

    @ParameterizedTest
    @EnumSource
    void choose_anyNumbers_takesOneThatMatchesAndNamesTheLauncher(Choice choice) {
        var dynamic = new FileLauncher.Dynamic(
                "any",
                new FileLauncher.Ranking(new TreeSet<>(), false, 0, 0),
                choice,
                Map.of("small", 3.0, "large", 1.0),
                Optional.of("numbers"),
                Duration.ZERO);
        Fuzz.of("dynamic-choice-" + choice)
                .seeds("small 3\nlarge 0.5\n", "large -1e3\n\n  small\t9\n", "large 1.7e308\nsmall 1.7e308\n")
                .words("small", "large", " ", "\t", "1e308", "1e-320", "NaN", "Infinity", "0x1p3", "-0", "9d", "\r")
                .text(printed -> {
                    Shell shell = (script, limit) -> new Shell.Output(0, printed, "");
                    var chosen = new DynamicChoice(shell, new Random(1), () -> Instant.EPOCH).choose(dynamic, NAMES);

                    assertThat(chosen.launcher()).isIn(NAMES);
                    chosen.notice()
                            .ifPresent(notice -> assertThat(notice)
                                    .contains("the launcher any")
                                    .hasSizeLessThan(LONGEST_NOTICE));
                });
    }
}
