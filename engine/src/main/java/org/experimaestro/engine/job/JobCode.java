package org.experimaestro.engine.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
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
    /** The copies of the plan's part. */
    private List<Path> plan = List.of();
    /** The numbers of the copies that are of folders, which have classes of the plan. */
    private final BitSet ofFolders = new BitSet();

    private @Nullable List<Path> fresh;
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
        plan = theirCopies;
        // If an entry is neither file nor folder, or was deleted meanwhile, it is not known which copy is which.
        boolean areKnown = theirCopies.size() == there.size();
        for (int i = 0; i < theirCopies.size(); i++) {
            ofFolders.set(i, !areKnown || Files.isDirectory(there.get(i)));
        }
    }

    /**
     * Returns the part of the class path with the classes of the plan and its tasks, and of libraries that refer to these. A
     * worker has new ones for each task.
     *
     * @return jars in the workspace, in the order of the class path
     * @throws IOException if it cannot be copied
     */
    public List<Path> freshClassPath() throws IOException {
        classPath();
        lock.lock();
        try {
            if (fresh == null) {
                fresh = FreshJars.find(plan, ofFolders);
            }
            return fresh;
        } finally {
            lock.unlock();
        }
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
        shared.removeAll(freshClassPath());
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
