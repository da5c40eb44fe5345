import static org.experimaestro.Tags.tag;

import java.util.*;
import org.experimaestro.*;

/** Searches for the smoothing that forecasts 1955 to 1958 best, and tests it on the last two years. */
class Smoothing implements ExperimentPlan<Smoothing.Settings> {
    record Weights(
            @Range(min = 0.01, max = 1) double level,
            @Range(min = 0.001, max = 1) @LogScale double trend,
            @Range(min = 0.01, max = 1) double season,
            Forecast.Seasons seasons) {}

    record Settings(@Range(min = 1) int rounds, @Range(min = 1) int atOnce, @Default("1") long seed) {}

    @Override
    public void run(Experiment xp, Settings settings) throws Exception {
        Search<Weights> search = Search.tpe(Space.of(Weights.class), Best.LOWEST, settings.seed());
        for (int round = 0; round < settings.rounds(); round++) {
            Map<Trial<Weights>, List<Config<Forecast>>> submitted = new LinkedHashMap<>();
            for (Trial<Weights> trial : search.ask(settings.atOnce())) {
                submitted.put(trial, List.of(submit(xp, trial, 1955), submit(xp, trial, 1957)));
            }
            for (var each : submitted.entrySet()) {
                List<Config<Forecast>> forecasts = each.getValue();
                search.tell(each.getKey(), "error", xp.report(forecasts.get(0)), xp.report(forecasts.get(1)));
            }
        }
        List<Trial<Weights>> done = new ArrayList<>(search.trials());
        done.removeIf(trial -> trial.answer().isEmpty());
        done.sort(Comparator.comparingDouble(trial -> trial.answer().getAsDouble()));
        for (Trial<Weights> trial : done.subList(0, Math.min(3, done.size()))) {
            System.out.printf(Locale.ROOT, "%.3f %% %s%n", trial.answer().getAsDouble(), trial);
        }
        if (!done.isEmpty()) {
            JobReport test = xp.report(submit(xp, done.get(0), 1959));
            if (test.outcome() == Outcome.DONE) {
                System.out.printf(Locale.ROOT, "Test: %.3f %%%n", test.metric("error"));
            }
        }
    }

    private static Config<Forecast> submit(Experiment xp, Trial<Weights> trial, int year) {
        Weights weights = trial.value();
        var forecast = ForecastBuilder.forecast()
                .level(weights.level())
                .trend(weights.trend())
                .season(weights.season())
                .seasons(weights.seasons())
                .year(tag(year))
                .build();
        return xp.submit(trial.tag(forecast));
    }
}
