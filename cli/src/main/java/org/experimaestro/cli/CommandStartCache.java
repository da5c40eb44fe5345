package org.experimaestro.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.experimaestro.WorkspaceException;
import org.experimaestro.base.file.PrivateFolder;
import org.experimaestro.cli.plan.Installation;
import org.experimaestro.core.file.AtomicFile;
import org.experimaestro.core.file.UserFolder;
import org.experimaestro.engine.local.CacheTraining;

/**
 * The ahead-of-time cache (JEP 514) with which this command starts faster. The start script chooses the file, and uses it
 * if it exists. The file is made in the background at the end of a run, but not of the first one: a command that is
 * installed for a single run, as on a CI machine, would never gain what the cache costs.
 *
 * <p>A file beside the cache lists the JVM and the jars that it is for. It is written by the first run, and again after
 * these have changed.
 */
final class CommandStartCache {
    /** The property of the start script with the cache's file. */
    private static final String FILE = "experimaestro.start.cache";
    /** The property of the start script with the options of the JVM, which must be the same when the cache is made. */
    private static final String OPTIONS = "experimaestro.start.options";

    private static final String FOLDER = "aot";
    private static final int FIRST_FEATURE = 25;

    private CommandStartCache() {}

    /**
     * Has the cache made if it is missing or old, and this is not the first run with these jars. The command works
     * without it, so nothing that fails here is an error: if the folder of caches cannot be used, the run has said so
     * for the jobs' own cache.
     */
    static void renew() {
        String file = System.getProperty(FILE, "");
        if (file.isEmpty() || Runtime.version().feature() < FIRST_FEATURE) {
            return;
        }
        try {
            renew(Path.of(file));
        } catch (IOException | WorkspaceException unusable) {
            System.getLogger(CommandStartCache.class.getName())
                    .log(System.Logger.Level.DEBUG, "The start cache of this command cannot be made", unusable);
        }
    }

    private static void renew(Path cache) throws IOException {
        Path folder = PrivateFolder.make(UserFolder.CACHE.path(), FOLDER);
        if (!cache.startsWith(folder)) {
            return;
        }
        String contents = contents();
        Path place = Files.createDirectories(cache.resolveSibling(""));
        Path list = cache.resolveSibling(cache.getFileName() + ".txt");
        if (!Files.isRegularFile(list) || !Files.readString(list).equals(contents)) {
            Files.deleteIfExists(cache);
            AtomicFile.write(list, contents);
        } else if (Files.notExists(cache)) {
            train(cache, place);
        }
    }

    private static void train(Path cache, Path folder) throws IOException {
        CacheTraining training = new CacheTraining(cache, InstantSource.system());
        if (training.reserve()) {
            List<String> options = new ArrayList<>(
                    List.of(System.getProperty(OPTIONS, "").strip().split("\\s+")));
            Installation.homeOption().ifPresent(options::add);
            training.start(folder, options, System.getProperty("java.class.path"), CommandRehearsal.class.getName());
        }
    }

    /**
     * Returns a line for the JVM, and one for each jar, with what the JVM itself compares: path, size and time. The names
     * of jars have the version. All jars of an archive have one time, so the time of the last change of the file's
     * attributes is compared as well, which another archive of the same version changes if it is unpacked over this one.
     */
    private static String contents() throws IOException {
        StringBuilder text = new StringBuilder(System.getProperty("java.vm.version")).append('\n');
        for (String jar : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(jar);
            text.append(jar).append(' ').append(Files.size(path)).append(' ');
            text.append(Files.getLastModifiedTime(path).toMillis()).append(' ');
            text.append(
                            path.getFileSystem().supportedFileAttributeViews().contains("unix")
                                    ? Files.getAttribute(path, "unix:ctime")
                                    : "")
                    .append('\n');
        }
        return text.toString();
    }
}
