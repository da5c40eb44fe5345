package org.experimaestro.engine.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.experimaestro.core.serial.TypeResources;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.Workspace;
import org.experimaestro.workspace.code.CodeEntry;
import org.jspecify.annotations.Nullable;

/**
 * The code of a run's jobs: Experimaestro's own and the plan's. It is copied into the workspace when the first job
 * needs it. Thread-safe.
 */
public final class JobCode {
    private final Workspace workspace;
    private final List<Path> planClassPath;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable List<Path> own;
    private @Nullable List<Path> all;
    private List<Path> fresh = List.of();
    /** The text of the class path: the same for all jobs, whose folders are equally deep in the workspace. */
    private String text = "";

    /**
     * Creates the code of a plan's jobs.
     *
     * @param workspace the workspace that gets the copies
     * @param planClassPath jars and folders of classes
     */
    public JobCode(Workspace workspace, List<Path> planClassPath) {
        this.workspace = workspace;
        this.planClassPath = List.copyOf(planClassPath);
    }

    /**
     * Returns the whole class path, with Experimaestro's own part first.
     *
     * @return jars in the workspace
     * @throws IOException if it cannot be copied
     */
    public List<Path> classPath() throws IOException {
        lock.lock();
        try {
            if (all == null) {
                List<Path> ours = RuntimeClassPath.find();
                own = workspace.classPaths().snapshot(ours);
                all = new ArrayList<>(own);
                addTheirs(all, without(ours));
            }
            return all;
        } finally {
            lock.unlock();
        }
    }

    private void addTheirs(List<Path> copies, List<Path> theirs) throws IOException {
        List<Path> there = theirs.stream().filter(Files::exists).toList();
        List<Path> theirCopies = workspace.classPaths().snapshot(there);
        copies.addAll(theirCopies);
        // If an entry is neither file nor folder, or was deleted meanwhile, it is not known which copy is which.
        boolean areKnown = theirCopies.size() == there.size();
        List<Path> own = new ArrayList<>();
        for (int i = 0; i < theirCopies.size(); i++) {
            if (!areKnown || hasOwnClasses(there.get(i))) {
                own.add(theirCopies.get(i));
            }
        }
        fresh = List.copyOf(own);
    }

    /** Returns whether an entry has classes of the plan and its tasks: a folder, or a jar with types of configurations. */
    private static boolean hasOwnClasses(Path entry) throws IOException {
        if (Files.isDirectory(entry)) {
            return true;
        }
        try (ZipFile jar = new ZipFile(entry.toFile())) {
            return jar.stream().anyMatch(file -> file.getName().startsWith(TypeResources.FOLDER));
        } catch (ZipException noJar) { // Java ignores it on a class path
            return false;
        }
    }

    /**
     * Returns the part of the class path with the classes of the plan and its tasks. A worker has new ones for each task.
     *
     * @return jars in the workspace, in the order of the class path
     * @throws IOException if it cannot be copied
     */
    public List<Path> freshClassPath() throws IOException {
        classPath();
        return fresh;
    }

    /**
     * Returns the class path without {@link #freshClassPath}: Experimaestro and libraries, whose classes the tasks in a
     * worker share.
     *
     * @return jars in the workspace
     * @throws IOException if it cannot be copied
     */
    public List<Path> sharedClassPath() throws IOException {
        List<Path> shared = new ArrayList<>(classPath());
        shared.removeAll(fresh);
        return shared;
    }

    private List<Path> without(List<Path> ours) {
        List<Path> theirs = new ArrayList<>(planClassPath);
        theirs.removeAll(ours);
        return theirs;
    }

    /**
     * Returns whether the plan has a class path: that of a plan in a test is not known.
     *
     * @return false if there is nothing of the plan to copy
     */
    public boolean isKnown() {
        return !planClassPath.isEmpty();
    }

    /**
     * Returns the class path by the names of its copies. Copies nothing.
     *
     * @return our own part first
     * @throws IOException if an entry cannot be read
     */
    public List<CodeEntry> entries() throws IOException {
        lock.lock();
        try {
            if (all != null) {
                return all.stream().map(CodeEntry::ofCopy).toList();
            }
            List<Path> entries = new ArrayList<>(RuntimeClassPath.find());
            entries.addAll(without(entries));
            return workspace.classPaths().entries(entries);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns Experimaestro's own part of the class path.
     *
     * @return jars in the workspace
     * @throws IOException if it cannot be copied
     */
    public List<Path> ownClassPath() throws IOException {
        classPath();
        return own == null ? List.of() : own;
    }

    /**
     * Returns the class path as it is stored with a job.
     *
     * @param job the job
     * @return one jar per line, relative to the job's folder
     * @throws IOException if it cannot be copied
     */
    public String textFor(JobFolder job) throws IOException {
        List<Path> jars = classPath();
        lock.lock();
        try {
            if (text.isEmpty()) {
                StringBuilder lines = new StringBuilder();
                for (Path jar : jars) {
                    lines.append(job.path().relativize(jar)).append('\n');
                }
                text = lines.toString();
            }
            return text;
        } finally {
            lock.unlock();
        }
    }
}
