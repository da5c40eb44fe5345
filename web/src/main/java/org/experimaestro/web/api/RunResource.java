package org.experimaestro.web.api;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.experimaestro.monitor.detail.EnergySum;
import org.experimaestro.monitor.detail.RunSummary;
import org.experimaestro.monitor.forecast.Forecast;
import org.experimaestro.monitor.forecast.Forecasts;
import org.experimaestro.monitor.forecast.TypicalDurations;
import org.experimaestro.monitor.log.Progress;
import org.experimaestro.monitor.timeline.CoreTime;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.monitor.view.RunCommand;
import org.experimaestro.monitor.view.RunEnd;
import org.experimaestro.monitor.view.RunSubmission;
import org.experimaestro.monitor.view.RunView;
import org.experimaestro.monitor.view.SkippedJobs;
import org.experimaestro.monitor.view.SubmittedJobs;
import org.experimaestro.web.http.Query;
import org.experimaestro.workspace.JobState;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.RunCode;
import org.experimaestro.workspace.RunState;

/** A run: its types, its failures, the jobs that run, and why the others wait. */
final class RunResource implements Resource {
    private static final int MOST_RUNNING = 20;

    /**
     * The answer.
     *
     * @param run the run
     * @param plan the class and the file of its plan
     * @param host the host of its process
     * @param process the number of its process
     * @param jobsHere the number of jobs that it has at once at most on this host
     * @param total the number of its jobs
     * @param changed the number of jobs that have another state now than in this answer, which is about the end of the run;
     *     empty if the answer is about now
     * @param left the time that it still takes; empty when it is over
     * @param cores the core time of the turns that have ended
     * @param types its types, in the order of their first submission
     * @param failures its failed jobs by their reasons, the most frequent first
     * @param running the jobs that run, those that run longest first
     * @param runningTotal the number of jobs that run
     * @param waiting the jobs that wait or are not started, by their reasons, the most frequent first
     * @param command the command that prints the same
     * @param code the code that the run was made from
     * @param again the command that runs the plan again; empty for a plan without a file
     * @param title the title of the experiment, as its file had it
     * @param description more about the experiment
     * @param energy the energy of its jobs, in words
     * @param saved the names under which plans of the experiment have saved configurations
     */
    record Answer(
            RunLine run,
            Optional<String> plan,
            Optional<String> host,
            OptionalLong process,
            OptionalInt jobsHere,
            int total,
            OptionalInt changed,
            Optional<TimeLeftLine> left,
            Optional<CoreLine> cores,
            List<TypeLine> types,
            List<ReasonLine> failures,
            List<RunningJob> running,
            int runningTotal,
            List<ReasonLine> waiting,
            String command,
            Optional<CodeLine> code,
            Optional<String> again,
            Optional<String> title,
            Optional<String> description,
            Optional<String> energy,
            List<String> saved) {}

    /**
     * The code that a run was made from.
     *
     * @param text its commit, and how many files differ from it
     * @param checkout the command that gives the code back
     */
    record CodeLine(String text, String checkout) {}

    /**
     * The jobs of one type.
     *
     * @param type the type
     * @param counts the numbers of its jobs by state
     * @param median the median of the durations of its done jobs
     * @param left the time until the last of them ends
     */
    record TypeLine(
            String type, Map<CountedState, Integer> counts, Optional<Duration> median, Optional<TimeLeftLine> left) {}

    /** The seconds for which jobs have held cores, and whether the number of cores of each job is known. */
    record CoreLine(Duration seconds, boolean isExact) {
        static Optional<CoreLine> of(CoreTime time) {
            return time.time().isZero() ? Optional.empty() : Optional.of(new CoreLine(time.time(), time.isExact()));
        }
    }

    /**
     * A job that runs.
     *
     * @param job its name
     * @param shortId the first digits of its identifier
     * @param state its state
     * @param tags its tags
     * @param host its host
     * @param started the time of its start
     * @param progress the completed part, from 0 to 1
     * @param doing the current work
     * @param left the seconds that it still takes
     */
    record RunningJob(
            String job,
            String shortId,
            JobState state,
            Map<String, Object> tags,
            Optional<String> host,
            Optional<Instant> started,
            OptionalDouble progress,
            Optional<String> doing,
            OptionalLong left) {}

    @Override
    public Answer answer(Monitored monitored, Map<String, String> path, Query query) {
        JobsView all = monitored.view();
        RunView run = Selection.run(all, path.getOrDefault("experiment", ""), path.getOrDefault("run", ""));
        // A former run has jobs that it never started, which the view of all jobs leaves out.
        JobsView view = SubmittedJobs.addTo(monitored.workspace(), all, List.of(run));
        List<JobView> jobs = jobs(view, run);
        RunSummary summary = RunSummary.ofRun(monitored.reasons(view), view, run, jobs, monitored.now());
        List<ReasonLine> reasons = ReasonLine.of(summary.reasons(), view);
        List<JobView> running = jobs.stream()
                .filter(job -> job.status() instanceof JobStatus.Running)
                .sorted(Comparator.comparing(job -> job.started().orElse(Instant.MAX)))
                .toList();
        Forecasts forecasts = new Forecasts(view, monitored.now());
        Optional<ProcessIdentity> process = run.process();
        boolean isOver = run.state() == RunState.ENDED || run.state() == RunState.DIED;
        return new Answer(
                RunLine.of(view, run),
                plan(run),
                process.map(ProcessIdentity::host),
                process.map(known -> OptionalLong.of(known.pid())).orElse(OptionalLong.empty()),
                run.jobsHere(),
                jobs.size(),
                summary.changed(),
                isOver ? Optional.empty() : Optional.of(TimeLeftLine.of(summary.forecast())),
                CoreLine.of(CoreTime.of(monitored.spans(run.folder()))),
                types(states(view, run), jobs, summary.types()),
                reasons.stream().filter(reason -> reason.kind().isFailure()).toList(),
                running.stream()
                        .limit(MOST_RUNNING)
                        .map(job -> running(view, job, forecasts.job(job)))
                        .toList(),
                running.size(),
                reasons.stream().filter(reason -> !reason.kind().isFailure()).toList(),
                new ShownCommand(monitored, "runs", "show")
                        .add(run.folder().qualifiedName())
                        .toString(),
                RunCode.of(run.description())
                        .map(code -> new CodeLine(
                                code.text(),
                                new ShownCommand(monitored, "runs", "checkout")
                                        .add(run.folder().qualifiedName())
                                        .toString())),
                RunCommand.find(monitored.workspace(), run),
                run.text("title"),
                run.text("description"),
                summary.energy().map(EnergySum::text),
                saved(monitored, run));
    }

    /** Returns the saved names; none if the folder cannot be read, because a run is more than these. */
    private static List<String> saved(Monitored monitored, RunView run) {
        try {
            return monitored.workspace().experiment(run.folder().experiment()).savedNames();
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    private static List<JobView> jobs(JobsView view, RunView run) {
        Set<String> names = new LinkedHashSet<>();
        run.submissions().stream().map(RunSubmission::job).forEach(names::add);
        return names.stream().flatMap(name -> view.find(name).stream()).toList();
    }

    private static Optional<String> plan(RunView run) {
        List<String> words = new ArrayList<>();
        for (String member : List.of("plan", "file")) {
            if (run.description().get(member) instanceof String text) {
                words.add(text);
            }
        }
        return words.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", words));
    }

    private static Function<JobView, CountedState> states(JobsView view, RunView run) {
        Optional<RunEnd> end = RunEnd.find(run);
        if (end.isPresent()) {
            return job -> CountedState.of(end.get(), job.name(), job);
        }
        Set<String> skipped = SkippedJobs.of(view, run);
        return job -> CountedState.of(job, skipped);
    }

    private static List<TypeLine> types(
            Function<JobView, CountedState> state, List<JobView> jobs, Map<String, Forecast> left) {
        Map<String, List<CountedState>> types = new LinkedHashMap<>();
        TypicalDurations durations = new TypicalDurations();
        for (JobView job : jobs) {
            job.status().findDone().ifPresent(done -> durations.add(job.folder().typeId(), done));
            types.computeIfAbsent(job.folder().typeId(), first -> new ArrayList<>())
                    .add(state.apply(job));
        }
        List<TypeLine> lines = new ArrayList<>();
        types.forEach((type, states) -> lines.add(new TypeLine(
                type,
                CountedState.count(states),
                durations.median(type),
                Optional.ofNullable(left.get(type)).map(TimeLeftLine::of))));
        return lines;
    }

    private static RunningJob running(JobsView view, JobView job, Forecast forecast) {
        JobLink link = JobLink.of(view, job);
        List<Progress> progress = job.progress();
        return new RunningJob(
                link.job(),
                link.shortId(),
                link.state(),
                link.tags(),
                job.process().map(ProcessIdentity::host),
                job.started(),
                progress.isEmpty()
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(progress.getFirst().fraction()),
                progress.stream()
                        .map(Progress::description)
                        .filter(text -> !text.isBlank())
                        .reduce((outer, inner) -> inner),
                forecast.left().map(time -> OptionalLong.of(time.toSeconds())).orElse(OptionalLong.empty()));
    }
}
