package org.experimaestro.cli.option;

import org.experimaestro.engine.batch.RunBatchClients;
import org.experimaestro.finder.FileLauncherFinder;
import org.experimaestro.settings.UserSettings;
import org.experimaestro.spi.LauncherFinder;

/** The launchers of the user's launcher file. */
public final class Launchers {
    private Launchers() {}

    /**
     * Returns the launchers for a plan's jobs.
     *
     * @param plan the plan's class path, which is searched for hooks
     * @param user the settings that list the trusted owners of files
     */
    public static LauncherFinder of(ClassLoader plan, UserSettings user) {
        return FileLauncherFinder.open(LauncherFileOption.usual(), plan, user);
    }

    /** Returns clients for jobs that earlier runs submitted to launchers. */
    public static RunBatchClients clients() {
        ClassLoader loader = Launchers.class.getClassLoader();
        return new RunBatchClients(of(loader, UserSettings.current()), loader);
    }
}
