package org.experimaestro.copy;

import java.util.SortedMap;
import java.util.TreeMap;
import org.experimaestro.spi.FolderEntry;
import org.experimaestro.workspace.JobStatus;

/** A part as the target of a copy has it. Immutable. */
sealed interface Presence {

    /** The target does not have the part. */
    record Absent() implements Presence {}

    /** The target has the part, which does not change any more: a job that is done, a run that has ended, a file. */
    record Complete(SortedMap<String, FolderEntry> entries) implements Presence {}

    /** The target has the job, which has failed or was never started. */
    record Replaceable(SortedMap<String, FolderEntry> entries, JobStatus status) implements Presence {}

    /** The target has the part, which must not be touched. */
    record Busy(SortedMap<String, FolderEntry> entries, String reason, String advice) implements Presence {

        /** Returns the presence of a part that changes, so that it cannot have the same content. */
        static Busy of(String reason, String advice) {
            return new Busy(new TreeMap<>(), reason, advice);
        }
    }
}
