package org.experimaestro.engine.schedule;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.experimaestro.engine.guard.Guard;
import org.jspecify.annotations.Nullable;

/**
 * The admissions of jobs whose limits other runs share. A job that has room everywhere keeps it, and asks on a thread of its
 * own. If it has to wait for the answer, it holds only its part of these limits meanwhile. If its room is gone when it is
 * admitted, it gives the admission back at once, so that others have it, and asks again when it has room. A job to which that
 * has happened {@value #PATIENCE} times keeps its room while it waits. So no job waits forever for jobs that come later, and
 * none of another run waits for one that waits. Confined to the scheduler's thread.
 */
final class Admissions {
    static final int PATIENCE = 3;

    private final JobThreads threads;
    private final Guard jobs;
    private final ReadyQueue ready;
    private final BiConsumer<Job, Throwable> failer;
    /** The jobs for which a thread waits, also if they want no admission any longer. */
    private final Set<Job> asking = new LinkedHashSet<>();
    /** Those of them whose thread has said that it has to wait. It says so once, also if the job has another turn meanwhile. */
    private final Set<Job> waiting = new LinkedHashSet<>();

    /**
     * Creates an object without jobs.
     *
     * @param threads the threads of the jobs
     * @param jobs the guard that logs it if there are no threads
     * @param ready the queue to which admitted jobs come back
     * @param failer the action that ends a job which cannot be admitted
     */
    Admissions(JobThreads threads, Guard jobs, ReadyQueue ready, BiConsumer<Job, Throwable> failer) {
        this.threads = threads;
        this.jobs = jobs;
        this.ready = ready;
        this.failer = failer;
    }

    /**
     * Asks for the admission of a job, unless a thread that asked for it at an earlier turn still waits. If that thread has to
     * wait, others have the job's room at once.
     */
    void ask(Job job) {
        job.wantAdmission(true);
        if (asking.add(job)) {
            jobs.run(() -> threads.call(job, each -> each.work().admit().orElse(null), this::answered))
                    .ifPresent(problem -> {
                        asking.remove(job);
                        fail(job, problem);
                    });
        } else if (waiting.contains(job)) {
            yieldRoom(job);
        }
    }

    private void answered(Job job, Work.@Nullable Admission given, @Nullable Throwable problem) {
        asking.remove(job);
        waiting.remove(job);
        if (!job.wantsAdmission()) {
            dismiss(given);
        } else if (given != null) {
            job.setAdmission(given);
            if (!ready.startAdmitted(job)) {
                job.countVainAdmission();
                withdraw(job);
                ready.add(job);
            }
        } else if (problem != null) {
            fail(job, problem);
        } else {
            ask(job); // its thread gave up, before the job had another turn
        }
    }

    /** Lets others have the room of a job that has to wait for its admission. */
    void letGo(Job job) {
        if (asking.contains(job)) {
            waiting.add(job);
            if (job.wantsAdmission()) {
                yieldRoom(job);
                ready.settle();
            }
        }
    }

    private void yieldRoom(Job job) {
        if (job.vainAdmissions() < PATIENCE) {
            ready.letGo(job);
        }
    }

    private void fail(Job job, Throwable problem) {
        ready.giveBack(job);
        failer.accept(job, problem);
        ready.settle();
    }

    /** Takes back all that a job has taken, because it does not start now. */
    void withdraw(Job job) {
        job.wantAdmission(false);
        ready.giveBack(job);
        dismiss(job.admission());
        job.setAdmission(null);
    }

    /** Takes back all that the jobs have taken which do not run yet, because the queue starts none. They ask again later. */
    void withdrawAll() {
        for (Job job : List.copyOf(asking)) {
            if (job.wantsAdmission()) {
                withdraw(job);
                ready.add(job);
            }
        }
    }

    private void dismiss(Work.@Nullable Admission admission) {
        if (admission != null) {
            jobs.run(() -> threads.call(admission::dismiss));
        }
    }
}
