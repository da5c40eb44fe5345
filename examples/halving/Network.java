import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** A network with one hidden layer, which maps a number to a number. */
final class Network {
    /** For each unit: the weight of its input, its bias, and the weight of its output. */
    private final double[] weights;

    private Network(double[] weights) {
        this.weights = weights;
    }

    static Network random(int width, RandomGenerator random) {
        var weights = new double[3 * width];
        Arrays.setAll(weights, i -> random.nextGaussian());
        return new Network(weights);
    }

    static Network read(Path file) throws IOException {
        return new Network(Files.readAllLines(file).stream()
                .mapToDouble(Double::parseDouble)
                .toArray());
    }

    void write(Path file) throws IOException {
        Files.write(
                file, Arrays.stream(weights).mapToObj(Double::toString).toList());
    }

    double at(double x) {
        double y = 0;
        for (int i = 0; i < weights.length; i += 3) {
            y += weights[i + 2] * StrictMath.tanh(weights[i] * x + weights[i + 1]);
        }
        return y;
    }

    /** Moves the weights such that the value at a point comes nearer to another one. */
    void learn(double x, double wanted, double rate) {
        double step = rate * (wanted - at(x));
        for (int i = 0; i < weights.length; i += 3) {
            double hidden = StrictMath.tanh(weights[i] * x + weights[i + 1]);
            double inner = step * weights[i + 2] * (1 - hidden * hidden);
            weights[i + 2] += step * hidden;
            weights[i] += inner * x;
            weights[i + 1] += inner;
        }
    }
}
