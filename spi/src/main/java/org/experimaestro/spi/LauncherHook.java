package org.experimaestro.spi;

import java.util.List;
import java.util.Optional;
import org.experimaestro.Launcher;

/**
 * A hook that selects a launcher by code. It is a service (see {@link java.util.ServiceLoader}) on the plan's class
 * path.
 *
 * <p>{@snippet :
 * public Optional<Placement> choose(Launcher request, List<Placement> candidates, List<LauncherDefinition> launchers) {
 *     return candidates.stream()
 *             .findFirst()
 *             .map(best -> best.toBuilder().env("NAME", "value").build());
 * }
 * }
 *
 * <p>Its placement overrides both the launcher file and the plan.
 */
public interface LauncherHook {

    /**
     * Selects the placement for a request. Called for every request, with the candidates of the launcher file, until
     * one hook chooses. An exception fails the submission.
     *
     * @param request the plan's request, with the variables of its experiment
     * @param candidates all placements that meet the request according to the launcher file, the best first; possibly
     *     none
     * @param launchers all launchers of the file
     * @return a candidate, changed or not ({@link Placement#toBuilder}), or a new placement ({@link
     *     Placement#on(LauncherDefinition, Launcher)}), which the job gets unchanged. Empty leaves the choice to the
     *     file.
     */
    Optional<Placement> choose(Launcher request, List<Placement> candidates, List<LauncherDefinition> launchers);
}
