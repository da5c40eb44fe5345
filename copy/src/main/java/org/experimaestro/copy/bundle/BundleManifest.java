package org.experimaestro.copy.bundle;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.experimaestro.copy.CopyPart;
import org.experimaestro.core.json.FileFormat;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.core.json.JsonObject;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.spi.FolderEntry;
import org.experimaestro.workspace.WorkspaceLayout;

/**
 * The list of all that is in a bundle: its jobs and runs for people, and its files with their digests. Immutable.
 *
 * @param version the version of Experimaestro that has written the bundle
 * @param workspace the name of the workspace that it was made from; empty if that has none
 * @param jobs the jobs, as plain JSON values
 * @param runs the paths of the runs
 * @param files the files, folders and links, by their paths in the workspace
 */
record BundleManifest(
        String version,
        String workspace,
        List<Map<String, Object>> jobs,
        List<String> runs,
        SortedMap<String, FolderEntry> files) {
    /** The name of its file in the bundle. */
    static final String NAME = "manifest.json";

    /** The number of the format of bundles. */
    static final int FORMAT = 1;

    private static final Pattern JOB = Pattern.compile("[^/]+/[0-9a-f]{32}");
    private static final Pattern RUN = Pattern.compile("experiments/[^/]+/runs/[^/]+");
    private static final Pattern PLACE = Pattern.compile(
            Pattern.quote(WorkspaceLayout.MARKER) + "|(jobs|experiments|classpath|provenance)/.+", Pattern.DOTALL);
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    private static final String JOB_KEY = "job";
    private static final String FILES = "files";
    private static final String SIZE = "size";
    private static final String SHA256 = "sha256";
    private static final String MODIFIED = "modified";
    private static final String EXECUTABLE = "executable";
    private static final String LINK = "link";
    private static final String FOLDER = "folder";

    /** Copies the lists. */
    BundleManifest {
        jobs = List.copyOf(jobs);
        runs = List.copyOf(runs);
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }

    /** Describes a job for people who read the list. */
    static Map<String, Object> describe(JobView job) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put(JOB_KEY, job.name());
        json.put("type", job.folder().typeId());
        json.put("id", job.folder().id().toString());
        json.put("state", job.status().state().name().toLowerCase(Locale.ROOT));
        json.put("tags", job.tags());
        return json;
    }

    /** Returns the parts: jobs, runs, and the files of neither. */
    List<CopyPart> parts() {
        SortedMap<String, FolderEntry> others = new TreeMap<>(files);
        List<CopyPart> parts = new ArrayList<>();
        for (Map<String, Object> job : jobs) {
            String name = String.valueOf(job.get(JOB_KEY));
            parts.add(new CopyPart(CopyPart.Kind.JOB, WorkspaceLayout.jobPath(name), name));
        }
        runs.forEach(run -> parts.add(new CopyPart(CopyPart.Kind.RUN, run, run)));
        for (CopyPart part : parts) {
            others.remove(part.path());
            others.subMap(part.path() + "/", part.path() + "0").clear();
        }
        others.keySet().forEach(path -> parts.add(new CopyPart(CopyPart.Kind.FILE, path, path)));
        return parts;
    }

    /** Returns the bytes of all files. */
    long bytes() {
        long bytes = 0;
        for (FolderEntry entry : files.values()) {
            bytes += entry instanceof FolderEntry.Content content ? content.size() : 0;
        }
        return bytes;
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put(FileFormat.KEY, FORMAT);
        json.put("version", version);
        if (!workspace.isEmpty()) {
            json.put("workspace", workspace);
        }
        json.put("jobs", jobs);
        json.put("runs", runs);
        Map<String, Object> entries = new LinkedHashMap<>();
        files.forEach((path, entry) -> entries.put(path, toJson(entry)));
        json.put(FILES, entries);
        return json;
    }

    private static Map<String, Object> toJson(FolderEntry entry) {
        Map<String, Object> json = new LinkedHashMap<>();
        switch (entry) {
            case FolderEntry.Content content -> {
                json.put(SIZE, content.size());
                json.put(SHA256, content.sha256());
                json.put(MODIFIED, content.modified());
                if (content.isExecutable()) {
                    json.put(EXECUTABLE, true);
                }
            }
            case FolderEntry.Link(String target) -> json.put(LINK, target);
            case FolderEntry.Folder _ -> json.put(FOLDER, true);
            case FolderEntry.Strange(String reason) -> throw new IllegalArgumentException(reason);
        }
        return json;
    }

    /**
     * Reads a manifest.
     *
     * @param json the text
     * @throws JsonException if it is no manifest, or lists files outside of the places of jobs, runs and code
     */
    static BundleManifest of(JsonObject json) {
        FileFormat.require(json, FORMAT, FORMAT, "make the bundle again");
        SortedMap<String, FolderEntry> files = new TreeMap<>();
        JsonObject listed = json.object(FILES);
        for (String path : listed.keys()) {
            if (!PLACE.matcher(path).matches() || isStrange(path)) {
                throw new JsonException("its list has the file \"" + path + "\", which is no file of a job or a run");
            }
            files.put(path, entry(listed.object(path)));
        }
        requireFolders(files);
        requireBytes(files);
        List<Map<String, Object>> jobs = new ArrayList<>();
        for (Object job : json.list("jobs")) {
            String name = JsonObject.of(job, "a job of its list").string(JOB_KEY);
            requireName(JOB, name);
            jobs.add(Map.of(JOB_KEY, name));
        }
        List<String> runs = new ArrayList<>();
        for (Object run : json.list("runs")) {
            requireName(RUN, String.valueOf(run));
            runs.add(String.valueOf(run));
        }
        return new BundleManifest(
                json.string("version"), json.optionalString("workspace").orElse(""), jobs, runs, files);
    }

    /** Requires that nothing is in a file or behind a link. */
    private static void requireFolders(SortedMap<String, FolderEntry> files) {
        for (String path : files.keySet()) {
            for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
                FolderEntry above = files.get(path.substring(0, slash));
                if (above != null && !(above instanceof FolderEntry.Folder)) {
                    throw new JsonException(
                            "its list has " + path + " in " + path.substring(0, slash) + ", which is no folder");
                }
            }
        }
    }

    /** Requires that the sizes have a sum, which {@link #bytes} returns. */
    private static void requireBytes(SortedMap<String, FolderEntry> files) {
        long left = Long.MAX_VALUE;
        for (Map.Entry<String, FolderEntry> entry : files.entrySet()) {
            if (entry.getValue() instanceof FolderEntry.Content content) {
                if (content.size() > left) {
                    throw new JsonException("its list has more bytes than a disk can have: " + entry.getKey()
                            + " is said to have " + content.size());
                }
                left -= content.size();
            }
        }
    }

    private static void requireName(Pattern form, String name) {
        if (!form.matcher(name).matches() || isStrange(name)) {
            throw new JsonException("its list has \"" + name + "\", which is no job or run");
        }
    }

    /** Returns whether a path leads somewhere else than down. */
    private static boolean isStrange(String path) {
        for (String name : path.split("/", -1)) {
            if (name.isEmpty()
                    || name.equals(".")
                    || name.equals("..")
                    || name.indexOf('\0') >= 0
                    || name.indexOf('\\') >= 0) {
                return true;
            }
        }
        return false;
    }

    private static FolderEntry entry(JsonObject json) {
        if (json.has(LINK)) {
            return new FolderEntry.Link(json.string(LINK));
        }
        if (json.has(FOLDER)) {
            return new FolderEntry.Folder();
        }
        long size = json.integer(SIZE);
        String digest = json.string(SHA256);
        if (size < 0 || !DIGEST.matcher(digest).matches()) {
            throw new JsonException("its list has a file with the size " + size + " and the digest " + digest);
        }
        boolean isExecutable = json.has(EXECUTABLE) && json.bool(EXECUTABLE);
        return new FolderEntry.Content(size, digest, isExecutable, json.integer(MODIFIED));
    }
}
