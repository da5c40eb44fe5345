package org.experimaestro.monitor.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.experimaestro.JobReport;

/** The tags of jobs by their names. */
public final class TagNames {
    private static final Set<String> REPLICATES = Set.of(
            "seed",
            "random_seed",
            "randomseed",
            "replicate",
            "replica",
            "fold",
            "repeat",
            "repetition",
            "trial",
            "rep");

    private TagNames() {}

    /**
     * Returns the values of the tags in which jobs differ.
     *
     * @param jobs the jobs
     * @return the distinct values of each tag, sorted by the tag's name; empty for a job without the tag
     */
    public static Map<String, Set<Optional<Object>>> differing(Collection<? extends JobReport> jobs) {
        Set<String> names = new TreeSet<>();
        jobs.forEach(job -> names.addAll(job.tags().keySet()));
        Map<String, Set<Optional<Object>>> values = new LinkedHashMap<>();
        for (String name : names) {
            Set<Optional<Object>> found = new LinkedHashSet<>();
            jobs.forEach(job -> found.add(value(job, name)));
            if (found.size() > 1) {
                values.put(name, found);
            }
        }
        return values;
    }

    /**
     * Returns the tags that are needed to tell jobs apart, beside others: a tag whose value follows from those before it
     * is left out.
     *
     * @param jobs the jobs
     * @param known the tags that tell them apart anyhow
     * @param candidates the tags to choose from, the preferred ones first
     * @return the needed ones, in the same order
     */
    public static List<String> distinguishing(
            Collection<? extends JobReport> jobs, Collection<String> known, Collection<String> candidates) {
        List<JobReport> all = List.copyOf(jobs);
        Groups groups = new Groups(new int[all.size()], 1);
        for (String tag : known) {
            groups = groups.splitBy(tag, all);
        }
        List<String> needed = new ArrayList<>();
        for (String tag : candidates) {
            if (groups.count() == all.size()) {
                break; // each job is told apart
            }
            Groups finer = groups.splitBy(tag, all);
            if (finer.count() > groups.count()) { // else the value of the tag follows from the others
                groups = finer;
                needed.add(tag);
            }
        }
        return needed;
    }

    /** Groups of jobs with equal values of some tags. */
    private static final class Groups {
        /** The number of the group of each job, from 0. */
        private final int[] numbers;

        private final int count;

        Groups(int[] numbers, int count) {
            this.numbers = numbers;
            this.count = count;
        }

        int count() {
            return count;
        }

        /** Returns the groups that have equal values of one tag more. */
        Groups splitBy(String tag, List<JobReport> jobs) {
            Map<List<Object>, Integer> parts = new HashMap<>();
            int[] finer = new int[numbers.length];
            for (int job = 0; job < numbers.length; job++) {
                int next = parts.size();
                finer[job] = parts.computeIfAbsent(List.of(numbers[job], value(jobs.get(job), tag)), part -> next);
            }
            return new Groups(finer, parts.size());
        }
    }

    private static Optional<Object> value(JobReport job, String tag) {
        return Optional.ofNullable(job.tags().get(tag));
    }

    /**
     * Returns whether a tag seems to tell replicates apart, by its name.
     *
     * @param tag the name
     * @return true for such names as {@code seed} and {@code fold}
     */
    public static boolean isReplicate(String tag) {
        return REPLICATES.contains(tag.toLowerCase(Locale.ROOT));
    }

    /**
     * Returns the tags that seem to tell replicates apart.
     *
     * @param tags the names
     * @return those of them
     */
    public static List<String> replicates(Collection<String> tags) {
        return tags.stream().filter(TagNames::isReplicate).toList();
    }
}
