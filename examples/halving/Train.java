import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.experimaestro.ConfigType;
import org.experimaestro.Dependency;
import org.experimaestro.GeneratedPath;
import org.experimaestro.RandomStream;
import org.experimaestro.Range;
import org.experimaestro.Task;
import org.experimaestro.TaskContext;

/**
 * Trains a network to know the sine, and tells its {@code error}: the mean square of the difference at 200 points.
 *
 * @param width the number of hidden units
 * @param rate the learning rate
 * @param epochs the number of epochs, of 200 random points each
 * @param before the network to go on with
 * @param weights the file to write
 */
@ConfigType("halving.train")
record Train(
        @Range(min = 1) int width,
        double rate,
        @Range(min = 1) int epochs,
        Optional<Learned> before,
        @GeneratedPath("weights.txt") Path weights)
        implements Task<Learned> {
    private static final int POINTS = 200;

    @Override
    public void execute(TaskContext context) throws IOException {
        Network network = before.isPresent()
                ? Network.read(before.get().weights())
                : Network.random(width, context.random("weights"));
        RandomStream points = context.random("points");
        for (int epoch = 0; epoch < epochs; epoch++) {
            context.progress((double) epoch / epochs, "epoch " + epoch);
            for (int i = 0; i < POINTS; i++) {
                double x = points.nextDouble(-3, 3);
                network.learn(x, StrictMath.sin(2 * x), rate);
            }
        }
        network.write(weights);
        context.metric("error", error(network));
    }

    private static double error(Network network) {
        double sum = 0;
        for (int i = 0; i < POINTS; i++) {
            double x = -3 + 6.0 * i / POINTS;
            double difference = network.at(x) - StrictMath.sin(2 * x);
            sum += difference * difference;
        }
        return sum / POINTS;
    }

    @Override
    public Learned outputs(Dependency dep) {
        return dep.on(new Learned(weights));
    }
}
