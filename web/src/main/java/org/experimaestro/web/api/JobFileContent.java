package org.experimaestro.web.api;

import java.util.List;
import java.util.Optional;
import org.experimaestro.WorkspaceException;
import org.experimaestro.monitor.detail.JobDetails;
import org.experimaestro.monitor.explain.Explanation;
import org.experimaestro.monitor.explain.ParameterTree;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.Note;
import org.experimaestro.workspace.Pin;

/**
 * The content of a job's files. Immutable.
 *
 * @param attempts its attempts by their numbers
 * @param parameters its parameters; none if they are not written yet, or cannot be read, which the state of the job tells
 * @param notes the notes on it, the oldest first
 * @param pin its pin
 * @param files the files of its folder
 */
record JobFileContent(
        List<AttemptLine> attempts,
        List<ParameterTree.Node> parameters,
        List<Note> notes,
        Optional<Pin> pin,
        FileListing files) {

    /** Reads the files of a job. */
    static JobFileContent read(JobView job) {
        return new JobFileContent(
                JobDetails.attempts(job).stream()
                        .map(attempt -> AttemptLine.of(job.folder(), attempt))
                        .toList(),
                parameters(job.folder()),
                job.notes(),
                job.pin(),
                FileListing.of(job.folder()));
    }

    private static List<ParameterTree.Node> parameters(JobFolder job) {
        try {
            return ParameterTree.of(Explanation.of(job));
        } catch (WorkspaceException unreadable) {
            return List.of();
        }
    }
}
