package org.experimaestro.core.file;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import org.experimaestro.WorkspaceException;

/**
 * Our folders of a user on this machine, by the XDG base directory specification (0.8): an absolute path in a variable, else a
 * folder in the user's home. A relative path in a variable is ignored.
 */
public enum UserFolder {
    /** Where is kept what can be made again. */
    CACHE("XDG_CACHE_HOME", ".cache"),
    /** What the user has set up. */
    CONFIGURATION("XDG_CONFIG_HOME", ".config"),
    /** Files by which the runs of one user know of each other. */
    STATE("XDG_STATE_HOME", ".local/state");

    private final String variable;
    private final String inHome;

    UserFolder(String variable, String inHome) {
        this.variable = variable;
        this.inHome = inHome;
    }

    /**
     * The folder of this process's user.
     *
     * @return the folder, which need not exist
     * @throws WorkspaceException if it is in the home folder, and there is none
     */
    public Path path() {
        return path(System.getenv(), HomeFolder::current);
    }

    /**
     * The folder of some user.
     *
     * @param environment the environment's variables
     * @param home tells the user's home folder, if it is needed
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
     * What to do where the folder cannot be used as it is.
     *
     * @return a piece of advice, which names the variable
     */
    public String advice() {
        return variable + " may name another folder, which must be yours alone";
    }

    /**
     * The folder of what some user has set up.
     *
     * @param environment the environment's variables
     * @param home tells the user's home folder, if it is needed
     * @return the folder that {@code EXPERIMAESTRO_CONFIG} names, else {@link #CONFIGURATION}; it need not exist
     */
    public static Path settings(Map<String, String> environment, Supplier<Path> home) {
        String own = environment.getOrDefault("EXPERIMAESTRO_CONFIG", "");
        return own.isBlank()
                ? CONFIGURATION.path(environment, home)
                : HomeFolder.expand(own).toAbsolutePath().normalize();
    }
}
