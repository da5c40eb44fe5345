package org.experimaestro.settings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.experimaestro.Isolation;
import org.experimaestro.LaunchException;
import org.experimaestro.PlanException;
import org.experimaestro.RetryPolicy;
import org.experimaestro.base.text.NearName;
import org.experimaestro.settings.YamlValue.Entry;
import org.experimaestro.settings.YamlValue.Kind;
import org.experimaestro.settings.YamlValue.Mapping;
import org.experimaestro.settings.YamlValue.Scalar;
import org.jspecify.annotations.Nullable;

/**
 * The reserved keys of a file, which describe the experiment itself. A reserved key without a value counts as
 * missing.
 *
 * @param id the experiment's identifier
 * @param workdir the workspace, absolute; {@code null} if there is none
 * @param plan the reference to the plan; {@code null} if there is none
 * @param environment variables for the experiment's jobs
 * @param maven options for building the plan's project
 * @param launcherOptions options of launchers for the experiment's jobs
 * @param retries the policy of the experiment's jobs; {@code null} if there is none
 * @param isolation the isolation of the experiment's jobs; {@code null} if there is none
 * @param priorities the rules of the jobs' priorities
 * @param git the rules for a plan in a repository of git
 * @param title one line about the experiment; {@code null} if there is none
 * @param description more lines about it; {@code null} if there are none
 */
record ReservedKeys(
        String id,
        @Nullable Path workdir,
        @Nullable PlanReference plan,
        SortedMap<String, String> environment,
        MavenOptions maven,
        SortedMap<String, String> launcherOptions,
        @Nullable RetryPolicy retries,
        @Nullable Isolation isolation,
        List<PriorityRule> priorities,
        GitSettings git,
        @Nullable String title,
        @Nullable String description) {
    private static final String JAVA = ".java";
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.-]+");
    private static final Pattern DOTS = Pattern.compile("\\.+");

    /** Reads and checks the reserved keys; {@code main} is the experiment's own file. */
    static ReservedKeys read(Mapping map, Source main, Problems problems) {
        return new ReservedKeys(
                id(map, main, problems),
                workdir(map, problems),
                plan(map, problems),
                environment(map, problems),
                maven(map, problems),
                launcherOptions(map, problems),
                retries(map, problems),
                isolation(map, problems),
                PriorityKeys.read(map, main, problems),
                GitSettings.read(map, problems),
                title(map, problems),
                text(map, KeyNames.DESCRIPTION, problems).map(Scalar::text).orElse(null));
    }

    /** Returns the error that there is no plan, with the key that was probably meant. */
    static PlanException noPlan(Mapping map, Source main) {
        String mistyped = map.entries().values().stream()
                .map(Entry::key)
                .filter(key -> !KeyNames.RESERVED.contains(key.text()))
                .flatMap(key -> NearName.find(key.text(), List.of(KeyNames.FILE, KeyNames.CLASS)).stream()
                        .map(name -> "; did you mean %s where %s says %s?"
                                .formatted(Texts.quote(name), key.origin().place(), Texts.quote(key.text()))))
                .findFirst()
                .orElse("");
        return PlanException.of("there is no plan to run")
                .at(main.label())
                .advice(
                        "write \"file: NAME\" for the Java source NAME.java beside this file, or \"class: NAME\" for a compiled"
                                + " plan" + mistyped)
                .build();
    }

    /** Returns the map with its reserved paths rewritten, so that they mean the same in a file of that folder. */
    static Mapping relativeTo(Path folder, Mapping map) {
        Mapping result = map;
        for (String key : List.of(KeyNames.FILE, KeyNames.WORKDIR)) {
            Entry entry = map.entries().get(key);
            if (entry != null
                    && entry.value() instanceof Scalar scalar
                    && !scalar.origin().folder().equals(folder)
                    && !scalar.text().startsWith("~")
                    && !Path.of(scalar.text()).isAbsolute()) {
                Path relative = folder.relativize(
                        scalar.origin().folder().resolve(scalar.text()).normalize());
                result = result.with(
                        new Entry(entry.key(), new Scalar(Kind.TEXT, relative.toString(), scalar.origin())));
            }
        }
        return result;
    }

    private static String id(Mapping map, Source main, Problems problems) {
        Optional<Scalar> written = text(map, KeyNames.ID, problems);
        String id = written.map(Scalar::text).orElseGet(() -> FilePaths.withoutExtension(main.label()));
        if (!ID.matcher(id).matches() || DOTS.matcher(id).matches()) {
            problems.add(
                    written.map(Scalar::origin).orElseGet(main::whole),
                    "%s cannot be the experiment's id: only letters, digits and the characters _ . - can be in it"
                            .formatted(Texts.quote(id)),
                    written.isPresent() ? null : "rename the file, or write \"id: NAME\" in it");
        }
        return id;
    }

    private static @Nullable String title(Mapping map, Problems problems) {
        Optional<Scalar> written = text(map, KeyNames.TITLE, problems);
        written.filter(title -> title.text().indexOf('\n') >= 0)
                .ifPresent(title -> problems.add(
                        title.origin(), "the title has several lines", "write the others under \"description\""));
        return written.map(Scalar::text).orElse(null);
    }

    private static @Nullable Path workdir(Mapping map, Problems problems) {
        Optional<Scalar> written = text(map, KeyNames.WORKDIR, problems);
        if (written.isEmpty()) {
            return null;
        }
        Optional<Path> path = path(written.get());
        if (path.isEmpty()) {
            problems.add(
                    written.get().origin(), "\"workdir\" must be a folder, found " + TypeWords.found(written.get()));
        }
        return path.orElse(null);
    }

    private static SortedMap<String, String> environment(Mapping map, Problems problems) {
        return Variables.read(map, problems);
    }

    private static MavenOptions maven(Mapping map, Problems problems) {
        Entry entry = map.entries().get(KeyNames.MAVEN);
        if (entry == null) {
            return MavenOptions.NONE;
        }
        if (text(map, KeyNames.FILE, problems).isPresent()) {
            problems.add(
                    entry.key().origin(),
                    "\"maven\" is for the project of a \"class\", and the plan is a \"file\"",
                    "remove it");
        }
        return MavenKeys.read(entry.value(), problems);
    }

    /* Values are taken as they were written, because they may look like numbers ("time: 90"). */
    private static SortedMap<String, String> launcherOptions(Mapping map, Problems problems) {
        SortedMap<String, String> options = new TreeMap<>();
        Entry written = map.entries().get(KeyNames.LAUNCHER_OPTIONS);
        if (written == null || written.value() instanceof Scalar scalar && scalar.kind() == Kind.NULL) {
            return options;
        }
        if (!(written.value() instanceof Mapping values)) {
            problems.add(
                    written.value().origin(),
                    "\"launcher_options\" must be a map to texts, found " + TypeWords.found(written.value()),
                    "write \"launcher_options: {account: abc}\"");
            return options;
        }
        for (Entry entry : values.entries().values()) {
            String name = entry.key().text();
            if (!(entry.value() instanceof Scalar value)) {
                problems.add(
                        entry.value().origin(),
                        "%s must be a text, found %s"
                                .formatted(
                                        Texts.quote(KeyNames.below(KeyNames.LAUNCHER_OPTIONS, name)),
                                        TypeWords.found(entry.value())));
            } else if (value.kind() != Kind.NULL) {
                options.put(name, value.text());
                if (name.equals(KeyNames.ISOLATION)) {
                    checkIsolation(map, value, problems);
                }
            }
        }
        return options;
    }

    /** Checks the option isolation, which the key would hide: no launcher has it as its own, so it may be checked here. */
    private static void checkIsolation(Mapping map, Scalar option, Problems problems) {
        var _ = parseIsolation(option, problems);
        Entry key = map.entries().get(KeyNames.ISOLATION);
        if (key != null && !(key.value() instanceof Scalar scalar && scalar.kind() == Kind.NULL)) {
            problems.add(
                    option.origin(),
                    "both %s and \"isolation\" (%s) are given"
                            .formatted(
                                    Texts.quote(KeyNames.below(KeyNames.LAUNCHER_OPTIONS, KeyNames.ISOLATION)),
                                    key.value().origin().place()),
                    "keep \"isolation\"");
        }
    }

    private static @Nullable RetryPolicy retries(Mapping map, Problems problems) {
        Scalar written = text(map, KeyNames.RETRIES, problems).orElse(null);
        if (written == null) {
            return null;
        }
        try {
            return RetryPolicy.parse(written.text(), null);
        } catch (LaunchException wrong) {
            problems.add(written.origin(), String.valueOf(wrong.getMessage()));
            return null;
        }
    }

    private static @Nullable Isolation isolation(Mapping map, Problems problems) {
        return text(map, KeyNames.ISOLATION, problems)
                .map(written -> parseIsolation(written, problems))
                .orElse(null);
    }

    private static @Nullable Isolation parseIsolation(Scalar written, Problems problems) {
        try {
            return Isolation.parse(written.text());
        } catch (LaunchException wrong) {
            problems.add(written.origin(), String.valueOf(wrong.getMessage()));
            return null;
        }
    }

    private static @Nullable PlanReference plan(Mapping map, Problems problems) {
        Optional<Scalar> file = text(map, KeyNames.FILE, problems);
        Optional<Scalar> compiled = text(map, KeyNames.CLASS, problems);
        if (file.isPresent() && compiled.isPresent()) {
            Origin first = file.get().origin();
            Origin second = compiled.get().origin();
            problems.add(
                    first.compareTo(second) < 0 ? first : second,
                    "both \"file: %s\" (%s) and \"class: %s\" (%s) are given"
                            .formatted(
                                    file.get().text(),
                                    first.place(),
                                    compiled.get().text(),
                                    second.place()),
                    "keep one: \"file\" names a Java source, \"class\" a compiled plan; an override such as"
                            + " -c class=null takes one away");
            return null;
        }
        return file.isPresent()
                ? sourceFile(file.get(), problems)
                : compiled.map(name -> compiledClass(name, problems)).orElse(null);
    }

    private static @Nullable PlanReference sourceFile(Scalar written, Problems problems) {
        Optional<Path> path = path(written);
        if (path.isEmpty() || path.get().getFileName() == null) {
            problems.add(
                    written.origin(), "\"file\" must be the name of a Java source, found " + TypeWords.found(written));
            return null;
        }
        String name = String.valueOf(path.get().getFileName());
        Path file = name.endsWith(JAVA) ? path.get() : path.get().resolveSibling(name + JAVA);
        if (Files.isRegularFile(file)) {
            return new PlanReference.SourceFile(file, written.origin().place());
        }
        FilePaths.Missing missing = FilePaths.missing(file, List.of(JAVA));
        problems.add(
                written.origin(),
                "the plan's source %s %s".formatted(file.getFileName(), missing.problem()),
                missing.advice());
        return null;
    }

    private static @Nullable PlanReference compiledClass(Scalar written, Problems problems) {
        boolean isName = !written.text().isEmpty()
                && List.of(written.text().split("\\.", -1)).stream().allMatch(ReservedKeys::isIdentifier);
        if (!isName) {
            problems.add(
                    written.origin(),
                    "\"class\" must be the full name of a class, found " + TypeWords.found(written),
                    "write it as tutorial.TutorialPlan");
            return null;
        }
        return new PlanReference.CompiledClass(written.text(), written.origin().place());
    }

    private static boolean isIdentifier(String text) {
        return !text.isEmpty()
                && Character.isJavaIdentifierStart(text.charAt(0))
                && text.chars().allMatch(Character::isJavaIdentifierPart);
    }

    private static Optional<Path> path(Scalar written) {
        return written.text().isBlank()
                ? Optional.empty()
                : FilePaths.resolve(written.text(), written.origin().folder());
    }

    /* Returns the text of a key as it was written, because names may look like numbers ("id: 2026"). */
    private static Optional<Scalar> text(Mapping map, String key, Problems problems) {
        Entry entry = map.entries().get(key);
        if (entry == null) {
            return Optional.empty();
        }
        if (entry.value() instanceof Scalar scalar) {
            return scalar.kind() == Kind.NULL ? Optional.empty() : Optional.of(scalar);
        }
        problems.add(
                entry.value().origin(),
                "%s must be a text, found %s".formatted(Texts.quote(key), TypeWords.found(entry.value())));
        return Optional.empty();
    }
}
