package org.experimaestro.web.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.experimaestro.base.text.EnergyText;
import org.experimaestro.monitor.timeline.RunSpans;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.RunSubmission;
import org.experimaestro.monitor.view.RunView;
import org.experimaestro.workspace.EnergyUse;
import org.experimaestro.workspace.ResourceUse;
import org.experimaestro.workspace.RunLimit;

/**
 * The resources of a job: what its run counted for it, and what its last attempt has used.
 *
 * @param asked the amounts by name, such as {@code cores} and {@code memory} in bytes, as far as its launcher counts them
 * @param cpuSeconds the time of all cores that the process took
 * @param gcSeconds the part of it that collecting garbage took
 * @param maxMemoryBytes the largest memory of the process and of those that it has started
 * @param seconds the time from the start of the process to its end
 * @param energy the energy that the process used, and the carbon dioxide of it, in words
 */
record JobResources(
        Map<String, Long> asked,
        OptionalDouble cpuSeconds,
        OptionalDouble gcSeconds,
        OptionalLong maxMemoryBytes,
        OptionalDouble seconds,
        Optional<String> energy) {

    /** Returns the resources of a job; empty if no file has any. */
    static Optional<JobResources> find(Monitored monitored, JobView job) {
        Map<String, Long> asked = asked(monitored, job);
        Optional<ResourceUse> use = job.use();
        return asked.isEmpty() && use.isEmpty()
                ? Optional.empty()
                : Optional.of(new JobResources(
                        asked,
                        use.map(ResourceUse::cpuSeconds).orElse(OptionalDouble.empty()),
                        use.map(ResourceUse::gcSeconds).orElse(OptionalDouble.empty()),
                        use.map(ResourceUse::memoryBytes).orElse(OptionalLong.empty()),
                        use.map(known -> OptionalDouble.of(known.wallSeconds())).orElse(OptionalDouble.empty()),
                        use.flatMap(known -> Optional.ofNullable(known.energy()))
                                .map(JobResources::text)));
    }

    private static String text(EnergyUse energy) {
        return EnergyText.of(energy.joules(), energy.isEstimated(), energy.carbonGrams());
    }

    /** Returns the amounts in the journal of the latest run with a turn of the job. */
    private static Map<String, Long> asked(Monitored monitored, JobView job) {
        for (RunSubmission submission : job.submissions().reversed()) {
            Optional<RunView> run = monitored.view().runs().stream()
                    .filter(each -> each.folder().qualifiedName().equals(submission.qualifiedRun()))
                    .findFirst();
            if (run.isPresent()) {
                RunSpans spans = monitored.spans(run.get().folder());
                spans.read();
                List<RunLimit> limits = spans.limits(job.name());
                if (!limits.isEmpty()) {
                    return amounts(limits);
                }
            }
        }
        return Map.of();
    }

    private static Map<String, Long> amounts(List<RunLimit> limits) {
        Map<String, Long> amounts = new LinkedHashMap<>();
        for (RunLimit limit : limits) {
            if (!limit.isHere() && !limit.countsLauncherJobs()) {
                amounts.put(limit.what(), limit.amount());
            }
        }
        return amounts;
    }
}
