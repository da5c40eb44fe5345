package org.experimaestro.search;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A component of a space for which a search chooses a value.
 *
 * @param path the name of the component, with those of the records around it
 * @param scale its values
 * @param use the choice without which the component does not exist; {@code null} if it always exists
 */
record Axis(String path, Scale scale, @Nullable Use use) {

    /**
     * A choice among records, one of which has a component.
     *
     * @param axis the index of the axis on which the record is chosen; it is before all axes that depend on it
     * @param choice the index of the record
     */
    record Use(int axis, int choice) {}

    /** Returns whether the component exists in a point, given the positions on the axes before this one. */
    boolean isUsed(List<Axis> axes, double[] positions) {
        return use == null
                || !Double.isNaN(positions[use.axis()])
                        && axes.get(use.axis()).scale().index(positions[use.axis()]) == use.choice();
    }
}
