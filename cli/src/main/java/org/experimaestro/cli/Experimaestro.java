package org.experimaestro.cli;

import org.experimaestro.ExperimentPlan;
import org.experimaestro.cli.experiment.RunExperimentCommand;

/** An entry point that runs a plan from a {@code main} method, for example in an IDE. */
public final class Experimaestro {
    private Experimaestro() {}

    /**
     * Runs a plan of this process's class path, as {@code experimaestro run-experiment} does. The calling thread waits
     * until the run ends.
     *
     * <p>{@snippet :
     * public static void main(String[] arguments) {
     *     System.exit(Experimaestro.run(TutorialPlan.class, arguments));
     * }
     * }
     *
     * @param plan the plan's class, which replaces the class that the YAML file names
     * @param arguments the YAML file and the options of {@code run-experiment}
     * @return the exit code: 0 for success, 1 for a failure (also of a job), 2 for a wrong command line, 130 after
     *     an interrupt
     */
    public static int run(Class<? extends ExperimentPlan<?>> plan, String... arguments) {
        return Main.execute(new RunExperimentCommand(plan), arguments);
    }
}
