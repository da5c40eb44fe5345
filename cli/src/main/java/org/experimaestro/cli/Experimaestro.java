package org.experimaestro.cli;

import org.experimaestro.ExperimentPlan;

/** Runs a plan from a {@code main} method, as an IDE does. */
public final class Experimaestro {
    private Experimaestro() {}

    /**
     * Runs a plan of this process's class path, as {@code experimaestro run-experiment} does.
     *
     * <p>{@snippet :
     * public static void main(String[] arguments) {
     *     System.exit(Experimaestro.run(TutorialPlan.class, arguments));
     * }
     * }
     *
     * @param plan the plan's class, in place of the one that the YAML file names
     * @param arguments the YAML file and the options of {@code run-experiment}
     * @return the exit code: 0 when all went well
     */
    public static int run(Class<? extends ExperimentPlan<?>> plan, String... arguments) {
        return Main.execute(new RunExperimentCommand(plan), arguments);
    }
}
