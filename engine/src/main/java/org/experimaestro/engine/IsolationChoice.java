package org.experimaestro.engine;

import java.util.Optional;
import org.experimaestro.Isolated;
import org.experimaestro.Isolation;
import org.experimaestro.Launcher;
import org.experimaestro.engine.job.IsolationSetting;
import org.experimaestro.spi.JobOption;
import org.experimaestro.spi.Placement;
import org.jspecify.annotations.Nullable;

/** The choice of a job's isolation. Of those that are given, the nearest to the submission counts. */
final class IsolationChoice {
    private IsolationChoice() {}

    /**
     * Returns the isolation of a job.
     *
     * @param launcher the request of its submission
     * @param type the task's class
     * @param ofExperiment the isolation of the experiment's file
     * @param placement the job's placement, whose launcher may have an isolation; {@code null} for a job that is done
     */
    static IsolationSetting of(
            Launcher launcher, Class<?> type, Optional<Isolation> ofExperiment, @Nullable Placement placement) {
        return launcher.isolation()
                .map(isolation -> new IsolationSetting(isolation, "set at its submission"))
                .or(() -> ofType(type))
                .or(() -> ofExperiment.map(isolation -> new IsolationSetting(isolation, "set for its experiment")))
                .or(() -> ofLauncher(placement))
                .orElse(IsolationSetting.NONE);
    }

    private static Optional<IsolationSetting> ofType(Class<?> type) {
        return Optional.ofNullable(type.getAnnotation(Isolated.class))
                .map(written -> new IsolationSetting(written.value(), "set for its type"));
    }

    /** Returns the launcher's isolation. The launcher file is checked when it is read, but a hook may set the option. */
    private static Optional<IsolationSetting> ofLauncher(@Nullable Placement placement) {
        if (placement == null) {
            return Optional.empty();
        }
        String name = placement.launcher().name();
        return JobOption.ISOLATION
                .of(placement)
                .map(text -> new IsolationSetting(
                        Isolation.parse(text, "option isolation of " + name), "set by the launcher " + name));
    }
}
