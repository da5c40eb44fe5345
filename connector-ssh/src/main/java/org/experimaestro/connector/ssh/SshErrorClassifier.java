package org.experimaestro.connector.ssh;

import java.util.List;
import java.util.Optional;
import org.experimaestro.spi.UnreachableException;

/**
 * A classifier of failed connections, by the output of ssh(1). It separates failures that may disappear within a
 * minute from failures that a person has to fix first.
 *
 * <p>If scripts have been run before, a failure may disappear later. For example, a key has left the agent for a
 * while, or a host lets nobody in during maintenance. A changed host key is the exception, because a new try might
 * reach an impostor. The texts are those of OpenSSH's sshconnect.c, sshconnect2.c, readconf.c, mux.c, misc.c and packet.c.
 */
final class SshErrorClassifier {
    private static final String CHANGED_KEY = "REMOTE HOST IDENTIFICATION HAS CHANGED";
    private static final String REVOKED_KEY = "REVOKED HOST KEY DETECTED";
    private static final String NO_KEY = "Host key verification failed";

    private static final List<String> LOGIN_REFUSED =
            List.of("Permission denied (", "Too many authentication failures", "No more authentication methods");
    private static final List<String> WRONG_CONFIGURATION = List.of(
            "Bad owner or permissions",
            "ad configuration option",
            "usage: ssh",
            "Can't open user config file",
            "extra arguments at end of line",
            "missing argument",
            "no argument after keyword",
            "command-line line 0:",
            "Bad port",
            "hostname contains invalid characters",
            "ControlPath too long",
            "too long for Unix domain socket",
            "cannot bind to path",
            "percent_expand",
            "invalid environment variable expansion",
            "remote username contains invalid characters");

    private static final List<String> NOTHING_IN_COMMON =
            List.of("Unable to negotiate with", "no matching host key type", "no matching key exchange");
    private static final List<String> NO_COMMANDS =
            List.of("exec request failed on channel", "shell request failed on channel");

    private SshErrorClassifier() {}

    /**
     * Returns the failure.
     *
     * @param host the users' name of the host
     * @param login the command with which a user logs in by hand
     * @param complaint the output of ssh on standard error
     * @param begun whether a script was being run
     * @param worked whether scripts have been run there before
     */
    static UnreachableException of(String host, String login, String complaint, boolean begun, boolean worked) {
        return of(host, login, complaint, begun, worked, false);
    }

    /**
     * Returns the failure, as {@link #of(String, String, String, boolean, boolean)} does.
     *
     * @param asked whether ssh was allowed to ask the user for a password
     */
    static UnreachableException of(
            String host, String login, String complaint, boolean begun, boolean worked, boolean asked) {
        if (complaint.contains(CHANGED_KEY) || complaint.contains(REVOKED_KEY)) {
            return UnreachableException.permanent("Refused to connect to " + host
                    + ": it has shown another host key than the one that is known for it. Either the host was set up anew, "
                    + "or somebody pretends to be it"
                    + shown(complaint)
                    + ". Ask its administrator for the fingerprint of its key; if it is the one shown, forget the old key with: "
                    + forget(complaint)
                    + "; then log in once with: " + login);
        }
        if (complaint.contains(NO_KEY)) {
            return UnreachableException.permanent("Refused to connect to " + host + ": its host key is not known here ("
                    + line(complaint) + "). Log in once with: " + login
                    + "; and accept the key if its fingerprint is the one that the host's administrator gives");
        }
        if (hasAny(LOGIN_REFUSED, complaint)) {
            return trouble(
                    worked,
                    host + " has refused the login (" + line(complaint) + "). "
                            + (asked
                                    ? ""
                                    : "No password is asked for: a key has to be in ssh-agent, or be named in the ssh configuration. ")
                            + "Try: " + login);
        }
        if (hasAny(NOTHING_IN_COMMON, complaint)) {
            return trouble(
                    worked,
                    "Cannot connect to " + host + ": ssh and the host have no algorithm in common (" + line(complaint)
                            + "). Try: " + login);
        }
        if (hasAny(NO_COMMANDS, complaint)) {
            return trouble(
                    worked,
                    "Cannot run a script on " + host + ": the login works, but the host runs no commands for it ("
                            + line(complaint) + "). Try: " + login + " true");
        }
        if (hasAny(WRONG_CONFIGURATION, complaint)) {
            return trouble(
                    worked,
                    "Cannot connect to " + host + ": ssh refuses its configuration (" + line(complaint) + "). Try: "
                            + login);
        }
        if (begun) {
            return new UnreachableException(
                    "The connection to " + host + " was lost while a script ran there" + reason(complaint));
        }
        return new UnreachableException("Cannot connect to " + host + reason(complaint));
    }

    private static boolean hasAny(List<String> texts, String complaint) {
        return texts.stream().anyMatch(complaint::contains);
    }

    private static UnreachableException trouble(boolean worked, String problem) {
        return worked ? new UnreachableException(problem) : UnreachableException.permanent(problem);
    }

    private static String shown(String complaint) {
        return complaint
                .lines()
                .filter(line -> line.startsWith("SHA256:") || line.startsWith("MD5:"))
                .findFirst()
                .map(line -> " (the key shown has the fingerprint " + line.replaceAll("\\.$", "") + ")")
                .orElse("");
    }

    /**
     * Returns the command that removes a host key. Debian's ssh prints it; others print the file and the line of the
     * key.
     */
    private static String forget(String complaint) {
        Optional<String> command = complaint
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith("ssh-keygen "))
                .findFirst();
        Optional<String> host = complaint
                .lines()
                .filter(line -> line.startsWith("Host key for ") && line.contains(" has changed"))
                .map(line -> line.substring("Host key for ".length(), line.indexOf(" has changed")))
                .findFirst();
        Optional<String> place = complaint
                .lines()
                .filter(line -> line.startsWith("Offending ") && line.contains(" key in "))
                .map(line -> " (" + line.substring(line.indexOf(" key in ") + " key in ".length()) + ")")
                .findFirst();
        return command.or(() -> host.map(name -> "ssh-keygen -R '" + name + "'"))
                        .orElse("ssh-keygen -R HOST")
                + place.orElse("");
    }

    private static String reason(String complaint) {
        return complaint.isBlank() ? "" : ": " + line(complaint);
    }

    /** Returns the line with the reason, one of the last. The lines before it are often a banner. */
    private static String line(String complaint) {
        List<String> lines = complaint
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        return String.join(" | ", lines.subList(Math.max(0, lines.size() - 3), lines.size()));
    }
}
