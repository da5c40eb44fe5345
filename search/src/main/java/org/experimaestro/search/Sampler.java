package org.experimaestro.search;

import java.util.List;

/** A way to choose points, as positions on axes. What it returns depends on its arguments alone. Confined to one thread. */
interface Sampler {

    /**
     * Chooses a point.
     *
     * @param draw the number of points that were chosen before, including those that were no trials
     * @param former the trials that were asked before, in the order of their numbers
     * @return a position on each axis, at least 0 and less than 1; those of axes without a use are ignored
     */
    double[] draw(long draw, List<Answer> former);

    /**
     * Returns whether a trial depends on the answers to those before it.
     *
     * @param number the number of the trial
     * @return false if {@link #draw} ignores {@code former}
     */
    boolean usesAnswers(int number);

    /** A trial that was asked, as a sampler sees it. */
    final class Answer {
        private final double[] positions;
        private final double loss;

        /**
         * Creates an answer.
         *
         * @param positions the positions on all axes, which nobody changes; NaN where the axis has no use
         * @param loss the answer, of which lower ones are better; infinite if the trial failed or is open
         */
        Answer(double[] positions, double loss) {
            this.positions = positions;
            this.loss = loss;
        }

        double position(int axis) {
            return positions[axis];
        }

        double loss() {
            return loss;
        }

        boolean isKnown() {
            return loss < Double.POSITIVE_INFINITY;
        }
    }
}
