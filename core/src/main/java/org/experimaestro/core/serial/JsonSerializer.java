package org.experimaestro.core.serial;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import org.experimaestro.Config;
import org.experimaestro.WorkspaceException;
import org.experimaestro.base.file.BoundedFile;
import org.experimaestro.core.file.AtomicFile;
import org.experimaestro.core.json.JsonFile;
import org.experimaestro.model.BoundHandles;
import org.experimaestro.model.ConfigNode;
import org.experimaestro.model.Node;
import org.experimaestro.model.Producer;
import org.experimaestro.model.Serializer;
import org.experimaestro.model.identity.JobPath;
import org.experimaestro.model.root.RootedPath;
import org.jspecify.annotations.Nullable;

/** The implementation of {@code Config.save} and {@code Config.load}. Thread-safe. */
public final class JsonSerializer implements Serializer {

    @Override
    public void save(Object configs, Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        Path workspace = new WorkspaceSearch().find(configs);
        Path folder = absolute.getParent();
        String leading = null;
        if (workspace != null) {
            leading = folder != null && folder.startsWith(workspace)
                    ? folder.relativize(workspace).toString()
                    : workspace.toString();
        }
        try {
            AtomicFile.write(absolute, ConfigurationWriter.write(configs, workspace, leading));
        } catch (IOException failed) {
            throw WorkspaceException.of("Cannot write configurations: " + failed.getMessage())
                    .at(file.toString())
                    .cause(failed)
                    .build();
        }
    }

    @Override
    public Object load(Path file) {
        try {
            ClassLoader context = Thread.currentThread().getContextClassLoader();
            ClassLoader classes = context != null ? context : JsonSerializer.class.getClassLoader();
            return ConfigurationReader.read(BoundedFile.read(file.toRealPath(), JsonFile.LARGE_BYTES), file, classes);
        } catch (IOException failed) {
            throw WorkspaceException.of("Cannot read configurations: " + failed)
                    .at(file.toString())
                    .advice("check that the file is there")
                    .cause(failed)
                    .build();
        }
    }

    /** A search for the workspace of configurations: by their producers, and by paths inside jobs' folders. */
    private static final class WorkspaceSearch {
        private final IdentityHashMap<Node<?>, Boolean> seen = new IdentityHashMap<>();
        private final Deque<Config<?>> open = new ArrayDeque<>();
        private @Nullable Path found;

        @Nullable
        Path find(Object configs) {
            add(configs);
            while (found == null && !open.isEmpty()) {
                visit(open.remove());
            }
            return found;
        }

        private void add(@Nullable Object configs) {
            if (configs instanceof Config<?> config) {
                open.add(config);
            } else if (configs instanceof Collection<?> collection) {
                collection.forEach(this::add);
            } else if (configs instanceof Map<?, ?> map) {
                map.values().forEach(this::add);
            }
        }

        private void visit(Config<?> config) {
            if (seen.put(Node.of(config), true) != null) {
                return;
            }
            if (!(Node.of(config) instanceof ConfigNode<?> node)) {
                add(Containers.content(config));
                return;
            }
            Producer producer = node.producer();
            if (producer != null) {
                found = root(producer.folder());
            }
            for (int i = 0; i < node.descriptor().size(); i++) {
                if (node.argument(i) instanceof Path path) {
                    Path root = root(path);
                    found = found == null ? root : found;
                }
                BoundHandles.forEach(node.descriptor().parameter(i).type(), node.argument(i), open::add);
            }
        }

        private static @Nullable Path root(Path path) {
            JobPath job = JobPath.of(path);
            return job == null || path instanceof RootedPath ? null : Path.of(job.root());
        }
    }
}
