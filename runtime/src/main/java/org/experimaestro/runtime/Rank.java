package org.experimaestro.runtime;

/**
 * Which of several equal processes of one job this one is. Only the one with rank 0 takes the attempt, tells progress and
 * metrics, and says how the job ended; the others run the task, and nothing else.
 */
final class Rank {
    /** Set by Slurm's srun; by Open MPI; by launchers with the PMI and PMIx interfaces; by PyTorch's and others' habit. */
    private static final String[] VARIABLES = {
        "SLURM_PROCID", "OMPI_COMM_WORLD_RANK", "PMI_RANK", "PMIX_RANK", "RANK", "LOCAL_RANK"
    };

    private Rank() {}

    /** The highest rank that any of the variables gives, 0 if none does. */
    static int current() {
        int rank = 0;
        for (String variable : VARIABLES) {
            String text = System.getenv(variable);
            if (text != null) {
                rank = Math.max(rank, number(text));
            }
        }
        return rank;
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException notARank) {
            return 0;
        }
    }
}
