package org.experimaestro;

import java.nio.file.Path;

/** The access of a {@linkplain Preparable#prepare prepare step} to its run. Confined to the thread of the step. */
public interface PrepareContext {

    /**
     * Returns a folder of the workspace that is computed once for the configuration. It is the folder that the jobs get
     * from {@link TaskContext#cached}, with the configuration and the same name. If it does not exist, the step fills it; if
     * a job or another run fills it just now, the step waits.
     *
     * @param name a name of what is computed: letters, digits, {@code -}, {@code _} and {@code .}
     * @param filler fills the folder, if nobody has. What it makes follows from the configuration alone
     * @return the complete folder
     * @throws IllegalArgumentException if the name cannot be that of a folder
     * @throws InterruptedException if the run is stopped while the step waits
     * @throws Exception if the filler throws it; nothing half-made is left
     */
    Path cached(String name, TaskContext.FolderFiller filler) throws Exception;

    /**
     * Shows how far the step is.
     *
     * @param fraction from 0 to 1; a value outside is moved to the nearer end
     * @param description a few words, such as {@code file 3 of 10}; may be empty
     */
    void progress(double fraction, String description);

    /**
     * Returns the logger of the configuration's type.
     *
     * @return the logger, whose messages appear in the output of the run
     */
    System.Logger logger();
}
