package org.experimaestro.spi;

import java.util.List;
import java.util.Optional;
import org.experimaestro.Launcher;

/**
 * For those who need code to choose a launcher: a service (see {@link java.util.ServiceLoader}) on the plan's class path.
 * It is asked for every request, after the launcher file and before its choice is taken. Its placement counts more than all
 * that is written: {@code candidate.toBuilder().env("NAME", "value").build()} overrides the launcher file and the plan.
 */
public interface LauncherHook {

    /**
     * Chooses.
     *
     * @param request what the plan asks for, with the variables of its experiment
     * @param candidates all that meet the request according to the launcher file, the best first; possibly none
     * @param launchers all launchers of the file
     * @return one of the candidates, changed or not ({@link Placement#toBuilder}), or a placement of its own ({@link
     *     Placement#on(LauncherDefinition, Launcher)}), which the job gets as it is; empty to leave the choice to the file
     */
    Optional<Placement> choose(Launcher request, List<Placement> candidates, List<LauncherDefinition> launchers);
}
