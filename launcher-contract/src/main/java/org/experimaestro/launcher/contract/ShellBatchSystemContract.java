package org.experimaestro.launcher.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.experimaestro.spi.Batch;
import org.experimaestro.spi.BatchSystem;
import org.experimaestro.spi.Shell;
import org.experimaestro.spi.UnreachableException;
import org.junit.jupiter.api.Test;

/** The contract of a {@link BatchSystem} with commands on a host, where {@link #shell} runs them. */
public abstract class ShellBatchSystemContract extends BatchSystemContract {
    private static final List<String> VARIABLES_OF_A_JOB = List.of(
            "SLURM_PROCID",
            "OMPI_COMM_WORLD_RANK",
            "PMI_RANK",
            "PMIX_RANK",
            "RANK",
            "LOCAL_RANK",
            "WORLD_SIZE",
            Batch.RESTARTS);

    private final CountingShell counting = new CountingShell((script, limit) -> shell().run(script, limit));

    /** Creates the test. JUnit calls it, once for each test method. */
    protected ShellBatchSystemContract() {}

    /**
     * Returns the batch system, on a host.
     *
     * @param shell runs its commands
     * @return the system under test
     */
    protected abstract BatchSystem system(Shell shell);

    @Override
    protected final BatchSystem system() {
        return system(counting);
    }

    @Override
    protected final BatchSystem unreachable() {
        return system((script, limit) -> {
            throw new UnreachableException("The cable is cut");
        });
    }

    @Override
    protected final int requests() {
        return counting.calls();
    }

    /**
     * Checks that jobs get no rank of the plan, which may itself be one of several processes of a job, or of a job
     * that was restarted.
     */
    @Test
    public void submit_planInsideAJob_handsNoneOfItsRanksOn() throws Exception {
        StringBuilder outer = new StringBuilder();
        StringBuilder printed = new StringBuilder();
        for (String name : VARIABLES_OF_A_JOB) {
            outer.append("export ").append(name).append("=1\n");
            printed.append("$").append(name);
        }
        Shell inside = (script, limit) -> shell().run(outer + script, limit);
        Batch batch = batch(1, "printf '%s' \"" + printed + "\" > " + file("ranks") + "\n");

        awaitEnd(system(inside).submit(batch).getFirst());

        assertThat(read("ranks")).matches("0*");
    }
}
