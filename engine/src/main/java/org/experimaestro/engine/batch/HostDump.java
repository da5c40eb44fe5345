package org.experimaestro.engine.batch;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.experimaestro.ExperimaestroException;
import org.experimaestro.LaunchException;
import org.experimaestro.core.file.AtomicFile;
import org.experimaestro.spi.FolderEntry;
import org.experimaestro.spi.HostFolder;
import org.experimaestro.spi.HostWorkspace;
import org.experimaestro.spi.RefusedException;
import org.experimaestro.spi.Shell;
import org.experimaestro.spi.ShellText;
import org.experimaestro.spi.UnreachableException;
import org.experimaestro.workspace.DumpScripts;
import org.experimaestro.workspace.Failures;
import org.experimaestro.workspace.JobDumps;
import org.experimaestro.workspace.JobFolder;

/**
 * A dump of the process of a job on the host of a connector: the stacks of its threads, or its heap. The {@code jcmd} beside
 * the process's own Java is used, or one on the path there. The dump comes into the files of the job here, also if the host
 * has a copy of the workspace. The job goes on. Thread-safe.
 */
public final class HostDump {
    private static final Duration SHORT = Duration.ofMinutes(2);
    private static final Duration LONG = Duration.ofHours(2);
    private static final long KIBIBYTE = 1024;
    private static final Pattern FOUND =
            Pattern.compile("\\A" + DumpScripts.FOUND + " (\\d{1,9}) (\\d{1,10}) (-1|\\d{1,15}) (-1|\\d{1,15}) ?(.*)");
    /** The first line of a script that goes on. What follows is in the next one: stacks may have any words. */
    private static final String THEN = "\\A" + DumpScripts.FOUND + " [^\\n]*\\n";

    private static final Pattern REFUSED =
            Pattern.compile("(?:" + THEN + "|\\A)" + DumpScripts.REFUSED + " (.*)\\z", Pattern.DOTALL);
    private static final Pattern ANSWER = Pattern.compile(THEN + DumpScripts.ANSWER + "\\n(.*)\\z", Pattern.DOTALL);
    private static final Pattern SIGNALLED = Pattern.compile(THEN + DumpScripts.SIGNALLED + "\\s*\\z");

    private final JobFolder job;
    private final Path root;
    private final Host host;
    private final String launcher;

    HostDump(JobFolder job, Path root, Host host, String launcher) {
        this.job = job;
        this.root = root;
        this.host = host;
        this.launcher = launcher;
    }

    /**
     * The process that is to be dumped.
     *
     * @param attempt the number of the attempt
     * @param pid the process number there
     * @param memory the physical memory that it has, in bytes; empty if the host does not show it
     * @param room the bytes that are free where dumps are written; empty if the host does not show it
     */
    public record Target(int attempt, long pid, OptionalLong memory, OptionalLong room) {}

    /**
     * The stacks of the threads of a process.
     *
     * @param file the file with the stacks
     * @param text the stacks; empty if the process was asked to print them itself into the file, its log, because there
     *     is no {@code jcmd}
     */
    public record Threads(Path file, Optional<String> text) {}

    /**
     * Finds the process of the job. Nothing is sent to it.
     *
     * @return the process
     * @throws LaunchException if the host does not answer, the job does not run there, or its file names a process that is
     *     not the job's
     * @throws InterruptedException if this thread is interrupted
     */
    public Target find() throws InterruptedException {
        Shell.Output output = run(DumpScripts.find(job, folder()), SHORT);
        Matcher found = FOUND.matcher(output.out());
        requireFound(found, output);
        return new Target(
                Integer.parseInt(found.group(1)),
                Long.parseLong(found.group(2)),
                bytes(found.group(3)),
                bytes(found.group(4)));
    }

    /** Requires the answer that a script prints, in the output of one that has come to its end. */
    private void requireFound(Matcher answer, Shell.Output output) {
        if (!output.isSuccess() || !answer.find()) {
            throw refuse("its host has answered: " + output.words()).build();
        }
    }

    private static OptionalLong bytes(String kibibytes) {
        long number = Long.parseLong(kibibytes);
        return number < 0 ? OptionalLong.empty() : OptionalLong.of(number * KIBIBYTE);
    }

    /**
     * Writes the stacks of all threads into a file of the job's dumps here. Without {@code jcmd} there, the process prints
     * them into its log.
     *
     * @param target the process
     * @return the stacks
     * @throws LaunchException if the process does not answer, or the file cannot be written
     * @throws InterruptedException if this thread is interrupted
     */
    public Threads threads(Target target) throws InterruptedException {
        Shell.Output output = run(DumpScripts.threads(job, folder(), target.attempt(), target.pid()), SHORT);
        Matcher answer = ANSWER.matcher(output.out());
        if (SIGNALLED.matcher(output.out()).find()) {
            return new Threads(job.standardOutput(target.attempt()), Optional.empty());
        }
        requireFound(answer, output);
        try {
            String text = answer.group(1);
            return new Threads(JobDumps.of(job).writeThreads(target.attempt(), text), Optional.of(text));
        } catch (IOException unwritten) {
            throw refuse(Failures.reason(unwritten)).cause(unwritten).build();
        }
    }

    /**
     * Writes the heap into a file of the job's dumps. If the host has a copy of the workspace, the file is fetched, and
     * deleted there. Only the user may read it. The process stands still while it is written.
     *
     * @param target the process
     * @return the file, here
     * @throws LaunchException if there is no {@code jcmd} or not enough room there, the process does not answer, or the file
     *     cannot be fetched; then it stays there
     * @throws InterruptedException if this thread is interrupted
     */
    public Path heap(Target target) throws InterruptedException {
        Shell.Output output = run(DumpScripts.heap(job, folder(), target.attempt(), target.pid()), LONG);
        Matcher answer = ANSWER.matcher(output.out());
        requireFound(answer, output);
        String written = answer.group(1).strip();
        Path same = job.path().resolve(written).normalize();
        if (!job.dumps().equals(same.getParent())) {
            throw refuse("its host has answered with a file that is not one of its dumps: " + written)
                    .build();
        }
        try {
            return workspace().isShared() ? same : fetch(target, String.valueOf(same.getFileName()));
        } catch (IOException | UnreachableException | RefusedException unfetched) {
            throw refuse("the heap is in " + folder() + "/" + written + " on its host, and cannot be fetched: "
                            + reason(unfetched))
                    .cause(unfetched)
                    .build();
        }
    }

    private Path fetch(Target target, String name)
            throws IOException, UnreachableException, RefusedException, InterruptedException {
        HostFolder dumps = host.folder(workspace().path(job.dumps()));
        if (!(dumps.list(List.of(name)).get(name) instanceof FolderEntry.Content content)) {
            throw new RefusedException("there is no such file any longer");
        }
        Path file = JobDumps.of(job).next(JobDumps.Kind.HEAP, target.attempt());
        long room = Files.getFileStore(job.dumps()).getUsableSpace();
        if (content.size() > room) {
            throw new RefusedException(
                    "it has " + content.size() + " bytes, and there is room for " + room + " bytes in " + job.dumps());
        }
        Path draft = Files.createTempFile(
                job.dumps(),
                AtomicFile.TEMPORARY,
                "",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            // Into the file that is there, because a new one would have the rights that the umask leaves.
            dumps.fetch(Map.of(name, content), (_, stream) -> {
                try (OutputStream out = Files.newOutputStream(draft, StandardOpenOption.TRUNCATE_EXISTING)) {
                    stream.transferTo(out);
                }
            });
            if (Files.size(draft) != content.size()) {
                throw new IOException(Files.size(draft) + " of " + content.size() + " bytes have come");
            }
            Files.move(draft, file);
        } finally {
            Files.deleteIfExists(draft);
        }
        dumps.run("rm -f " + ShellText.quote("./" + name), SHORT);
        return file;
    }

    private HostWorkspace workspace() throws UnreachableException, RefusedException, InterruptedException {
        return host.workspace(root);
    }

    /** Returns the job's folder there. */
    private String folder() throws InterruptedException {
        try {
            return workspace().path(job.path());
        } catch (UnreachableException | RefusedException failed) {
            throw refuse(reason(failed)).cause(failed).build();
        }
    }

    /** Runs a script; what it refuses is an error. */
    private Shell.Output run(String script, Duration limit) throws InterruptedException {
        Shell.Output output;
        try {
            output = host.shell().run(script, limit);
        } catch (UnreachableException failed) {
            throw refuse(reason(failed)).cause(failed).build();
        }
        Matcher refused = REFUSED.matcher(output.out());
        if (refused.find()) {
            String reason = refused.group(1).strip();
            if (reason.startsWith(DumpScripts.ELSEWHERE + " ")) {
                throw elsewhere(reason.split(" ", 3));
            }
            throw refuse(reason).build();
        }
        return output;
    }

    /** The shell of a cluster is on the host with its commands, and the process on another one. */
    private LaunchException elsewhere(String[] words) {
        String pid = words[1];
        String where = words.length > 2 ? words[2] : "another host";
        return refuse("it is process " + pid + " on " + where + ", and " + host.nameOf(launcher)
                        + " leads to another host")
                .advice("log in on " + where + ", and type: jcmd " + pid + " Thread.print, or: jcmd " + pid
                        + " GC.heap_dump FILE.hprof")
                .build();
    }

    private static String reason(Exception failed) {
        return failed instanceof IOException unusable ? Failures.reason(unusable) : String.valueOf(failed.getMessage());
    }

    private ExperimaestroException.Builder<LaunchException> refuse(String reason) {
        return LaunchException.of("Cannot dump " + job.name() + ": " + reason);
    }
}
