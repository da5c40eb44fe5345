package org.experimaestro.faults;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.experimaestro.Outcome;
import org.experimaestro.RetryPolicy;
import org.experimaestro.RunMode;
import org.experimaestro.disturbance.Disturbance;
import org.experimaestro.engine.ExperimentRunner;
import org.experimaestro.engine.ExperimentSetup;
import org.experimaestro.engine.RunListener;
import org.experimaestro.engine.RunResult;
import org.experimaestro.engine.SubmittedTask;
import org.experimaestro.engine.job.JobResult;
import org.experimaestro.engine.schedule.Phase;

/** The process of a plan: the folder of a {@link Site}, the number of jobs, and how many of them run at once. */
final class PlanMain {
    private PlanMain() {}

    /** Ends with 0 if all jobs are done, with 1 if the run came to its end otherwise. */
    public static void main(String[] arguments) throws InterruptedException {
        RunResult result = run(Path.of(arguments[0]), Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
        System.exit(result.outcome() == Outcome.DONE ? 0 : 1);
    }

    /** Runs the plan of a site in this process. */
    static RunResult run(Path site, int jobs, int slots) throws InterruptedException {
        return run(site, RunMode.NORMAL, new WorkPlan(Site.ledger(site)), jobs, slots);
    }

    /** Finds the jobs that the plan of a site submits, and runs none. */
    static Collection<WorkPlan.Job> jobs(Path site, int jobs) throws InterruptedException {
        WorkPlan plan = new WorkPlan(Site.ledger(site));
        run(site, RunMode.DRY_RUN, plan, jobs, 1);
        return plan.jobs();
    }

    private static RunResult run(Path site, RunMode mode, WorkPlan plan, int jobs, int slots)
            throws InterruptedException {
        ExperimentSetup setup = ExperimentSetup.of("faults", mode, Site.workspace(site))
                .folders(site.resolve("cache"), site.resolve("state"))
                .version("test")
                .jobs(slots)
                .classPath(List.of(classes(PlanMain.class), classes(Disturbance.class)))
                .retries(Optional.of(RetryPolicy.parse("exception 2 after 0 s")))
                .build();
        return new ExperimentRunner(setup, new Printer()).run(plan, jobs);
    }

    private static Path classes(Class<?> type) {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath());
    }

    /** Prints what a person needs who looks for the reason of a broken law. */
    private static final class Printer implements RunListener {
        @Override
        public void warning(String text) {
            System.out.println("warning: " + text);
        }

        @Override
        public void submitted(SubmittedTask task) {}

        @Override
        public void changed(SubmittedTask task, Phase phase) {
            System.out.println(task.task().argument(0) + " " + phase);
        }

        @Override
        public void failed(SubmittedTask task, JobResult end) {
            System.out.println(task.task().argument(0) + " failed: " + end);
        }
    }
}
