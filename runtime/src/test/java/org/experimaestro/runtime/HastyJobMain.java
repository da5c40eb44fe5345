package org.experimaestro.runtime;

import java.io.IOException;
import java.nio.file.Path;
import org.experimaestro.workspace.JobFolder;

/** The main class of a job's process that has no patience with its task, so that tests need not have it. */
final class HastyJobMain {
    private static final long GRACE_MILLIS = 200;

    private HastyJobMain() {}

    /** Does what {@link JobMain#main} does, with a shorter grace. */
    public static void main(String[] arguments) throws IOException {
        JobMain.run(JobFolder.at(Path.of("").toAbsolutePath()), Integer.parseInt(arguments[0]), GRACE_MILLIS);
    }
}
