package org.experimaestro.connector.ssh;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.experimaestro.workspace.JobFiles;

/** The refused files of a host, by job. Confined to one thread. */
final class RefusedFiles {
    /** The largest number of files in a message, because a host may have any number of them. */
    private static final int MOST_SHOWN = 10;

    private final NavigableSet<String> jobs;
    private final Map<String, Map<String, String>> reasons = new TreeMap<>();
    private final Set<String> withMore = new HashSet<>();

    RefusedFiles(Collection<String> jobs) {
        this.jobs = new TreeSet<>(jobs);
    }

    /**
     * Adds a refused file. A file outside the folders of all requested jobs is reported with the first job.
     *
     * @param path its path, as the host sent it
     * @param refusal the reason
     */
    void add(String path, RefusedFileException refusal) {
        String job = JobFiles.jobOf(path, jobs).orElseGet(jobs::first);
        Map<String, String> ofJob = reasons.computeIfAbsent(job, key -> new LinkedHashMap<>());
        if (ofJob.size() < MOST_SHOWN || ofJob.containsKey(path)) {
            ofJob.put(path, refusal.getMessage());
        } else {
            withMore.add(job);
        }
    }

    /**
     * Returns the message for each job.
     *
     * @param here the workspace
     * @param host the host's name
     * @return a sentence by the job's folder, for jobs with a refused file
     */
    Map<Path, String> sentences(Path here, String host) {
        Map<Path, String> sentences = new LinkedHashMap<>();
        reasons.forEach((job, files) -> {
            List<String> words = new ArrayList<>();
            files.forEach((path, reason) -> words.add(path + " " + reason));
            if (withMore.contains(job)) {
                words.add("and others");
            }
            sentences.put(here.resolve(job), "Not taken from " + host + ": " + String.join("; ", words));
        });
        return sentences;
    }
}
