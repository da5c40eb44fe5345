import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.experimaestro.ConfigType;
import org.experimaestro.Default;
import org.experimaestro.GeneratedPath;
import org.experimaestro.Range;
import org.experimaestro.SelfTask;
import org.experimaestro.TaskContext;

/**
 * Opens cells of a square at random, and tells how often a way leads through it: metric {@code spanning}, the share of the
 * squares with one, and {@code largest}, the mean share of the cells that are in the largest cluster.
 *
 * @param size cells along each side
 * @param density probability that a cell is open
 * @param seed seed of the random numbers
 * @param squares number of squares
 * @param result the file to write: the density, and the share of squares with a way
 */
@ConfigType("percolation.percolate")
record Percolate(
        @Range(min = 2) int size,
        @Range(min = 0, max = 1) double density,
        long seed,
        @Default("100") @Range(min = 1) int squares,
        @GeneratedPath("spanning.txt") Path result)
        implements SelfTask<Percolate> {
    @Override
    public void execute(TaskContext context) throws IOException {
        var random = new SplittableRandom(seed);
        int spanning = 0;
        double largest = 0;
        for (int square = 1; square <= squares; square++) {
            context.throwIfCancelled();
            var lattice = Lattice.random(size, density, random);
            spanning += lattice.spans() ? 1 : 0;
            largest += lattice.largest();
            context.progress((double) square / squares, "square " + square);
            if (square % Math.max(1, squares / 20) == 0) {
                context.metric("spanning", (double) spanning / square, square);
                System.out.printf("square %d of %d: a way leads through %d%n", square, squares, spanning);
            }
        }
        Files.writeString(result, density + " " + (double) spanning / squares + "\n");
        context.metric("spanning", (double) spanning / squares);
        context.metric("largest", largest / squares);
    }
}
