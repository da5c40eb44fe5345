package org.experimaestro.copy.folder;

import java.nio.file.Path;
import org.experimaestro.monitor.filter.Filter;

/**
 * A rule by which a workspace shares results with another one. Immutable.
 *
 * @param kind what the other workspace is for
 * @param folder its folder, an absolute path
 * @param where the filter of the jobs
 */
public record FolderRule(Kind kind, Path folder, Filter where) {

    /** A kind of rule. */
    public enum Kind {
        /** Jobs that are done there count as done, by a link. */
        LINK,
        /** Jobs that are done there count as done, by a copy. */
        COPY,
        /** Jobs that are done here are copied there. */
        BACKUP,
        /** Jobs that are done here are copied there, and a link takes their place. Those there count as done, too. */
        MOVE
    }
}
