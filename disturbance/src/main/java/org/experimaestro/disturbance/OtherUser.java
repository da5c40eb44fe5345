package org.experimaestro.disturbance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Another user of this machine, who puts things in our way. Only root can act as somebody else, so there is one only where the
 * tests run as root and the system has {@code setpriv} (util-linux).
 */
public final class OtherUser {
    /** The user and the group "nobody" of Debian; any other than root's would do. */
    public static final int NUMBER = 65_534;

    private static final long LIMIT_SECONDS = 60;

    private OtherUser() {}

    /**
     * The other user.
     *
     * @return empty where there is none: a test is then skipped, and says so
     */
    public static Optional<OtherUser> find() {
        try {
            OtherUser other = new OtherUser();
            return other.run("id -u").strip().equals(Integer.toString(NUMBER)) ? Optional.of(other) : Optional.empty();
        } catch (IOException cannot) {
            return Optional.empty();
        }
    }

    /**
     * Gives a file, a folder or a link itself to the other user.
     *
     * @param file what is given
     * @return the same
     * @throws IOException if it cannot be given
     */
    public Path own(Path file) throws IOException {
        Files.setAttribute(file, "unix:uid", NUMBER, LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(file, "unix:gid", NUMBER, LinkOption.NOFOLLOW_LINKS);
        return file;
    }

    /**
     * The command that runs another one as the other user.
     *
     * @param command the command and its arguments
     * @return the longer command
     */
    public List<String> command(List<String> command) {
        List<String> whole =
                new ArrayList<>(List.of("setpriv", "--reuid=" + NUMBER, "--regid=" + NUMBER, "--clear-groups"));
        whole.addAll(command);
        return whole;
    }

    /**
     * Runs a script of the shell as the other user, and waits for its end.
     *
     * @param script the script
     * @return what it printed
     * @throws IOException if it ended with another exit code than 0, with what it printed; or took over a minute
     */
    public String run(String script) throws IOException {
        return run(command(List.of("sh", "-c", script)), script);
    }

    /**
     * Runs a script of the shell as root, but without what lets root in everywhere: the other user's permissions count for it
     * (capabilities(7)). It finds the files of the tests, which the other user may not.
     *
     * @param script the script
     * @return what it printed
     * @throws IOException as for {@link #run}
     */
    public String runKeptOut(String script) throws IOException {
        return run(keptOutCommand(List.of("sh", "-c", script)), script);
    }

    /**
     * Returns the command that runs another one as {@link #runKeptOut} does, as a member of the other user's group.
     *
     * @param command the command and its arguments
     * @return the longer command
     */
    public List<String> keptOutCommand(List<String> command) {
        List<String> whole = new ArrayList<>(
                List.of("setpriv", "--groups=" + NUMBER, "--bounding-set=-dac_override,-dac_read_search,-fowner"));
        whole.addAll(command);
        return whole;
    }

    private static String run(List<String> command, String script) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("It takes too long: " + script);
            }
        } catch (InterruptedException stopped) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted in: " + script, stopped);
        }
        if (process.exitValue() != 0) {
            throw new IOException(script + " ended with exit code " + process.exitValue() + ": " + printed);
        }
        return printed;
    }
}
