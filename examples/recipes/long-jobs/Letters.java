import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Locale;
import org.experimaestro.ConfigType;
import org.experimaestro.Content;
import org.experimaestro.ContinueException;
import org.experimaestro.GeneratedPath;
import org.experimaestro.Range;
import org.experimaestro.Resumable;
import org.experimaestro.SelfTask;
import org.experimaestro.TaskContext;

/**
 * Learns to predict the next letter of a text from the three letters before it, by softmax regression and stochastic
 * gradient descent.
 *
 * @param text the text; what is no letter of English counts as a space
 * @param epochs how often to go through the text
 * @param model the weights and the number of epochs behind them, also those of an attempt that has ended early
 */
@ConfigType("recipes.letters")
public record Letters(
        @Content Path text,
        @Range(min = 1) int epochs,
        @GeneratedPath("model.bin") Path model)
        implements SelfTask<Letters>, Resumable {
    private static final int LETTERS = 27;
    private static final int BEFORE = 3;
    private static final double RATE = 0.01;
    private static final int EPOCHS_PER_SAVE = 200;
    private static final Duration MARGIN = Duration.ofSeconds(5);

    @Override
    public void execute(TaskContext context) throws IOException {
        int[] letters = letters();
        double[] weights = new double[BEFORE * LETTERS * LETTERS];
        int epoch = Files.exists(model) ? load(weights) : 0;
        System.out.println("Attempt " + context.attempt() + " begins after epoch " + epoch);
        while (epoch < epochs) {
            double bits = learn(letters, weights);
            epoch++;
            if (epoch % EPOCHS_PER_SAVE == 0 || epoch == epochs) {
                save(epoch, weights);
                context.metric("bits", bits, epoch);
                context.progress((double) epoch / epochs);
                if (epoch < epochs && context.isLimitNear(MARGIN)) {
                    throw new ContinueException("after epoch " + epoch + " of " + epochs);
                }
            }
        }
    }

    private int[] letters() throws IOException {
        return Files.readString(text).toLowerCase(Locale.ROOT).chars()
                .map(letter -> letter >= 'a' && letter <= 'z' ? letter - 'a' + 1 : 0)
                .toArray();
    }

    /** Goes through the text once, and returns the mean number of bits for a letter. */
    private static double learn(int[] letters, double[] weights) {
        double bits = 0;
        double[] share = new double[LETTERS];
        for (int i = BEFORE; i < letters.length; i++) {
            double sum = 0;
            for (int letter = 0; letter < LETTERS; letter++) {
                double score = 0;
                for (int back = 0; back < BEFORE; back++) {
                    score += weights[index(back, letters[i - 1 - back], letter)];
                }
                share[letter] = Math.exp(score);
                sum += share[letter];
            }
            bits -= Math.log(share[letters[i]] / sum) / Math.log(2);
            for (int letter = 0; letter < LETTERS; letter++) {
                double step = RATE * ((letter == letters[i] ? 1 : 0) - share[letter] / sum);
                for (int back = 0; back < BEFORE; back++) {
                    weights[index(back, letters[i - 1 - back], letter)] += step;
                }
            }
        }
        return bits / (letters.length - BEFORE);
    }

    private static int index(int back, int letter, int next) {
        return (back * LETTERS + letter) * LETTERS + next;
    }

    private int load(double[] weights) throws IOException {
        try (DataInputStream in = new DataInputStream(Files.newInputStream(model))) {
            int epoch = in.readInt();
            for (int i = 0; i < weights.length; i++) {
                weights[i] = in.readDouble();
            }
            return epoch;
        }
    }

    /** Writes the checkpoint under another name first: the process may be killed in the middle. */
    private void save(int epoch, double[] weights) throws IOException {
        Path draft = model.resolveSibling("model.draft");
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(draft))) {
            out.writeInt(epoch);
            for (double weight : weights) {
                out.writeDouble(weight);
            }
        }
        Files.move(draft, model, StandardCopyOption.ATOMIC_MOVE);
    }
}
