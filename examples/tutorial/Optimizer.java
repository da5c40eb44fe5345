import org.experimaestro.Configurable;

/** A way to improve weights step by step, given the gradient of what is to be minimized. */
public interface Optimizer extends Configurable {

    /**
     * Starts an optimization.
     *
     * @param parameters the number of weights, at least 1
     * @return what the optimizer remembers from one step to the next; for one optimization only
     */
    State start(int parameters);

    /** An optimization on its way. */
    interface State {

        /**
         * Makes one step.
         *
         * @param weights the weights, changed in place
         * @param gradient the gradient of the loss at these weights, in the same order
         */
        void step(double[] weights, double[] gradient);
    }
}
