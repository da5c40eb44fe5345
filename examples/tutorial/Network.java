import java.util.SplittableRandom;

/**
 * A multi-layer perceptron with its weights: affine layers, rectifiers between them, and a softmax at the end.
 *
 * <p>All the weights are in one array, layer after layer: a layer from n to m units has n rows of m weights, one row
 * for each unit it comes from, then m biases. Only exactly specified arithmetic is used, in a fixed order: the same
 * seed and examples give the same weights to the last bit, on every machine. Not thread-safe.
 */
public final class Network {

    private final int[] sizes;
    private final double[] weights;

    /**
     * Wraps given weights.
     *
     * @param sizes the numbers of units, from the features to the classes; at least two
     * @param weights the weights of all layers; kept, not copied
     */
    Network(int[] sizes, double[] weights) {
        this.sizes = sizes;
        this.weights = weights;
    }

    /**
     * Draws weights: uniform, with a variance of 2 / n for the n units that a layer comes from (K. He et al., <a
     * href="https://arxiv.org/abs/1502.01852">Delving deep into rectifiers</a>, 2015, section 2.2); the biases are 0.
     *
     * @param sizes the numbers of units, from the features to the classes; at least two
     * @param seed the seed of the random numbers
     */
    public static Network random(int[] sizes, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] weights = new double[weightCount(sizes)];
        int next = 0;
        for (int layer = 0; layer + 1 < sizes.length; layer++) {
            double bound = Math.sqrt(6.0 / sizes[layer]);
            int biases = next + sizes[layer] * sizes[layer + 1];
            while (next < biases) {
                weights[next++] = bound * (2 * random.nextDouble() - 1);
            }
            next += sizes[layer + 1];
        }
        return new Network(sizes, weights);
    }

    /** Returns the number of weights, biases included, of a network with layers of these sizes. */
    static int weightCount(int[] sizes) {
        int count = 0;
        for (int layer = 0; layer + 1 < sizes.length; layer++) {
            count += (sizes[layer] + 1) * sizes[layer + 1];
        }
        return count;
    }

    /** Returns the numbers of units, from the features to the classes. */
    int[] sizes() {
        return sizes;
    }

    /** Returns the weights themselves: an optimizer changes them in place. */
    public double[] weights() {
        return weights;
    }

    /**
     * Returns the most likely class.
     *
     * @param features the features of an example
     */
    public int predict(double[] features) {
        double[] scores = forward(features)[sizes.length - 1];
        int best = 0;
        for (int label = 1; label < scores.length; label++) {
            if (scores[label] > scores[best]) {
                best = label;
            }
        }
        return best;
    }

    /**
     * Adds what one example contributes to the gradient of the loss.
     *
     * @param example the example
     * @param gradient where to add it, in the order of {@link #weights()}
     * @return the loss: the cross entropy, −log(probability of the right class), in nats
     */
    public double addGradient(Example example, double[] gradient) {
        double[][] units = forward(example.features());
        double[] slopes = softmax(units[sizes.length - 1]);
        double loss = -StrictMath.log(Math.max(slopes[example.label()], Double.MIN_NORMAL));
        slopes[example.label()] -= 1;
        int layerStart = weights.length;
        for (int layer = sizes.length - 2; layer >= 0; layer--) {
            layerStart -= (sizes[layer] + 1) * sizes[layer + 1];
            slopes = backward(layerStart, units[layer], slopes, gradient);
        }
        return loss;
    }

    /** Returns the values of all units, layer by layer: the features first, the scores of the classes last. */
    private double[][] forward(double[] features) {
        double[][] units = new double[sizes.length][];
        units[0] = features;
        int row = 0;
        for (int layer = 1; layer < sizes.length; layer++) {
            double[] sums = new double[sizes[layer]];
            for (double unit : units[layer - 1]) {
                addScaledRow(sums, unit, row);
                row += sums.length;
            }
            addScaledRow(sums, 1, row);
            row += sums.length;
            units[layer] = layer + 1 < sizes.length ? rectified(sums) : sums;
        }
        return units;
    }

    private void addScaledRow(double[] sums, double scale, int row) {
        if (scale != 0) {
            for (int i = 0; i < sums.length; i++) {
                sums[i] += scale * weights[row + i];
            }
        }
    }

    private static double[] rectified(double[] sums) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] = Math.max(sums[i], 0);
        }
        return sums;
    }

    private static double[] softmax(double[] scores) {
        double greatest = Double.NEGATIVE_INFINITY;
        for (double score : scores) {
            greatest = Math.max(greatest, score);
        }
        double[] probabilities = new double[scores.length];
        double sum = 0;
        for (int i = 0; i < scores.length; i++) {
            probabilities[i] = StrictMath.exp(scores[i] - greatest);
            sum += probabilities[i];
        }
        for (int i = 0; i < scores.length; i++) {
            probabilities[i] /= sum;
        }
        return probabilities;
    }

    /**
     * Takes the slopes of the loss back through one layer: adds to the gradient of its weights, and returns the slopes
     * for the units it comes from.
     */
    private double[] backward(int layerStart, double[] inputs, double[] slopes, double[] gradient) {
        double[] inputSlopes = new double[inputs.length];
        int row = layerStart;
        for (int input = 0; input < inputs.length; input++) {
            // A unit at 0 was rectified and passes nothing on; as to features at 0, nobody asks for their slopes.
            if (inputs[input] != 0) {
                for (int i = 0; i < slopes.length; i++) {
                    gradient[row + i] += inputs[input] * slopes[i];
                    inputSlopes[input] += weights[row + i] * slopes[i];
                }
            }
            row += slopes.length;
        }
        for (int i = 0; i < slopes.length; i++) {
            gradient[row + i] += slopes[i];
        }
        return inputSlopes;
    }
}
