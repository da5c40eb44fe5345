package org.experimaestro.monitor.detail;

import java.io.IOException;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.experimaestro.WorkspaceException;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.core.json.JsonFile;
import org.experimaestro.core.json.JsonObject;
import org.experimaestro.core.serial.Format;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.workspace.Announcement;

/** A reader of the announcements of jobs, and of the jobs that use them. */
final class AnnouncedInputs {
    private AnnouncedInputs() {}

    /** Returns the names of the jobs whose announced outputs a job reads, by its parameters; empty if these cannot be read. */
    static SortedSet<String> of(JobView job) {
        SortedSet<String> names = new TreeSet<>();
        if (job.parameters().uses().isEmpty()) {
            return names;
        }
        try {
            JsonObject all = JsonFile.read(job.folder().parametersFile(), JsonFile.LARGE_BYTES)
                    .object(Format.CONFIGURATIONS);
            for (String label : all.keys()) {
                JsonObject configuration = all.object(label);
                if (configuration.has(Format.ANNOUNCED)) {
                    names.add(configuration.string(Format.PRODUCER));
                }
            }
        } catch (IOException | JsonException | IllegalArgumentException unreadable) {
            return names; // the state of the job names the file
        }
        return names;
    }

    /** Returns what a job has announced; empty if that cannot be read. */
    static List<Announcement> by(JobView job) {
        try {
            return job.folder().announcements().read();
        } catch (WorkspaceException unreadable) {
            return List.of(); // the run that reads it reports the file
        }
    }
}
