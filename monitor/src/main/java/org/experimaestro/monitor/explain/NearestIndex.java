package org.experimaestro.monitor.explain;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.workspace.JobFolder;

/**
 * An index of jobs of one type by their values, by their values without one, and by single values. A search costs as
 * much as the job has values. Confined to one thread.
 */
final class NearestIndex {
    /** The number of jobs that are listed for a value. More would not find much nearer ones. */
    private static final int LISTED = 16;

    private final List<JobFolder> jobs = new ArrayList<>();
    private final Map<Long, Integer> byAll = new HashMap<>();
    private final Map<Long, Integer> byOneChanged = new HashMap<>();
    private final Map<Long, Integer> byOneLess = new HashMap<>();
    private final Map<Long, List<Integer>> byValue = new HashMap<>();

    /** Adds a job. If several have the same values in an index, the first one is found. */
    void add(JobFolder job, CountedValues values) {
        int number = jobs.size();
        jobs.add(job);
        byAll.putIfAbsent(values.all(), number);
        for (CountedValues.Value value : values.each()) {
            byOneChanged.putIfAbsent(values.withAnother(value), number);
            byOneLess.putIfAbsent(values.without(value), number);
            List<Integer> sharing = byValue.computeIfAbsent(value.hash(), hash -> new ArrayList<>());
            if (sharing.size() < LISTED) {
                sharing.add(number);
            }
        }
    }

    /** Finds a job with these values, else with one other value, with one value more or less, or with many of these. */
    Optional<JobFolder> find(CountedValues values) {
        Integer number = byAll.get(values.all());
        for (int i = 0; number == null && i < values.each().size(); i++) {
            number = byOneChanged.get(values.withAnother(values.each().get(i)));
        }
        if (number == null) {
            number = byOneLess.get(values.all());
        }
        for (int i = 0; number == null && i < values.each().size(); i++) {
            number = byAll.get(values.without(values.each().get(i)));
        }
        return number == null ? findSharing(values) : Optional.of(jobs.get(number));
    }

    private Optional<JobFolder> findSharing(CountedValues values) {
        Map<Integer, Integer> shared = new HashMap<>();
        for (CountedValues.Value value : values.each()) {
            byValue.getOrDefault(value.hash(), List.of()).forEach(number -> shared.merge(number, 1, Integer::sum));
        }
        if (shared.isEmpty()) {
            return jobs.stream().findFirst();
        }
        int most = Collections.max(shared.values());
        return shared.entrySet().stream()
                .filter(job -> job.getValue() == most)
                .map(Map.Entry::getKey)
                .min(Integer::compare)
                .map(jobs::get);
    }
}
