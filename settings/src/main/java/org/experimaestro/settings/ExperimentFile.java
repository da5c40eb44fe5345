package org.experimaestro.settings;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Predicate;
import org.experimaestro.PlanException;
import org.experimaestro.base.file.Digests;
import org.experimaestro.settings.YamlValue.Mapping;
import org.jspecify.annotations.Nullable;

/**
 * An experiment's YAML file, with the files that it imports and the command line's overrides merged in.
 *
 * <p>The keys {@code file}, {@code class}, {@code id}, {@code workdir}, {@code imports}, {@code env} and {@code maven} tell about the experiment;
 * all others are the plan's settings. Later imports win over earlier ones, a file over what it imports, overrides over
 * all files; maps are merged deeply by imports, and everything else is replaced. A relative path resolves against the
 * folder of the file that says it; one in an override, against the folder of the experiment's own file.
 *
 * <p>Immutable.
 */
public final class ExperimentFile {
    private static final List<String> EXTENSIONS = List.of(".yaml", ".yml");

    private final Path path;
    private final Source source;
    private final Mapping merged;
    private final ReservedKeys reserved;

    private ExperimentFile(Path path, Source source, Mapping merged, ReservedKeys reserved) {
        this.path = path;
        this.source = source;
        this.merged = merged;
        this.reserved = reserved;
    }

    /**
     * Reads a file.
     *
     * @param yaml the file; {@code .yaml} or {@code .yml} may be left out
     * @param overrides values in place of the file's, each {@code key=value}: dotted keys lead into maps, numbers
     *     from 0 into lists ({@code optimizer.lr=1e-3}, {@code layers.0=5}), and the value is YAML
     * @return what was read; the settings are checked by {@link #bind}
     * @throws PlanException if a file is missing or is not YAML, or if an override, an import, or one of the
     *     experiment's own keys is wrong; all problems are told together
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
        problems.throwIfAny(name);
        var source = Source.ofFile(name, 0, folder);
        ReservedKeys reserved = ReservedKeys.read(merged, source, problems);
        problems.throwIfAny(name);
        return new ExperimentFile(path, source, merged, reserved);
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
     * The file that was read.
     *
     * @return its absolute path, with the extension
     */
    public Path path() {
        return path;
    }

    /**
     * The folder of the file.
     *
     * @return its absolute path
     */
    public Path folder() {
        return source.folder();
    }

    /**
     * The experiment's identifier: the key {@code id}, else the file's name without its extension.
     *
     * @return letters, digits, and the characters {@code _ . -}
     */
    public String id() {
        return reserved.id();
    }

    /**
     * The workspace's folder that the files ask for: the key {@code workdir}.
     *
     * @return the absolute path, which may not exist; empty if no file says one
     */
    public Optional<Path> workdir() {
        return Optional.ofNullable(reserved.workdir());
    }

    /**
     * Variables for the experiment's jobs: the key {@code env}. They are added to those that the jobs inherit.
     *
     * @return values by name, empty if no file says any
     */
    public SortedMap<String, String> environment() {
        return reserved.environment();
    }

    /**
     * Where the experiment's variables are set.
     *
     * @return places as messages give them, {@code debug.yaml:4}, by the names of {@link #environment}
     */
    public SortedMap<String, String> variablePlaces() {
        return Variables.places(merged);
    }

    /**
     * How the project of the plan's class is built: the key {@code maven}.
     *
     * @return {@link MavenOptions#NONE} if no file says anything
     */
    public MavenOptions maven() {
        return reserved.maven();
    }

    /**
     * Where the plan is: the key {@code file} or {@code class}.
     *
     * @return the reference
     * @throws PlanException if no file says where the plan is
     */
    public PlanReference plan() {
        @Nullable PlanReference plan = reserved.plan();
        if (plan == null) {
            throw ReservedKeys.noPlan(merged, source);
        }
        return plan;
    }

    /**
     * The merged result as YAML, the experiment's own keys included. A comment tells the place of each value that
     * comes from an import or an override. The imports are left out, and {@code file} and {@code workdir} are written
     * such that the text means the same as a file in {@link #folder()}. Values of {@link SecretVariables} are hidden.
     *
     * @return lines, the last one ended
     */
    public String show() {
        return YamlPrinter.print(SecretVariables.hiddenIn(ReservedKeys.relativeTo(folder(), merged)), source);
    }

    /**
     * The merged result as JSON values, the experiment's own keys included, and with the same paths and without the same secrets as
     * in {@link #show()}.
     *
     * @return plain JSON values by key
     */
    public Map<String, @Nullable Object> json() {
        return JsonSettings.of(SecretVariables.hiddenIn(ReservedKeys.relativeTo(folder(), merged)));
    }

    /**
     * The SHA-256 of the file's text, without that of its imports.
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
     * Makes the plan's settings of the file's values.
     *
     * @param settings a record, of any visibility and from any class loader: the component {@code nLayers} is the key
     *     {@code n_layers}
     * @param <S> the record's type
     * @return the settings
     * @throws PlanException if the class cannot hold settings, or if keys are unknown or missing, or values do not
     *     fit; all problems are told together, in the order of the files
     */
    public <S> S bind(Class<S> settings) {
        // Relative paths in defaults are the plan's: they resolve against its folder where that is known.
        Path defaultsFolder = reserved.plan() instanceof PlanReference.SourceFile(Path file, String ignored)
                ? FilePaths.folderOf(file)
                : folder();
        SettingsCheck.check(settings, defaultsFolder);
        var problems = new Problems();
        Optional<Object> bound = new SettingsBinder(problems, defaultsFolder).bindTop(settings, merged);
        problems.throwIfAny(source.label());
        return settings.cast(bound.orElseThrow());
    }
}
