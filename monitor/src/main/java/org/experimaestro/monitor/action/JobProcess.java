package org.experimaestro.monitor.action;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.experimaestro.base.file.FileOwner;
import org.experimaestro.workspace.Attempt;
import org.experimaestro.workspace.JobCommand;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.SideProcess;
import org.experimaestro.workspace.WorkerCommand;
import org.experimaestro.workspace.WorkerFiles;
import org.experimaestro.workspace.WorkerTask;
import org.jspecify.annotations.Nullable;

/**
 * A process of this host, described by the operating system, because a file of a workspace could be forged. Two values
 * identify a job's process. Its command line names the job and the attempt; an editor in the job's folder has another
 * one. Its working folder is the job's folder; a job of the same name in another workspace has another one. The
 * launcher starts the process there, and Java cannot change its working folder.
 *
 * @param pid the process number
 * @param owner the user with whose rights the process runs
 * @param group the number of the process group, which equals the number of the group's leader
 * @param folder the working folder, or a link to it
 * @param command the words of the command line
 * @param separator the separator between the words
 */
public record JobProcess(long pid, FileOwner owner, long group, Path folder, String command, String separator) {
    private static final Path PROC = Path.of("/proc");
    private static final String NUL = "\0";

    /**
     * Reads the description of a process.
     *
     * @param pid the process number
     * @return the process
     * @throws IOException if there is no such process, or if the system does not show it
     * @throws InterruptedException if this thread is interrupted
     */
    public static JobProcess of(long pid) throws IOException, InterruptedException {
        return Files.exists(PROC.resolve("self")) ? inProc(pid) : listed(pid);
    }

    /**
     * Reads the owner of the folder in {@code /proc}, field 5 of {@code stat}, the link {@code cwd}, and
     * {@code cmdline}. Source: proc(5).
     */
    private static JobProcess inProc(long pid) throws IOException {
        Path shown = PROC.resolve(Long.toString(pid));
        FileOwner owner = FileOwner.of(shown);
        String stat = Files.readString(shown.resolve("stat"), StandardCharsets.ISO_8859_1);
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        // A byte 0 ends each word.
        String command = new String(Files.readAllBytes(shown.resolve("cmdline")), StandardCharsets.UTF_8);
        return new JobProcess(
                pid,
                owner,
                Long.parseLong(fields[2]),
                shown.resolve("cwd"),
                command.endsWith(NUL) ? command.substring(0, command.length() - 1) : command,
                NUL);
    }

    /**
     * Reads the output of lsof(8) and ps(1), which macOS has. With the option {@code -F}, each line of lsof is a letter
     * and a value.
     */
    static JobProcess listed(long pid) throws IOException, InterruptedException {
        Map<Character, String> values = new TreeMap<>();
        for (String line : print("lsof", "-w", "-a", "-p", Long.toString(pid), "-d", "cwd", "-F", "ugn")
                .split("\n")) {
            if (!line.isEmpty()) {
                values.putIfAbsent(line.charAt(0), line.substring(1));
            }
        }
        String user = values.get('u');
        String group = values.get('g');
        String folder = values.get('n');
        if (user == null || group == null || folder == null) {
            throw new IOException("lsof does not show process " + pid);
        }
        return new JobProcess(
                pid,
                new FileOwner(Long.parseLong(user)),
                Long.parseLong(group),
                Path.of(folder),
                print("ps", "-ww", "-o", "command=", "-p", Long.toString(pid)).strip(),
                " ");
    }

    private static String print(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return printed;
    }

    /**
     * Returns the reason why this is not the process of a job's attempt; empty if it is.
     *
     * @param attempt the attempt
     * @param worker the task of a worker that the attempt is; {@code null} if the job has a process of its own
     */
    Optional<String> objection(Attempt attempt, @Nullable WorkerTask worker) throws IOException {
        JobFolder job = attempt.job();
        if (worker != null) {
            return objection(job, worker);
        }
        Optional<String> objection = objection(job.path(), "the job's folder", job.findDoubtfulLink());
        if (objection.isPresent() || JobCommand.isOf(command, separator, attempt)) {
            return objection;
        }
        return Optional.of("its command line does not say that it is attempt " + attempt.number() + " of this job");
    }

    /** Returns the reason why this is not a worker that executes a task of a job now, by a file that others cannot write. */
    private Optional<String> objection(JobFolder job, WorkerTask task) throws IOException {
        WorkerFiles files = WorkerFiles.of(job.workspace(), task.worker());
        Optional<String> objection = objection(job.workspace(), "the workspace", files.findDoubtfulLink());
        if (objection.isPresent()) {
            return objection;
        }
        if (!WorkerCommand.isOf(command, separator, task.worker())) {
            return Optional.of("its command line does not say that it is the worker " + task.worker());
        }
        Optional<String> doubt = files.findDoubt();
        if (doubt.isPresent()) {
            return doubt;
        }
        if (files.present().orElse(0) != task.sequence()) {
            return Optional.of("the file " + files.sequenceFile() + " does not say that it executes this job now");
        }
        return Optional.empty();
    }

    /**
     * Returns the reason why this is not a process beside a run.
     *
     * @param side the process as its files name it
     * @return empty if it is
     * @throws IOException if the system does not show it
     */
    public Optional<String> objection(SideProcess side) throws IOException {
        Optional<String> objection = objection(side.path(), "its folder", side.findDoubtfulLink());
        if (objection.isPresent() || side.isCommand(command, separator)) {
            return objection;
        }
        return Optional.of("its command line does not say that it is number " + side.number() + " of this "
                + side.folder().kind().word());
    }

    /**
     * Sends a signal: to the whole group if the process leads one, else to the process alone.
     *
     * @param signal the signal
     * @return whether it was sent
     * @throws IOException if there is no shell to send it with
     * @throws InterruptedException if this thread is interrupted
     */
    public boolean send(JobStop.Signal signal) throws IOException, InterruptedException {
        // The shell has its own kill; the command is not installed everywhere.
        Process kill = new ProcessBuilder("sh", "-c", "kill -s " + signal + " -- " + target())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return kill.waitFor() == 0;
    }

    private Optional<String> objection(Path expected, String place, Optional<String> link) throws IOException {
        if (pid <= 1) {
            return Optional.of("it is the first of the system, or of its container");
        }
        for (Optional<ProcessHandle> self = Optional.of(ProcessHandle.current());
                self.isPresent();
                self = self.get().parent()) {
            if (self.get().pid() == pid) {
                return Optional.of("it is this command itself, or has started it");
            }
        }
        if (!owner.isThisUser()) {
            return Optional.of("it belongs to " + owner.name());
        }
        // The link may lead to any folder in which this user works.
        if (link.isPresent()) {
            return Optional.of(place + " is behind " + link.get());
        }
        if (!Files.isSameFile(folder, expected)) {
            Path target = Files.isSymbolicLink(folder) ? Files.readSymbolicLink(folder) : folder;
            return Optional.of("it works in " + target + ", and not in " + expected);
        }
        return Optional.empty();
    }

    /** Returns the target for kill(2): the whole group if the process leads one, else the process alone. */
    String target() {
        return group == pid ? "-" + pid : Long.toString(pid);
    }
}
