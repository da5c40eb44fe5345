package org.experimaestro.core.serial;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.experimaestro.ConfigException;
import org.experimaestro.base.file.Folders;
import org.experimaestro.base.process.PlanLine;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.generated.Parameter;
import org.experimaestro.model.BoundPaths;
import org.experimaestro.model.ConfigNode;
import org.experimaestro.model.NestedPaths;
import org.experimaestro.model.Producer;
import org.experimaestro.model.identity.JobPath;
import org.experimaestro.model.root.RootedPath;
import org.jspecify.annotations.Nullable;

/** The copies of the data of configurations that are being saved. Confined to one thread. */
final class DataCopies {
    private static final String JSON = ".json";

    private final Map<String, Path> sources = new LinkedHashMap<>();
    private final Map<String, SavedData.Entry> entries = new LinkedHashMap<>();
    private final IdentityHashMap<ConfigNode<?>, Boolean> seen = new IdentityHashMap<>();
    private final Set<String> jobs = new HashSet<>();
    /** The jobs of which something is used that does not travel. */
    private final Set<String> incomplete = new HashSet<>();

    /** Adds the data of a configuration, without that of its parts. */
    void add(ConfigNode<?> node) {
        if (seen.put(node, true) != null) {
            return;
        }
        Producer producer = node.producer();
        if (producer != null) {
            jobs.add(producer.typeId() + "/" + producer.id());
        }
        if (producer != null && node.isProducedByItself() && hasGeneratedPaths(node)) {
            incomplete.add(producer.typeId() + "/" + producer.id());
        }
        for (int i = 0; i < node.descriptor().size(); i++) {
            Parameter parameter = node.descriptor().parameter(i);
            BoundPaths.forEach(parameter.type(), node.argument(i), path -> add(node, parameter, path));
        }
    }

    /** Returns whether a task that has made itself has files in its job's folder, which are no data. */
    private static boolean hasGeneratedPaths(ConfigNode<?> task) {
        return NestedPaths.hasPaths(task.descriptor())
                || !NestedPaths.of(task).owners().isEmpty();
    }

    private void add(ConfigNode<?> node, Parameter parameter, Path path) {
        JobPath job = JobPath.of(path);
        if (!parameter.isData()) {
            if (job != null) {
                incomplete.add(job.typeId() + "/" + job.id());
            }
            return;
        }
        if (job == null && path instanceof RootedPath) {
            return; // each machine finds it below its own root
        }
        if (job == null && !parameter.isContent() && !parameter.isMeta()) {
            throw problem(
                    node,
                    parameter,
                    path,
                    "it is in no job's folder and counts by its place, so that it would be another one elsewhere",
                    "mark it with @Content, too, or use a path below a named root");
        }
        Path plain = RootedPath.plain(path);
        if (!Files.exists(plain) || job != null && RunWorkspaces.isUnfinished(folder(job))) {
            String reason = Files.exists(plain) ? "the job that makes it is not done" : "it is not there";
            throw problem(node, parameter, path, reason, "save when its job is done, such as after xp.await");
        }
        if (job != null) {
            jobs.add(job.typeId() + "/" + job.id());
        }
        String key = SavedData.key(path);
        sources.put(key, plain);
        entries.put(key, SavedData.entry(plain));
    }

    private static Path folder(JobPath job) {
        return Path.of(job.root(), JobPath.FOLDER, job.typeId(), job.id().toString());
    }

    private static ConfigException problem(
            ConfigNode<?> node, Parameter parameter, Path path, String reason, String advice) {
        return ConfigException.of(
                        "Cannot save the data " + parameter.name() + " of " + node + ", " + path + ": " + reason)
                .at(PlanLine.current())
                .advice(advice)
                .build();
    }

    /**
     * Copies the data into the folder beside a file. Data that is there with the same content stays, and so does the data of
     * an earlier file of that name, until {@link #deleteOthers}.
     *
     * @return the name of the folder; {@code null} if there are no data, and no folder
     */
    @Nullable
    String copy(Path file) throws IOException {
        if (entries.isEmpty()) {
            return null;
        }
        Path folder = folder(file);
        for (Map.Entry<String, SavedData.Entry> each : entries.entrySet()) {
            Path copy = folder.resolve(each.getValue().copy());
            Path source = Objects.requireNonNull(sources.get(each.getKey()));
            if (!SavedData.has(copy, each.getValue())) {
                copy(source, copy);
            }
        }
        jobs.removeAll(incomplete);
        for (String job : jobs) {
            Files.createDirectories(folder.resolve(JobPath.FOLDER).resolve(job));
        }
        Map<String, SavedData.Entry> both = before(folder);
        both.putAll(entries);
        SavedData.of(folder, jobs, both).write();
        return String.valueOf(folder.getFileName());
    }

    /** Deletes what was copied for an earlier file of the same name, which has been replaced. */
    void deleteOthers(Path file) throws IOException {
        Path folder = folder(file);
        Map<String, SavedData.Entry> others = before(folder);
        others.keySet().removeAll(entries.keySet());
        if (others.isEmpty()) {
            return;
        }
        for (SavedData.Entry other : others.values()) {
            Path copy = folder.resolve(other.copy()).normalize();
            boolean isUsed = false;
            for (SavedData.Entry entry : entries.values()) {
                Path used = folder.resolve(entry.copy()).normalize();
                isUsed |= used.startsWith(copy) || copy.startsWith(used);
            }
            if (copy.startsWith(folder) && !isUsed) {
                Folders.delete(copy);
            }
        }
        SavedData.of(folder, jobs, entries).write();
    }

    private static Path folder(Path file) {
        // Of other names, nothing is cut: lr-0.1 and lr-0.2 are two files, each with its data.
        String name = String.valueOf(file.getFileName());
        return file.resolveSibling(
                (name.endsWith(JSON) ? name.substring(0, name.length() - JSON.length()) : name) + ".data");
    }

    private static Map<String, SavedData.Entry> before(Path folder) throws IOException {
        try {
            return new LinkedHashMap<>(SavedData.read(folder).files());
        } catch (NoSuchFileException | JsonException noneOrDamaged) {
            return new LinkedHashMap<>();
        }
    }

    private static void copy(Path source, Path copy) throws IOException {
        Path folder = Objects.requireNonNull(copy.getParent());
        Files.createDirectories(folder);
        Path temporary = Files.createTempDirectory(folder, ".tmp-");
        try {
            Path whole = temporary.resolve("copy");
            copyTree(source, whole);
            Folders.delete(copy);
            Files.move(whole, copy, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Folders.delete(temporary);
        }
    }

    /** Copies a file or folder; links are followed, as in its digest. */
    private static void copyTree(Path source, Path target) throws IOException {
        if (!Files.isDirectory(source)) {
            Files.copy(source, target);
            return;
        }
        Files.createDirectory(target);
        try (DirectoryStream<Path> children = Files.newDirectoryStream(source)) {
            for (Path child : children) {
                copyTree(child, target.resolve(child.getFileName()));
            }
        }
    }
}
