package org.experimaestro.settings;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.experimaestro.settings.YamlValue.Entry;
import org.experimaestro.settings.YamlValue.Kind;
import org.experimaestro.settings.YamlValue.Mapping;
import org.experimaestro.settings.YamlValue.Scalar;
import org.experimaestro.settings.YamlValue.Sequence;

/**
 * A reader of a YAML file and the files that it imports, depth first. A later import overrides an earlier import, and
 * a file overrides its imports.
 */
final class ImportReader {
    private static final List<String> EXTENSIONS = List.of(".yaml", ".yml");

    private final Path mainFolder;
    private final Problems problems;
    private final Map<Path, Mapping> read = new HashMap<>();

    ImportReader(Path mainFolder, Problems problems) {
        this.mainFolder = mainFolder;
        this.problems = problems;
    }

    /**
     * A file being read, below the files that import it.
     *
     * @param files the files as they were named
     * @param realFiles the same without symbolic links, which could hide a cycle
     */
    private record Chain(List<Path> files, Set<Path> realFiles) {
        Chain then(Path file, Path realFile) {
            return new Chain(
                    Stream.concat(files.stream(), Stream.of(file)).toList(),
                    Stream.concat(realFiles.stream(), Stream.of(realFile)).collect(Collectors.toSet()));
        }
    }

    /**
     * Reads the experiment's own file.
     *
     * @param file the file, which exists
     * @param overrides the overrides of the command line, which may replace the file's imports
     * @return the merged file, without the key {@code imports}
     */
    Mapping read(Path file, List<CommandLineOverride> overrides) {
        return merged(file, overrides, new Chain(List.of(), Set.of()));
    }

    private Mapping merged(Path file, List<CommandLineOverride> overrides, Chain importers) {
        var source = Source.ofFile(label(file), read.size(), FilePaths.folderOf(file));
        // The file gets its number before its imports do.
        read.put(file, new Mapping(Map.of(), source.whole()));
        Mapping own = YamlFile.read(file, source, problems);
        for (CommandLineOverride override : overrides) {
            own = override.applyTo(own, problems);
        }
        Chain chain = importers.then(file, real(file, source.whole()));
        var below = new Mapping(Map.of(), own.origin());
        for (Scalar imported : imports(own)) {
            below = below.mergedWith(imported(imported, chain));
        }
        Mapping merged = below.mergedWith(own.without(KeyNames.IMPORTS));
        read.put(file, merged);
        return merged;
    }

    private List<Scalar> imports(Mapping map) {
        Entry entry = map.entries().get(KeyNames.IMPORTS);
        if (entry == null) {
            return List.of();
        }
        return switch (entry.value()) {
            case Scalar scalar when scalar.kind() == Kind.NULL -> List.of();
            case Sequence list -> list.items().stream().flatMap(this::fileName).toList();
            case Scalar scalar -> fileName(scalar).toList();
            case Mapping wrong -> fileName(wrong).toList();
        };
    }

    private Stream<Scalar> fileName(YamlValue value) {
        if (value instanceof Scalar scalar && scalar.kind() == Kind.TEXT) {
            return Stream.of(scalar);
        }
        problems.add(
                value.origin(),
                "\"imports\" must be the name of a YAML file or a list of such names, found " + TypeWords.found(value));
        return Stream.of();
    }

    private Mapping imported(Scalar name, Chain importers) {
        var nothing = new Mapping(Map.of(), name.origin());
        Optional<Path> path = FilePaths.resolve(name.text(), name.origin().folder());
        if (path.isEmpty() || name.text().isBlank()) {
            problems.add(name.origin(), Texts.quote(name.text()) + " cannot be the path of an import");
            return nothing;
        }
        Optional<Path> file = FilePaths.findYaml(path.get());
        if (file.isEmpty()) {
            FilePaths.Missing missing = FilePaths.missing(path.get(), EXTENSIONS);
            problems.add(
                    name.origin(),
                    "the import %s %s%s".formatted(Texts.quote(name.text()), missing.problem(), told(importers)),
                    missing.advice());
            return nothing;
        }
        Path real = real(file.get(), name.origin());
        if (importers.realFiles().contains(real)) {
            problems.add(
                    name.origin(),
                    "imports form a cycle: " + arrows(importers.then(file.get(), real)),
                    "remove one of these imports");
            return nothing;
        }
        Mapping known = read.get(file.get());
        return known != null ? known : merged(file.get(), List.of(), importers);
    }

    private Path real(Path file, Origin origin) {
        try {
            return file.toRealPath();
        } catch (IOException exception) {
            problems.add(origin, "cannot find the file " + file + ": " + exception, "check its folders", exception);
            return file;
        }
    }

    /* Returns the chain as text; empty for a chain of one file, which the line itself names. */
    private String told(Chain importers) {
        return importers.files().size() < 2 ? "" : " (imported by " + arrows(importers) + ")";
    }

    private String arrows(Chain chain) {
        return chain.files().stream().map(this::label).collect(Collectors.joining(" → "));
    }

    private String label(Path file) {
        if (!Objects.equals(file.getRoot(), mainFolder.getRoot())) {
            return file.toString();
        }
        String relative = mainFolder.relativize(file).toString();
        return relative.length() <= file.toString().length() ? relative : file.toString();
    }
}
