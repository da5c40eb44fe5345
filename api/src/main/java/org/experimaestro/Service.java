package org.experimaestro;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;

/**
 * A program that people look at in a browser beside an experiment, such as TensorBoard or a notebook. Immutable.
 * <pre>{@code
 * xp.service("tensorboard", Service.web(Program.of("tensorboard", "--port", "{port}", "--path_prefix", "{path}")
 *         .argument("--logdir", xp.resultsFolder())).path("/board"));
 * }</pre>
 *
 * <p>It starts when somebody asks for it, and listens at 127.0.0.1. In its arguments and variables, {@code {port}} stands
 * for a free port, which is chosen at each start, {@code {host}} for {@code 127.0.0.1}, and {@code {path}} for {@link
 * #path}.
 */
public final class Service {
    private static final Duration DEFAULT_LIMIT = Duration.ofMinutes(1);
    private static final Duration SHORTEST_LIMIT = Duration.ofMillis(1);
    private static final Duration LONGEST_LIMIT = Duration.ofDays(24);

    private final Program program;
    private final boolean isWeb;
    private final String path;
    private final Duration limit;

    private Service(Program program, boolean isWeb, String path, Duration limit) {
        this.program = program;
        this.isWeb = isWeb;
        this.path = path;
        this.limit = limit;
    }

    /**
     * Creates a service that is ready when it answers HTTP at its {@link #path}, with any status below 500.
     *
     * @param program the program, without an image and without measures
     * @return the service
     * @throws IllegalArgumentException if the program has parameters, measures or an image, or none of its texts has
     *     {@code {port}}
     */
    public static Service web(Program program) {
        return new Service(checked(program), true, "/", DEFAULT_LIMIT);
    }

    /**
     * Creates a service that is ready when it accepts connections at its port.
     *
     * @param program as for {@link #web}
     * @return the service
     * @throws IllegalArgumentException as for {@link #web}
     */
    public static Service tcp(Program program) {
        return new Service(checked(program), false, "/", DEFAULT_LIMIT);
    }

    private static Program checked(Program program) {
        if (program.image().isPresent() || program.measures().isPresent() || program.hasParameters()) {
            throw new IllegalArgumentException("A service has no image, no measures and no parameters: " + program);
        }
        if (program.command().stream().noneMatch(word -> word.contains("{port}"))
                && program.environment().values().stream().noneMatch(value -> value.contains("{port}"))) {
            throw new IllegalArgumentException("The program of a service needs {port} among its arguments or"
                    + " variables, because its port is chosen when it starts: " + program);
        }
        return program;
    }

    /**
     * Sets the path of the page that people open.
     *
     * @param page begins with a slash; {@code /} by default
     * @return a new service
     * @throws IllegalArgumentException if it does not begin with a slash, or has characters that an address cannot have
     */
    public Service path(String page) {
        boolean isGood = page.startsWith("/") && !page.startsWith("//");
        for (int i = 0; i < page.length(); i++) {
            char c = page.charAt(i);
            isGood &= c > ' ' && c < 127 && "\"<>\\^`{|}#".indexOf(c) < 0;
        }
        if (!isGood || !isInAddress(page)) {
            throw new IllegalArgumentException("The path of a service is that of an address, such as /lab: " + page);
        }
        return new Service(program, isWeb, page, limit);
    }

    /** Returns whether an address can have a path; a percent sign, for example, needs two digits. */
    private static boolean isInAddress(String page) {
        try {
            return new URI("http://127.0.0.1:1" + page).getRawPath() != null;
        } catch (URISyntaxException wrong) {
            return false;
        }
    }

    /**
     * Sets the longest time until the service is ready. A service that takes longer is stopped.
     *
     * @param time from 1 millisecond to 24 days; a minute by default
     * @return a new service
     * @throws IllegalArgumentException if it is shorter or longer
     */
    public Service within(Duration time) {
        if (time.compareTo(SHORTEST_LIMIT) < 0 || time.compareTo(LONGEST_LIMIT) > 0) {
            throw new IllegalArgumentException(
                    "A service needs from 1 millisecond to 24 days until it is ready, and not " + time);
        }
        return new Service(program, isWeb, path, time);
    }

    /**
     * Returns the program.
     *
     * @return the program, with {@code {port}} among its texts
     */
    public Program program() {
        return program;
    }

    /**
     * Returns how its readiness is tested.
     *
     * @return true for HTTP, false for a connection
     */
    public boolean isWeb() {
        return isWeb;
    }

    /**
     * Returns the path of the page that people open.
     *
     * @return begins with a slash
     */
    public String path() {
        return path;
    }

    /**
     * Returns the longest time until it is ready.
     *
     * @return from 1 millisecond to 24 days
     */
    public Duration limit() {
        return limit;
    }

    @Override
    public String toString() {
        return program.toString();
    }
}
