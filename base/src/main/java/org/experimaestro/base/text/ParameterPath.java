package org.experimaestro.base.text;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A path of parameters that leads to a value: {@code pair.models[0].layers}. Immutable.
 *
 * <p>A path shares all but its last step with its predecessor, and becomes text only when it is shown. Configurations
 * may be nested thousands of levels deep.
 */
public final class ParameterPath {
    /** The empty path. */
    public static final ParameterPath ROOT = new ParameterPath(null, "");

    /** The number of steps shown at either end of a long path. */
    private static final int SHOWN_STEPS = 20;

    private final @Nullable ParameterPath before;
    private final String step;

    private ParameterPath(@Nullable ParameterPath before, String step) {
        this.before = before;
        this.step = step;
    }

    /**
     * Returns the path to a parameter of the value at this path.
     *
     * @param name the parameter's name
     * @return a new path
     */
    public ParameterPath then(String name) {
        return plus(isRoot() ? name : "." + name);
    }

    /**
     * Returns the path to an element of the collection at this path.
     *
     * @param key the index, or the key of a map
     * @return a new path
     */
    public ParameterPath at(Object key) {
        return plus("[" + key + "]");
    }

    /**
     * Returns this path followed by a text.
     *
     * @param text the text, shown as it is
     * @return a new path
     */
    public ParameterPath plus(String text) {
        return new ParameterPath(this, text);
    }

    /**
     * Returns the step to an init task, which is no name of a parameter.
     *
     * @param number its number in the order in which they run, from 1
     * @return such as {@code (init 1)}
     */
    public static String initTask(int number) {
        return "(init " + number + ")";
    }

    /**
     * Returns whether the path is empty.
     *
     * @return true without a step
     */
    public boolean isRoot() {
        return before == null;
    }

    /** Returns the path as it is written in a plan, without the middle of a very long path. */
    @Override
    public String toString() {
        List<String> steps = new ArrayList<>();
        for (ParameterPath path = this; path.before != null; path = path.before) {
            steps.add(path.step);
        }
        Collections.reverse(steps);
        int leftOut = steps.size() - 2 * SHOWN_STEPS;
        if (leftOut <= 1) {
            return String.join("", steps);
        }
        return String.join("", steps.subList(0, SHOWN_STEPS)) + "…(" + leftOut + " more)…"
                + String.join("", steps.subList(steps.size() - SHOWN_STEPS, steps.size()));
    }
}
