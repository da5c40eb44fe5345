package org.experimaestro;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A program that a task runs: a command with its arguments, environment and files, and the image of a container if it
 * runs in one. Immutable: each method returns another program.
 *
 * <p>{@snippet :
 * Program.of("python3", script)
 *         .argument("--rate", rate)
 *         .flag("--verbose", verbose)
 *         .environment("OMP_NUM_THREADS", threads)
 *         .measures("epoch (?<step>[0-9]+): loss (?<loss>[^ ]+)");
 * }
 *
 * <p>Nothing of a program counts in the identifier: the parameters of its task do.
 */
public final class Program {
    private final List<String> command;
    private final Map<String, String> environment;
    private final List<Path> inputs;
    private final @Nullable Object parameters;
    private final @Nullable String pattern;
    private final @Nullable ContainerImage image;
    private final @Nullable ContainerEngine engine;
    private final List<String> engineOptions;

    private Program(Draft parts) {
        command = List.copyOf(parts.command);
        environment = Collections.unmodifiableMap(parts.environment);
        inputs = List.copyOf(parts.inputs);
        parameters = parts.parameters;
        pattern = parts.pattern;
        image = parts.image;
        engine = parts.engine;
        engineOptions = List.copyOf(parts.engineOptions);
    }

    /** The parts of the next program. */
    private static final class Draft {
        private final List<String> command = new ArrayList<>();
        private final Map<String, String> environment = new LinkedHashMap<>();
        private final List<Path> inputs = new ArrayList<>();
        private @Nullable Object parameters;
        private @Nullable String pattern;
        private @Nullable ContainerImage image;
        private @Nullable ContainerEngine engine;
        private final List<String> engineOptions = new ArrayList<>();

        void add(Object argument) {
            command.add(text(argument));
            if (argument instanceof Path path) {
                inputs.add(path);
            }
        }

        private static String text(Object value) {
            if (value instanceof Configurable || value instanceof Config || value instanceof Optional) {
                throw new IllegalArgumentException("A " + value.getClass().getSimpleName()
                        + " is no text for a program; give its parts, or a file of them");
            }
            String text = value.toString();
            if (text.indexOf('\0') >= 0) {
                throw new IllegalArgumentException(
                        "A text for a program cannot have the character 0: " + text.replace("\0", "\\0"));
            }
            return text;
        }
    }

    private Draft draft() {
        Draft parts = new Draft();
        parts.command.addAll(command);
        parts.environment.putAll(environment);
        parts.inputs.addAll(inputs);
        parts.parameters = parameters;
        parts.pattern = pattern;
        parts.image = image;
        parts.engine = engine;
        parts.engineOptions.addAll(engineOptions);
        return parts;
    }

    /**
     * Begins a program.
     *
     * @param command its name, which is looked up in {@code PATH}, or its path
     * @param arguments the first arguments, as for {@link #argument(Object)}
     * @return the program
     */
    public static Program of(Object command, Object... arguments) {
        Draft parts = new Draft();
        parts.add(command);
        for (Object argument : arguments) {
            parts.add(argument);
        }
        return new Program(parts);
    }

    /**
     * Adds an argument. No shell reads it, so that spaces and quotes are kept.
     *
     * @param value a text, number, truth value, enum constant, duration or path. A path is an {@link #input}, too.
     * @return another program
     * @throws IllegalArgumentException if the value is a configuration, or has the character 0
     */
    public Program argument(Object value) {
        Draft parts = draft();
        parts.add(value);
        return new Program(parts);
    }

    /**
     * Adds an option and its value, which are two arguments.
     *
     * @param name the option, such as {@code --rate}
     * @param value as for {@link #argument(Object)}; an empty {@code Optional} adds nothing, not even the option
     * @return another program
     * @throws IllegalArgumentException as for {@link #argument(Object)}
     */
    public Program argument(String name, Object value) {
        Object present = value instanceof Optional<?> optional ? optional.orElse(null) : value;
        return present == null ? this : argument(name).argument(present);
    }

    /**
     * Adds arguments.
     *
     * @param values each as for {@link #argument(Object)}
     * @return another program
     * @throws IllegalArgumentException as for {@link #argument(Object)}
     */
    public Program arguments(Collection<?> values) {
        Draft parts = draft();
        values.forEach(parts::add);
        return new Program(parts);
    }

    /**
     * Adds an option without a value.
     *
     * @param name the option, such as {@code --verbose}
     * @param given whether to add it
     * @return another program
     */
    public Program flag(String name, boolean given) {
        return given ? argument(name) : this;
    }

    /**
     * Sets a variable. The program has all variables of its job, too.
     *
     * @param name the variable's name
     * @param value as for {@link #argument(Object)}
     * @return another program
     * @throws IllegalArgumentException as for {@link #argument(Object)}, or if the name is empty or has a {@code =}
     */
    public Program environment(String name, Object value) {
        if (name.isEmpty() || name.indexOf('=') >= 0) {
            throw new IllegalArgumentException("A variable cannot have the name \"" + name + "\"");
        }
        Draft parts = draft();
        parts.environment.put(name, Draft.text(value));
        return new Program(parts);
    }

    /**
     * Names a file or folder that the program reads, so that it is visible in a container, read-only. Paths among the
     * arguments and the parameters need no such line. Without a container, this has no effect.
     *
     * @param path an absolute path
     * @return another program
     */
    public Program input(Path path) {
        Draft parts = draft();
        parts.inputs.add(path);
        return new Program(parts);
    }

    /**
     * Gives the program the parameters of its task: as a JSON object in a file whose path is in the variable {@code
     * EXPERIMAESTRO_PARAMETERS}. Each generated path is also in a variable, such as {@code EXPERIMAESTRO_PATH_model}.
     * A {@link ProcessTask} does so by itself.
     *
     * @param task the task
     * @return another program
     */
    public Program parameters(Configurable task) {
        Draft parts = draft();
        parts.parameters = task;
        return new Program(parts);
    }

    /**
     * Gives the program parameters as the JSON file of {@link #parameters(Configurable)}.
     *
     * @param values texts, numbers, truth values, paths, collections and configurations by name
     * @return another program
     */
    public Program parameters(Map<String, ?> values) {
        Draft parts = draft();
        parts.parameters = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        return new Program(parts);
    }

    /**
     * Records metrics and progress from lines of the standard output, which stay in the job's log. A line that the
     * pattern is found in gives a metric for each group, by its name. The groups {@code step}, {@code unit}, {@code
     * progress}, {@code level} and {@code description} have the meaning of such words in a file of measurements.
     *
     * @param regex a regular expression with named groups, such as {@code loss: (?<loss>[0-9.e+-]+)}
     * @return another program
     * @throws java.util.regex.PatternSyntaxException if the expression is malformed
     */
    public Program measures(String regex) {
        Pattern.compile(regex);
        Draft parts = draft();
        parts.pattern = regex;
        return new Program(parts);
    }

    /**
     * Runs the program in a container, by the first of Apptainer, Podman and Docker that the job's host has.
     *
     * @param container the image; give it as a parameter of the task, so that it counts in the identifier
     * @return another program
     */
    public Program in(ContainerImage container) {
        Draft parts = draft();
        parts.image = container;
        parts.engine = null;
        return new Program(parts);
    }

    /**
     * Runs the program in a container.
     *
     * @param container the image
     * @param by the program that runs the container
     * @return another program
     */
    public Program in(ContainerImage container, ContainerEngine by) {
        Draft parts = draft();
        parts.image = container;
        parts.engine = by;
        return new Program(parts);
    }

    /**
     * Adds options for the program that runs the container, such as {@code --nv} of Apptainer or {@code --gpus all} of
     * Docker.
     *
     * @param options the options, before the image
     * @return another program
     */
    public Program containerOptions(String... options) {
        Draft parts = draft();
        parts.engineOptions.addAll(List.of(options));
        return new Program(parts);
    }

    /**
     * Returns the command.
     *
     * @return the program and its arguments; unmodifiable
     */
    public List<String> command() {
        return command;
    }

    /**
     * Returns the variables.
     *
     * @return values by name, in the order in which they were set; unmodifiable
     */
    public Map<String, String> environment() {
        return environment;
    }

    /**
     * Returns the files and folders that the program reads.
     *
     * @return the paths among the arguments, and those of {@link #input}; unmodifiable
     */
    public List<Path> inputs() {
        return inputs;
    }

    /**
     * Returns whether the program gets parameters as JSON.
     *
     * @return false until {@link #parameters(Configurable)} was called
     */
    public boolean hasParameters() {
        return parameters != null;
    }

    /**
     * Returns the parameters that the program gets as JSON.
     *
     * @return a configuration, or values by name; empty if there are none
     */
    public Optional<Object> parameters() {
        return Optional.ofNullable(parameters);
    }

    /**
     * Returns the regular expression for lines of the standard output.
     *
     * @return empty if the output is not read
     */
    public Optional<String> measures() {
        return Optional.ofNullable(pattern);
    }

    /**
     * Returns the image.
     *
     * @return empty if the program runs in no container
     */
    public Optional<ContainerImage> image() {
        return Optional.ofNullable(image);
    }

    /**
     * Returns the program that runs the container.
     *
     * @return empty for the first one that the host has
     */
    public Optional<ContainerEngine> engine() {
        return Optional.ofNullable(engine);
    }

    /**
     * Returns the options of the program that runs the container.
     *
     * @return in their order; unmodifiable
     */
    public List<String> containerOptions() {
        return engineOptions;
    }

    /** Returns the command, with spaces between its words. */
    @Override
    public String toString() {
        return String.join(" ", command);
    }
}
