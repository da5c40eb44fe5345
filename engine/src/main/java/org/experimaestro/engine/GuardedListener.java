package org.experimaestro.engine;

import org.experimaestro.Report;
import org.experimaestro.engine.guard.Guard;
import org.experimaestro.engine.job.JobResult;
import org.experimaestro.engine.schedule.Phase;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.RunFolder;

/**
 * A listener whose exceptions are logged and do not reach its callers: a closed terminal, or a mistake in code that
 * prints, does not affect the run. Thread-safe if the listener is.
 */
final class GuardedListener implements RunListener {
    private final RunListener listener;
    private final Guard guard;

    GuardedListener(RunListener listener) {
        this.listener = listener;
        this.guard = new Guard("The listener " + listener.getClass().getName());
    }

    @Override
    public void begun(RunFolder run) {
        guard.run(() -> listener.begun(run));
    }

    @Override
    public void warning(String text) {
        guard.run(() -> listener.warning(text));
    }

    @Override
    public void prepares(PrepareNews news) {
        guard.run(() -> listener.prepares(news));
    }

    @Override
    public void foundByFormerName(JobFolder job, JobFolder former) {
        guard.run(() -> listener.foundByFormerName(job, former));
    }

    @Override
    public void lostByFormerName(JobFolder former, String reason) {
        guard.run(() -> listener.lostByFormerName(former, reason));
    }

    @Override
    public void notice(String text) {
        guard.run(() -> listener.notice(text));
    }

    @Override
    public void runsAgain(SubmittedTask task, String user) {
        guard.run(() -> listener.runsAgain(task, user));
    }

    @Override
    public void outputsRemoved(SubmittedTask task) {
        guard.run(() -> listener.outputsRemoved(task));
    }

    @Override
    public void submitted(SubmittedTask task) {
        guard.run(() -> listener.submitted(task));
    }

    @Override
    public void changed(SubmittedTask task, Phase phase) {
        guard.run(() -> listener.changed(task, phase));
    }

    @Override
    public void withheld(SubmittedTask task, String reason) {
        guard.run(() -> listener.withheld(task, reason));
    }

    @Override
    public void leftOut(SubmittedTask task, String reason) {
        guard.run(() -> listener.leftOut(task, reason));
    }

    @Override
    public void statusChanged(SubmittedTask task, String state) {
        guard.run(() -> listener.statusChanged(task, state));
    }

    @Override
    public void awaitsTokens(SubmittedTask task, String obstacle) {
        guard.run(() -> listener.awaitsTokens(task, obstacle));
    }

    @Override
    public void triedAgain(SubmittedTask task, String decision) {
        guard.run(() -> listener.triedAgain(task, decision));
    }

    @Override
    public void failed(SubmittedTask task, JobResult end) {
        guard.run(() -> listener.failed(task, end));
    }

    @Override
    public void requested(String request, boolean isAccepted, String answer) {
        guard.run(() -> listener.requested(request, isAccepted, answer));
    }

    @Override
    public void reported(Report report) {
        guard.run(() -> listener.reported(report));
    }

    @Override
    public void ended(RunResult result) {
        guard.run(() -> listener.ended(result));
    }

    @Override
    public void stopping(RunAccount account) {
        guard.run(() -> listener.stopping(account));
    }

    @Override
    public void stopped(RunAccount account) {
        guard.run(() -> listener.stopped(account));
    }
}
