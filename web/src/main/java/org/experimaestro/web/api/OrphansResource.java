package org.experimaestro.web.api;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.experimaestro.base.file.Folders;
import org.experimaestro.monitor.storage.Orphans;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.web.http.Query;
import org.experimaestro.workspace.JobState;

/** The jobs that no run refers to, and the active ones that only former runs have submitted. */
final class OrphansResource implements Resource {
    /** The most jobs whose folders are measured for one answer. */
    private static final int MOST_MEASURED = 200;

    /**
     * The answer.
     *
     * @param jobs the jobs that no run refers to, sorted by name
     * @param strayRunning the active jobs that only former runs have submitted
     * @param command the command that prints the same
     */
    record Answer(List<OrphanLine> jobs, List<JobLink> strayRunning, String command) {}

    /**
     * A job that no run refers to.
     *
     * @param job its name
     * @param shortId the first digits of its identifier
     * @param state its state
     * @param tags its tags
     * @param type its type
     * @param size its bytes; empty where very many jobs are listed
     * @param ended the end of its last attempt
     */
    record OrphanLine(
            String job,
            String shortId,
            JobState state,
            Map<String, Object> tags,
            String type,
            OptionalLong size,
            Optional<Instant> ended) {}

    @Override
    public Answer answer(Monitored monitored, Map<String, String> path, Query query) {
        JobsView view = monitored.view();
        List<OrphanLine> lines = new ArrayList<>();
        for (JobView job : Orphans.jobs(view, monitored.uses(view))) {
            lines.add(line(view, job, lines.size() < MOST_MEASURED));
        }
        return new Answer(
                lines,
                Orphans.stray(view).stream().map(job -> JobLink.of(view, job)).toList(),
                new ShownCommand(monitored.workspace(), "orphans").toString());
    }

    private static OrphanLine line(JobsView view, JobView job, boolean isMeasured) {
        JobLink link = JobLink.of(view, job);
        return new OrphanLine(
                link.job(),
                link.shortId(),
                link.state(),
                link.tags(),
                job.folder().typeId(),
                isMeasured ? OptionalLong.of(Folders.size(job.folder().path())) : OptionalLong.empty(),
                job.ended());
    }
}
