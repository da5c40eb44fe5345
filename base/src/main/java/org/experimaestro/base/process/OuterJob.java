package org.experimaestro.base.process;

import java.util.Map;

/** The job in which this process may run, as a launcher has told it by variables. */
public final class OuterJob {
    private OuterJob() {}

    /**
     * Removes the variables that a launcher has set for this process, because they do not hold for the processes that it
     * starts.
     *
     * @param environment the environment that a process of this machine will get
     */
    public static void removeFrom(Map<String, String> environment) {
        JobVariables.RANKS.forEach(environment::remove);
        JobVariables.RANK_COMPANIONS.forEach(environment::remove);
        environment.remove(JobVariables.NO_RANKS);
        environment.remove(JobVariables.NEEDS);
        environment.remove(JobVariables.RESTARTS);
        environment.remove(JobVariables.ROOTS);
        environment.remove(JobVariables.GRACE);
        environment.remove(JobVariables.TOKENS);
        environment.remove(JobVariables.MACHINE_TOKENS);
        environment.remove(JobVariables.CANCELLED_FILE);
        environment.remove(JobVariables.PROGRAM_PARAMETERS);
        environment.remove(JobVariables.PROGRAM_MEASUREMENTS);
        environment.remove(JobVariables.PROGRAM_FOLDER);
        environment.remove(JobVariables.PROGRAM_ATTEMPT);
        environment.keySet().removeIf(name -> name.startsWith(JobVariables.PROGRAM_PATH));
    }
}
