package org.experimaestro.cli.output;

import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.experimaestro.core.json.Json;
import org.experimaestro.monitor.detail.EnergySum;
import org.experimaestro.monitor.detail.RunSummary;
import org.experimaestro.monitor.forecast.Forecast;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.workspace.JobState;
import org.experimaestro.workspace.PreparedConfig;
import org.experimaestro.workspace.RunCode;
import org.experimaestro.workspace.RunState;
import org.jspecify.annotations.Nullable;

/** A printer of the summary of a run. */
public final class RunSummaryTexts {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");

    private static final int LONGEST_MESSAGE = 300;

    private final RunSummary summary;
    private final ZoneId zone;

    /**
     * Creates a printer.
     *
     * @param summary the summary
     * @param zone the time zone of the printed times
     */
    public RunSummaryTexts(RunSummary summary, ZoneId zone) {
        this.summary = summary;
        this.zone = zone;
    }

    /**
     * Prints the summary: the run, the counts, the time left, and the reasons.
     *
     * @param jobs the label of the counts, which says whose jobs they are
     */
    public void print(String jobs, Printer out, JobsView view) {
        out.line("Run " + name() + ": " + state()
                + summary.run()
                        .pausedSince()
                        .map(since -> " since " + TIME.withZone(zone).format(since)
                                + "; resume it: experimaestro runs resume " + name())
                        .orElse(""));
        out.line(jobs + ": "
                + summary.counts().entrySet().stream()
                        .map(count -> count.getValue() + " " + name(count.getKey()))
                        .collect(Collectors.joining(", ")));
        if (summary.changed().orElse(0) > 0) {
            int changed = summary.changed().getAsInt();
            out.line(changed + (changed == 1 ? " job has" : " jobs have")
                    + " another state now: experimaestro jobs list run=" + name());
        }
        if (summary.run().state() == RunState.RUNNING) {
            out.line("Time left: " + text(summary.forecast()));
        }
        summary.energy().ifPresent(energy -> out.line("Used: " + energy.text()));
        RunCode.of(summary.run().description())
                .ifPresent(code ->
                        out.line("Code: " + code.text() + "; get it back: experimaestro runs checkout " + name()));
        PreparedConfig.of(summary.run().description()).forEach(config -> out.line(text(config)));
        ReasonTexts texts = new ReasonTexts(zone);
        summary.reasons().forEach(group -> texts.print(group, view, out));
    }

    /** Returns a prepare step in words; of a run whose process has ended, one that runs was interrupted. */
    private String text(PreparedConfig config) {
        boolean isRunning = config.state().equals(PreparedConfig.RUNNING);
        boolean isOver = isRunning && summary.run().state() != RunState.RUNNING;
        String took = isRunning || config.seconds() == 0
                ? ""
                : " in " + ValueTexts.of(Duration.ofMillis(Math.round(1000 * config.seconds())));
        return "Prepare step of " + config.name() + ": " + (isOver ? "interrupted" : config.state()) + took
                + (config.message().isEmpty() ? "" : ": " + ValueTexts.line(config.message(), LONGEST_MESSAGE));
    }

    /** Returns a time left in words, or the reason why there is none. */
    public static String text(Forecast forecast) {
        return forecast.left()
                .map(left -> "about " + ValueTexts.of(left) + ", by " + forecast.basis())
                .orElseGet(() -> "not known: " + forecast.basis());
    }

    private String name() {
        return summary.run().folder().qualifiedName();
    }

    private String state() {
        return summary.run().word();
    }

    private static String name(JobState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    /** Returns the summary as one line of JSON. */
    public static String json(RunSummary summary) {
        RunSummaryTexts texts = new RunSummaryTexts(summary, ZoneOffset.UTC);
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("experiment", summary.run().folder().experiment());
        json.put("run", texts.name());
        json.put("state", texts.state());
        Map<String, Object> counts = new LinkedHashMap<>();
        summary.counts().forEach((state, count) -> counts.put(name(state), count));
        json.put("jobs", counts);
        json.put("changed", summary.changed().isPresent() ? summary.changed().getAsInt() : null);
        RunCode.of(summary.run().description()).ifPresent(code -> json.put("code", code.text()));
        json.put(
                "secondsLeft",
                summary.forecast().left().map(left -> left.toMillis() / 1000.0).orElse(null));
        json.put("forecast", summary.forecast().basis());
        json.put("energyJoules", summary.energy().map(EnergySum::joules).orElse(null));
        json.put(
                "carbonGrams",
                summary.energy()
                        .filter(energy -> energy.carbonGrams().isPresent())
                        .map(energy -> energy.carbonGrams().getAsDouble())
                        .orElse(null));
        List<PreparedConfig> prepared = PreparedConfig.of(summary.run().description());
        if (!prepared.isEmpty()) {
            json.put("prepared", prepared.stream().map(PreparedConfig::json).toList());
        }
        json.put("reasons", summary.reasons().stream().map(ReasonTexts::json).toList());
        return Json.writeLine(json);
    }
}
