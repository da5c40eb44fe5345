package org.experimaestro.web.api;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.experimaestro.WorkspaceException;
import org.experimaestro.base.text.NearName;
import org.experimaestro.monitor.action.RetryAction;
import org.experimaestro.monitor.detail.JobDetails;
import org.experimaestro.monitor.explain.Difference;
import org.experimaestro.monitor.explain.NearestJob;
import org.experimaestro.monitor.filter.RowValues;
import org.experimaestro.monitor.forecast.Forecasts;
import org.experimaestro.monitor.reason.Reason;
import org.experimaestro.monitor.reason.ReasonPhrases;
import org.experimaestro.monitor.reason.Reasons;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.monitor.view.RunView;
import org.experimaestro.monitor.view.SubmittedJobs;
import org.experimaestro.web.http.HttpProblem;
import org.experimaestro.web.http.Query;
import org.experimaestro.workspace.Announcement;
import org.experimaestro.workspace.BatchJobReference;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.Note;
import org.experimaestro.workspace.Pin;
import org.experimaestro.workspace.Trash;
import org.experimaestro.workspace.TrashEntry;

/** All of one job, but its log. */
final class JobResource implements Resource {
    private static final int MOST_JOBS = 200;

    /**
     * The answer.
     *
     * @param job the job, with the tags of its latest submission
     * @param type its type
     * @param id its identifier
     * @param folder its folder
     * @param started the start of its last attempt
     * @param ended the end of its last attempt
     * @param seconds the duration of its last attempt, once that has ended
     * @param host the host of its last attempt
     * @param process the number of the process that runs it
     * @param launcher the launcher of its last attempt
     * @param batchJob its batch job
     * @param cause the cause of its failure
     * @param message the message of its failure, or the problem of a file that cannot be read
     * @param reason the reason why it waits or has failed
     * @param left the time that it still takes, if it runs
     * @param progress its last progress at each level
     * @param attempts its attempts by their numbers
     * @param resources what it asked for and has used
     * @param metrics the last values of its metrics
     * @param parameters its parameters
     * @param announced what it has announced while it ran, the latest at the end; at most 200
     * @param dependencies the jobs that it depends on
     * @param dependents the jobs that use its result
     * @param nearest the nearest done job of its type, if it is not done
     * @param runs the runs that have submitted it, the latest first
     * @param notes the notes on it, the oldest first
     * @param pinned the reason why it is pinned
     * @param cleaned the cleaning that has moved it to the trash
     * @param deletedDependencies the names of the jobs that it was made from, and that are gone
     * @param files the files of its folder
     * @param moreFiles the number of files that are left out
     * @param actions the actions on it
     * @param again the command that runs the plan of a failed job again; empty if a run goes on that can try it again, or the
     *     plan has no file
     * @param commands the commands about it, by what they do
     */
    record Answer(
            JobLink job,
            String type,
            String id,
            String folder,
            Optional<Instant> started,
            Optional<Instant> ended,
            Optional<Duration> seconds,
            Optional<String> host,
            OptionalLong process,
            Optional<String> launcher,
            Optional<String> batchJob,
            Optional<String> cause,
            Optional<String> message,
            Optional<JobReason> reason,
            Optional<TimeLeftLine> left,
            List<ProgressLine> progress,
            List<AttemptLine> attempts,
            Optional<JobResources> resources,
            Map<String, Double> metrics,
            List<ParameterLine> parameters,
            List<AnnouncedLine> announced,
            List<JobLink> dependencies,
            List<JobLink> dependents,
            Optional<NearestLine> nearest,
            List<SubmissionLine> runs,
            List<NoteLine> notes,
            Optional<String> pinned,
            Optional<CleanedLine> cleaned,
            List<String> deletedDependencies,
            List<FileListing.Entry> files,
            int moreFiles,
            List<ActionOffers.ActionOffer> actions,
            Optional<String> again,
            Map<String, String> commands) {}

    /**
     * The reason why a job waits or has failed.
     *
     * @param kind its kind
     * @param subject the reason as a sentence without its end
     * @param advice the action that a person can take; may be empty
     * @param expectedStart the time at which the batch system expects to start the job
     * @param asOf the time at which the run recorded the reason
     * @param jobs the jobs concerned
     */
    record JobReason(
            Reason.Kind kind,
            String subject,
            String advice,
            Optional<Instant> expectedStart,
            Optional<Instant> asOf,
            List<JobLink> jobs) {}

    /** The last progress at one level: 0 for the whole task, 1 for its current part, and so on. */
    record ProgressLine(int level, double progress, String description) {}

    /** A done job that differs little, with the parameters that differ. */
    record NearestLine(JobLink job, List<String> differences) {}

    /** An announcement of the job: its name, its configuration in one line, and its time. */
    record AnnouncedLine(String name, String output, Instant at) {}

    /** A run that has submitted the job with some tags. */
    record SubmissionLine(String experiment, String run, Map<String, Object> tags) {}

    /** The entry of the trash that has the job, with the time of the cleaning and the user, if they are known. */
    record CleanedLine(String entry, Optional<Instant> at, Optional<String> by) {
        static CleanedLine of(TrashEntry entry) {
            return new CleanedLine(
                    entry.name(),
                    Optional.ofNullable(entry.time()),
                    Optional.of(entry.user()).filter(user -> !user.isEmpty()));
        }
    }

    /** A note: its text, its time and its author. */
    record NoteLine(String text, Instant at, String by) {}

    @Override
    public Answer answer(Monitored monitored, Map<String, String> path, Query query) {
        String name = path.getOrDefault("type", "") + "/" + path.getOrDefault("id", "");
        JobsView view = having(monitored, name);
        JobView job = find(monitored, view, name);
        JobFileContent files = monitored.files(job);
        Optional<JobStatus.Failed> failure =
                job.status() instanceof JobStatus.Failed failed ? Optional.of(failed) : Optional.empty();
        return new Answer(
                JobLink.of(view, job),
                job.folder().typeId(),
                job.folder().id().toString(),
                job.folder().path().toString(),
                job.started(),
                job.ended(),
                job.status().duration(),
                RowsResource.host(job),
                job.process().map(process -> OptionalLong.of(process.pid())).orElse(OptionalLong.empty()),
                launcher(job),
                job.status().findBatchJob().map(BatchJobReference::toString),
                failure.map(AttemptLine::cause),
                message(job, failure),
                monitored
                        .reasons(view)
                        .find(job)
                        .or(() -> Reasons.ofRemoved(job))
                        .map(reason -> reason(view, reason)),
                job.status() instanceof JobStatus.Running
                        ? Optional.of(TimeLeftLine.of(new Forecasts(view, monitored.now()).job(job)))
                        : Optional.empty(),
                job.progress().stream()
                        .map(progress ->
                                new ProgressLine(progress.level(), progress.fraction(), progress.description()))
                        .toList(),
                files.attempts(),
                JobResources.find(monitored, job),
                RowValues.metrics(job),
                files.parameters().stream()
                        .map(node -> ParameterLine.of(view, node))
                        .toList(),
                announced(job),
                links(view, JobDetails.dependencies(view, job)),
                links(view, JobDetails.dependents(view, monitored.uses(monitored.view()), job)),
                monitored.nearest().find(job, monitored.now()).map(nearest -> nearest(view, nearest)),
                job.submissions().reversed().stream()
                        .map(run -> new SubmissionLine(run.experiment(), run.run(), run.tags()))
                        .toList(),
                files.notes().stream().map(JobResource::note).toList(),
                files.pin().map(Pin::note),
                JobDetails.cleaned(monitored.workspace(), job).map(CleanedLine::of),
                view.deletedDependencies(job),
                files.files().files(),
                files.files().more(),
                new ActionOffers(monitored, job).all(),
                again(monitored, job),
                commands(monitored, job));
    }

    /** Returns the view of all jobs, with a job without a folder that only former runs have submitted. */
    private static JobsView having(Monitored monitored, String name) {
        JobsView view = monitored.view();
        if (view.find(name).isPresent()) {
            return view;
        }
        List<RunView> submitters = view.runs().stream()
                .filter(run -> run.submissions().stream()
                        .anyMatch(submission -> submission.job().equals(name)))
                .toList();
        return SubmittedJobs.addTo(monitored.workspace(), view, submitters);
    }

    private static JobView find(Monitored monitored, JobsView view, String name) {
        return view.find(name).orElseThrow(() -> {
            String type = name.substring(0, name.indexOf('/') + 1);
            List<String> names = view.jobs().stream()
                    .map(JobView::name)
                    .filter(known -> known.startsWith(type))
                    .toList();
            HttpProblem problem = new HttpProblem(
                    404,
                    "There is no job \"" + name + "\" in this workspace",
                    new Trash(monitored.workspace())
                            .find(name)
                            .map(entry ->
                                    "it is in the trash; bring it back with: experimaestro trash undo " + entry.name())
                            .orElse(null));
            return names.stream()
                    .filter(known -> known.startsWith(name))
                    .findFirst()
                    .or(() -> NearName.find(name, names.size() > MOST_JOBS ? List.of() : names))
                    .map(near -> problem.with("near", List.of(near)))
                    .orElse(problem);
        });
    }

    private static Optional<String> launcher(JobView job) {
        try {
            return job.launcher();
        } catch (WorkspaceException unreadable) {
            return Optional.empty(); // a file that cannot be read hides only this value
        }
    }

    private static Optional<String> message(JobView job, Optional<JobStatus.Failed> failure) {
        String text =
                job.problem().isEmpty() ? failure.map(JobStatus.Failed::message).orElse("") : job.problem();
        return text.isBlank() ? Optional.empty() : Optional.of(text);
    }

    private static JobReason reason(JobsView view, Reason reason) {
        return new JobReason(
                reason.kind(),
                new ReasonPhrases(ZoneId.systemDefault()).beside(reason, view),
                ReasonPhrases.shortened(reason.advice(), reason.jobs(), view),
                reason.expectedStart(),
                reason.asOf(),
                reason.jobs().stream()
                        .limit(MOST_JOBS)
                        .map(name -> JobLink.of(view, name))
                        .toList());
    }

    private static Optional<String> again(Monitored monitored, JobView job) {
        return job.hasFailed()
                ? new RetryAction(monitored.workspace(), monitored.view()).findCommand(job.folder())
                : Optional.empty();
    }

    private static List<JobLink> links(JobsView view, List<JobView> jobs) {
        return jobs.stream().limit(MOST_JOBS).map(job -> JobLink.of(view, job)).toList();
    }

    private static List<AnnouncedLine> announced(JobView job) {
        List<Announcement> all = JobDetails.announced(job);
        return all.subList(Math.max(0, all.size() - MOST_JOBS), all.size()).stream()
                .map(each -> new AnnouncedLine(each.name(), each.shown(), each.time()))
                .toList();
    }

    private static NearestLine nearest(JobsView view, NearestJob.Other nearest) {
        return new NearestLine(
                JobLink.of(view, nearest.job().name()),
                nearest.differences().stream()
                        .filter(Difference::counts)
                        .map(difference -> difference.path() + ": " + difference.here() + " here, " + difference.there()
                                + " there")
                        .toList());
    }

    private static NoteLine note(Note note) {
        return new NoteLine(note.text(), note.time(), note.user());
    }

    private static Map<String, String> commands(Monitored monitored, JobView job) {
        Map<String, String> commands = new LinkedHashMap<>();
        for (String name : List.of("show", "why", "log", "path", "debug")) {
            commands.put(
                    name,
                    new ShownCommand(monitored, "jobs", name).add(job.name()).toString());
        }
        return commands;
    }
}
