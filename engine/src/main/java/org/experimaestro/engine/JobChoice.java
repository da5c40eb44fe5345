package org.experimaestro.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;
import org.experimaestro.workspace.JobStatus;
import org.jspecify.annotations.Nullable;

/**
 * The choice of the jobs that a run runs, of those that its plan submits. A job that is not selected may become needed
 * by a job that is submitted later; then it is taken before that one. Called by one thread at a time.
 */
final class JobChoice {
    private final @Nullable JobSelector only;
    private final @Nullable JobSelector until;
    private final Consumer<TaskJob> taker;
    private long submitted;
    private long selectedOnly;
    private long selectedUntil;

    /**
     * Creates a choice.
     *
     * @param order the user's wishes
     * @param taker takes a job that is to be run; called once for each, after those that it depends on
     */
    JobChoice(RunOrder order, Consumer<TaskJob> taker) {
        this.only = order.only().orElse(null);
        this.until = order.until().orElse(null);
        this.taker = taker;
    }

    /** Takes a job that was just submitted, or leaves it out. */
    void submit(TaskJob job) {
        submitted++;
        choose(job, job.task());
    }

    /** Chooses again for a job that was submitted with further tags: each submission can be selected. */
    void submitAgain(TaskJob job, SubmittedTask task) {
        choose(job, task);
    }

    private void choose(TaskJob job, SubmittedTask task) {
        boolean isWanted = only == null || only.selects(task);
        selectedOnly += isWanted ? 1 : 0;
        if (until != null && until.selects(task)) {
            selectedUntil++;
            job.endPath(until.option());
        }
        if (job.isTaken()) {
            return;
        }
        Optional<String> behind = job.needs().stream()
                .map(TaskJob::pathEnd)
                .flatMap(Optional::stream)
                .findFirst();
        behind.ifPresent(job::endPath);
        if (job.task().found() instanceof JobStatus.Done) {
            take(job);
        } else if (behind.isPresent()) {
            job.leaveOut(behind.get());
        } else if (isWanted && job.isOnDemand()) {
            job.rest();
        } else if (isWanted) {
            takeWithNeeds(job);
        } else if (only != null) {
            job.leaveOut(only.option());
        }
    }

    /** Takes a job after all that it depends on. A loop replaces recursion, because chains of jobs may be long. */
    private void takeWithNeeds(TaskJob wanted) {
        Deque<TaskJob> pending = new ArrayDeque<>();
        pending.push(wanted);
        while (!pending.isEmpty()) {
            TaskJob job = pending.getFirst();
            int before = pending.size();
            for (TaskJob dependency : job.needs()) {
                if (!dependency.isTaken()) {
                    dependency.need(job);
                    pending.push(dependency);
                }
            }
            if (pending.size() == before) {
                pending.removeFirst();
                take(job);
            }
        }
    }

    private void take(TaskJob job) {
        if (!job.isTaken()) {
            taker.accept(job);
            job.take(); // last: a job that cannot be taken stays left out, and nobody waits for it
        }
    }

    /** Warns of selections that have selected no job of the whole plan. */
    void warn(Consumer<String> warnings) {
        if (only != null && selectedOnly == 0) {
            warnings.accept(selectsNothing(only, "no job is run"));
        }
        if (until != null && selectedUntil == 0) {
            warnings.accept(selectsNothing(until, "no job is left out for it"));
        }
    }

    private String selectsNothing(JobSelector selector, String consequence) {
        return selector.option() + " selects none of the " + submitted + (submitted == 1 ? " job" : " jobs")
                + " that the plan has submitted, so " + consequence
                + selector.advice().map(advice -> "; " + advice).orElse("");
    }
}
