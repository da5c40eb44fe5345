package org.experimaestro.spi;

import java.util.Optional;
import org.experimaestro.LaunchException;
import org.experimaestro.Launcher;

/** Resolves what plans ask for. Thread-safe. */
public interface LauncherFinder {

    /**
     * Finds where a job is to run.
     *
     * @param request what the plan asks for
     * @return the placement
     * @throws LaunchException if nothing meets the request, or the launcher file is wrong
     */
    Placement find(Launcher request);

    /**
     * A launcher that an earlier run has used.
     *
     * @param name its name
     * @return the launcher as it is now, empty if there is none of that name any longer
     */
    Optional<LauncherDefinition> launcher(String name);

    /**
     * For those who have no launcher file: everything runs on this machine, whatever it asks for.
     *
     * @return a finder that knows this machine only
     */
    static LauncherFinder thisMachine() {
        return new LauncherFinder() {
            @Override
            public Placement find(Launcher request) {
                return Placement.on(LauncherDefinition.local(), request);
            }

            @Override
            public Optional<LauncherDefinition> launcher(String name) {
                return Optional.of(LauncherDefinition.local())
                        .filter(local -> local.name().equals(name));
            }
        };
    }
}
