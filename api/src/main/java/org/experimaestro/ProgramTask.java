package org.experimaestro;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.experimaestro.base.file.OwnFolder;
import org.experimaestro.base.process.JobVariables;
import org.experimaestro.base.process.PlanLine;
import org.jspecify.annotations.Nullable;

/**
 * A task that runs a program, for plans without a task class of their own. Its name, command, parameters, files and
 * outputs count in the identifier.
 *
 * <p>{@snippet :
 * Config<ProgramTask> train = ProgramTask.named("train")
 *         .command("python3", "{script}", "--rate", "{rate}", "--model", "{model}")
 *         .file("script", Path.of("train.py"))
 *         .parameter("rate", tag(0.1))
 *         .output("model", "model.json")
 *         .build();
 * Config<ProgramFile> model = Config.entries(xp.submit(train)).get("model");
 * }
 *
 * <p>The program runs as {@link TaskContext#run} describes. It gets parameters, files and outputs by the words of its
 * command in braces, and as JSON. A task with checks, defaults or nested configurations is a class: {@link ProcessTask}.
 */
@ConfigType("experimaestro.program")
public final class ProgramTask implements Task<Map<String, ProgramFile>> {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(" + NAME.pattern() + ")\\}");

    private final String name;
    private final List<String> command;
    private final Map<String, String> texts;
    private final Map<String, Long> integers;
    private final Map<String, Double> numbers;
    private final Map<String, Boolean> flags;
    private final Map<String, ProgramFile> files;
    private final Map<String, String> outputNames;
    private final Optional<ContainerImage> image;
    private final String measures;
    private final Path folder;

    /**
     * Creates a task.
     *
     * @param name the kind of task
     * @param command the program and its arguments, with names in braces
     * @param texts the parameters that are texts, by name
     * @param integers the parameters that are whole numbers
     * @param numbers the parameters that are other numbers
     * @param flags the parameters that are truth values
     * @param files the files that the program reads
     * @param outputNames the files that it makes: paths in the job's folder
     * @param image the image of its container, if it runs in one
     * @param measures the regular expression for lines of its output; empty for none
     * @param folder the job's folder
     */
    @ConfigConstructor
    ProgramTask(
            String name,
            List<String> command,
            Map<String, String> texts,
            Map<String, Long> integers,
            Map<String, Double> numbers,
            Map<String, Boolean> flags,
            Map<String, ProgramFile> files,
            Map<String, String> outputNames,
            Optional<ContainerImage> image,
            @Meta String measures,
            @GeneratedPath("") Path folder) {
        this.name = name;
        this.command = command;
        this.texts = texts;
        this.integers = integers;
        this.numbers = numbers;
        this.flags = flags;
        this.files = files;
        this.outputNames = outputNames;
        this.image = image;
        this.measures = measures;
        this.folder = folder;
    }

    /**
     * Begins a task.
     *
     * @param name the kind of task, such as {@code train}
     * @return a builder, to which at least a command is added
     */
    public static Builder named(String name) {
        return new Builder(name);
    }

    /** A builder of such tasks. Confined to one thread. */
    public static final class Builder implements ConfigBuilder<ProgramTask> {
        private final String name;
        private final List<String> command = new ArrayList<>();
        private final SortedMap<String, Object> parameters = new TreeMap<>();
        private final SortedMap<String, Config<ProgramFile>> files = new TreeMap<>();
        private final SortedMap<String, String> outputs = new TreeMap<>();
        private final SortedMap<String, Object> tags = new TreeMap<>();
        private @Nullable Config<? extends ContainerImage> image;
        private String measures = "";

        private Builder(String name) {
            this.name = name;
        }

        /**
         * Sets the command.
         *
         * @param words the program and its arguments; {@code {rate}} in a word stands for the parameter, file or output
         *     {@code rate}
         * @return this builder
         */
        public Builder command(String... words) {
            command.clear();
            command.addAll(List.of(words));
            return this;
        }

        /**
         * Sets a parameter.
         *
         * @param parameter its name: letters, digits and {@code _}, and no digit first
         * @param value a text, a whole number, another number or a truth value; or {@code tag} of one
         * @return this builder
         * @throws ConfigException if the name is wrong or taken, or the value is of another type
         */
        public Builder parameter(String parameter, Object value) {
            requireFree(parameter);
            Object plain = value instanceof Tagged<?> tagged ? tagged.value() : value;
            if (plain instanceof Byte || plain instanceof Short || plain instanceof Integer) {
                plain = ((Number) plain).longValue();
            } else if (plain instanceof Float number) {
                plain = Double.parseDouble(number.toString());
            }
            if (!(plain instanceof String
                    || plain instanceof Long
                    || plain instanceof Double
                    || plain instanceof Boolean)) {
                throw problem(
                        "its parameter " + parameter + " is a "
                                + plain.getClass().getSimpleName(),
                        "give a text, a number or a truth value; a file is given by file(…)");
            }
            parameters.put(parameter, plain);
            if (value instanceof Tagged<?>) {
                tags.put(parameter, plain);
            }
            return this;
        }

        /**
         * Sets a file or folder that the program reads, which counts by its content.
         *
         * @param parameter its name
         * @param path its path; a relative path starts from the folder of the plan
         * @return this builder
         * @throws ConfigException if the name is wrong or taken, or the content cannot be read
         */
        public Builder file(String parameter, Path path) {
            return file(
                    parameter,
                    Config.builder(ProgramFile.class).set("path", path).build());
        }

        /**
         * Sets a file or folder that another task has made. This task waits for that one.
         *
         * @param parameter its name
         * @param file an output of another task
         * @return this builder
         * @throws ConfigException if the name is wrong or taken
         */
        public Builder file(String parameter, Config<ProgramFile> file) {
            requireFree(parameter);
            files.put(parameter, file);
            return this;
        }

        /**
         * Adds a file or folder that the program makes. The job fails if it is missing at the end.
         *
         * @param output its name
         * @param path relative to the job's folder, such as {@code model.json}
         * @return this builder
         * @throws ConfigException if the name is wrong or taken, or the path leads out of the job's folder
         */
        public Builder output(String output, String path) {
            requireFree(output);
            Path relative = Path.of(path).normalize();
            if (relative.isAbsolute()
                    || relative.toString().isEmpty()
                    || relative.startsWith("..")
                    || OwnFolder.has(relative.getName(0).toString())) {
                throw problem(
                        "its output " + output + " has the path \"" + path + "\"",
                        "write one inside the job's folder, such as " + output + ".json");
            }
            outputs.put(output, path);
            return this;
        }

        /**
         * Runs the program in a container.
         *
         * @param container its image, which counts in the identifier
         * @return this builder
         */
        public Builder in(Config<? extends ContainerImage> container) {
            image = container;
            return this;
        }

        /**
         * Records metrics from lines of the standard output: see {@link Program#measures(String)}. Does not count.
         *
         * @param regex a regular expression with named groups
         * @return this builder
         * @throws java.util.regex.PatternSyntaxException if the expression is malformed
         */
        public Builder measures(String regex) {
            Pattern.compile(regex);
            measures = regex;
            return this;
        }

        /**
         * Creates the task.
         *
         * @return a new handle with the tags of the parameters
         * @throws ConfigException if there is no command, or a word in braces has no value
         */
        @Override
        public Config<ProgramTask> build() {
            if (command.isEmpty()) {
                throw problem("it has no command", "call command(…)");
            }
            requireValues();
            Config<ProgramTask> task = Config.builder(ProgramTask.class)
                    .set("name", name)
                    .set("command", command)
                    .set("texts", those(String.class))
                    .set("integers", those(Long.class))
                    .set("numbers", those(Double.class))
                    .set("flags", those(Boolean.class))
                    .set("files", files)
                    .set("outputNames", outputs)
                    .set("image", Optional.ofNullable(image))
                    .set("measures", measures)
                    .build();
            for (Map.Entry<String, Object> tag : tags.entrySet()) {
                task = task.tag(tag.getKey(), tag.getValue());
            }
            return task;
        }

        private void requireValues() {
            for (String word : command) {
                Matcher placeholder = PLACEHOLDER.matcher(word);
                while (placeholder.find()) {
                    if (isFree(placeholder.group(1))) {
                        throw problem(
                                "its command has " + placeholder.group() + ", which has no value",
                                "set it by parameter(…), file(…) or output(…)");
                    }
                }
            }
        }

        private <T> SortedMap<String, T> those(Class<T> type) {
            SortedMap<String, T> chosen = new TreeMap<>();
            parameters.forEach((parameter, value) -> {
                if (type.isInstance(value)) {
                    chosen.put(parameter, type.cast(value));
                }
            });
            return chosen;
        }

        private boolean isFree(String parameter) {
            return !parameters.containsKey(parameter)
                    && !files.containsKey(parameter)
                    && !outputs.containsKey(parameter);
        }

        private void requireFree(String parameter) {
            if (!NAME.matcher(parameter).matches()) {
                throw problem(
                        "\"" + parameter + "\" cannot be the name of a parameter",
                        "use letters, digits and \"_\", and no digit first");
            }
            if (!isFree(parameter)) {
                throw problem(parameter + " is set twice", "choose another name for one of both");
            }
        }

        private ConfigException problem(String reason, String advice) {
            return ConfigException.of("Cannot build the program task " + name + ": " + reason)
                    .at(PlanLine.current())
                    .advice(advice)
                    .build();
        }
    }

    @Override
    public void execute(TaskContext context) throws IOException, InterruptedException {
        Map<String, Object> values = values();
        Program program = Program.of(filled(command.get(0), values));
        for (String word : command.subList(1, command.size())) {
            program = program.argument(filled(word, values));
        }
        program = program.parameters(values);
        for (ProgramFile file : files.values()) {
            program = program.input(file.path());
        }
        for (Map.Entry<String, Path> output : outputPaths().entrySet()) {
            program = program.environment(JobVariables.PROGRAM_PATH + output.getKey(), output.getValue());
        }
        if (!measures.isEmpty()) {
            program = program.measures(measures);
        }
        context.run(image.isPresent() ? program.in(image.get()) : program);
        requireOutputs();
    }

    private void requireOutputs() throws IOException {
        List<String> missing = new ArrayList<>();
        for (Map.Entry<String, String> output : outputNames.entrySet()) {
            if (!Files.exists(folder.resolve(output.getValue()))) {
                missing.add(output.getKey() + " (" + output.getValue() + ")");
            }
        }
        if (!missing.isEmpty()) {
            throw new IOException("the program has ended without having made " + String.join(", ", missing));
        }
    }

    private Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.putAll(texts);
        values.putAll(integers);
        values.putAll(numbers);
        values.putAll(flags);
        files.forEach((parameter, file) -> values.put(parameter, file.path()));
        values.putAll(outputPaths());
        return values;
    }

    private SortedMap<String, Path> outputPaths() {
        SortedMap<String, Path> paths = new TreeMap<>();
        outputNames.forEach((output, path) -> paths.put(output, folder.resolve(path)));
        return paths;
    }

    private static String filled(String word, Map<String, Object> values) {
        return PLACEHOLDER.matcher(word).replaceAll(found -> {
            Object value = values.get(found.group(1));
            return Matcher.quoteReplacement(value == null ? found.group() : value.toString());
        });
    }

    @Override
    public Map<String, ProgramFile> outputs(Dependency dep) {
        Map<String, ProgramFile> made = new TreeMap<>();
        outputPaths().forEach((output, path) -> made.put(output, dep.on(new ProgramFile(path))));
        return made;
    }

    /**
     * Returns the kind of task.
     *
     * @return its name
     */
    public String name() {
        return name;
    }

    /**
     * Returns the command.
     *
     * @return the program and its arguments, with names in braces
     */
    public List<String> command() {
        return command;
    }

    /**
     * Returns the parameters that are texts.
     *
     * @return values by name
     */
    public Map<String, String> texts() {
        return texts;
    }

    /**
     * Returns the parameters that are whole numbers.
     *
     * @return values by name
     */
    public Map<String, Long> integers() {
        return integers;
    }

    /**
     * Returns the parameters that are other numbers.
     *
     * @return values by name
     */
    public Map<String, Double> numbers() {
        return numbers;
    }

    /**
     * Returns the parameters that are truth values.
     *
     * @return values by name
     */
    public Map<String, Boolean> flags() {
        return flags;
    }

    /**
     * Returns the files that the program reads.
     *
     * @return files by name
     */
    public Map<String, ProgramFile> files() {
        return files;
    }

    /**
     * Returns the files that the program makes.
     *
     * @return paths in the job's folder by name
     */
    public Map<String, String> outputNames() {
        return outputNames;
    }

    /**
     * Returns the image of the container.
     *
     * @return empty if the program runs in none
     */
    public Optional<ContainerImage> image() {
        return image;
    }

    /**
     * Returns the regular expression for lines of the output.
     *
     * @return empty if the output is not read
     */
    public String measures() {
        return measures;
    }

    /**
     * Returns the job's folder.
     *
     * @return absolute in the job, and once the task is submitted
     */
    public Path folder() {
        return folder;
    }
}
