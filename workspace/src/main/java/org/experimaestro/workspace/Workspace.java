package org.experimaestro.workspace;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.experimaestro.ConfigId;
import org.experimaestro.WorkspaceException;
import org.experimaestro.base.file.AccessObstacle;
import org.experimaestro.base.text.ShellWord;
import org.experimaestro.core.file.AtomicFile;
import org.experimaestro.core.json.FileFormat;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.core.json.JsonFile;
import org.experimaestro.core.json.JsonObject;

/** A folder that holds jobs, runs of experiments, and the code that jobs run. Thread-safe. */
public final class Workspace {
    /** The number of the workspace's format, in the file {@value WorkspaceLayout#MARKER}. */
    public static final int FORMAT = 2;

    /** The key in the marker of a workspace that is being converted. */
    static final String UPGRADING = "upgrading";

    /** The key of the bundle's path, in the file {@value WorkspaceLayout#BUNDLE}. */
    public static final String BUNDLE_KEY = "bundle";

    /** The end of the names of bundles. */
    public static final String BUNDLE_END = ".zip";

    private static final Set<PosixFilePermission> FOR_BATCHES = PosixFilePermissions.fromString("rwxr-xr-x");
    private static final Pattern BATCH_LOG = Pattern.compile(
            "/" + WorkspaceLayout.BATCHES + "/([0-9]{8}-[0-9]{6}-[0-9a-f]{8})/(log-[0-9]{1,9}\\.log)\\z");

    private static final String CHOOSE_ANOTHER =
            "choose another one with --workdir, workdir: in the YAML file, or EXPERIMAESTRO_WORKDIR";

    private final Path root;

    private final Path jobs;
    private final StoredFiles files;

    private Workspace(Path root, StoredFiles files) {
        this.root = root;
        this.jobs = WorkspaceLayout.jobs(root);
        this.files = files;
    }

    /** Returns a workspace of any known format, to be converted. */
    static Workspace ofAnyFormat(Path root) {
        return new Workspace(root, new FormatOne());
    }

    /**
     * Returns a workspace to be read, and not written. It need not exist.
     *
     * @param folder the workspace's folder
     * @return the workspace
     * @throws WorkspaceException if a file is in its place, its format is another one, or its conversion has not ended
     */
    public static Workspace view(Path folder) {
        Workspace workspace = new Workspace(folder.toAbsolutePath().normalize(), StoredFiles.CURRENT);
        workspace.checkPlace();
        workspace.checkFormat();
        return workspace;
    }

    /**
     * Returns a workspace to be written. Makes it if it does not exist.
     *
     * @param folder the workspace's folder
     * @return the workspace
     * @throws WorkspaceException if it cannot be written, it is a bundle, its path has a character beyond U+FFFF, its
     *     format is another one, or its conversion has not ended
     */
    public static Workspace open(Path folder) {
        Workspace workspace = view(folder);
        workspace.requireWritable();
        checkName(workspace.root.toString());
        try {
            OwnFolders.make(workspace.root, workspace.root.resolve(WorkspaceLayout.JOBS));
            AtomicFile.create(workspace.root.resolve(WorkspaceLayout.MARKER), Json.write(StoredFiles.begin()));
        } catch (IOException failed) {
            throw WorkspaceException.of("Cannot write the workspace " + workspace.root + ": " + Failures.reason(failed))
                    .advice(CHOOSE_ANOTHER)
                    .cause(failed)
                    .build();
        }
        return workspace;
    }

    /**
     * Requires that the path has no character beyond U+FFFF. Java reads its class path as modified UTF-8 (JNI
     * specification, chapter 3), in which such a character has other bytes.
     */
    static void checkName(String root) {
        root.codePoints()
                .filter(Character::isSupplementaryCodePoint)
                .findFirst()
                .ifPresent(character -> {
                    throw WorkspaceException.of("Cannot use the workspace " + root + ": its path has the character "
                                    + Character.toString(character) + String.format(Locale.ROOT, " (U+%X)", character)
                                    + ", and Java finds no classes in a folder with a character beyond U+FFFF")
                            .advice(CHOOSE_ANOTHER)
                            .build();
                });
    }

    private void checkPlace() {
        for (Path place = root; place != null; place = place.getParent()) {
            // Each is read once, because another run may make the same workspace just now.
            BasicFileAttributes found;
            try {
                found = Files.readAttributes(place, BasicFileAttributes.class);
            } catch (IOException notThere) {
                continue; // the folder above it is checked instead, or making the workspace fails with the reason
            }
            if (!found.isDirectory()) {
                if (place.equals(root) && root.toString().endsWith(BUNDLE_END)) {
                    throw readOnly(root.toString());
                }
                throw WorkspaceException.of("Cannot use the workspace " + root + ": "
                                + (place.equals(root) ? "it" : place) + " is a file, not a folder")
                        .advice(CHOOSE_ANOTHER)
                        .build();
            }
            return;
        }
    }

    private void checkFormat() {
        Path marker = root.resolve(WorkspaceLayout.MARKER);
        try {
            JsonObject json = JsonFile.read(marker, JsonFile.SMALL_BYTES);
            FileFormat.require(json, FORMAT, FORMAT, "convert the workspace with: " + upgradeCommand(root));
            if (json.has(UPGRADING)) {
                throw WorkspaceException.of("Cannot use the workspace " + root + ": its conversion to format " + FORMAT
                                + " was interrupted, or goes on")
                        .at(marker.toString())
                        .advice("end it with: " + upgradeCommand(root))
                        .build();
            }
        } catch (NoSuchFileException notYet) {
            return;
        } catch (IOException failed) {
            throw WorkspaceException.of("Cannot read the workspace's format: " + Failures.reason(failed))
                    .at(marker.toString())
                    .cause(failed)
                    .build();
        } catch (JsonException other) {
            throw WorkspaceException.of("Cannot use the workspace " + root + ": " + other.getMessage())
                    .cause(other)
                    .build();
        }
    }

    static String upgradeCommand(Path root) {
        return "experimaestro workspaces upgrade " + root;
    }

    /**
     * Returns the workspace's folder.
     *
     * @return an absolute path
     */
    public Path root() {
        return root;
    }

    /**
     * Returns whether the workspace exists.
     *
     * @return true if a run has made it
     */
    public boolean exists() {
        return Files.exists(root.resolve(WorkspaceLayout.MARKER));
    }

    /**
     * Finds a link in the path of a file of the workspace that another user may have made, and could lead anywhere.
     *
     * @param file a path in the workspace
     * @return the link and its owner or possible makers, as {@code /work/jobs, which belongs to anna}; empty if there is
     *     none
     * @throws IOException if a link, or a folder that contains a link, cannot be read
     */
    public Optional<String> findDoubtfulLink(Path file) throws IOException {
        return OwnFolders.findDoubtfulLink(root, file);
    }

    /**
     * Finds the bundle that was unpacked into this workspace.
     *
     * @return the path of its file; empty for any other workspace
     * @throws WorkspaceException if the file that names it cannot be read
     */
    public Optional<String> findBundle() {
        Path file = root.resolve(WorkspaceLayout.BUNDLE);
        try {
            return Optional.of(JsonFile.read(file, JsonFile.SMALL_BYTES).string(BUNDLE_KEY));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException | JsonException failed) {
            throw WorkspaceException.of("Cannot read the name of the workspace's bundle: " + failed.getMessage())
                    .at(file.toString())
                    .cause(failed)
                    .build();
        }
    }

    /**
     * Requires that this user may change the workspace, and that it is not that of a bundle, which stays as it was
     * published.
     *
     * @throws WorkspaceException if it is, or a permission is missing
     */
    public void requireWritable() {
        Optional<String> bundle = findBundle();
        if (bundle.isPresent()) {
            throw readOnly(bundle.get());
        }
        findObstacle().ifPresent(obstacle -> {
            throw WorkspaceException.of("Cannot write the workspace " + root + ": no permission to write: " + obstacle)
                    .advice("have " + obstacle.owner() + " give your group the permission (docs/recipes/"
                            + "sharing-a-workspace.md), copy what you need (experimaestro copy), or "
                            + CHOOSE_ANOTHER)
                    .build();
        });
    }

    /**
     * Finds the reason why this user may only look at the workspace.
     *
     * @return the folder in which no job can be made; empty if the user may write there, or the workspace does not exist
     */
    public Optional<AccessObstacle> findObstacle() {
        return exists()
                ? AccessObstacle.inFolder(jobs)
                        .or(() -> Files.exists(jobs) ? Optional.empty() : AccessObstacle.inFolder(root))
                : Optional.empty();
    }

    /** Returns the error that a bundle is to be changed. */
    static WorkspaceException readOnly(String bundle) {
        return WorkspaceException.of("Cannot change " + bundle + ": it is a bundle, which is read-only")
                .advice("copy it into a workspace: experimaestro copy --from " + ShellWord.of(bundle) + " DIR")
                .build();
    }

    /**
     * Returns the folder of a job.
     *
     * @param typeId the task's type id
     * @param id the task's identifier
     * @return the folder, which need not exist
     */
    public JobFolder job(String typeId, ConfigId id) {
        return new JobFolder(jobs, typeId, id, files);
    }

    /**
     * The result of {@link #listJobs}.
     *
     * @param found the jobs that could be listed, sorted by type id and identifier
     * @param problems the folders that could not be listed, each with the reason
     */
    public record Jobs(List<JobFolder> found, List<WorkspaceException> problems) {}

    /**
     * Lists the jobs, without those in folders that cannot be listed.
     *
     * @return the jobs, and the problems
     */
    public Jobs listJobs() {
        List<JobFolder> found = new ArrayList<>();
        List<WorkspaceException> problems = new ArrayList<>();
        for (Path type : listed(() -> sortedFolders(jobs), problems)) {
            found.addAll(listed(() -> jobs(type.getFileName().toString()), problems));
        }
        return new Jobs(found, problems);
    }

    private static <T> List<T> listed(Supplier<List<T>> list, List<WorkspaceException> problems) {
        try {
            return list.get();
        } catch (WorkspaceException unreadable) {
            problems.add(unreadable);
            return List.of();
        }
    }

    /**
     * Lists all jobs.
     *
     * @return the jobs, sorted by type id and identifier
     * @throws WorkspaceException if a folder cannot be listed, which may have any job
     */
    public List<JobFolder> jobs() {
        return sortedFolders(jobs).stream()
                .flatMap(type -> jobs(type.getFileName().toString()).stream())
                .toList();
    }

    /**
     * Lists the jobs of a type.
     *
     * @param typeId the type id
     * @return the jobs, sorted by identifier; empty if there are none
     * @throws WorkspaceException if they cannot be listed
     */
    public List<JobFolder> jobs(String typeId) {
        return sortedFolders(jobs.resolve(typeId)).stream()
                .map(job -> job.getFileName().toString())
                .filter(ConfigId::isValid)
                .map(name -> job(typeId, ConfigId.parse(name)))
                .toList();
    }

    /**
     * Returns the folder of an experiment.
     *
     * @param experiment the experiment's name
     * @return the folder, which need not exist
     */
    public ExperimentFolder experiment(String experiment) {
        return new ExperimentFolder(root.resolve(WorkspaceLayout.EXPERIMENTS).resolve(experiment), experiment);
    }

    /**
     * Lists all experiments.
     *
     * @return the experiments, sorted by name
     * @throws WorkspaceException if their folder cannot be listed
     */
    public List<ExperimentFolder> experiments() {
        List<ExperimentFolder> experiments = new ArrayList<>();
        for (Path folder : sortedFolders(root.resolve(WorkspaceLayout.EXPERIMENTS))) {
            experiments.add(new ExperimentFolder(folder, folder.getFileName().toString()));
        }
        return experiments;
    }

    /**
     * Returns a new folder for the batch system's own logs of a batch. It is not made; see {@link #makeBatch}.
     *
     * @param now the time, with which its name begins
     * @return a path with a random end, which no other batch has
     */
    public Path newBatch(Instant now) {
        String unique = UUID.randomUUID().toString().substring(0, 8);
        return root.resolve(WorkspaceLayout.BATCHES).resolve(RunNames.stamp(now.toEpochMilli()) + "-" + unique);
    }

    /**
     * Makes the folder of a batch. Other users may not write there, because the batch system writes there with this
     * user's permissions, and follows links.
     *
     * @param batch a path from {@link #newBatch}
     * @throws IOException if it cannot be made, or exists
     */
    public void makeBatch(Path batch) throws IOException {
        OwnFolders.make(root, root.resolve(WorkspaceLayout.BATCHES));
        boolean hasPermissions =
                batch.getFileSystem().supportedFileAttributeViews().contains("posix");
        Files.createDirectory(
                batch,
                hasPermissions
                        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(FOR_BATCHES)}
                        : new FileAttribute<?>[0]);
    }

    /**
     * Makes the folder of the tokens that all runs of this workspace share, unless it exists.
     *
     * @throws IOException if it cannot be made
     */
    public void makeTokens() throws IOException {
        OwnFolders.make(root, WorkspaceLayout.tokens(root));
    }

    /**
     * Finds the log of a batch in a workspace, by the path of the log on any host.
     *
     * @param root the workspace
     * @param log the path, of which only the end is compared
     * @return the path in this workspace, which need not exist; empty if the given path does not end as that of such a
     *     log
     */
    public static Optional<Path> findBatchLog(Path root, String log) {
        Matcher end = BATCH_LOG.matcher(log);
        return end.find()
                ? Optional.of(root.resolve(WorkspaceLayout.BATCHES)
                        .resolve(end.group(1))
                        .resolve(end.group(2)))
                : Optional.empty();
    }

    /**
     * Returns the store of the code that jobs run.
     *
     * @return the store
     */
    public ClassPathStore classPaths() {
        return new ClassPathStore(root.resolve(WorkspaceLayout.CLASS_PATH));
    }

    /** Returns the store of the code from which runs were made, which is in the workspace. */
    public ProvenanceStore provenance() {
        return new ProvenanceStore(WorkspaceLayout.provenance(root));
    }

    static List<Path> sortedFolders(Path parent) {
        List<Path> folders = new ArrayList<>();
        for (String name : listNames(parent)) {
            if (isFolder(parent.resolve(name))) {
                folders.add(parent.resolve(name));
            }
        }
        return folders;
    }

    /**
     * Lists a folder of the workspace, without reading the files in it.
     *
     * @param parent the folder
     * @return the names in it, sorted; empty if there is no such folder
     * @throws WorkspaceException if it cannot be listed
     */
    public static List<String> listNames(Path parent) {
        try {
            List<String> names = new ArrayList<>();
            for (Path child : children(parent)) {
                names.add(child.getFileName().toString());
            }
            Collections.sort(names); // paths would be compared from their root
            return names;
        } catch (NoSuchFileException | NotDirectoryException none) {
            return List.of();
        } catch (IOException failed) {
            throw WorkspaceException.of("Cannot list " + parent + ": " + Failures.reason(failed))
                    .at(parent.toString())
                    .cause(failed)
                    .build();
        }
    }

    private static List<Path> children(Path parent) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(parent)) {
            children.forEach(found::add);
        } catch (DirectoryIteratorException failed) {
            throw failed.getCause();
        }
        return found;
    }

    /**
     * Returns whether a path in a listed folder is a folder, or a link to one.
     *
     * @param child the path
     * @return true also if that cannot be found, for example without permission, or if a link leads to itself: the code
     *     that reads the folder reports that
     */
    public static boolean isFolder(Path child) {
        try {
            return Files.readAttributes(child, BasicFileAttributes.class).isDirectory();
        } catch (NoSuchFileException leadsToNothing) {
            return false;
        } catch (IOException unreadable) {
            return true;
        }
    }

    @Override
    public String toString() {
        return root.toString();
    }
}
