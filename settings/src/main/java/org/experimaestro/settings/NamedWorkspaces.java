package org.experimaestro.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.experimaestro.Default;
import org.experimaestro.WorkspaceException;
import org.experimaestro.base.text.NearName;
import org.experimaestro.model.root.RootPlaces;
import org.experimaestro.model.root.RootedPath;
import org.experimaestro.settings.YamlValue.Entry;
import org.experimaestro.settings.YamlValue.Mapping;

/**
 * The workspaces that a user's settings name, under the key {@code workspaces}. Immutable.
 *
 * @param list the workspaces, in the order of the file
 */
public record NamedWorkspaces(List<NamedWorkspace> list) {
    /** No workspaces. */
    public static final NamedWorkspaces NONE = new NamedWorkspaces(List.of());

    /** Copies the list. */
    public NamedWorkspaces {
        list = List.copyOf(list);
    }

    /** The keys of a workspace. Its variables and rules are known here, and read apart. */
    @DisplayName("a workspace")
    private record Written(
            Located<Path> path,
            @Default("[]") List<ExperimentPattern> triggers,
            @Default("{}") Map<String, Located<RootFolder>> roots,
            @Default("{}") Map<String, String> env,
            @Default("[]") List<String> pass,
            @Default("[]") List<String> folders,
            @Default("{}") Map<String, String> history,
            @Default("") String energy,
            @Default("{}") Map<String, String> carbon) {}

    /** Reads the key of a user's file. */
    static NamedWorkspaces read(Mapping file, Source source, Problems problems) {
        Entry written = file.entries().get(KeyNames.WORKSPACES);
        if (written == null) {
            return NONE;
        }
        if (!(written.value() instanceof Mapping workspaces)) {
            problems.add(
                    written.value().origin(),
                    "\"workspaces\" must be a map from names to workspaces, found " + TypeWords.found(written.value()),
                    "write \"workspaces: {lab: {path: /data/lab/work}}\"");
            return NONE;
        }
        List<NamedWorkspace> list = new ArrayList<>();
        for (Entry entry : workspaces.entries().values()) {
            read(entry, source, problems).ifPresent(workspace -> add(workspace, entry, list, problems));
        }
        return new NamedWorkspaces(list);
    }

    private static Optional<NamedWorkspace> read(Entry entry, Source source, Problems problems) {
        String name = entry.key().text();
        if (!RootPlaces.isName(name)) {
            problems.add(
                    entry.key().origin(),
                    "%s cannot be the name of a workspace".formatted(Texts.quote(name)),
                    RootPlaces.NAME_ADVICE);
        }
        String path = KeyNames.below(KeyNames.WORKSPACES, name);
        if (!(entry.value() instanceof Mapping map)) {
            problems.add(
                    entry.value().origin(),
                    "%s must be a map, found %s".formatted(Texts.quote(path), TypeWords.found(entry.value())),
                    "write \"%s: {path: /data/lab/work}\"".formatted(name));
            return Optional.empty();
        }
        SortedMap<String, String> environment = Variables.read(map, problems);
        Upkeep upkeep = Upkeep.read(map, source, path, problems);
        Mapping rest = map.without(KeyNames.ENV)
                .without(KeyNames.PASS)
                .without(KeyNames.FOLDERS)
                .without(KeyNames.HISTORY)
                .without(KeyNames.ENERGY)
                .without(KeyNames.CARBON);
        return new SettingsBinder(problems, source.folder())
                .bindPart(Written.class, rest, path)
                .map(Written.class::cast)
                .map(bound -> new NamedWorkspace(
                        name,
                        folder(bound.path(), path, problems),
                        bound.triggers(),
                        environment,
                        Variables.places(map),
                        RootFolder.places(bound.roots(), problems),
                        upkeep));
    }

    private static Path folder(Located<Path> written, String path, Problems problems) {
        if (written.value() instanceof RootedPath) {
            problems.add(
                    written.origin(),
                    "%s must be a folder of this machine, found %s"
                            .formatted(
                                    Texts.quote(path + ".path"),
                                    Texts.quote(written.value().toString())),
                    "write the whole path, as in /data/lab/work");
        }
        return RootedPath.plain(written.value()).toAbsolutePath().normalize();
    }

    private static void add(NamedWorkspace workspace, Entry entry, List<NamedWorkspace> list, Problems problems) {
        for (NamedWorkspace other : list) {
            if (other.folder().equals(workspace.folder())) {
                problems.add(
                        entry.key().origin(),
                        "%s and %s are the same folder, %s"
                                .formatted(
                                        Texts.quote(other.name()), Texts.quote(workspace.name()), workspace.folder()),
                        "keep one of both");
            }
        }
        list.add(workspace);
    }

    /**
     * Returns the workspace of a name.
     *
     * @param name the name
     * @param label the file's name in messages
     * @return the workspace
     * @throws WorkspaceException if the settings have no such name
     */
    public NamedWorkspace get(String name, String label) {
        List<String> names = list.stream().map(NamedWorkspace::name).toList();
        return list.stream()
                .filter(workspace -> workspace.name().equals(name))
                .findFirst()
                .orElseThrow(() -> WorkspaceException.of("There is no workspace " + Texts.quote(name) + " in " + label)
                        .advice(
                                names.isEmpty()
                                        ? "write \"workspaces: {" + name
                                                + ": {path: /data/work}}\" there, or name a folder" + " with --workdir"
                                        : NearName.advice(name, names)
                                                .orElse("known workspaces: " + String.join(", ", names)))
                        .build());
    }

    /**
     * Returns the first workspace with a trigger that matches an experiment.
     *
     * @param experiment the experiment's name
     * @return the workspace; empty if there is none
     */
    public Optional<NamedWorkspace> findFor(String experiment) {
        return list.stream().filter(workspace -> workspace.isFor(experiment)).findFirst();
    }

    /**
     * Returns the workspace of experiments that no trigger matches.
     *
     * @return the first one without triggers; empty if there is none
     */
    public Optional<NamedWorkspace> findUsual() {
        return list.stream().filter(workspace -> workspace.triggers().isEmpty()).findFirst();
    }

    /**
     * Returns the workspace of a folder, under whatever path the folder is known.
     *
     * @param folder a folder, which need not exist
     * @return the workspace; empty if the folder has no name
     */
    public Optional<NamedWorkspace> findAt(Path folder) {
        Path place = folder.toAbsolutePath().normalize();
        return list.stream()
                .filter(workspace -> isSame(workspace.folder(), place))
                .findFirst();
    }

    private static boolean isSame(Path one, Path other) {
        if (one.equals(other)) {
            return true;
        }
        try {
            return Files.exists(one) && Files.exists(other) && Files.isSameFile(one, other);
        } catch (IOException unreadable) {
            return false;
        }
    }
}
