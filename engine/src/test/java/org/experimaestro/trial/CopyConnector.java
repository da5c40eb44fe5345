package org.experimaestro.trial;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.experimaestro.core.file.AtomicFile;
import org.experimaestro.spi.Connector;
import org.experimaestro.spi.ConnectorDefinition;
import org.experimaestro.spi.ConnectorType;
import org.experimaestro.spi.FolderEntry;
import org.experimaestro.spi.HostFolder;
import org.experimaestro.spi.HostWorkspace;
import org.experimaestro.spi.LauncherOption;
import org.experimaestro.spi.LocalShell;
import org.experimaestro.spi.RefusedException;
import org.experimaestro.spi.ShellText;
import org.experimaestro.spi.UnreachableException;
import org.jspecify.annotations.Nullable;

/** A host that is this one, with files of its own: workspaces are copied into another folder. Thread-safe. */
public final class CopyConnector implements Connector {
    /** The connector type. */
    public static final String TYPE = "test";

    private static final String FOLDER = "folder";
    private static final Map<String, Trouble> TROUBLES = new ConcurrentHashMap<>();

    private final String folder;
    private final Trouble trouble;
    private final LocalShell shell = new LocalShell();

    /** What goes wrong between the hosts, and what went over. */
    public static final class Trouble {
        private volatile @Nullable String cut;
        private volatile @Nullable String full;
        private volatile @Nullable String stranger;
        private volatile @Nullable Path unreadable;
        private volatile Map<Path, String> left = Map.of();
        private volatile UnaryOperator<String> change = UnaryOperator.identity();
        private volatile Runnable fetching = () -> {};
        private volatile long claimed = -1;
        private final List<Path> sent = new ArrayList<>();
        private final AtomicInteger looks = new AtomicInteger();
        private final AtomicInteger scripts = new AtomicInteger();

        /** The host does not answer, or, with {@code null}, it does. */
        public void cut(@Nullable String words) {
            cut = words;
        }

        /** The host is not the one that is known: a person has to do something. */
        public void stranger(@Nullable String words) {
            stranger = words;
        }

        /** The files of a job cannot be fetched, or, with {@code null}, they can. */
        public void unreadable(@Nullable Path job) {
            unreadable = job;
        }

        /** What is left on the host each time that files of a job are fetched. */
        public void left(Path job, String files) {
            left = Map.of(job, files);
        }

        /** The scripts are changed before they are run. */
        public void changed(UnaryOperator<String> change) {
            this.change = change;
        }

        /** Sets an action that runs when the content of a file has been received, before that is over. */
        public void fetching(Runnable action) {
            fetching = action;
        }

        /** The size that the host says each file of a folder has. */
        public void claimed(long bytes) {
            claimed = bytes;
        }

        /** The host cannot store anything. */
        public void full(@Nullable String words) {
            full = words;
        }

        /** The files that were sent, each time they were. */
        public synchronized List<Path> sent() {
            return List.copyOf(sent);
        }

        /** How many scripts were run on the host. */
        public int scripts() {
            return scripts.get();
        }

        /** How often it was looked for jobs that have ended. */
        public int looks() {
            return looks.get();
        }

        private synchronized void sent(Path file) {
            sent.add(file);
        }

        private void check() throws UnreachableException {
            String refusal = stranger;
            if (refusal != null) {
                throw UnreachableException.permanent(refusal);
            }
            String words = cut;
            if (words != null) {
                throw new UnreachableException(words);
            }
        }
    }

    private CopyConnector(String folder) {
        this.folder = folder;
        this.trouble = trouble(folder);
    }

    /** A connector to a host whose files are in a folder. */
    public static ConnectorDefinition to(Path folder) {
        return new ConnectorDefinition("copy", TYPE, new TreeMap<>(Map.of(FOLDER, folder.toString())));
    }

    /** What goes wrong on the way to a folder. */
    public static Trouble trouble(Path folder) {
        return trouble(folder.toString());
    }

    private static Trouble trouble(String folder) {
        return TROUBLES.computeIfAbsent(folder, key -> new Trouble());
    }

    @Override
    public String name() {
        return "copy";
    }

    @Override
    public Output run(String script, Duration limit) throws UnreachableException, InterruptedException {
        trouble.check();
        trouble.scripts.incrementAndGet();
        return shell.run(trouble.change.apply(script), limit);
    }

    @Override
    public HostWorkspace workspace(Path root) throws UnreachableException {
        trouble.check();
        return new Copy(root, Path.of(folder));
    }

    @Override
    public HostFolder folder(String path, boolean make) throws UnreachableException {
        trouble.check();
        return new CopyFolder(path, shell, trouble);
    }

    @Override
    public void close() {}

    /** A folder of the host, of which files are fetched. */
    private record CopyFolder(String path, LocalShell shell, Trouble trouble) implements HostFolder {
        @Override
        public SortedMap<String, FolderEntry> list(Collection<String> paths) {
            SortedMap<String, FolderEntry> found = new TreeMap<>();
            for (String each : paths) {
                Path file = Path.of(path, each);
                try {
                    if (Files.exists(file)) {
                        found.put(each, new FolderEntry.Content(size(file), "", false, 0));
                    }
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                }
            }
            return found;
        }

        private long size(Path file) throws IOException {
            return trouble.claimed < 0 ? Files.size(file) : trouble.claimed;
        }

        @Override
        public void fetch(Map<String, FolderEntry.Content> files, Receiver receiver) throws IOException {
            for (String each : files.keySet()) {
                try (InputStream content = Files.newInputStream(Path.of(path, each))) {
                    receiver.receive(each, new FilterInputStream(content) {
                        @Override
                        public int read(byte[] bytes, int start, int length) throws IOException {
                            int count = super.read(bytes, start, length);
                            if (count < 0) {
                                trouble.fetching.run();
                            }
                            return count;
                        }
                    });
                }
            }
        }

        @Override
        public void send(Path root, Collection<String> paths) {
            throw new UnsupportedOperationException("nothing is sent to " + path);
        }

        @Override
        public Output run(String script, Duration limit) throws UnreachableException, InterruptedException {
            return shell.run("cd " + ShellText.quote(path) + " || exit 1\n" + script, limit);
        }
    }

    private final class Copy implements HostWorkspace {
        private final Path here;
        private final Path there;

        Copy(Path here, Path there) {
            this.here = here;
            this.there = there;
        }

        @Override
        public String path(Path local) {
            return there.resolve(here.relativize(local)).toString();
        }

        @Override
        public boolean isShared() {
            return false;
        }

        @Override
        public void send(Collection<Path> files) throws UnreachableException, RefusedException {
            trouble.check();
            String words = trouble.full;
            if (words != null) {
                throw new RefusedException(words);
            }
            for (Path file : files) {
                make(Path.of(path(file)), file);
                for (Path changed : copy(file, Path.of(path(file)))) {
                    trouble.sent(changed);
                }
            }
        }

        @Override
        public Map<Path, String> fetch(Collection<Path> jobs) throws UnreachableException, RefusedException {
            trouble.check();
            Path unreadable = trouble.unreadable;
            if (unreadable != null && jobs.contains(unreadable)) {
                throw new RefusedException("cannot read the files of " + unreadable.getFileName());
            }
            for (Path job : jobs) {
                copy(Path.of(path(job)), job);
            }
            return trouble.left;
        }

        @Override
        public Map<Path, String> fetchEnded(Collection<Path> jobs) throws UnreachableException, RefusedException {
            trouble.looks.incrementAndGet();
            trouble.check();
            return fetch(jobs.stream().filter(this::hasEnded).toList());
        }

        private boolean hasEnded(Path job) {
            Path copy = Path.of(path(job));
            try {
                return files(copy).stream()
                        .anyMatch(file -> isMarker(file) && !Files.exists(job.resolve(copy.relativize(file))));
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }

        private static void make(Path copy, Path file) throws RefusedException {
            try {
                Files.createDirectories(Files.isDirectory(file) ? copy : copy.resolveSibling(""));
            } catch (IOException failed) {
                throw new RefusedException(failed.toString());
            }
        }
    }

    /** Copies what is not the same, markers last. */
    private static List<Path> copy(Path from, Path to) throws RefusedException {
        List<Path> changed = new ArrayList<>();
        try {
            for (Path file : files(from)) {
                Path target = to.resolve(from.relativize(file));
                if (!Files.exists(target) || !isProcess(file) && Files.mismatch(file, target) >= 0) {
                    Files.createDirectories(target.toAbsolutePath().getParent());
                    // Named anew, since two threads of a run may fetch the same job at once.
                    Path part = target.resolveSibling(target.getFileName() + "." + UUID.randomUUID() + ".part");
                    Files.copy(file, part, StandardCopyOption.REPLACE_EXISTING);
                    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
                    changed.add(file);
                }
            }
        } catch (IOException failed) {
            throw new RefusedException(failed.toString());
        }
        return changed;
    }

    private static List<Path> files(Path top) throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(top, new SimpleFileVisitor<>() {
            /** The files of earlier attempts, and dumps, stay where they are, as with the connector for ssh. */
            @Override
            public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
                return visited.toString().contains("/.experimaestro/before-")
                                || visited.endsWith(".experimaestro/dumps")
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (!file.toString().endsWith(".part") && !AtomicFile.isTemporary(String.valueOf(file.getFileName()))) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failed) throws IOException {
                if (failed instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE; // it was a temporary one
                }
                throw failed;
            }
        });
        files.sort(Comparator.comparing(CopyConnector::isMarker));
        return files;
    }

    /** Which process has an attempt is said once: whoever is first counts. */
    private static boolean isProcess(Path file) {
        return String.valueOf(file.getFileName()).startsWith("process-");
    }

    private static boolean isMarker(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.equals("done.json") || name.startsWith("failed-");
    }

    /** The service. */
    public static final class Type implements ConnectorType {
        /** Called by the service loader. */
        public Type() {}

        @Override
        public String name() {
            return TYPE;
        }

        @Override
        public List<LauncherOption> options() {
            return List.of(new LauncherOption(FOLDER, "where its files are"));
        }

        @Override
        public List<String> check(Map<String, String> options) {
            return List.of();
        }

        @Override
        public Connector open(ConnectorDefinition definition) {
            return new CopyConnector(definition.options().getOrDefault(FOLDER, ""));
        }
    }
}
