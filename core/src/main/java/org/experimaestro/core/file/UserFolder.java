package org.experimaestro.core.file;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import org.experimaestro.WorkspaceException;

/**
 * The folders of Experimaestro for a user on this machine, by the XDG base directory specification (0.8). Each is an
 * absolute path in a variable, or by default a folder in the user's home. A relative path in a variable is ignored.
 */
public enum UserFolder {
    /** The folder of files that can be made again. */
    CACHE("XDG_CACHE_HOME", ".cache"),
    /** The folder of the user's configuration files. */
    CONFIGURATION("XDG_CONFIG_HOME", ".config"),
    /** The folder of files that one user's runs share. */
    STATE("XDG_STATE_HOME", ".local/state");

    private final String variable;
    private final String inHome;

    UserFolder(String variable, String inHome) {
        this.variable = variable;
        this.inHome = inHome;
    }

    /**
     * Returns the folder of this process's user.
     *
     * @return the folder, which need not exist
     * @throws WorkspaceException if it is in the home folder, and there is none
     */
    public Path path() {
        return path(System.getenv(), HomeFolder::current);
    }

    /**
     * Returns the folder of a user.
     *
     * @param environment the environment's variables
     * @param home returns the user's home folder; called only if it is needed
     * @return the folder, which need not exist
     */
    public Path path(Map<String, String> environment, Supplier<Path> home) {
        String configured = environment.getOrDefault(variable, "");
        Path base = !configured.isBlank() && Path.of(configured).isAbsolute()
                ? Path.of(configured)
                : home.get().resolve(inHome);
        return base.resolve("experimaestro");
    }

    /**
     * Returns the advice for a folder that cannot be used.
     *
     * @return a clause, which names the variable
     */
    public String advice() {
        return variable + " may name another folder, which must be yours alone";
    }

    /**
     * Returns the folder of a user's settings.
     *
     * @param environment the environment's variables
     * @param home returns the user's home folder; called only if it is needed
     * @return the folder that {@code EXPERIMAESTRO_CONFIG} names, or by default {@link #CONFIGURATION}; it need not
     *     exist
     */
    public static Path settings(Map<String, String> environment, Supplier<Path> home) {
        String own = environment.getOrDefault("EXPERIMAESTRO_CONFIG", "");
        return own.isBlank()
                ? CONFIGURATION.path(environment, home)
                : HomeFolder.expand(own).toAbsolutePath().normalize();
    }
}
