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

/**
 * The command lines of ssh(1) for one host: the user's own configuration, and where that says nothing, what a program needs
 * that nobody watches (ssh_config(5)). Nothing here says how a host or a user proves who they are. Immutable.
 */
final class SshCommand {
    private static final Duration LOCAL_LIMIT = Duration.ofSeconds(60);
    private static final int CONNECT_SECONDS = 30;
    private static final int ALIVE_SECONDS = 15;
    private static final int ALIVE_COUNT = 4;

    private final List<String> base;
    private final String host;
    private final boolean userShares;

    private SshCommand(List<String> base, String host, boolean userShares) {
        this.base = List.copyOf(base);
        this.host = host;
        this.userShares = userShares;
    }

    /**
     * The command, after what the user's configuration says.
     *
     * @param options the host
     * @throws UnreachableException if there is no ssh, or its configuration is wrong
     */
    static SshCommand of(SshOptions options) throws UnreachableException, InterruptedException {
        List<String> plain = plain(options);
        Map<String, String> configuration = configuration(options, plain);
        List<String> base = new ArrayList<>(plain);
        option(base, "BatchMode", "yes");
        option(base, "LogLevel", "ERROR");
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
        return new SshCommand(base, options.host(), !isUnset(configuration, "controlpath"));
    }

    /** What a user types to log in. */
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

    /** What ssh would do: lines of a keyword in small letters and its value ({@code ssh -G}). */
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

    /** Whether the user's configuration says where connections are shared; then it is left to it. */
    boolean userShares() {
        return userShares;
    }

    /** Runs a command on the host. */
    List<String> run(String command) {
        return with(List.of(), List.of(host, command));
    }

    /** Runs a command on the host, over a shared connection. */
    List<String> run(Master master, String command) {
        return with(List.of("-o", "ControlMaster=no", "-o", "ControlPath=" + master.socket()), List.of(host, command));
    }

    /** Opens a connection to be shared, and goes to the background. */
    List<String> open(Master master) {
        return with(
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

    /** Tells the process of a shared connection something ({@code check}, {@code exit}). */
    List<String> tell(Master master, String what) {
        return with(List.of("-o", "ControlPath=" + master.socket(), "-O", what), List.of(host));
    }

    private List<String> with(List<String> options, List<String> rest) {
        List<String> command = new ArrayList<>(base);
        command.addAll(options);
        // What is behind it is a host, whatever it begins with.
        command.add("--");
        command.addAll(rest);
        return command;
    }
}
