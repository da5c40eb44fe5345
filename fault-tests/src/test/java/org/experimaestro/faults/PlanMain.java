package org.experimaestro.faults;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.Isolation;
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

/**
 * The process of a plan: the folder of a {@link Site}, the number of jobs, how many of them run at once, and the name of the
 * {@link ShellHost} whose shell starts them; without it, the plan starts them itself.
 */
final class PlanMain {
    /** The variable with the isolation of the jobs. */
    static final String ISOLATION = "FAULTS_ISOLATION";

    private PlanMain() {}

    /** Ends with 0 if all jobs are done, with 1 if the run came to its end otherwise. */
    public static void main(String[] arguments) throws InterruptedException {
        Path site = Path.of(arguments[0]);
        WorkPlan plan = new WorkPlan(Site.ledger(site));
        int jobs = Integer.parseInt(arguments[1]);
        ExperimentSetup.Builder setup = builder(site, RunMode.NORMAL, Integer.parseInt(arguments[2]));
        if (arguments.length > 3) {
            setup.launchers(ShellHost.launchers(site, arguments[3]));
        }
        RunResult result = run(setup.build(), plan, jobs, System.out);
        System.exit(result.outcome() == Outcome.DONE ? 0 : 1);
    }

    /** Runs the plan of a site in this process. */
    static RunResult run(Path site, int jobs, int slots) throws InterruptedException {
        WorkPlan plan = new WorkPlan(Site.ledger(site));
        return run(site, RunMode.NORMAL, plan, jobs, slots, silent());
    }

    /** Finds the jobs that the plan of a site submits, and runs none. */
    static Collection<WorkPlan.Job> jobs(Path site, int jobs) throws InterruptedException {
        WorkPlan plan = new WorkPlan(Site.ledger(site));
        run(site, RunMode.DRY_RUN, plan, jobs, 1, silent());
        return plan.jobs();
    }

    private static PrintStream silent() {
        return new PrintStream(OutputStream.nullOutputStream());
    }

    private static RunResult run(Path site, RunMode mode, WorkPlan plan, int jobs, int slots, PrintStream out)
            throws InterruptedException {
        return run(setup(site, mode, slots), plan, jobs, out);
    }

    /** Runs a plan in this process. */
    static <S> RunResult run(ExperimentSetup setup, ExperimentPlan<S> plan, S settings, PrintStream out)
            throws InterruptedException {
        return new ExperimentRunner(setup, new Printer(out)).run(plan, settings);
    }

    static ExperimentSetup setup(Path site, RunMode mode, int slots) {
        return builder(site, mode, slots).build();
    }

    private static ExperimentSetup.Builder builder(Path site, RunMode mode, int slots) {
        return ExperimentSetup.of("faults", mode, Site.workspace(site))
                .folders(site.resolve("cache"), Site.state(site))
                .version("test")
                .jobs(slots)
                .classPath(List.of(classes(PlanMain.class), classes(Disturbance.class)))
                .isolation(Optional.ofNullable(System.getenv(ISOLATION)).map(Isolation::parse))
                .retries(Optional.of(RetryPolicy.parse("exception 2 after 0 s")));
    }

    private static Path classes(Class<?> type) {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath());
    }

    /** Prints what a person needs who looks for the reason of a broken law. */
    private record Printer(PrintStream out) implements RunListener {
        @Override
        public void warning(String text) {
            out.println("warning: " + text);
        }

        @Override
        public void submitted(SubmittedTask task) {}

        @Override
        public void changed(SubmittedTask task, Phase phase) {
            out.println(task.task().argument(0) + " " + phase);
        }

        @Override
        public void failed(SubmittedTask task, JobResult end) {
            out.println(task.task().argument(0) + " failed: " + end);
        }
    }
}
