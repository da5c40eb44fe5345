package org.experimaestro.monitor.log;

import java.util.ArrayList;
import java.util.List;

/**
 * The values of one metric of one job, in bounded memory. While there are at most {@value #MOST_POINTS} values, all are
 * kept. Then the least and the greatest value of each group of consecutive ones are kept, so that no peak is lost. NaN and
 * the infinities are left out. Not thread-safe.
 */
final class ReducedLine {
    /** The largest number of points. */
    static final int MOST_POINTS = 2_000;

    private static final int GROWTH = 4;

    private List<Bucket> buckets = new ArrayList<>();
    private int size = 1;
    private boolean hasSteps = true;

    /** Creates a line without points. */
    ReducedLine() {}

    /** A group of consecutive points. */
    private static final class Bucket {
        private MetricPoint least;
        private MetricPoint greatest;
        private int count;
        private boolean isLeastFirst = true;

        Bucket(MetricPoint first) {
            least = first;
            greatest = first;
            count = 1;
        }

        void add(MetricPoint point) {
            if (point.value() < least.value()) {
                least = point;
                isLeastFirst = false;
            }
            if (point.value() > greatest.value()) {
                greatest = point;
                isLeastFirst = true;
            }
            count++;
        }

        void add(Bucket next) {
            int sum = count + next.count;
            MetricPoint first = next.isLeastFirst ? next.least : next.greatest;
            add(first);
            add(next.isLeastFirst ? next.greatest : next.least);
            count = sum;
        }

        void addTo(List<MetricPoint> points) {
            points.add(isLeastFirst ? least : greatest);
            if (!least.equals(greatest)) {
                points.add(isLeastFirst ? greatest : least);
            }
        }
    }

    /** Adds a value, which was recorded after all others. */
    void add(MetricPoint point) {
        if (!Double.isFinite(point.value())) {
            return;
        }
        hasSteps &= point.step().isPresent();
        if (!buckets.isEmpty() && buckets.getLast().count < size) {
            buckets.getLast().add(point);
            return;
        }
        if (buckets.size() == (size == 1 ? MOST_POINTS : MOST_POINTS / 2)) {
            merge();
        }
        if (!buckets.isEmpty() && buckets.getLast().count < size) {
            buckets.getLast().add(point);
        } else {
            buckets.add(new Bucket(point));
        }
    }

    private void merge() {
        List<Bucket> merged = new ArrayList<>();
        for (int i = 0; i < buckets.size(); i++) {
            if (i % GROWTH == 0) {
                merged.add(buckets.get(i));
            } else {
                merged.getLast().add(buckets.get(i));
            }
        }
        buckets = merged;
        size *= GROWTH;
    }

    /** Returns the number of points that are kept in memory, or twice that. */
    int weight() {
        return buckets.size();
    }

    /**
     * Returns the points.
     *
     * @return at most {@value #MOST_POINTS} points, in the order in which the task recorded them
     */
    List<MetricPoint> points() {
        List<MetricPoint> points = new ArrayList<>(buckets.size());
        buckets.forEach(bucket -> bucket.addTo(points));
        return points;
    }

    /**
     * Returns whether points are left out.
     *
     * @return false if the line has all values
     */
    boolean isReduced() {
        return size > 1;
    }

    /**
     * Returns whether each value has a step.
     *
     * @return true also without values
     */
    boolean hasSteps() {
        return hasSteps;
    }
}
