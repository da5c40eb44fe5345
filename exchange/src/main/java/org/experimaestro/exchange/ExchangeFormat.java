package org.experimaestro.exchange;

import java.nio.file.Path;
import java.util.List;
import org.experimaestro.WorkspaceException;

/** A format of another tool, in which results are written into a folder. */
public interface ExchangeFormat {
    /**
     * Writes the jobs of a run. What the folder has of these jobs is replaced, and the rest stays: a run may be written
     * again, and several runs beside each other.
     *
     * @param experiment the name of the experiment
     * @param jobs the jobs
     * @param folder the folder, which need not exist
     * @throws WorkspaceException if a file cannot be written, or a job cannot be read
     */
    void write(String experiment, List<ExchangedJob> jobs, Path folder);
}
