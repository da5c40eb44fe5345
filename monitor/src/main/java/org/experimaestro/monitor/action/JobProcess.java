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

/**
 * A process of this host as the system shows it, which no file of a workspace can change. A job's process is told from others, such
 * as an editor in the job's folder, by its command line, which names the job and the attempt; and from a job of the same name in
 * another workspace by its working folder: the launcher starts it there, and Java knows no way to leave.
 *
 * @param pid its number
 * @param owner the user with whose rights it acts
 * @param group the number of its process group, which is that of the process that leads the group
 * @param folder its working folder, or a link to it
 * @param command the words that it was started with
 * @param separator what is between the words
 */
record JobProcess(long pid, FileOwner owner, long group, Path folder, String command, String separator) {
    private static final Path PROC = Path.of("/proc");
    private static final String NUL = "\0";

    /**
     * Looks at a process.
     *
     * @param pid its number
     * @return the process
     * @throws IOException if there is none, or the system does not show it
     * @throws InterruptedException if this thread is interrupted
     */
    static JobProcess of(long pid) throws IOException, InterruptedException {
        return Files.exists(PROC.resolve("self")) ? inProc(pid) : listed(pid);
    }

    /** The owner of its folder in {@code /proc}, field 5 of {@code stat}, the link {@code cwd}, and {@code cmdline} (proc(5)). */
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

    /** With lsof(8), which macOS has: its option {@code -F} prints a letter and a value in each line. And with ps(1). */
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

    /** What shows that it is not the process of a job's attempt; empty if it is. */
    Optional<String> objection(Attempt attempt) throws IOException {
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
        // It may lead to any folder in which this user works.
        JobFolder job = attempt.job();
        Optional<String> link = job.findDoubtfulLink();
        if (link.isPresent()) {
            return Optional.of("the job's folder is behind " + link.get());
        }
        if (!Files.isSameFile(folder, job.path())) {
            Path target = Files.isSymbolicLink(folder) ? Files.readSymbolicLink(folder) : folder;
            return Optional.of("it works in " + target + ", and not in " + job.path());
        }
        return JobCommand.isOf(command, separator, attempt)
                ? Optional.empty()
                : Optional.of("its command line does not say that it is attempt " + attempt.number() + " of this job");
    }

    /** For kill(2): the whole group if it leads one, else the process alone. */
    String target() {
        return group == pid ? "-" + pid : Long.toString(pid);
    }
}
