package org.experimaestro.spi;

import java.util.Optional;
import org.experimaestro.LaunchException;
import org.experimaestro.Launcher;

/** A resolver of the launcher requests of plans. Thread-safe. */
public interface LauncherFinder {

    /**
     * Finds the placement of a job.
     *
     * @param request the plan's request
     * @return the placement
     * @throws LaunchException if nothing meets the request, or the launcher file is wrong
     */
    Placement find(Launcher request);

    /**
     * Returns the most time and memory that a request can get, so that a retry asks for no more. Each of the two is found
     * with the other one as the request has it. Only the first alternative of the requirement counts.
     *
     * @param request the plan's request
     * @return the limits; {@link RequestLimits#NONE} by default
     */
    default RequestLimits limits(Launcher request) {
        return RequestLimits.NONE;
    }

    /**
     * Returns a launcher that an earlier run has used.
     *
     * @param name its name
     * @return the launcher as it is now, empty if there is no launcher of that name any longer
     */
    Optional<LauncherDefinition> launcher(String name);

    /**
     * Returns the finder for users without a launcher file: every job runs on this machine, regardless of its
     * request.
     *
     * @return a finder with this machine as its only launcher
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
