package org.experimaestro.connector.ssh;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.experimaestro.spi.CommandRun;
import org.experimaestro.spi.Shell;
import org.experimaestro.spi.UnreachableException;
import org.jspecify.annotations.Nullable;

/**
 * A maker of the command lines of ssh(1) for one host. The user's own configuration counts. Unset options get the
 * values that an unattended program needs (ssh_config(5)). No option concerns the authentication of a host or a user.
 * Immutable.
 */
final class SshCommand {
    private static final Duration LOCAL_LIMIT = Duration.ofSeconds(60);
    private static final Duration CHECK_LIMIT = Duration.ofSeconds(10);
    private static final int CONNECT_SECONDS = 30;
    private static final int ALIVE_SECONDS = 15;
    private static final int ALIVE_COUNT = 4;

    private final List<String> base;
    private final String host;
    private final boolean userShares;
    /** The socket of the user's connection; of use only where that is shared. */
    private final String userSocket;

    private SshCommand(List<String> base, String host, boolean userShares, String userSocket) {
        this.base = List.copyOf(base);
        this.host = host;
        this.userShares = userShares;
        this.userSocket = userSocket;
    }

    /**
     * Returns the command, which depends on the user's configuration.
     *
     * @param options the host
     * @throws UnreachableException if there is no ssh, or its configuration is wrong
     */
    static SshCommand of(SshOptions options) throws UnreachableException, InterruptedException {
        List<String> plain = plain(options);
        Map<String, String> configuration = configuration(options, plain);
        List<String> base = new ArrayList<>(plain);
        // The least that prints why the two sides could not agree, or who closed the connection.
        option(base, "LogLevel", "INFO");
        option(base, "RequestTTY", "no");
        option(base, "RemoteCommand", "none");
        option(base, "ClearAllForwardings", "yes");
        if (isUnset(configuration, "connecttimeout")) {
            option(base, "ConnectTimeout", Integer.toString(CONNECT_SECONDS));
        }
        if (isUnset(configuration, "serveraliveinterval")) {
            option(base, "ServerAliveInterval", Integer.toString(ALIVE_SECONDS));
            option(base, "ServerAliveCountMax", Integer.toString(ALIVE_COUNT));
        }
        String userSocket = configuration.getOrDefault("controlpath", "none");
        boolean userShares = !isUnset(configuration, "controlpath")
                && (persists(configuration) || isOpen(new SshCommand(base, options.host(), true, userSocket)));
        return new SshCommand(base, options.host(), userShares, userSocket);
    }

    /**
     * Returns whether the user's configuration makes a connection that outlives its first command ({@code ControlPersist}
     * of ssh_config(5)). Otherwise each command would log in again.
     */
    private static boolean persists(Map<String, String> configuration) {
        return List.of("auto", "yes", "true").contains(configuration.getOrDefault("controlmaster", "no"))
                && !List.of("no", "false").contains(configuration.getOrDefault("controlpersist", "no"));
    }

    /** Returns whether a connection of the user is open, such as one of a login in another terminal. */
    private static boolean isOpen(SshCommand command) throws InterruptedException {
        List<String> check = command.with(false, List.of("-O", "check"), List.of(command.host));
        try {
            int exitCode = CommandRun.run(
                            new ProcessBuilder(check), CommandRun.text(""), CommandRun::readText, CHECK_LIMIT)
                    .exitCode();
            return exitCode == 0;
        } catch (IOException | TimeoutException unknown) {
            return false;
        }
    }

    /** Returns the command with which a user logs in. */
    static String login(SshOptions options) {
        List<String> command = plain(options);
        command.add(options.host());
        return String.join(" ", command);
    }

    private static List<String> plain(SshOptions options) {
        List<String> command = new ArrayList<>();
        command.add("ssh");
        options.config().ifPresent(file -> {
            command.add("-F");
            command.add(file.toString());
        });
        command.addAll(options.arguments());
        return command;
    }

    /** Returns ssh's effective configuration: lines of a keyword in lower case and its value ({@code ssh -G}). */
    private static Map<String, String> configuration(SshOptions options, List<String> plain)
            throws UnreachableException, InterruptedException {
        List<String> command = new ArrayList<>(plain);
        command.add("-G");
        command.add(options.host());
        CommandRun.Result<String> result;
        try {
            result =
                    CommandRun.run(new ProcessBuilder(command), CommandRun.text(""), CommandRun::readText, LOCAL_LIMIT);
        } catch (IOException missing) {
            throw UnreachableException.permanent("Cannot connect to " + options.name()
                    + ": the command ssh cannot be started (" + missing.getMessage() + "). Install OpenSSH's client");
        } catch (TimeoutException late) {
            throw new UnreachableException(
                    "ssh has not read its configuration within " + LOCAL_LIMIT.toSeconds() + " s", late);
        }
        if (result.exitCode() != 0) {
            throw UnreachableException.permanent("Cannot connect to " + options.name()
                    + ": ssh refuses its configuration (" + Shell.Output.oneLine(result.err()) + "). Try: "
                    + login(options));
        }
        Map<String, String> configuration = new HashMap<>();
        result.out().lines().forEach(line -> {
            int space = line.indexOf(' ');
            if (space > 0) {
                configuration.put(line.substring(0, space).toLowerCase(Locale.ROOT), line.substring(space + 1));
            }
        });
        return configuration;
    }

    private static boolean isUnset(Map<String, String> configuration, String keyword) {
        String value = configuration.getOrDefault(keyword, "none");
        return value.equals("none") || value.equals("0");
    }

    private static void option(List<String> command, String keyword, String value) {
        command.add("-o");
        command.add(keyword + "=" + value);
    }

    /** Returns whether commands share a connection of the user; then the user's configuration is left unchanged. */
    boolean userShares() {
        return userShares;
    }

    /**
     * Returns a command that runs a command on the host.
     *
     * @param isAsking whether ssh may ask the user for a password or about a host key
     */
    List<String> run(boolean isAsking, String command) {
        return with(isAsking, List.of(), List.of(host, command));
    }

    /** Returns a command that runs a command on the host, over a shared connection. */
    List<String> run(Master master, String command) {
        return with(
                false,
                List.of("-o", "ControlMaster=no", "-o", "ControlPath=" + master.socket()),
                List.of(host, command));
    }

    /**
     * Returns a command that opens a connection to be shared, and goes to the background.
     *
     * @param isAsking whether ssh may ask the user for a password or about a host key
     */
    List<String> open(Master master, boolean isAsking) {
        return with(
                isAsking,
                List.of(
                        "-o",
                        "ControlMaster=yes",
                        "-o",
                        "ControlPath=" + master.socket(),
                        "-o",
                        "ControlPersist=" + Master.IDLE.toSeconds(),
                        "-N",
                        "-f"),
                List.of(host));
    }

    /** Returns a command that controls the process of a shared connection ({@code check}, {@code exit}). */
    List<String> tell(Master master, String what) {
        return with(false, List.of("-o", "ControlPath=" + master.socket(), "-O", what), List.of(host));
    }

    /**
     * Returns a command that has a shared connection forward a port of this machine's loopback to one of the host's, or no
     * more. No configuration counts, because its own forwards would be asked for as well.
     *
     * @param master the connection; {@code null} for that of the user
     * @param what {@code forward} or {@code cancel}
     */
    List<String> forward(@Nullable Master master, String what, int local, int remote) {
        return List.of(
                "ssh",
                "-F",
                "none",
                "-o",
                "BatchMode=yes",
                "-o",
                "ControlPath=" + (master == null ? userSocket : master.socket().toString()),
                "-O",
                what,
                "-L",
                "127.0.0.1:" + local + ":127.0.0.1:" + remote,
                "--",
                host);
    }

    private List<String> with(boolean isAsking, List<String> options, List<String> rest) {
        List<String> command = new ArrayList<>(base);
        if (!isAsking) {
            option(command, "BatchMode", "yes");
        }
        command.addAll(options);
        // The argument after it is a host, even if it begins with a hyphen.
        command.add("--");
        command.addAll(rest);
        return command;
    }
}
