import org.experimaestro.*;

/**
 * Forecasts the passengers of two years from those of the years before, by the method of C. C. Holt and P. R. Winters, and
 * measures the error.
 *
 * @param level the weight of the last month in the level
 * @param trend the weight of the last month in the trend
 * @param season the weight of the last month in its season
 * @param seasons what a season does to the level
 * @param year the first year of the forecast
 */
@ConfigType("search.forecast")
record Forecast(
        @Range(min = 0, max = 1) double level,
        @Range(min = 0, max = 1) double trend,
        @Range(min = 0, max = 1) double season,
        Seasons seasons,
        int year) implements SelfTask<Forecast> {
    private static final int AHEAD = 2 * Passengers.MONTHS;

    enum Seasons {
        ADDED {
            @Override
            double join(double level, double season) {
                return level + season;
            }

            @Override
            double part(double value, double other) {
                return value - other;
            }
        },
        MULTIPLIED {
            @Override
            double join(double level, double season) {
                return level * season;
            }

            @Override
            double part(double value, double other) {
                return value / other;
            }
        };

        abstract double join(double level, double season);

        abstract double part(double value, double other);
    }

    @Override
    public void execute(TaskContext context) {
        int start = (year - Passengers.FIRST_YEAR) * Passengers.MONTHS;
        double first = mean(0);
        double slope = (mean(Passengers.MONTHS) - first) / Passengers.MONTHS;
        double height = first;
        double[] factors = new double[Passengers.MONTHS];
        for (int month = 0; month < start; month++) {
            double value = Passengers.of(month);
            int index = month % Passengers.MONTHS;
            if (month < Passengers.MONTHS) {
                factors[index] = seasons.part(value, first);
                continue;
            }
            double former = height;
            height = level * seasons.part(value, factors[index]) + (1 - level) * (height + slope);
            slope = trend * (height - former) + (1 - trend) * slope;
            factors[index] = season * seasons.part(value, height) + (1 - season) * factors[index];
        }
        double sum = 0;
        for (int ahead = 1; ahead <= AHEAD; ahead++) {
            int month = start + ahead - 1;
            double forecast = seasons.join(height + ahead * slope, factors[month % Passengers.MONTHS]);
            sum += Math.abs(forecast - Passengers.of(month)) / Passengers.of(month);
        }
        context.metric("error", 100 * sum / AHEAD);
    }

    private static double mean(int start) {
        double sum = 0;
        for (int month = start; month < start + Passengers.MONTHS; month++) {
            sum += Passengers.of(month);
        }
        return sum / Passengers.MONTHS;
    }
}
