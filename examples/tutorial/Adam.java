import org.experimaestro.ConfigType;
import org.experimaestro.Default;

/**
 * The Adam optimizer (D. P. Kingma and J. L. Ba, <a href="https://arxiv.org/abs/1412.6980">Adam: a method for
 * stochastic optimization</a>, ICLR 2015, algorithm 1), with β₁ = 0.9 and β₂ = 0.999.
 *
 * @param lr learning rate: about how far a weight moves in one step; positive
 * @param weightDecay weight decay (L2): this many times the weight is added to its gradient; 0 or more
 * @param eps added to the denominator so that it is never 0; positive
 */
@ConfigType("tutorial.adam")
public record Adam(
        @Default("1e-3") double lr,
        @Default("0") double weightDecay,
        @Default("1e-8") double eps) implements Optimizer {

    private static final double BETA_1 = 0.9;
    private static final double BETA_2 = 0.999;

    /** Checks the ranges. */
    public Adam {
        if (!(lr > 0)) {
            throw new IllegalArgumentException("lr must be positive, not " + lr);
        }
        if (!(weightDecay >= 0)) {
            throw new IllegalArgumentException("weightDecay must be 0 or more, not " + weightDecay);
        }
        if (!(eps > 0)) {
            throw new IllegalArgumentException("eps must be positive, not " + eps);
        }
    }

    @Override
    public State start(int parameters) {
        return new Moments(new double[parameters], new double[parameters]);
    }

    /** The running means of the gradient and of its square. */
    private final class Moments implements State {

        private final double[] means;
        private final double[] squares;
        private double beta1Power = 1;
        private double beta2Power = 1;

        private Moments(double[] means, double[] squares) {
            this.means = means;
            this.squares = squares;
        }

        @Override
        public void step(double[] weights, double[] gradient) {
            beta1Power *= BETA_1;
            beta2Power *= BETA_2;
            for (int i = 0; i < weights.length; i++) {
                double slope = gradient[i] + weightDecay * weights[i];
                means[i] = BETA_1 * means[i] + (1 - BETA_1) * slope;
                squares[i] = BETA_2 * squares[i] + (1 - BETA_2) * slope * slope;
                // Both means started at 0: the powers correct the bias towards it.
                double mean = means[i] / (1 - beta1Power);
                double square = squares[i] / (1 - beta2Power);
                weights[i] -= lr * mean / (Math.sqrt(square) + eps);
            }
        }
    }
}
