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

/** The files of a host that were not taken, by job. Confined to one thread. */
final class RefusedFiles {
    /** A host may have any number of them. */
    private static final int MOST_SHOWN = 10;

    private final NavigableSet<String> jobs;
    private final Map<String, Map<String, String>> reasons = new TreeMap<>();
    private final Set<String> withMore = new HashSet<>();

    RefusedFiles(Collection<String> jobs) {
        this.jobs = new TreeSet<>(jobs);
    }

    /**
     * Notes one. A file that is in the folder of no job that was asked for is told with the first of them.
     *
     * @param path its path, as the host gives it
     * @param refusal why it is not taken
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
     * What is to be said of each job.
     *
     * @param here the workspace
     * @param host what the host is called
     * @return a sentence by the job's folder, for those of which a file was refused
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
