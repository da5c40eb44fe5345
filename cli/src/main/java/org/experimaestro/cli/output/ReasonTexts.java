package org.experimaestro.cli.output;

import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.experimaestro.monitor.reason.Reason;
import org.experimaestro.monitor.reason.ReasonGroup;
import org.experimaestro.monitor.reason.ReasonPhrases;
import org.experimaestro.monitor.reason.SharedTrait;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.JobsView;
import org.jspecify.annotations.Nullable;

/** Reasons for people, and for programs. */
public final class ReasonTexts {
    private static final int MOST_SHOWN = 5;
    private static final int MOST_WRITTEN = 20;

    private final ReasonPhrases phrases;

    /**
     * Creates texts.
     *
     * @param zone the time zone of the printed times
     */
    public ReasonTexts(ZoneId zone) {
        phrases = new ReasonPhrases(zone);
    }

    /** Prints a group of jobs: their number and type, the reason, what failed ones share, and the advice. */
    public void print(ReasonGroup group, JobsView view, Printer out) {
        List<JobView> jobs = group.jobs();
        String shown = jobs.stream().limit(MOST_SHOWN).map(view::shortId).collect(Collectors.joining(", "));
        int more = jobs.size() - MOST_SHOWN;
        out.line(jobs.size() + (jobs.size() == 1 ? " job" : " jobs") + " of " + group.typeId() + ": " + shown
                + (more > 0 ? " and " + more + " more" : ""));
        out.line("  " + phrases.of(group.reason()));
        group.shared().forEach(trait -> out.line("  " + ReasonPhrases.of(trait)));
        if (!group.reason().advice().isEmpty()) {
            out.line("  → " + group.reason().advice());
        }
    }

    /** Returns a group of jobs for a line of JSON. */
    public static Map<String, @Nullable Object> json(ReasonGroup group) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("type", group.typeId());
        json.put("jobs", group.jobs().stream().map(JobView::name).toList());
        json.put("reason", json(group.reason()));
        json.put("shared", group.shared().stream().map(ReasonTexts::json).toList());
        return json;
    }

    /**
     * Returns a reason for a line of JSON. Thousands of jobs may wait for the thousand holders of one limit, so a line names the
     * first of them only, and has their number.
     */
    public static Map<String, @Nullable Object> json(Reason reason) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("kind", reason.kind().name().toLowerCase(Locale.ROOT));
        json.put("subject", reason.subject());
        json.put("jobs", reason.jobs().stream().limit(MOST_WRITTEN).toList());
        json.put("jobsTotal", reason.jobs().size());
        json.put("advice", reason.advice());
        json.put("expectedStart", reason.expectedStart().map(Object::toString).orElse(null));
        json.put("asOf", reason.asOf().map(Object::toString).orElse(null));
        return json;
    }

    /** Returns a shared trait for a line of JSON. */
    public static Map<String, Object> json(SharedTrait trait) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kind", trait.kind().name().toLowerCase(Locale.ROOT));
        json.put("name", trait.name());
        json.put("value", trait.value());
        trait.with()
                .ifPresent(second -> json.put(
                        "with",
                        Map.of(
                                "kind",
                                second.kind().name().toLowerCase(Locale.ROOT),
                                "name",
                                second.name(),
                                "value",
                                second.value())));
        json.put("failed", trait.failed());
        json.put("others", trait.others());
        json.put("allOthers", trait.allOthers());
        json.put("probability", trait.probability());
        return json;
    }
}
