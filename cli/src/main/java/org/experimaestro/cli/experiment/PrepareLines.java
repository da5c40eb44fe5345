package org.experimaestro.cli.experiment;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.cli.output.ValueTexts;
import org.experimaestro.engine.PrepareNews;
import org.experimaestro.engine.schedule.Phase;

/** The lines about the prepare steps of a run. Thread-safe. */
final class PrepareLines {
    private static final int ID_DIGITS = 8;
    /** The most characters of a failure. */
    private static final int LONGEST_REASON = 300;

    private final Map<String, PrepareNews> running = new LinkedHashMap<>();
    private final Map<Phase, Integer> ended = new EnumMap<>(Phase.class);

    /**
     * Handles a change of a step.
     *
     * @return a line about it; empty if it is only progress
     */
    synchronized Optional<String> changed(PrepareNews news) {
        String name = name(news.configuration());
        boolean isKnown = running.containsKey(news.configuration());
        if (news.phase() == Phase.RUNNING) {
            running.put(news.configuration(), news);
            return isKnown ? Optional.empty() : Optional.of("prepares " + name);
        }
        running.remove(news.configuration());
        if (!news.phase().isFinal()) {
            return Optional.empty();
        }
        ended.merge(news.phase(), 1, Integer::sum);
        return Optional.of(
                switch (news.phase()) {
                    case DONE -> "prepared " + name + " in " + ValueTexts.of(news.taken());
                    case FAILED -> "FAILED   the preparation of " + name + reason(news);
                    default -> "skipped  the preparation of " + name + reason(news);
                });
    }

    private static String reason(PrepareNews news) {
        return news.problem().isEmpty() ? "" : ": " + ValueTexts.line(news.problem(), LONGEST_REASON);
    }

    /** Returns the line about a step that a run would run. */
    static String planned(PrepareNews news) {
        return "    prepares " + news.configuration();
    }

    /** Returns the running steps, each with its progress. */
    synchronized List<String> running() {
        List<String> texts = new ArrayList<>();
        for (PrepareNews news : running.values()) {
            String percent = news.fraction() > 0
                    ? String.format(Locale.ROOT, "  %d %%", Math.round(Math.floor(100 * news.fraction())))
                    : "";
            texts.add("prepares " + name(news.configuration()) + percent
                    + (news.description().isEmpty() ? "" : " " + news.description()));
        }
        return texts;
    }

    /** Returns the numbers of the steps that have ended, in words. */
    synchronized String summary() {
        int failed = ended.getOrDefault(Phase.FAILED, 0);
        int skipped = ended.getOrDefault(Phase.SKIPPED, 0);
        int done = ended.getOrDefault(Phase.DONE, 0);
        return done + (done == 1 ? " configuration" : " configurations") + " prepared"
                + (failed > 0 ? ", " + failed + " failed" : "")
                + (skipped > 0 ? ", " + skipped + " skipped" : "");
    }

    private static String name(String configuration) {
        int end = configuration.lastIndexOf('/') + 1 + ID_DIGITS;
        return configuration.substring(0, Math.min(end, configuration.length()));
    }
}
