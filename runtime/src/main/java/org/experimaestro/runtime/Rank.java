package org.experimaestro.runtime;

import java.util.List;
import org.experimaestro.base.process.JobVariables;

/**
 * The number of this process among several equal processes of one job. Only the process of rank 0 begins the attempt,
 * records progress and metrics, and writes the marker of the end; the other ones only run the task.
 *
 * <p>Each launcher removes these variables of the plan's own process. Those that are set were therefore set for this
 * process, for example by srun or by a wrapper of the JVM.
 */
final class Rank {
    private Rank() {}

    /** Returns the highest rank in the variables of {@link JobVariables#RANKS}; 0 if none is set. */
    static int current() {
        int rank = 0;
        List<String> variables = JobVariables.RANKS;
        for (int i = 0; i < variables.size(); i++) {
            String text = System.getenv(variables.get(i));
            if (text != null && !isOfUser(variables.get(i))) {
                rank = Math.max(rank, number(text));
            }
        }
        return rank;
    }

    private static boolean isOfUser(String variable) {
        String names = System.getenv(JobVariables.NO_RANKS);
        return names != null && (' ' + names + ' ').contains(' ' + variable + ' ');
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException notARank) {
            return 0;
        }
    }
}
