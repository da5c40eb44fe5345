package lint;

import org.experimaestro.Configurable;

/** A model, which is also a function. */
@FunctionalInterface
public interface Model extends Configurable {
    /**
     * Computes.
     *
     * @param x the argument
     * @return the value
     */
    double apply(double x);
}
