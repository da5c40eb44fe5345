import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.experimaestro.ConfigType;
import org.experimaestro.SelfTask;
import org.experimaestro.TaskContext;

/**
 * Finds the density above which a way leads through most squares: metric {@code threshold}, by a line between the two
 * measured densities around it. It is about 0.593 for large squares (Newman and Ziff, Phys. Rev. Lett. 85, 2000).
 *
 * @param points squares of one size, of several densities
 */
@ConfigType("percolation.threshold")
record Threshold(List<Percolate> points) implements SelfTask<Threshold> {
    private record Point(double density, double spanning) {}

    @Override
    public void execute(TaskContext context) throws IOException {
        List<Point> measured = new ArrayList<>();
        for (Percolate each : points) {
            String[] words = Files.readString(each.result()).strip().split(" ");
            measured.add(new Point(Double.parseDouble(words[0]), Double.parseDouble(words[1])));
        }
        measured.sort(Comparator.comparingDouble(Point::density));
        for (int i = 1; i < measured.size(); i++) {
            Point below = measured.get(i - 1);
            Point above = measured.get(i);
            if (below.spanning() < 0.5 && above.spanning() >= 0.5) {
                double share = (0.5 - below.spanning()) / (above.spanning() - below.spanning());
                context.metric("threshold", below.density() + share * (above.density() - below.density()));
                return;
            }
        }
        throw new IllegalStateException("A way must lead through half of the squares between two densities, and does not: it"
                + " leads through " + measured.getFirst().spanning() + " of them at density "
                + measured.getFirst().density() + ", and through " + measured.getLast().spanning() + " at "
                + measured.getLast().density());
    }
}
