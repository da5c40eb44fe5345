package org.experimaestro.workspace;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.experimaestro.ConfigId;
import org.experimaestro.model.SharedFolder;

/** The names of the files and folders at the top of a workspace (docs/workspace.md). */
public final class WorkspaceLayout {
    /** The file that makes a folder a workspace. */
    public static final String MARKER = ".experimaestro.json";

    /** The file with the identifier by which copies on other hosts recognize the workspace. */
    public static final String ID = ".experimaestro-id";

    /** The file that makes a workspace read-only, because a bundle was unpacked there. It names the bundle. */
    public static final String BUNDLE = ".experimaestro-bundle.json";

    /** The file with the new names of runs, during a conversion and after one that was interrupted. */
    static final String UPGRADE = ".experimaestro-upgrade.json";

    static final String JOBS = "jobs";
    static final String EXPERIMENTS = "experiments";
    static final String CLASS_PATH = "classpath";
    static final String BATCHES = "batches";

    /** The folder of what was cleaned, each time in a folder of its own that repeats the paths of the workspace. */
    static final String TRASH = "trash";

    /** The description of a folder in {@link #TRASH}. */
    static final String TRASH_ENTRY = "entry.json";

    /** The folder of what is being copied into the workspace, for each user in a folder that repeats the paths of the workspace. */
    static final String INCOMING = "incoming";

    /** The folder of the tokens that all runs of the workspace share. */
    static final String TOKENS = "tokens";

    /** The folder of the folders that jobs with one partial identifier share. */
    static final String SHARED = SharedFolder.FOLDER;

    /** The folder of the code from which runs were made: sources, and patches of repositories. */
    static final String PROVENANCE = "provenance";

    /** The folder of what is computed once for a configuration. */
    static final String COMPUTED = "computed";

    /** The folder of the files of workers. */
    static final String WORKERS = "workers";

    static final String RUNS = "runs";
    static final String RESULTS = "results";

    /** The folder, in that of the results, with the configurations that a plan has saved for other experiments. */
    static final String SAVED = "saved";

    static final String SAVED_SUFFIX = ".json";

    /** The folder, in that of a run, with the requests of other processes to the run. */
    public static final String REQUESTS = "requests";

    private static final Set<String> FILES = Set.of(MARKER, ID, UPGRADE, BUNDLE);
    private static final Set<String> FOLDERS =
            Set.of(JOBS, CLASS_PATH, BATCHES, TRASH, INCOMING, TOKENS, SHARED, COMPUTED, PROVENANCE, WORKERS);
    private static final Set<String> OF_AN_EXPERIMENT = Set.of(RUNS, RESULTS);

    private WorkspaceLayout() {}

    /**
     * Returns whether a file has its name from its content, so that two files of that name have the same.
     *
     * @param path the path in the workspace, with slashes
     * @return true for the code from which runs were made
     */
    public static boolean isNamedByContent(String path) {
        return path.startsWith(PROVENANCE + "/");
    }

    /**
     * Returns the folder of all jobs.
     *
     * @param workspace a workspace
     * @return the folder, which need not exist
     */
    public static Path jobs(Path workspace) {
        return workspace.resolve(JOBS);
    }

    /**
     * Returns the folder of all experiments.
     *
     * @param workspace a workspace
     * @return the folder, which need not exist
     */
    public static Path experiments(Path workspace) {
        return workspace.resolve(EXPERIMENTS);
    }

    /**
     * Returns the folder of the code that jobs run.
     *
     * @param workspace a workspace
     * @return the folder, which need not exist
     */
    public static Path classPath(Path workspace) {
        return workspace.resolve(CLASS_PATH);
    }

    /**
     * Returns the folder of the code from which runs were made.
     *
     * @param workspace a workspace
     * @return the folder, which need not exist
     */
    public static Path provenance(Path workspace) {
        return workspace.resolve(PROVENANCE);
    }

    /**
     * Returns the folder of the logs that batch systems write.
     *
     * @param workspace a workspace
     * @return the folder, which need not exist
     */
    public static Path batches(Path workspace) {
        return workspace.resolve(BATCHES);
    }

    /**
     * Returns the folder of what was cleaned.
     *
     * @param workspace a workspace
     * @return the folder, which need not exist
     */
    public static Path trash(Path workspace) {
        return workspace.resolve(TRASH);
    }

    /**
     * Returns the folder of the tokens that all runs of a workspace share.
     *
     * @param workspace a workspace
     * @return the folder, which need not exist
     */
    public static Path tokens(Path workspace) {
        return workspace.resolve(TOKENS);
    }

    /**
     * Returns the folder of the folders that jobs with one partial identifier share.
     *
     * @param workspace a workspace
     * @return the folder, which need not exist
     */
    public static Path shared(Path workspace) {
        return workspace.resolve(SHARED);
    }

    /**
     * Returns the folder of what is computed once for a configuration.
     *
     * @param workspace a workspace
     * @return the folder, which need not exist
     */
    public static Path computed(Path workspace) {
        return workspace.resolve(COMPUTED);
    }

    /**
     * Returns the folder of the files of workers.
     *
     * @param workspace a workspace
     * @return the folder, which need not exist
     */
    public static Path workers(Path workspace) {
        return workspace.resolve(WORKERS);
    }

    /**
     * Returns the path of what is computed once for a configuration.
     *
     * @param typeId the type of the configuration
     * @param id its identifier
     * @param name the name of what is computed
     * @return the path in the workspace, with slashes
     */
    public static String computedPath(String typeId, ConfigId id, String name) {
        return computedPath(typeId, id) + "/" + name;
    }

    /**
     * Returns the path of all that is computed once for a configuration.
     *
     * @param typeId the type of the configuration
     * @param id its identifier
     * @return the path in the workspace, with slashes
     */
    public static String computedPath(String typeId, ConfigId id) {
        return COMPUTED + "/" + typeId + "/" + id;
    }

    /**
     * Returns the path of a job.
     *
     * @param job its name, {@code type/identifier}
     * @return the path in the workspace, with slashes
     */
    public static String jobPath(String job) {
        return JOBS + "/" + job;
    }

    /**
     * Returns the path of a run.
     *
     * @param experiment the experiment
     * @param run the run
     * @return the path in the workspace, with slashes
     */
    public static String runPath(String experiment, String run) {
        return EXPERIMENTS + "/" + experiment + "/" + RUNS + "/" + run;
    }

    /**
     * Returns whether a file of a run is for processes that deal with the run while it goes on, and no record of it.
     *
     * @param path its path in the folder of the run
     * @return true for requests, sent notifications, and what tells of the life of an action's or a service's process
     */
    public static boolean isOfLiveRun(String path) {
        String first = path.indexOf('/') < 0 ? path : path.substring(0, path.indexOf('/'));
        return first.equals(REQUESTS) || first.equals(SentNotifications.FOLDER) || SideFolder.isOfProcess(path);
    }

    /**
     * Returns the folder of what is being copied into a workspace.
     *
     * @param workspace a workspace
     * @return the folder, which need not exist
     */
    public static Path incoming(Path workspace) {
        return workspace.resolve(INCOMING);
    }

    /**
     * Returns whether a folder is a workspace.
     *
     * @param folder the folder
     * @return true if a run has made it one
     */
    public static boolean isWorkspace(Path folder) {
        return Files.exists(folder.resolve(MARKER));
    }

    /**
     * Returns whether a file at the top of a workspace is one of our own.
     *
     * @param name its name
     * @return true for the files that only Experimaestro writes, without those of {@link WorkspaceClaim}
     */
    public static boolean isOwnFile(String name) {
        return FILES.contains(name);
    }

    /**
     * Returns the names of the files and folders at the top of a workspace that Experimaestro writes.
     *
     * @return the names, sorted
     */
    public static SortedSet<String> ownNames() {
        SortedSet<String> names = new TreeSet<>(FILES);
        names.addAll(FOLDERS);
        names.add(EXPERIMENTS);
        return names;
    }

    /**
     * Returns whether runs write in a folder of a workspace, because a project's own folder may be the workspace, too.
     *
     * @param folder the folder
     * @return false also for the workspace itself, and for the folder of an experiment
     */
    public static boolean isWrittenByRuns(Path folder) {
        String name = folder.getFileName().toString();
        if (FOLDERS.contains(name)) {
            return Files.exists(folder.resolveSibling(MARKER));
        }
        Path experiments = folder.resolveSibling("..").normalize();
        return OF_AN_EXPERIMENT.contains(name)
                && experiments.endsWith(EXPERIMENTS)
                && Files.exists(experiments.resolveSibling(MARKER));
    }

    /**
     * Returns the name of a file of {@link WorkspaceClaim}. The process of the largest number has the claim.
     *
     * @param work the word of what is claimed
     * @param number the number of the claim, from 1
     */
    static String claim(String work, int number) {
        return ".experimaestro-" + work + "-" + number + ".json";
    }
}
