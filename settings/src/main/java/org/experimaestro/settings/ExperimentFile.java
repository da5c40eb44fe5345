package org.experimaestro.settings;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Predicate;
import org.experimaestro.Isolation;
import org.experimaestro.PlanException;
import org.experimaestro.RetryPolicy;
import org.experimaestro.base.file.Digests;
import org.experimaestro.settings.YamlValue.Mapping;
import org.jspecify.annotations.Nullable;

/**
 * An experiment's YAML file, merged with the files that it imports and the command line's overrides.
 *
 * <p>The keys {@code file}, {@code class}, {@code id}, {@code workdir}, {@code imports}, {@code env}, {@code
 * pass}, {@code maven}, {@code launcher_options}, {@code retries}, {@code isolation}, {@code priorities}, {@code dirty_git}, {@code
 * patch_limit}, {@code title} and {@code description} describe the experiment; all others are the plan's settings.
 *
 * <p>A later import overrides an earlier import, a file overrides its imports, and command-line overrides apply last.
 * Imports merge maps deeply, and everything else is replaced. A relative path starts from the folder of its file; in
 * an override it starts from the folder of the experiment's own file. Values may name {@linkplain Interpolation variables}
 * of the environment.
 *
 * <p>Immutable.
 */
public final class ExperimentFile {
    /** The greatest number of points of a grid, whatever its limit. */
    public static final int MOST_POINTS = GridBinder.MOST;

    private static final List<String> EXTENSIONS = List.of(".yaml", ".yml");

    private final Path path;
    private final Source source;
    private final Mapping merged;
    private final ReservedKeys reserved;

    /** The problems with variables in the settings, which matter to those alone who use the settings. */
    private final Problems unset;

    private ExperimentFile(Path path, Source source, Mapping merged, ReservedKeys reserved, Problems unset) {
        this.unset = unset;
        this.path = path;
        this.source = source;
        this.merged = merged;
        this.reserved = reserved;
    }

    /**
     * Reads a file.
     *
     * @param yaml the file; {@code .yaml} or {@code .yml} may be left out
     * @param overrides values that replace the file's, each {@code key=value}. Dotted keys lead into maps, numbers
     *     from 0 into lists ({@code optimizer.lr=1e-3}, {@code layers.0=5}), and the value is YAML.
     * @return the merged file; {@link #bind} checks the settings
     * @throws PlanException if a file is missing or is not YAML, or if an override, an import, or one of the
     *     experiment's own keys is wrong; the message has all problems
     */
    public static ExperimentFile read(Path yaml, List<String> overrides) {
        Path path = existing(yaml.toAbsolutePath().normalize());
        Path folder = FilePaths.folderOf(path);
        String name = String.valueOf(path.getFileName());
        var problems = new Problems();
        List<CommandLineOverride> parsed = CommandLineOverride.parse(overrides, folder, problems);
        Predicate<CommandLineOverride> isImports = override -> override.isOf(KeyNames.IMPORTS);
        Mapping merged = new ImportReader(folder, problems)
                .read(path, parsed.stream().filter(isImports).toList());
        for (CommandLineOverride override :
                parsed.stream().filter(isImports.negate()).toList()) {
            merged = override.applyTo(merged, problems);
        }
        Set<String> others = new HashSet<>(merged.entries().keySet());
        KeyNames.RESERVED.forEach(others::remove);
        var unset = new Problems();
        merged = new Interpolation(System.getenv(), problems).apply(merged, others);
        merged = new Interpolation(System.getenv(), unset).apply(merged, KeyNames.RESERVED);
        problems.throwIfAny(name);
        var source = Source.ofFile(name, 0, folder);
        ReservedKeys reserved = ReservedKeys.read(merged, source, problems);
        problems.throwIfAny(name);
        return new ExperimentFile(path, source, merged, reserved, unset);
    }

    /**
     * Returns whether a word is the name of a YAML file, and so may name an experiment's file.
     *
     * @param word the word
     * @return true if it ends with {@code .yaml} or {@code .yml}, and has a name before that
     */
    public static boolean isNameOfOne(String word) {
        return EXTENSIONS.stream().anyMatch(end -> word.endsWith(end) && word.length() > end.length());
    }

    private static Path existing(Path path) {
        Optional<Path> file = path.getFileName() == null ? Optional.empty() : FilePaths.findYaml(path);
        return file.orElseThrow(() -> {
            FilePaths.Missing missing = FilePaths.missing(path, EXTENSIONS);
            return PlanException.of("the experiment file " + Objects.requireNonNullElse(path.getFileName(), path) + " "
                            + missing.problem())
                    .advice(missing.advice())
                    .build();
        });
    }

    /**
     * Returns the experiment's own file.
     *
     * @return its absolute path, with the extension
     */
    public Path path() {
        return path;
    }

    /**
     * Returns the folder of the file.
     *
     * @return its absolute path
     */
    public Path folder() {
        return source.folder();
    }

    /**
     * Returns the experiment's identifier: the key {@code id}, or by default the file's name without its extension.
     *
     * @return letters, digits, and the characters {@code _ . -}
     */
    public String id() {
        return reserved.id();
    }

    /**
     * Returns the workspace's folder: the key {@code workdir}.
     *
     * @return the absolute path, which may not exist; empty if no file has the key
     */
    public Optional<Path> workdir() {
        return Optional.ofNullable(reserved.workdir());
    }

    /**
     * Returns variables for the experiment's jobs: the key {@code env}. They are added to those that the jobs
     * inherit.
     *
     * @return values by name, empty if no file has the key
     */
    public SortedMap<String, String> environment() {
        return reserved.environment();
    }

    /**
     * Returns the places where the experiment's variables are set.
     *
     * @return places for messages, {@code debug.yaml:4}, by the names of {@link #environment}
     */
    public SortedMap<String, String> variablePlaces() {
        return Variables.places(merged);
    }

    /**
     * Returns options of launchers for the experiment's jobs: the key {@code launcher_options}. They override those of
     * the launcher file; those of a submission override them.
     *
     * @return values by name, empty if no file has the key
     */
    public SortedMap<String, String> launcherOptions() {
        return Collections.unmodifiableSortedMap(reserved.launcherOptions());
    }

    /**
     * Returns how often the experiment's jobs are tried again: the key {@code retries}.
     *
     * @return empty if no file has the key
     */
    public Optional<RetryPolicy> retries() {
        return Optional.ofNullable(reserved.retries());
    }

    /**
     * Returns whether the experiment's jobs have processes of their own: the key {@code isolation}.
     *
     * @return empty if no file has the key
     */
    public Optional<Isolation> isolation() {
        return Optional.ofNullable(reserved.isolation());
    }

    /**
     * Returns the rules of the jobs' priorities: the key {@code priorities}. The first rule whose filter selects a job
     * counts.
     *
     * @return the rules in their order; empty if no file has the key
     */
    public List<PriorityRule> priorities() {
        return List.copyOf(reserved.priorities());
    }

    /**
     * Returns the rules for a plan in a repository of git: the keys {@code dirty_git} and {@code patch_limit}.
     *
     * @return {@link GitSettings#NONE} if no file has one of the keys
     */
    public GitSettings git() {
        return reserved.git();
    }

    /**
     * Returns the experiment's title: the key {@code title}.
     *
     * @return one line; empty if no file has the key
     */
    public Optional<String> title() {
        return Optional.ofNullable(reserved.title());
    }

    /**
     * Returns the experiment's description: the key {@code description}.
     *
     * @return lines of text; empty if no file has the key
     */
    public Optional<String> description() {
        return Optional.ofNullable(reserved.description());
    }

    /**
     * Returns the options for building the project of the plan's class: the key {@code maven}.
     *
     * @return {@link MavenOptions#NONE} if no file has the key
     */
    public MavenOptions maven() {
        return reserved.maven();
    }

    /**
     * Returns the reference to the plan: the key {@code file} or {@code class}.
     *
     * @return the reference
     * @throws PlanException if no file has one of the keys
     */
    public PlanReference plan() {
        @Nullable PlanReference plan = reserved.plan();
        if (plan == null) {
            throw ReservedKeys.noPlan(merged, source);
        }
        return plan;
    }

    /**
     * Returns whether the file has a plan, so that it can be run. A file that others import may have none.
     *
     * @return false if {@link #plan()} throws
     */
    public boolean hasPlan() {
        return reserved.plan() != null;
    }

    /**
     * Returns the merged result as YAML, including the experiment's own keys. A comment gives the place of each value
     * that comes from an import or an override.
     *
     * <p>The imports are left out. The values of {@code file} and {@code workdir} are written such that the text
     * means the same as a file in {@link #folder()}. Values of {@link SecretVariables} are hidden.
     *
     * @return complete lines
     */
    public String show() {
        unset.throwIfAny(source.label());
        return YamlPrinter.print(SecretVariables.hiddenIn(ReservedKeys.relativeTo(folder(), merged)), source);
    }

    /**
     * Returns the merged result as JSON values, the experiment's own keys included, with the same paths as in {@link #show()},
     * and without the same secrets.
     *
     * @return plain JSON values by key
     */
    public Map<String, @Nullable Object> json() {
        unset.throwIfAny(source.label());
        return JsonSettings.of(SecretVariables.hiddenIn(ReservedKeys.relativeTo(folder(), merged)));
    }

    /**
     * Returns the SHA-256 of the file's text, without that of its imports.
     *
     * @return hexadecimal digits
     * @throws PlanException if it cannot be read any longer
     */
    public String sha256() {
        try {
            return HexFormat.of().formatHex(Digests.read(path.toRealPath(), Digests.newSha256()));
        } catch (IOException failed) {
            throw PlanException.of("Cannot read " + path + ": " + failed.getMessage())
                    .cause(failed)
                    .build();
        }
    }

    /**
     * Creates the plan's settings from the file's values.
     *
     * @param settings a record, of any visibility and from any class loader: the component {@code nLayers} is the key
     *     {@code n_layers}
     * @param <S> the record's type
     * @return the settings
     * @throws PlanException if the class cannot hold settings, or if keys are unknown or missing, or values do not
     *     fit; the message has all problems, in the order of the files
     */
    public <S> S bind(Class<S> settings) {
        return bind(settings, OptionalInt.empty()).value();
    }

    /**
     * Creates the plan's settings from the file's values.
     *
     * @param settings a record, as for {@link #bind(Class)}
     * @param limit the greatest number of points of a grid; empty for {@code limit} of the grid, or else 10,000
     * @param <S> the record's type
     * @return the settings, and what there is to say about their grids
     * @throws PlanException if the class cannot hold settings, if the values do not fit, or if a grid has more points;
     *     the message has all problems, in the order of the files
     */
    public <S> BoundSettings<S> bind(Class<S> settings, OptionalInt limit) {
        unset.throwIfAny(source.label());
        // Relative paths in defaults belong to the plan, so they start from its folder if that is known.
        Path defaultsFolder = reserved.plan() instanceof PlanReference.SourceFile(Path file, String ignored)
                ? FilePaths.folderOf(file)
                : folder();
        SettingsCheck.check(settings, defaultsFolder);
        var problems = new Problems();
        var grids = new GridBinder(defaultsFolder, limit);
        Optional<Object> bound = new SettingsBinder(problems, defaultsFolder, grids).bindTop(settings, merged);
        problems.throwIfAny(source.label());
        return new BoundSettings<>(settings.cast(bound.orElseThrow()), grids.counts(), grids.warnings());
    }
}
