package org.experimaestro.runtime;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Iterator;
import org.experimaestro.generated.Parameter;
import org.experimaestro.generated.TypeDescriptor;
import org.experimaestro.model.ConfigNode;
import org.experimaestro.model.NestedPaths;
import org.experimaestro.model.SharedFolder;

/** A check of the generated paths of a task and of the configurations in it: files and folders that the task must have made when it returns. */
public final class GeneratedPaths {
    private GeneratedPaths() {}

    /**
     * Finds the generated paths that do not exist, without those that are declared optional or are in shared folders.
     *
     * @param task the task
     * @param folder the job's folder
     * @return the names of their parameters, each with its path where that differs; empty if all paths exist
     */
    public static String missing(ConfigNode<?> task, Path folder) {
        StringBuilder missing = new StringBuilder();
        add(task.descriptor(), folder, "", missing);
        NestedPaths nested = NestedPaths.of(task);
        for (ConfigNode<?> owner : nested.owners()) {
            Path place = nested.folder(owner, folder);
            add(owner.descriptor(), place, folder.relativize(place) + "/", missing);
        }
        return missing.toString();
    }

    /**
     * Makes the shared folders of a task that is executed outside of its job, so that it has folders of its own.
     *
     * @param task the task
     * @param place the folder in which it is executed
     * @throws IOException if one cannot be made
     */
    public static void makeShared(ConfigNode<?> task, Path place) throws IOException {
        for (SharedFolder shared : SharedFolder.of(task)) {
            Files.createDirectories(shared.seenFrom(place));
        }
    }

    private static void add(TypeDescriptor<?> type, Path folder, String prefix, StringBuilder missing) {
        for (int i = 0; i < type.size(); i++) {
            Parameter parameter = type.parameter(i);
            String relative = parameter.generatedPath();
            if (relative == null || parameter.isPathOptional() || parameter.pathPartial() != null) {
                continue;
            }
            Path path = folder.resolve(relative);
            if (Files.exists(path) || isThereAfterAll(path)) {
                continue;
            }
            if (missing.length() > 0) {
                missing.append(", ");
            }
            missing.append(parameter.name());
            boolean isNamed = (prefix + relative).equals(parameter.name());
            boolean isLink = Files.exists(path, LinkOption.NOFOLLOW_LINKS);
            if (!isNamed || isLink) {
                missing.append(" (")
                        .append(isNamed ? "" : prefix + relative)
                        .append(!isNamed && isLink ? ", " : "")
                        .append(isLink ? "a link that leads to nothing" : "")
                        .append(')');
            }
        }
    }

    /**
     * Lists the path's folder, and returns whether the path exists then. Another process of the job may have made it on
     * another host, and listing the folder updates the cache of a network file system.
     */
    private static boolean isThereAfterAll(Path path) {
        Path folder = path.getParent();
        if (folder == null) {
            return false;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Iterator<Path> each = files.iterator(); each.hasNext(); ) {
                each.next();
            }
        } catch (IOException | DirectoryIteratorException unreadable) {
            return false;
        }
        return Files.exists(path);
    }
}
