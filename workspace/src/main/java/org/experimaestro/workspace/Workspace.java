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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.experimaestro.ConfigId;
import org.experimaestro.WorkspaceException;
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

    /** The key of the marker of a workspace that is being converted. */
    static final String UPGRADING = "upgrading";

    private static final Set<PosixFilePermission> FOR_BATCHES = PosixFilePermissions.fromString("rwxr-xr-x");
    private static final Pattern BATCH_LOG = Pattern.compile(
            "/" + WorkspaceLayout.BATCHES + "/([0-9]{8}-[0-9]{6}-[0-9a-f]{8})/(log-[0-9]{1,9}\\.log)\\z");

    private static final String CHOOSE_ANOTHER =
            "choose another one with --workdir, workdir: in the YAML file, or EXPERIMAESTRO_WORKDIR";

    private final Path root;

    private final StoredFiles files;

    private Workspace(Path root, StoredFiles files) {
        this.root = root;
        this.files = files;
    }

    /** A workspace of whatever format, to be converted. */
    static Workspace ofAnyFormat(Path root) {
        return new Workspace(root, new FormatOne());
    }

    /**
     * A workspace that is looked at, and not written. It need not exist.
     *
     * @param folder the workspace
     * @return the workspace
     * @throws WorkspaceException if its place is taken by a file, or its format is another one
     */
    public static Workspace view(Path folder) {
        Workspace workspace = new Workspace(folder.toAbsolutePath().normalize(), StoredFiles.CURRENT);
        workspace.checkPlace();
        workspace.checkFormat();
        return workspace;
    }

    /**
     * A workspace that is written; made if it is not there.
     *
     * @param folder the workspace
     * @return the workspace
     * @throws WorkspaceException if it cannot be written, or its format is another one
     */
    public static Workspace open(Path folder) {
        Workspace workspace = view(folder);
        checkName(workspace.root.toString());
        try {
            OwnFolders.make(workspace.root, workspace.root.resolve(WorkspaceLayout.JOBS));
            boolean isNew =
                    AtomicFile.create(workspace.root.resolve(WorkspaceLayout.MARKER), Json.write(StoredFiles.begin()));
            if (!isNew && !Files.isWritable(workspace.root.resolve(WorkspaceLayout.JOBS))) {
                throw new IOException("no permission to write");
            }
        } catch (IOException failed) {
            throw WorkspaceException.of("Cannot write the workspace " + workspace.root + ": " + Failures.reason(failed))
                    .advice(CHOOSE_ANOTHER)
                    .cause(failed)
                    .build();
        }
        return workspace;
    }

    /** Java reads its class path as modified UTF-8 (JNI specification, chapter 3), in which such a character is another one. */
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
            // One look at each: another plan may make the same workspace just now.
            BasicFileAttributes found;
            try {
                found = Files.readAttributes(place, BasicFileAttributes.class);
            } catch (IOException notThere) {
                continue; // what is above it tells why it cannot be made, or the making itself
            }
            if (!found.isDirectory()) {
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
        return "experimaestro workspace upgrade " + root;
    }

    /**
     * The workspace's folder.
     *
     * @return an absolute path
     */
    public Path root() {
        return root;
    }

    /**
     * Whether the workspace is there.
     *
     * @return true if a run has made it
     */
    public boolean exists() {
        return Files.exists(root.resolve(WorkspaceLayout.MARKER));
    }

    /**
     * The folder of a job.
     *
     * @param typeId the task's type id
     * @param id the task's identifier
     * @return the folder, whether it exists or not
     */
    public JobFolder job(String typeId, ConfigId id) {
        return new JobFolder(
                root.resolve(WorkspaceLayout.JOBS).resolve(typeId).resolve(id.toString()), typeId, id, files);
    }

    /**
     * The jobs of a workspace.
     *
     * @param found those that could be listed, sorted by type id and identifier
     * @param problems the folders that could not be, each with the reason
     */
    public record Jobs(List<JobFolder> found, List<WorkspaceException> problems) {}

    /**
     * All jobs. A folder that cannot be listed hides its own jobs, and no others.
     *
     * @return the jobs, and what could not be listed
     */
    public Jobs listJobs() {
        List<JobFolder> jobs = new ArrayList<>();
        List<WorkspaceException> problems = new ArrayList<>();
        for (Path type : listed(root.resolve(WorkspaceLayout.JOBS), problems)) {
            for (Path job : listed(type, problems)) {
                String name = job.getFileName().toString();
                if (ConfigId.isValid(name)) {
                    jobs.add(new JobFolder(job, type.getFileName().toString(), ConfigId.parse(name), files));
                }
            }
        }
        return new Jobs(jobs, problems);
    }

    private static List<Path> listed(Path folder, List<WorkspaceException> problems) {
        try {
            return sortedFolders(folder);
        } catch (WorkspaceException unreadable) {
            problems.add(unreadable);
            return List.of();
        }
    }

    /**
     * The jobs that can be listed.
     *
     * @return sorted by type id and identifier
     */
    public List<JobFolder> jobs() {
        return listJobs().found();
    }

    /**
     * The folder of an experiment.
     *
     * @param experiment the experiment's name
     * @return the folder, whether it exists or not
     */
    public ExperimentFolder experiment(String experiment) {
        return new ExperimentFolder(root.resolve(WorkspaceLayout.EXPERIMENTS).resolve(experiment), experiment);
    }

    /**
     * All experiments.
     *
     * @return sorted by name
     */
    public List<ExperimentFolder> experiments() {
        List<ExperimentFolder> experiments = new ArrayList<>();
        for (Path folder : sortedFolders(root.resolve(WorkspaceLayout.EXPERIMENTS))) {
            experiments.add(new ExperimentFolder(folder, folder.getFileName().toString()));
        }
        return experiments;
    }

    /**
     * A folder for what a batch system itself says of jobs that are given to it together. Nothing is written.
     *
     * @param now the time, which is the beginning of its name
     * @return a folder that nobody else uses
     */
    public Path newBatch(Instant now) {
        String unique = UUID.randomUUID().toString().substring(0, 8);
        return root.resolve(WorkspaceLayout.BATCHES).resolve(RunNames.stamp(now.toEpochMilli()) + "-" + unique);
    }

    /**
     * Makes the folder of a batch, where nobody else may write: the batch system writes there with this user's rights, and follows
     * links.
     *
     * @param batch what {@link #newBatch} gave
     * @throws IOException if it cannot be made, or is there
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
     * The log of a batch that somebody names.
     *
     * @param root the workspace
     * @param log a path that ends as the path of such a log does, on whatever host
     * @return its place in this workspace, whether it is there or not; empty if the text does not end so
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
     * The store of the code that jobs run.
     *
     * @return the store
     */
    public ClassPathStore classPaths() {
        return new ClassPathStore(root.resolve(WorkspaceLayout.CLASS_PATH));
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
     * Lists a folder of the workspace, without a look at what is in it.
     *
     * @param parent the folder
     * @return the names in it, sorted; empty if there is no such folder
     * @throws WorkspaceException if it cannot be listed
     */
    public static List<String> listNames(Path parent) {
        try {
            List<Path> children = children(parent);
            Collections.sort(children);
            List<String> names = new ArrayList<>();
            for (Path child : children) {
                names.add(child.getFileName().toString());
            }
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
     * Looks whether something in a listed folder is a folder, or a link to one.
     *
     * @param child its path
     * @return true also if it cannot be looked at, since there is no permission or a link leads to itself: its reader tells that
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
