package org.experimaestro.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.experimaestro.ConfigException;
import org.experimaestro.base.process.PlanLine;
import org.experimaestro.core.serial.ChangedDefault;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;
import org.jspecify.annotations.Nullable;

/**
 * The jobs of a plan whose defaults have changed since they were run, and the errors that report them. Confined to one
 * thread at a time.
 */
final class ChangedJobs {
    private static final String MEND =
            "then the results of both values are found, each under an identifier of its own. With inId = true instead,"
                    + " every value counts, and the old results are not found. Where old results no longer hold, raise the"
                    + " version of the type in @ConfigType";

    private static final String LIST = ". The run mode dry-run lists all such jobs of the plan";

    private final Map<ChangedDefault, List<Place>> places = new LinkedHashMap<>();

    /** A job, and the line of the plan that submits it. */
    private record Place(JobFolder job, @Nullable String line) {}

    void add(JobFolder job, Set<ChangedDefault> changes) {
        Place place = new Place(job, PlanLine.current());
        changes.forEach(change ->
                places.computeIfAbsent(change, fresh -> new ArrayList<>()).add(place));
    }

    /** Throws one error that reports all changes, if there are any. */
    void throwIfAny() {
        if (places.isEmpty()) {
            return;
        }
        List<String> lines = new ArrayList<>();
        places.forEach((change, found) -> lines.add(change + " (" + jobs(found) + ")"));
        throw ConfigException.of("Defaults have changed since jobs of this plan were run:\n  "
                        + String.join("\n  ", lines) + "\nWrite that: " + MEND)
                .build();
    }

    private static String jobs(List<Place> found) {
        Place first = found.get(0);
        String place = first.line() == null ? "" : " at " + first.line();
        return found.size() == 1 ? first.job() + place : found.size() + " jobs, first " + first.job() + place;
    }

    /** Returns the error of one submission. */
    static ConfigException refusal(JobFolder job, JobStatus found, Set<ChangedDefault> changes) {
        return ConfigException.of("Cannot submit " + job + ": " + reason(found, changes))
                .at(PlanLine.current())
                .advice(MEND + LIST)
                .build();
    }

    /** Returns the reason why the results of a job are not those of the task. */
    static String reason(JobStatus found, Set<ChangedDefault> changes) {
        return "the job is there (" + found.state().name().toLowerCase(Locale.ROOT) + ") with other values: "
                + changes.stream().map(ChangedDefault::toString).collect(Collectors.joining("; "));
    }
}
