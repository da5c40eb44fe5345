package org.experimaestro.settings;

import java.nio.file.Path;

/**
 * A folder that a workspace shares results with, and the jobs that it is for. Immutable.
 *
 * @param use what the folder is for
 * @param folder another workspace, an absolute, normalized path
 * @param copied whether results that are used are copied; otherwise a link leads to them
 * @param where the filter of the jobs, whose syntax is not checked; empty for all
 * @param place the place in the settings, for messages
 */
public record FolderSetting(Use use, Path folder, boolean copied, String where, String place) {

    /** A use of a folder. */
    public enum Use {
        /** Jobs that are done there count as done. Nothing is written there. */
        USE,
        /** Jobs that are done here are copied there. */
        BACKUP,
        /** Jobs that are done here are copied there, and a link takes their place here. */
        MOVE
    }
}
