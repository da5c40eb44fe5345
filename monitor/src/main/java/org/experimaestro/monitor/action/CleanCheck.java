package org.experimaestro.monitor.action;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.experimaestro.LaunchException;
import org.experimaestro.monitor.storage.JobUses;
import org.experimaestro.monitor.storage.SideUses;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.monitor.view.RunView;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.RunState;
import org.experimaestro.workspace.SideFolder;

/**
 * The jobs that must not be cleaned: those that are active or cannot be read, those that a run that goes on has
 * submitted, those whose result an active job or the execution of an action uses, pinned ones, and those from which pinned ones were made, because a
 * result that cannot be made again is worth less. Immutable.
 */
final class CleanCheck {
    private final JobsView view;
    private final JobUses uses;
    private final Map<String, RunView> runs = new HashMap<>();
    private final Map<String, SideFolder> executing;
    private final Map<String, String> pins = new HashMap<>();

    /**
     * Creates the check.
     *
     * @param view the jobs and runs
     * @param uses which jobs use which
     * @param jobs the names of the jobs to be checked
     * @param runsHaveEnded whether runs whose processes cannot be seen from here count as ended
     */
    CleanCheck(JobsView view, JobUses uses, Collection<String> jobs, boolean runsHaveEnded) {
        this.view = view;
        this.uses = uses;
        for (RunView run : view.runs()) {
            RunState state = run.state();
            if (state == RunState.RUNNING || state == RunState.UNKNOWN && !runsHaveEnded) {
                run.submissions().forEach(submission -> runs.put(submission.job(), run));
            }
        }
        Set<String> names = new TreeSet<>();
        jobs.forEach(job -> names.addAll(uses.namesOf(job)));
        this.executing = SideUses.executing(view, names, runsHaveEnded);
        Set<String> affected = uses.withUsers(jobs); // the pins of all others do not matter, and are not read
        for (JobView job : view.jobs()) {
            if (affected.contains(job.name()) && job.folder().pin().find().isPresent()) {
                pinUsed(job.name());
                pins.put(job.name(), job.name());
            }
        }
    }

    /** Adds the jobs from which a pinned one was made, but those that another one has brought already. */
    private void pinUsed(String pinned) {
        Deque<String> left = new ArrayDeque<>(uses.usedBy(pinned));
        while (!left.isEmpty()) {
            String used = left.remove();
            if (pins.putIfAbsent(used, pinned) == null) {
                left.addAll(uses.usedBy(used));
            }
        }
    }

    /**
     * Requires that a job may be cleaned.
     *
     * @param job the job
     * @param status its state
     * @throws LaunchException if it may not, with the reason
     */
    void require(JobFolder job, JobStatus status) {
        if (status.isActive()) {
            throw refused(
                    job,
                    "it is " + status.state().name().toLowerCase(Locale.ROOT),
                    "end it with: experimaestro jobs kill " + job.name());
        }
        if (status instanceof JobStatus.Corrupt) {
            throw refused(
                    job,
                    "its state cannot be read, and it may run: " + status.message(),
                    "if it does not run, delete that file first");
        }
        String pinned = pins.get(job.name());
        if (pinned != null) {
            throw refused(
                    job,
                    pinned.equals(job.name()) ? "it is pinned" : pinned + " was made from it, and is pinned",
                    "unpin it with: experimaestro jobs unpin " + pinned);
        }
        Set<String> users = new TreeSet<>();
        for (String name : uses.namesOf(job.name())) {
            RunView run = runs.get(name);
            if (run != null) {
                refuse(job, run);
            }
            SideFolder action = executing.get(name);
            if (action != null) {
                throw refused(
                        job,
                        "the " + action + " uses it, and goes on",
                        "wait for its end, or add --runs-have-ended once you know that it has ended elsewhere");
            }
            users.addAll(uses.usersOf(name));
        }
        for (String user : users) {
            if (view.find(user).filter(found -> found.status().isActive()).isPresent()) {
                throw refused(job, user + " uses it, and is active", "wait for its end");
            }
        }
    }

    private static void refuse(JobFolder job, RunView run) {
        String name = run.folder().qualifiedName();
        throw run.state() == RunState.RUNNING
                ? refused(
                        job,
                        "the run " + name + " goes on, and has it",
                        "wait for its end, or stop it with: experimaestro runs stop " + name)
                : refused(
                        job,
                        "the run " + name + " has it, has not recorded its end, and cannot be seen from here",
                        "once you know that it has ended, add --runs-have-ended");
    }

    private static LaunchException refused(JobFolder job, String reason, String advice) {
        return LaunchException.of("Cannot clean " + job.name() + ": " + reason)
                .advice(advice)
                .build();
    }
}
