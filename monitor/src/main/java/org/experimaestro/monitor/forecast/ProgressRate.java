package org.experimaestro.monitor.forecast;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.experimaestro.monitor.log.ProgressPoint;

/**
 * The forecast of a job from its progress. The speed is the median of the slopes between pairs of points, which a pause,
 * a jump or a slow start changes little (P. K. Sen, Estimates of the regression coefficient based on Kendall's tau,
 * Journal of the American Statistical Association 63, 1968).
 */
public final class ProgressRate {
    /** The least number of points, with the start. */
    static final int LEAST_POINTS = 3;
    /** The largest number of points that are compared: their pairs are 1,225. */
    private static final int MOST_POINTS = 50;
    /** The least part of the work after which a forecast means something. */
    static final double LEAST_FRACTION = 0.02;

    private ProgressRate() {}

    /**
     * Forecasts the end of a job.
     *
     * @param started the start of the job, when its progress was 0
     * @param points the progress of the whole task over time
     * @param now the current time
     * @return the time left; withheld if there are fewer than two points, or if the progress stands still or goes back
     */
    public static Forecast forecast(Instant started, List<ProgressPoint> points, Instant now) {
        List<ProgressPoint> all = new ArrayList<>();
        all.add(new ProgressPoint(started, 0));
        all.addAll(points);
        ProgressPoint last = all.getLast();
        if (all.size() < LEAST_POINTS || last.fraction() < LEAST_FRACTION) {
            return Forecast.withheld("it has recorded too little progress");
        }
        double speed = speed(thinned(all));
        if (!(speed > 0)) {
            return Forecast.withheld("its progress does not go on");
        }
        double secondsAtLast = (1 - last.fraction()) / speed;
        Duration sinceLast = Duration.between(last.time(), now);
        Duration left = Duration.ofMillis(Math.round(1000 * secondsAtLast)).minus(sinceLast);
        return left.isNegative() && last.fraction() < 1
                ? Forecast.withheld("it takes longer than its progress promised")
                : Forecast.of(left, "its progress");
    }

    private static double speed(List<ProgressPoint> points) {
        List<Double> slopes = new ArrayList<>();
        for (int i = 0; i < points.size(); i++) {
            for (int j = i + 1; j < points.size(); j++) {
                double seconds =
                        Duration.between(points.get(i).time(), points.get(j).time())
                                        .toMillis()
                                / 1000.0;
                if (seconds > 0) {
                    slopes.add((points.get(j).fraction() - points.get(i).fraction()) / seconds);
                }
            }
        }
        if (slopes.isEmpty()) {
            return 0;
        }
        Collections.sort(slopes);
        return Median.of(slopes);
    }

    /** Returns points at equal distances in the list, with the first and the last one. */
    private static List<ProgressPoint> thinned(List<ProgressPoint> points) {
        if (points.size() <= MOST_POINTS) {
            return points;
        }
        List<ProgressPoint> some = new ArrayList<>();
        for (int i = 0; i < MOST_POINTS; i++) {
            some.add(points.get((int) ((long) i * (points.size() - 1) / (MOST_POINTS - 1))));
        }
        return some;
    }
}
