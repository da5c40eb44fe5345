package org.experimaestro.exchange;

import java.nio.file.Path;
import java.util.List;
import org.experimaestro.WorkspaceException;

/** A format of another tool, in which results are written into a folder. */
public interface ExchangeFormat {
    /**
     * Writes the jobs of a run. Files that an earlier call has written for these jobs are replaced, and all others stay: a
     * run may be written again, and several runs beside each other.
     *
     * @param experiment the name of the experiment
     * @param jobs the jobs
     * @param folder the folder, which need not exist
     * @throws WorkspaceException if a file cannot be written, or a job cannot be read
     */
    void write(String experiment, List<ExchangedJob> jobs, Path folder);
}
