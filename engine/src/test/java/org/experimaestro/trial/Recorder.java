package org.experimaestro.trial;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.experimaestro.engine.RunAccount;
import org.experimaestro.engine.RunListener;
import org.experimaestro.engine.RunResult;
import org.experimaestro.engine.SubmittedTask;
import org.experimaestro.engine.job.JobResult;
import org.experimaestro.engine.schedule.Phase;
import org.experimaestro.workspace.JobCount;
import org.experimaestro.workspace.JobFolder;

/** Keeps what a run tells. */
public final class Recorder implements RunListener {
    private final Map<String, JobFolder> folders;
    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private final List<String> notices = new CopyOnWriteArrayList<>();
    private final List<SubmittedTask> submitted = new CopyOnWriteArrayList<>();
    private final List<String> changes = new CopyOnWriteArrayList<>();
    private final List<String> again = new CopyOnWriteArrayList<>();
    private final List<String> removed = new CopyOnWriteArrayList<>();
    private final List<String> says = new CopyOnWriteArrayList<>();
    private final List<JobResult> failures = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> ends = new CopyOnWriteArrayList<>();

    /** Puts the folders of submitted jobs into a map, too. */
    Recorder(Map<String, JobFolder> folders) {
        this.folders = folders;
    }

    @Override
    public void warning(String text) {
        // The laboratory sees to it that its jobs have none.
        if (!text.startsWith("Jobs start without the start cache")) {
            warnings.add(text);
        }
    }

    @Override
    public void notice(String text) {
        notices.add(text);
    }

    /** Decisions that the run has told, in order. */
    public List<String> notices() {
        return notices;
    }

    @Override
    public void submitted(SubmittedTask task) {
        submitted.add(task);
        folders.put(Lab.name(task), task.folder());
    }

    @Override
    public void leftOut(SubmittedTask task, String option) {
        folders.put(Lab.name(task), task.folder());
    }

    @Override
    public void runsAgain(SubmittedTask task, String user) {
        again.add(Lab.name(task) + " for " + user);
    }

    /** Returns the jobs whose outputs were removed and are made again, each with the job that needs them. */
    public List<String> again() {
        return again;
    }

    @Override
    public void outputsRemoved(SubmittedTask task) {
        removed.add(Lab.name(task));
    }

    /** Returns the jobs whose outputs the run has removed, in order. */
    public List<String> removed() {
        return removed;
    }

    @Override
    public void withheld(SubmittedTask task, String reason) {
        changes.add(Lab.name(task) + " " + reason);
    }

    @Override
    public void changed(SubmittedTask task, Phase phase) {
        changes.add(Lab.name(task) + " " + phase);
    }

    @Override
    public void statusChanged(SubmittedTask task, String state) {
        says.add(Lab.name(task) + " " + state);
    }

    @Override
    public void failed(SubmittedTask task, JobResult end) {
        failures.add(end);
    }

    /** The ends of jobs that are not done, in order. */
    public List<JobResult> failures() {
        return failures;
    }

    @Override
    public void requested(String request, boolean isAccepted, String answer) {
        requests.add((isAccepted ? "accepted: " : "refused: ") + answer);
    }

    /** Returns the answers to requests, in order. */
    public List<String> requests() {
        return requests;
    }

    @Override
    public void ended(RunResult result) {
        ends.add("ended " + result.executed() + "/" + result.total());
    }

    @Override
    public void stopped(RunAccount account) {
        StringBuilder counts = new StringBuilder("stopped");
        for (JobCount count : JobCount.values()) {
            List<String> names = account.tasks(count).stream().map(Lab::name).toList();
            if (!names.isEmpty()) {
                counts.append(", ").append(count.word()).append(" ").append(names);
            }
        }
        if (account.running() < account.count(JobCount.LEFT)) {
            counts.append(", of which ").append(account.running()).append(" run");
        }
        ends.add(counts.toString());
    }

    /** How the run ended, in words; there should be one. */
    public List<String> ends() {
        return ends;
    }

    /** {@code name STATE}, as launchers told, in order. */
    public List<String> statusChanged() {
        return says;
    }

    /** Warnings, in order. */
    public List<String> warnings() {
        return warnings;
    }

    /** Submitted tasks, in order. */
    public List<SubmittedTask> submitted() {
        return submitted;
    }

    /** {@code name PHASE}, in order. */
    public List<String> changes() {
        return changes;
    }
}
