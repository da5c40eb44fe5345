package org.experimaestro.faults;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.experimaestro.disturbance.Disturbance;
import org.experimaestro.disturbance.Operation;
import org.jspecify.annotations.Nullable;

/**
 * The file system of a plan or a job, which does in one folder what {@link Lie} says, and may end its process at an operation.
 * The caches are those of one client of NFS with the usual options (nfs(5), close-to-open): a folder that is listed or changed is
 * looked at anew, and so is a file that is opened. Thread-safe.
 */
public final class LyingFiles implements Disturbance {
    /** The property with the folder in which the file system lies. */
    static final String ROOT = "faults.root";
    /** The property with the names of lies, with spaces between them. */
    static final String LIES = "faults.lies";
    /** The property with the number from which chance is made. */
    static final String SEED = "faults.seed";
    /** The property with the name of the host that the process seems to be on. */
    static final String HOST = "faults.host";
    /** The property with the number of the operation at which the process is gone. */
    static final String CRASH = "faults.crash";
    /** The property with the processes that are gone then: {@code plan} or {@code job}. */
    static final String CRASHING = "faults.crashing";

    /** The attempts that are gone: the first one at the first job throws early. */
    static final int CRASHING_ATTEMPT = 2;
    /** The last word of a process that is gone. */
    static final String GONE = "Gone ";

    /** The exit code of a process that was killed. */
    static final int KILLED = 137;

    private static final String JOBS = "/jobs/";
    private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(1_500);
    private static final double LOST = 0.1;
    private static final double FAILING = 0.01;
    private static final double STALE = 0.02;

    private static final Set<Operation> CHANGES =
            EnumSet.of(Operation.MAKE_FOLDER, Operation.LINK, Operation.MOVE, Operation.DELETE, Operation.WRITE);

    private final String root = System.getProperty(ROOT, "");
    private final Set<Lie> lies = EnumSet.noneOf(Lie.class);
    private final String host = System.getProperty(HOST, "");
    private final Random random = new Random(
            Long.getLong(SEED, 0) * 1_000_003 + ProcessHandle.current().pid());
    private final AtomicInteger operations = new AtomicInteger();
    private final int crash = Integer.getInteger(CRASH, 0);

    /** The time at which a file was found missing. */
    private final Map<Path, Long> missing = new ConcurrentHashMap<>();
    /** The attributes that were told last. */
    private final Map<Path, Told> told = new ConcurrentHashMap<>();

    private record Told(BasicFileAttributes attributes, long time) {
        boolean isLate() {
            return System.nanoTime() - time < LATE_NANOS;
        }
    }

    /** Creates the file system that the properties of this process tell. */
    public LyingFiles() {
        for (String name : System.getProperty(LIES, "").split(" ")) {
            if (!name.isEmpty()) {
                lies.add(Lie.valueOf(name));
            }
        }
    }

    private boolean isBelow(Path path) {
        String text = path.toString();
        return text.startsWith(root) && text.length() > root.length();
    }

    private boolean happens(double probability) {
        return random.nextDouble() < probability;
    }

    @Override
    public Path place(Path path) {
        if (!host.isEmpty()) {
            // The places in which a process finds out where it is.
            switch (path.toString()) {
                case "/proc/sys/kernel/hostname", "/proc/sys/kernel/random/boot_id", "/etc/machine-id" -> {
                    return path.getFileSystem()
                            .getPath(root + "-" + host, path.getFileName().toString());
                }
                default -> {}
            }
        }
        if (lies.contains(Lie.FOLDED_CASE) && isBelow(path)) {
            return path.getFileSystem()
                    .getPath(root + path.toString().substring(root.length()).toLowerCase(Locale.ROOT));
        }
        return path;
    }

    @Override
    public void before(Operation operation, Path path) throws IOException {
        if (!isBelow(path)) {
            return;
        }
        crashAt(operation, path, false);
        if (path.toString().startsWith(root + JOBS)) {
            fail(operation, path);
        }
        if (lies.contains(Lie.NO_LINKS) && operation == Operation.LINK) {
            throw new FileSystemException(path.toString(), null, "Operation not supported");
        }
        if (lies.contains(Lie.LATE_NAMES)) {
            lookLate(operation, path);
        }
    }

    /** Fails in jobs' folders: a plan that cannot copy its class path, or write its record, ends before it has any job. */
    private void fail(Operation operation, Path path) throws IOException {
        if (lies.contains(Lie.ERRORS) && happens(FAILING)) {
            throw new FileSystemException(path.toString(), null, "Input/output error");
        }
        if (lies.contains(Lie.STALE_HANDLES) && operation == Operation.OPEN && happens(STALE)) {
            throw new FileSystemException(path.toString(), null, "Stale file handle");
        }
        if (lies.contains(Lie.NO_ROOM) && operation == Operation.WRITE && happens(STALE)) {
            throw new IOException("No space left on device");
        }
    }

    /** The process is gone in the middle: before the operation, or, at an even number, after it. */
    private void crashAt(Operation operation, Path path, boolean isAfter) {
        if (crash == 0 || !CHANGES.contains(operation) && operation != Operation.OPEN) {
            return;
        }
        int count = isAfter ? operations.get() : operations.incrementAndGet();
        if (count == crash && isAfter == (crash % 2 == 0) && isCrashing()) {
            System.err.println(GONE + (isAfter ? "after " : "before ") + operation + " of " + path);
            Runtime.getRuntime().halt(KILLED);
        }
    }

    private static boolean isCrashing() {
        // A plan is started with its main class, and so is a job, which has the number of its attempt as an argument.
        String command = System.getProperty("sun.java.command", "");
        return System.getProperty(CRASHING, "").equals("plan")
                ? command.startsWith(PlanMain.class.getName())
                : command.contains("JobMain " + CRASHING_ATTEMPT + " ");
    }

    private void lookLate(Operation operation, Path path) throws NoSuchFileException {
        if (operation == Operation.LIST) {
            missing.keySet().removeIf(name -> path.equals(name.getParent()));
        } else if (CHANGES.contains(operation)) {
            forget(path);
        } else if (operation == Operation.LOOK) {
            Long since = missing.get(path);
            if (since != null && System.nanoTime() - since < LATE_NANOS) {
                throw new NoSuchFileException(path.toString());
            }
            if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                missing.remove(path);
            } else {
                missing.put(path, System.nanoTime());
            }
        }
    }

    /** A change shows the client that others have changed the folder, too (RFC 1813, section 2.6: wcc_data). */
    private void forget(Path path) {
        missing.keySet().removeIf(name -> Objects.equals(path.getParent(), name.getParent()));
    }

    @Override
    public void after(Operation operation, Path path) throws IOException {
        if (!isBelow(path)) {
            return;
        }
        crashAt(operation, path, true);
        if (operation == Operation.OPEN || CHANGES.contains(operation)) {
            told.remove(path);
        }
        if (!lies.contains(Lie.LOST_REPLIES) || !happens(LOST)) {
            return;
        }
        boolean isThere = Files.exists(path, LinkOption.NOFOLLOW_LINKS);
        if (isThere && (operation == Operation.LINK || operation == Operation.MAKE_FOLDER)) {
            throw new FileAlreadyExistsException(path.toString());
        }
        if (operation == Operation.MOVE && isThere || operation == Operation.DELETE && !isThere) {
            throw new NoSuchFileException(path.toString());
        }
    }

    @Override
    public BasicFileAttributes seen(Path path, BasicFileAttributes attributes) {
        if (!isBelow(path)) {
            return attributes;
        }
        BasicFileAttributes seen = lies.contains(Lie.WHOLE_SECONDS) ? inSeconds(attributes) : attributes;
        if (!lies.contains(Lie.LATE_ATTRIBUTES)) {
            return seen;
        }
        Told before = told.get(path);
        if (before != null && before.isLate() && isPosix(before.attributes()) == isPosix(seen)) {
            return before.attributes();
        }
        told.put(path, new Told(seen, System.nanoTime()));
        return seen;
    }

    private static boolean isPosix(BasicFileAttributes attributes) {
        return attributes instanceof PosixFileAttributes;
    }

    private static BasicFileAttributes inSeconds(BasicFileAttributes attributes) {
        Class<?> kind = isPosix(attributes) ? PosixFileAttributes.class : BasicFileAttributes.class;
        return (BasicFileAttributes) Proxy.newProxyInstance(
                LyingFiles.class.getClassLoader(), new Class<?>[] {kind}, (proxy, method, arguments) -> {
                    @Nullable Object value;
                    try {
                        value = method.invoke(attributes, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                    return value instanceof FileTime time
                            ? FileTime.from(time.to(TimeUnit.SECONDS), TimeUnit.SECONDS)
                            : value;
                });
    }
}
