package org.experimaestro.runtime;

import java.util.List;
import org.experimaestro.base.process.JobVariables;

/**
 * Which of several equal processes of one job this one is. Only the one with rank 0 takes the attempt, tells progress and
 * metrics, and says how the job ended; the others run the task, and nothing else.
 *
 * <p>Each launcher removes the variables of the plan's own process, so those that are here were set on the way from the
 * launcher to this process, by srun or by a wrapper of the JVM.
 */
final class Rank {
    private Rank() {}

    /** The highest rank that any of the variables gives, 0 if none does. */
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
