package org.experimaestro.runtime;

import java.io.IOException;
import java.nio.file.Path;
import org.experimaestro.Resumable;
import org.experimaestro.base.file.Folders;
import org.experimaestro.base.process.JobVariables;
import org.experimaestro.core.host.RootsVariable;
import org.experimaestro.model.root.RootPlaces;
import org.experimaestro.workspace.JobFolder;

/**
 * The main class of a process that executes a job's task again, in a scratch folder, for a debugger. It reads the job's
 * parameters, and writes nothing into the workspace: the job keeps its state, logs and results.
 *
 * <p>A {@link Resumable} task finds a copy of its files in the scratch folder, any other task an empty folder.
 */
public final class ScratchMain {
    private static final int FAILED = 1;

    private ScratchMain() {}

    /**
     * Executes the task, and ends the process with exit code 0, or 1 if the task or its start has failed.
     *
     * @param arguments the job's folder, and the scratch folder, which exists
     */
    @SuppressWarnings("CatchAndPrintStackTrace") // the trace is what a person looks for
    public static void main(String[] arguments) {
        int code = FAILED;
        try {
            RootPlaces.define(RootsVariable.read(System.getenv(JobVariables.ROOTS)));
            execute(JobFolder.at(Path.of(arguments[0])), Path.of(arguments[1]));
            code = 0;
        } catch (Throwable thrown) {
            thrown.printStackTrace();
        }
        System.out.flush();
        System.exit(code);
    }

    private static void execute(JobFolder job, Path scratch) throws Exception {
        StoredJob stored = StoredJob.read(job);
        if (Resumable.class.isAssignableFrom(stored.type().javaClass())) {
            Folders.copy(job.path(), scratch, job.internalFolder());
        }
        ScratchContext context = new ScratchContext(scratch, stored.type().typeId(), job.id());
        GeneratedPaths.makeShared(stored.node(), scratch);
        stored.task(scratch).execute(context);
        String missing = GeneratedPaths.missing(stored.node(), scratch);
        if (!missing.isEmpty()) {
            throw new IOException("the task has returned without having made " + missing);
        }
    }
}
