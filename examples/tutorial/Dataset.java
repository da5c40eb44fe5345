import java.util.List;
import org.experimaestro.Configurable;

/** Labelled examples to learn from, or to evaluate on. */
public interface Dataset extends Configurable {

    /**
     * Reads the examples.
     *
     * @return the examples, always in the same order; each has {@link #features()} numbers
     */
    List<Example> examples();

    /** Returns the number of features of each example, at least 1. */
    int features();

    /** Returns the number of classes, at least 2. */
    int classes();
}
