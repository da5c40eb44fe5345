package org.experimaestro.cli;

import org.experimaestro.engine.batch.RunBatchClients;
import org.experimaestro.finder.FileLauncherFinder;
import org.experimaestro.settings.UserSettings;
import org.experimaestro.spi.LauncherFinder;

/** The launchers of the user's launcher file. */
final class Launchers {
    private Launchers() {}

    /** For the jobs of a plan, with the hooks of its class path, and the settings that say whose files are believed. */
    static LauncherFinder of(ClassLoader plan, UserSettings user) {
        return FileLauncherFinder.open(LauncherFileOption.usual(), plan, user);
    }

    /** For jobs that earlier runs have given to launchers. */
    static RunBatchClients clients() {
        ClassLoader loader = Launchers.class.getClassLoader();
        return new RunBatchClients(of(loader, UserSettings.current()), loader);
    }
}
