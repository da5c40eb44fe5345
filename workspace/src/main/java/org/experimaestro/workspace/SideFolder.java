package org.experimaestro.workspace;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.experimaestro.ExperimaestroException;
import org.experimaestro.WorkspaceException;
import org.experimaestro.base.file.BoundedFile;
import org.experimaestro.base.file.Folders;
import org.experimaestro.core.file.AtomicFile;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.core.json.JsonFile;
import org.experimaestro.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * The folder of an action or a service that a run has declared, with a folder for each process that was started for it.
 * Thread-safe.
 */
public final class SideFolder {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*");
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,5}");
    private static final int MOST_PROCESSES = 999_999;
    private static final String CONFIGURATION = "configuration.json";
    /** The path from this folder to the workspace. */
    private static final String TO_WORKSPACE = "../../../../../..";

    private final String run;
    private final SideKind kind;
    private final Path path;

    private SideFolder(String run, SideKind kind, Path path) {
        this.run = run;
        this.kind = kind;
        this.path = path;
    }

    /**
     * Returns the folder of an action or a service of a run, which need not exist.
     *
     * @param run the run
     * @param kind the kind
     * @param name its name
     * @return the folder
     * @throws IllegalArgumentException if {@link #isName} refuses the name
     */
    public static SideFolder of(RunFolder run, SideKind kind, String name) {
        if (!isName(name)) {
            throw new IllegalArgumentException("No " + kind.word() + " can have this name: " + name);
        }
        return new SideFolder(
                run.qualifiedName(), kind, run.path().resolve(kind.folder()).resolve(name));
    }

    /**
     * Returns whether an action or a service can have a name.
     *
     * @param name the name
     * @return true for letters, digits, {@code _}, {@code -} and {@code .}, not beginning with {@code -} or a dot
     */
    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /**
     * Lists what a run has declared.
     *
     * @param run the run
     * @param kind the kind
     * @return the folders, sorted by name
     */
    public static List<SideFolder> list(RunFolder run, SideKind kind) {
        Path all = run.path().resolve(kind.folder());
        List<SideFolder> found = new ArrayList<>();
        if (Files.isDirectory(all, LinkOption.NOFOLLOW_LINKS)) {
            for (String name : Workspace.listNames(all)) {
                SideFolder folder = isName(name) ? of(run, kind, name) : null;
                if (folder != null && Files.isRegularFile(folder.file(), LinkOption.NOFOLLOW_LINKS)) {
                    found.add(folder);
                }
            }
        }
        found.sort(Comparator.comparing(SideFolder::name));
        return found;
    }

    /**
     * Returns the folder that has the folder of a process.
     *
     * @param process a path that {@link SideProcess#path} has returned
     * @param kind the kind
     * @return the folder
     */
    static SideFolder above(Path process, SideKind kind) {
        Path path = process.resolve("..").normalize();
        Path run = path.resolve("../..").normalize();
        String experiment = String.valueOf(run.resolve("../..").normalize().getFileName());
        return new SideFolder(RunFolder.qualifiedName(experiment, String.valueOf(run.getFileName())), kind, path);
    }

    /**
     * Returns the name.
     *
     * @return the name that the plan gave
     */
    public String name() {
        return String.valueOf(path.getFileName());
    }

    /**
     * Returns the kind.
     *
     * @return action or service
     */
    public SideKind kind() {
        return kind;
    }

    /**
     * Returns the run.
     *
     * @return its {@link RunFolder#qualifiedName}
     */
    public String run() {
        return run;
    }

    /**
     * Returns the workspace.
     *
     * @return an absolute path
     */
    public Path workspace() {
        return path.resolve(TO_WORKSPACE).normalize();
    }

    /**
     * Returns the folder of the experiment's results.
     *
     * @return an absolute path, which need not exist
     */
    public Path results() {
        return path.resolve("../../../..").normalize().resolve(WorkspaceLayout.RESULTS);
    }

    Path path() {
        return path;
    }

    /**
     * Returns whether a file of a run tells only of a process of this host.
     *
     * @param path its path in the folder of the run, with slashes
     * @return true for all files of a service's processes; of an action's, only for those that are not its record
     */
    static boolean isOfProcess(String path) {
        String[] names = path.split("/", -1);
        if (names.length < 3 || !NUMBER.matcher(names[2]).matches()) {
            return false;
        }
        return names[0].equals(SideKind.SERVICE.folder())
                || names[0].equals(SideKind.ACTION.folder())
                        && names.length == 5
                        && names[3].equals(JobLayout.INTERNAL)
                        && SideProcess.isLife(names[4]);
    }

    private Path file() {
        return path.resolve(kind.file());
    }

    /**
     * Stores an action.
     *
     * @param description the action
     * @param configuration the text of its configuration, with paths relative to {@link #pathToWorkspace}
     * @throws IOException if it cannot be written
     */
    public void declare(ActionDescription description, String configuration) throws IOException {
        OwnFolders.make(workspace(), path);
        AtomicFile.write(path.resolve(CONFIGURATION), configuration);
        AtomicFile.write(file(), Json.write(description.toJson()));
    }

    /**
     * Stores a service.
     *
     * @param description the service
     * @throws IOException if it cannot be written
     */
    public void declare(ServiceDescription description) throws IOException {
        OwnFolders.make(workspace(), path);
        AtomicFile.write(file(), Json.write(description.toJson()));
    }

    /**
     * Returns the path of the workspace from the file of an action's configuration.
     *
     * @return a relative path
     */
    public static String pathToWorkspace() {
        return TO_WORKSPACE;
    }

    /**
     * Returns the file of an action's configuration.
     *
     * @return a file of saved configurations
     */
    public Path configurationFile() {
        return path.resolve(CONFIGURATION);
    }

    /**
     * Reads the action.
     *
     * @return its description
     * @throws WorkspaceException if it cannot be read
     */
    public ActionDescription action() {
        try {
            return ActionDescription.fromJson(read());
        } catch (JsonException corrupt) {
            throw unreadable(String.valueOf(corrupt.getMessage()), corrupt);
        }
    }

    /**
     * Reads the service.
     *
     * @return its description
     * @throws WorkspaceException if it cannot be read
     */
    public ServiceDescription service() {
        try {
            return ServiceDescription.fromJson(read());
        } catch (JsonException corrupt) {
            throw unreadable(String.valueOf(corrupt.getMessage()), corrupt);
        }
    }

    private JsonObject read() {
        try {
            return StoredFiles.CURRENT.read(file(), JsonFile.SMALL_BYTES);
        } catch (IOException failed) {
            throw unreadable(Failures.reason(failed), failed);
        }
    }

    private WorkspaceException unreadable(String reason, Exception cause) {
        return WorkspaceException.of("Cannot read the " + this + ": " + reason)
                .at(file().toString())
                .cause(cause)
                .build();
    }

    /**
     * Returns the code of its processes.
     *
     * @param names the names of the jars, from its description
     * @return the jars, in their order
     * @throws WorkspaceException if the code is not stored, or a jar is missing or no regular file
     */
    public List<Path> classPath(Collection<String> names) {
        if (names.isEmpty()) {
            throw noCode("its code is not stored, because the code of its plan is not known")
                    .build();
        }
        Path folder = WorkspaceLayout.classPath(workspace());
        List<Path> jars = new ArrayList<>();
        for (String name : names) {
            Path jar = folder.resolve(name);
            if (name.indexOf('/') >= 0 || name.equals("..") || name.equals(".")) {
                throw noCode("the name of a jar of it leads elsewhere: " + name).build();
            }
            try {
                BoundedFile.requireRegular(jar);
            } catch (IOException missing) {
                throw noCode("a jar of it cannot be read: " + Failures.reason(missing))
                        .advice("run the experiment again")
                        .cause(missing)
                        .build();
            }
            jars.add(jar);
        }
        return jars;
    }

    private ExperimaestroException.Builder<WorkspaceException> noCode(String reason) {
        return WorkspaceException.of("Cannot start the " + this + ": " + reason);
    }

    /**
     * Makes the folder of another process, in the name of this one. The folder gets its number last, when it is complete,
     * so of several that want a number one gets it.
     *
     * @param number the number, at most 999,999
     * @param request what the process is started with: plain JSON values by key
     * @return the process, which has not begun; empty if another one has this number
     * @throws WorkspaceException if the folder cannot be made, or the number is too large
     */
    public Optional<SideProcess> newProcess(int number, Map<String, ?> request) {
        if (number > MOST_PROCESSES) {
            throw WorkspaceException.of(
                            "Cannot start the " + this + ": it has a process of the largest number, " + MOST_PROCESSES)
                    .advice("delete the folders of former processes in " + path)
                    .build();
        }
        SideProcess next = process(number);
        try {
            OwnFolders.requireFolder(OwnFolders.look(path), path);
            Path draft = Files.createDirectory(path.resolve(AtomicFile.TEMPORARY + UUID.randomUUID()));
            try {
                new SideProcess(kind, draft).request(request);
                Files.move(draft, next.path(), StandardCopyOption.ATOMIC_MOVE);
                return Optional.of(next);
            } catch (IOException failed) {
                Folders.delete(draft);
                if (failed instanceof FileSystemException && Files.exists(next.path(), LinkOption.NOFOLLOW_LINKS)) {
                    return Optional.empty();
                }
                throw failed;
            }
        } catch (IOException failed) {
            throw WorkspaceException.of("Cannot start the " + this + ": " + Failures.reason(failed))
                    .cause(failed)
                    .build();
        }
    }

    /**
     * Returns a process, which need not exist.
     *
     * @param number its number, from 1
     * @return the process
     */
    public SideProcess process(int number) {
        return new SideProcess(kind, path.resolve(Integer.toString(number)));
    }

    /**
     * Lists the processes that were started.
     *
     * @return the processes, by their numbers
     */
    public List<SideProcess> processes() {
        List<SideProcess> found = new ArrayList<>();
        for (String name : Workspace.listNames(path)) {
            if (NUMBER.matcher(name).matches()) { // also a file of that name, which takes the number
                found.add(process(Integer.parseInt(name)));
            }
        }
        found.sort(Comparator.comparingInt(SideProcess::number));
        return found;
    }

    /**
     * Returns the process that was started last.
     *
     * @return empty if none was
     */
    public Optional<SideProcess> last() {
        List<SideProcess> all = processes();
        @Nullable SideProcess last = all.isEmpty() ? null : all.get(all.size() - 1);
        return Optional.ofNullable(last);
    }

    /** Returns the kind, the name and the run. */
    @Override
    public String toString() {
        return kind.word() + " " + name() + " of " + run;
    }
}
