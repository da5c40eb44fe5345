package org.experimaestro.search;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.experimaestro.base.text.TagValue;

/**
 * The way from positions on axes to the records of a space.
 *
 * @param type the record of a point
 * @param axes the axes
 * @param shape the shape of the record
 * @param <T> the record of a point
 */
record PointMaker<T extends Record>(Class<T> type, List<Axis> axes, Shape shape) {

    /** Returns the positions of a point: equal for equal points, and NaN where the point does not have an axis. */
    double[] settle(double[] drawn) {
        double[] positions = drawn.clone();
        for (int i = 0; i < positions.length; i++) {
            Axis axis = axes.get(i);
            positions[i] = axis.isUsed(axes, positions) ? axis.scale().snapped(drawn[i]) : Double.NaN;
        }
        return positions;
    }

    /** Makes the point that has these positions. */
    T make(double[] positions) {
        return type.cast(shape.make(axes, positions));
    }

    /** Returns the values of a point that a search has chosen from several ones, by path. */
    Map<String, Object> tags(double[] positions) {
        Map<String, Object> tags = new LinkedHashMap<>();
        for (int i = 0; i < positions.length; i++) {
            Axis axis = axes.get(i);
            if (!Double.isNaN(positions[i]) && axis.scale().count() != 1) {
                tags.put(axis.path(), TagValue.of(axis.scale().value(positions[i])));
            }
        }
        return Collections.unmodifiableMap(tags);
    }

    /** Returns the number of points: infinite where an axis has an interval. */
    double count() {
        return shape.count(axes);
    }

    /** Returns the positions of all points, whose number is finite. */
    List<double[]> all() {
        List<double[]> points = List.of(new double[axes.size()]);
        for (int i = 0; i < axes.size(); i++) {
            Axis axis = axes.get(i);
            List<double[]> longer = new ArrayList<>();
            for (double[] point : points) {
                if (axis.isUsed(axes, point)) {
                    long count = axis.scale().count();
                    for (long value = 0; value < count; value++) {
                        double[] next = point.clone();
                        next[i] = axis.scale().position(value);
                        longer.add(next);
                    }
                } else {
                    point[i] = Double.NaN;
                    longer.add(point);
                }
            }
            points = longer;
        }
        return points;
    }
}
