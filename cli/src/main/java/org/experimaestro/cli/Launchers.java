package org.experimaestro.cli;

import org.experimaestro.engine.batch.BatchDesks;
import org.experimaestro.finder.FileLauncherFinder;
import org.experimaestro.spi.LauncherFinder;

/** The launchers of the user's launcher file. */
final class Launchers {
    private Launchers() {}

    /** For the jobs of a plan, with the hooks of its class path. */
    static LauncherFinder of(ClassLoader plan) {
        return FileLauncherFinder.open(LauncherFileOption.usual(), plan);
    }

    /** For jobs that earlier runs have given to launchers. */
    static BatchDesks desks() {
        ClassLoader loader = Launchers.class.getClassLoader();
        return new BatchDesks(of(loader), loader);
    }
}
