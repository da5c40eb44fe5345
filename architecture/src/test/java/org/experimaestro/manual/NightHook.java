package org.experimaestro.manual;

import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import org.experimaestro.Launcher;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.LauncherHook;
import org.experimaestro.spi.Placement;

/** The example of docs/launcher-hooks.md: at night, jobs run on the laptop if they can. */
public final class NightHook implements LauncherHook {
    private static final LocalTime MORNING = LocalTime.of(8, 0);

    @Override
    public Optional<Placement> choose(
            Launcher request, List<Placement> candidates, List<LauncherDefinition> launchers) {
        boolean isNight = LocalTime.now().isBefore(MORNING);
        return candidates.stream()
                .filter(candidate -> isNight && candidate.launcher().name().equals("laptop"))
                .findFirst();
    }
}
