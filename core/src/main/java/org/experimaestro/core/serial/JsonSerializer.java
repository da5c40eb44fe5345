package org.experimaestro.core.serial;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
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
        try {
            DataCopies data = new DataCopies();
            Set<Path> workspaces = new WorkspaceSearch(data).find(configs);
            AtomicFile.write(absolute, text(configs, absolute, workspaces, data.copy(absolute)));
            data.deleteOthers(absolute);
        } catch (IOException failed) {
            throw WorkspaceException.of("Cannot write configurations: " + failed.getMessage())
                    .at(file.toString())
                    .cause(failed)
                    .build();
        }
    }

    private static String text(Object configs, Path file, Set<Path> workspaces, @Nullable String data) {
        Path folder = file.getParent();
        if (folder == null) {
            return ConfigurationWriter.write(configs, null, null);
        }
        Path workspace = workspaces.isEmpty() ? null : workspaces.iterator().next();
        for (Path other : workspaces) {
            if (folder.startsWith(other)) {
                workspace = other; // the file moves with it
            }
        }
        return ConfigurationWriter.writeSaved(configs, workspace, folder, data);
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

    /** A search for the workspaces of configurations, by their producers and by paths inside jobs' folders, and for their data. */
    private static final class WorkspaceSearch {
        private final IdentityHashMap<Node<?>, Boolean> seen = new IdentityHashMap<>();
        private final Deque<Config<?>> open = new ArrayDeque<>();
        private final Set<Path> found = new LinkedHashSet<>();
        private final DataCopies data;

        WorkspaceSearch(DataCopies data) {
            this.data = data;
        }

        Set<Path> find(Object configs) {
            add(configs);
            while (!open.isEmpty()) {
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
            data.add(node);
            Producer producer = node.producer();
            if (producer != null) {
                addRoot(producer.folder());
            }
            for (int i = 0; i < node.descriptor().size(); i++) {
                addPaths(node.argument(i));
                BoundHandles.forEach(node.descriptor().parameter(i).type(), node.argument(i), open::add);
            }
            open.addAll(node.inits());
        }

        private void addPaths(@Nullable Object bound) {
            if (bound instanceof Path path) {
                addRoot(path);
            } else if (bound instanceof Collection<?> elements) {
                elements.forEach(this::addPaths);
            } else if (bound instanceof Map<?, ?> map) {
                map.values().forEach(this::addPaths);
            }
        }

        private void addRoot(Path path) {
            JobPath job = path instanceof RootedPath ? null : JobPath.of(path);
            if (job != null) {
                found.add(Path.of(job.root()));
            }
        }
    }
}
