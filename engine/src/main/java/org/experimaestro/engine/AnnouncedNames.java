package org.experimaestro.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.experimaestro.core.task.TaskDependency;
import org.experimaestro.workspace.Announcement;
import org.experimaestro.workspace.Announcements;
import org.experimaestro.workspace.JobFolder;

/** The names of what jobs have announced, so far as their files have it now. Confined to one thread at a time. */
final class AnnouncedNames {
    private final Map<String, Known> known = new HashMap<>();

    /** The names in a version of a file, which is read again only in another one. */
    private record Known(String version, Set<String> names) {}

    /**
     * Returns whether a job need not be waited for, because all that is used of it was announced and is there. A job that
     * was deleted, or that begins anew, has to announce it again.
     *
     * @param dependency the use of the job
     * @param job the job's folder
     */
    boolean has(TaskDependency dependency, JobFolder job) {
        return dependency.announced() && names(job).containsAll(dependency.announcements());
    }

    private Set<String> names(JobFolder job) {
        Announcements file = job.announcements();
        String version = file.version(); // before the file is read, which may grow meanwhile
        Known last = known.get(job.name());
        if (last != null && last.version().equals(version)) {
            return last.names();
        }
        Set<String> names = new HashSet<>();
        if (!version.isEmpty()) {
            for (Announcement each : file.read(new ArrayList<>())) {
                names.add(each.name());
            }
        }
        known.put(job.name(), new Known(version, names));
        return names;
    }
}
