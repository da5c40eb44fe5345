package org.experimaestro.web.api;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.monitor.storage.Orphans;
import org.experimaestro.monitor.storage.SideUses;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.web.http.Query;
import org.experimaestro.workspace.JobState;

/** The jobs that no run refers to, and the active ones that only former runs have submitted. */
final class OrphansResource implements Resource {
    /** The most jobs of one answer. */
    private static final int MOST = 200;

    /**
     * The answer.
     *
     * @param size the number of jobs that no run refers to
     * @param from the index of the first of those that the answer has
     * @param jobs the jobs of the window, sorted by name
     * @param strayTotal the number of active jobs that only former runs have submitted
     * @param strayRunning the first of them
     * @param problems sentences about files of runs that cannot be read: their jobs may seem to be orphans, so that nothing
     *     may be cleaned as one
     * @param command the command that prints the same
     */
    record Answer(
            int size,
            int from,
            List<OrphanLine> jobs,
            int strayTotal,
            List<JobLink> strayRunning,
            List<String> problems,
            String command) {}

    /**
     * A job that no run refers to.
     *
     * @param job its name
     * @param shortId the first digits of its identifier
     * @param state its state
     * @param tags its tags
     * @param type its type
     * @param size its bytes
     * @param ended the end of its last attempt
     */
    record OrphanLine(
            String job,
            String shortId,
            JobState state,
            Map<String, Object> tags,
            String type,
            long size,
            Optional<Instant> ended) {}

    @Override
    public Answer answer(Monitored monitored, Map<String, String> path, Query query) {
        JobsView view = monitored.view();
        List<JobView> orphans = Orphans.jobs(view, monitored.uses(view));
        List<JobView> stray = Orphans.stray(view);
        List<String> problems = new ArrayList<>(view.problems());
        problems.addAll(SideUses.of(view).problems());
        int from = (int) query.number("from", 0, 0, Integer.MAX_VALUE);
        long count = query.number("count", MOST, 0, MOST);
        return new Answer(
                orphans.size(),
                from,
                orphans.stream()
                        .skip(from)
                        .limit(count)
                        .map(job -> line(monitored, view, job))
                        .toList(),
                stray.size(),
                stray.stream().limit(MOST).map(job -> JobLink.of(view, job)).toList(),
                problems,
                new ShownCommand(monitored, "orphans").toString());
    }

    private static OrphanLine line(Monitored monitored, JobsView view, JobView job) {
        JobLink link = JobLink.of(view, job);
        return new OrphanLine(
                link.job(),
                link.shortId(),
                link.state(),
                link.tags(),
                job.folder().typeId(),
                monitored.size(job),
                job.ended());
    }
}
