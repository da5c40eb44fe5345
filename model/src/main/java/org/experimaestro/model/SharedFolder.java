package org.experimaestro.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.experimaestro.ConfigId;
import org.experimaestro.generated.TypeDescriptor;
import org.experimaestro.model.identity.JobPath;
import org.experimaestro.model.type.PartialRules;
import org.jspecify.annotations.Nullable;

/**
 * A folder of a workspace that jobs with one partial identifier share, one at a time: {@code shared/<type id>/<name of
 * the partial identifier>/<partial identifier>}. Immutable.
 *
 * @param typeId the type of the configurations
 * @param partial the name of the partial identifier
 * @param id the partial identifier
 */
public record SharedFolder(String typeId, String partial, ConfigId id) {
    /** The name of the workspace's folder of shared folders. */
    public static final String FOLDER = "shared";

    private static final int PARTS = 3;

    static SharedFolder of(ConfigNode<?> node, String partial) {
        return new SharedFolder(node.descriptor().typeId(), partial, node.partialId(partial));
    }

    /**
     * Finds the folders that a job uses.
     *
     * @param task the job's task
     * @return the folders of its paths and of those of the configurations in it, each once; unmodifiable
     */
    public static List<SharedFolder> of(ConfigNode<?> task) {
        boolean hasSome = false;
        for (TypeDescriptor<?> type : task.types()) {
            hasSome |= PartialRules.hasSharedPaths(type);
        }
        if (!hasSome) {
            return List.of();
        }
        List<ConfigNode<?>> users = new ArrayList<>();
        users.add(task);
        users.addAll(NestedPaths.of(task).sharers());
        Set<SharedFolder> folders = new LinkedHashSet<>();
        for (ConfigNode<?> user : users) {
            for (int i = 0; i < user.descriptor().size(); i++) {
                String partial = user.descriptor().parameter(i).pathPartial();
                if (partial != null) {
                    folders.add(of(user, partial));
                }
            }
        }
        return List.copyOf(folders);
    }

    /**
     * Returns the path in the workspace, which is also the name of its token.
     *
     * @return a path with slashes
     */
    public String path() {
        return FOLDER + "/" + typeId + "/" + partial + "/" + id;
    }

    /**
     * Returns the folder as a job sees it.
     *
     * @param job the job's folder, or another folder in which its task is executed
     * @return the folder in the job's workspace; below the other folder, which has no workspace
     */
    public Path seenFrom(Path job) {
        return root(job).resolve(path());
    }

    private static Path root(Path job) {
        JobPath found = JobPath.find(JobPath.text(job));
        return found == null || !found.rest().isEmpty()
                ? job
                : job.resolve("../../..").normalize();
    }

    /**
     * Finds the shared folder that a path is in. A folder of another place does not count, whatever its name is: it may
     * be a workspace that is called {@code shared}.
     *
     * @param path any path
     * @param job the folder of the job that knows the path, or another folder in which its task is executed
     * @return the folder, or {@code null} if the path is in no shared folder that the job can see
     */
    public static @Nullable SharedFolder find(Path path, Path job) {
        String text = JobPath.text(path);
        String shared = JobPath.text(root(job).resolve(FOLDER)) + "/";
        if (!text.startsWith(shared)) {
            return null;
        }
        String[] parts = text.substring(shared.length()).split("/", PARTS + 1);
        return parts.length >= PARTS
                        && JobPath.isTypeId(parts[0])
                        && JobPath.isTypeId(parts[1])
                        && ConfigId.isValid(parts[2])
                ? new SharedFolder(parts[0], parts[1], ConfigId.parse(parts[2]))
                : null;
    }

    /** Returns the type, the name, and the first digits of the identifier. */
    @Override
    public String toString() {
        return typeId + "/" + partial + "/" + id.toString().substring(0, 8);
    }
}
