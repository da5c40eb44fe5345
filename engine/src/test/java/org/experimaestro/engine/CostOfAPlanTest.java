package org.experimaestro.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.experimaestro.Config;
import org.experimaestro.ConfigType;
import org.experimaestro.RunMode;
import org.experimaestro.SelfTask;
import org.experimaestro.TaskContext;
import org.experimaestro.engine.schedule.Phase;
import org.experimaestro.trial.Lab;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The growth of what the submission of a job costs, in dry runs of three layers. The cost is what the plan's thread allocates:
 * unlike a time, it is the same on a busy machine, and a search through all jobs at each submission would show in it.
 */
@Tag("thorough")
@Timeout(300)
final class CostOfAPlanTest {
    private static final int SMALL = 1_000;
    private static final int FACTOR = 10;
    /** The cost of n jobs grows as n to this power at most: linear, and what growing collections need. */
    private static final double MOST_EXPONENT = 1.1;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @TempDir
    Path folder;

    private int runs;

    /** A task that needs the one of the layer before. */
    @ConfigType("cost.link")
    record Link(int number, Optional<Link> former) implements SelfTask<Link> {
        @Override
        public void execute(TaskContext context) {}
    }

    /** A listener that keeps nothing. */
    private static final class Deaf implements RunListener {
        @Override
        public void submitted(SubmittedTask task) {}

        @Override
        public void warning(String text) {}

        @Override
        public void changed(SubmittedTask task, Phase phase) {}
    }

    @Test
    void dryRun_plansOfSeveralSizes_costGrowsWithTheirSize() throws Exception {
        allocated(SMALL); // all classes are loaded
        long small = allocated(SMALL);
        long middle = allocated(SMALL * FACTOR);
        long large = allocated(SMALL * FACTOR * FACTOR);

        assertThat(exponent(small, middle)).isLessThan(MOST_EXPONENT);
        assertThat(exponent(middle, large)).isLessThan(MOST_EXPONENT);
    }

    private static double exponent(long before, long after) {
        return Math.log((double) after / before) / Math.log(FACTOR);
    }

    /** Returns the bytes that the plan's thread allocates for the submissions. */
    private long allocated(int count) throws Exception {
        long[] bytes = new long[1];
        try (Lab lab = new Lab(folder.resolve("run-" + ++runs))) {
            lab.listening(recorder -> new Deaf()); // the recorder copies all that it has at each job
            lab.run(RunMode.DRY_RUN, (xp, settings) -> {
                long before = THREADS.getCurrentThreadAllocatedBytes();
                List<Config<Link>> links = new ArrayList<>();
                int layer = count / 3;
                for (int i = 0; i < count; i++) {
                    var link = Config.builder(Link.class).set("number", i);
                    if (i >= layer) {
                        link.set("former", links.get(i - layer));
                    }
                    links.add(xp.submit(link.build()));
                }
                bytes[0] = THREADS.getCurrentThreadAllocatedBytes() - before;
            });
        }
        return bytes[0];
    }
}
