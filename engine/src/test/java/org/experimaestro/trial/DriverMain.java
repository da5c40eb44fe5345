package org.experimaestro.trial;

import java.nio.file.Path;
import java.util.List;
import org.experimaestro.Config;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.Isolation;
import org.experimaestro.Launcher;
import org.experimaestro.Outcome;
import org.experimaestro.engine.RunResult;

/** A plan's process: a folder, and the names of a chain of steps. */
public final class DriverMain {
    /** In the place of a step: the plan ends its process. */
    public static final String EXIT = "exit";
    /** The exit code then. */
    public static final int EXIT_CODE = 3;
    /** The begin of a name: a task that reads a corpus of this name, which is prepared before. */
    public static final String READS = "reads";

    private DriverMain() {}

    /** Ends with 0 if all jobs are done. */
    public static void main(String[] arguments) throws InterruptedException {
        Lab lab = new Lab(Path.of(arguments[0]));
        String isolation = System.getenv(ISOLATION);
        if (isolation != null) {
            lab.isolation(Isolation.parse(isolation));
        }
        RunResult result = lab.run(chain(lab, List.of(arguments).subList(1, arguments.length)));
        System.exit(result.outcome() == Outcome.DONE ? 0 : 1);
    }

    /** The variable with the isolation of the jobs. */
    public static final String ISOLATION = "TRIAL_ISOLATION";

    /** The variable that names a token, of which each step holds the only one. */
    public static final String TOKEN = "TRIAL_TOKEN";

    /** Each step reads what the one before it wrote. */
    static ExperimentPlan<String> chain(Lab lab, List<String> names) {
        return (xp, settings) -> {
            String token = System.getenv(TOKEN);
            Launcher launcher =
                    token == null ? Launcher.local() : Launcher.local().holding(xp.token(token, 1));
            List<Config<Written>> inputs = List.of();
            for (String name : names) {
                if (name.equals(EXIT)) {
                    System.exit(EXIT_CODE);
                }
                if (name.startsWith(READS)) {
                    xp.submit(Reads.of(lab.control(), name, Corpus.of(lab.control(), name)));
                    continue;
                }
                inputs = List.of(xp.submit(Lab.step(lab.control(), name, inputs), launcher));
            }
        };
    }
}
