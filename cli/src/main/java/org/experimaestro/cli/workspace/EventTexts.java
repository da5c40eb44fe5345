package org.experimaestro.cli.workspace;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.experimaestro.cli.option.StateConverter;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.json.TimeText;
import org.experimaestro.monitor.event.WorkspaceEvent;
import org.experimaestro.monitor.log.Progress;
import org.experimaestro.workspace.JobState;
import org.experimaestro.workspace.Metrics;
import org.experimaestro.workspace.RunFolder;
import org.jspecify.annotations.Nullable;

/** A printer of events: as a line for people, or as a line of JSON. The page docs/events.md describes the JSON. */
final class EventTexts {
    private EventTexts() {}

    static String json(WorkspaceEvent event) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        switch (event) {
            case WorkspaceEvent.RunChange run -> {
                begin(json, "run", run.time());
                run(json, run.experiment(), run.run());
                change(json, run.before(), run.after());
            }
            case WorkspaceEvent.PhaseChange phase -> {
                begin(json, "phase", phase.time());
                json.put("job", phase.job());
                run(json, phase.experiment(), phase.run());
                change(json, phase.before(), phase.after());
                json.put(
                        "attempt", phase.attempt().isPresent() ? phase.attempt().getAsInt() : null);
                json.put("message", phase.message());
            }
            case WorkspaceEvent.JobChange job -> {
                begin(json, "job", job.time());
                json.put("job", job.job());
                change(json, name(job.before()), name(job.after()));
                json.put("attempt", job.attempt().isPresent() ? job.attempt().getAsInt() : null);
                json.put("message", job.message());
                json.put(
                        "progress",
                        job.progress().stream().map(EventTexts::progress).toList());
                Map<String, Object> metrics = new LinkedHashMap<>();
                job.metrics().forEach((metric, value) -> metrics.put(metric, Metrics.toJson(value)));
                json.put("metrics", metrics);
            }
        }
        return Json.writeLine(json);
    }

    private static void begin(Map<String, @Nullable Object> json, String event, Instant time) {
        json.put("event", event);
        json.put("time", text(time));
    }

    private static void run(Map<String, @Nullable Object> json, String experiment, String run) {
        json.put("experiment", experiment);
        json.put("run", RunFolder.qualifiedName(experiment, run));
    }

    private static void change(Map<String, @Nullable Object> json, @Nullable String before, @Nullable String after) {
        json.put("before", before);
        json.put("after", after);
    }

    private static Map<String, Object> progress(Progress progress) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("level", progress.level());
        json.put("progress", progress.fraction());
        json.put("description", progress.description());
        return json;
    }

    /** Returns one line for people. */
    static String text(WorkspaceEvent event) {
        return text(event.time()) + " "
                + switch (event) {
                    case WorkspaceEvent.RunChange run ->
                        "run " + RunFolder.qualifiedName(run.experiment(), run.run()) + ": "
                                + change(run.before(), run.after());
                    case WorkspaceEvent.PhaseChange phase ->
                        phase.job() + " in " + RunFolder.qualifiedName(phase.experiment(), phase.run()) + ": "
                                + change(phase.before(), phase.after()) + message(phase.message());
                    case WorkspaceEvent.JobChange job ->
                        job.job() + ": " + change(name(job.before()), name(job.after())) + values(job)
                                + message(job.message());
                };
    }

    private static String change(@Nullable String before, @Nullable String after) {
        String now = after == null ? "deleted" : after;
        return before == null || before.equals(after) ? now : before + " -> " + now;
    }

    private static String values(WorkspaceEvent.JobChange job) {
        List<Progress> levels = job.progress();
        String progress =
                levels.isEmpty() ? "" : " " + Math.round(levels.getFirst().fraction() * 100) + " %";
        return progress + (job.metrics().isEmpty() ? "" : " " + job.metrics());
    }

    private static String message(String message) {
        return message.isEmpty() ? "" : ": " + message;
    }

    private static @Nullable String name(@Nullable JobState state) {
        return state == null ? null : StateConverter.name(state);
    }

    private static String text(Instant time) {
        return TimeText.of(Math.clamp(time.toEpochMilli(), 0, TimeText.LAST_MILLIS));
    }
}
