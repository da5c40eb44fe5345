package org.experimaestro.settings;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.experimaestro.Default;
import org.experimaestro.WorkspaceException;
import org.experimaestro.base.text.NearName;
import org.experimaestro.settings.YamlValue.Entry;
import org.experimaestro.settings.YamlValue.Mapping;

/**
 * The settings of a workspace: in its file {@value #NAME}, and where the settings of the user name it. Its own file
 * overrides those.
 *
 * @param environment variables for all jobs of the workspace
 * @param variablePlaces the place where each of them is set, for messages, by name
 * @param roots the folder of each named root by its name; it overrides that of the user's settings for all workspaces
 * @param filters the named filters of jobs; they override those of the user's settings
 * @param git the rules for plans in a repository of git; they override those of the user's settings
 * @param upkeep the rules by which the workspace is kept
 */
public record WorkspaceSettings(
        SortedMap<String, String> environment,
        SortedMap<String, String> variablePlaces,
        SortedMap<String, Path> roots,
        NamedFilters filters,
        GitSettings git,
        Upkeep upkeep) {
    /** The name of the file. */
    public static final String NAME = "settings.yaml";

    private static final List<String> KEYS = List.of(
            KeyNames.ENV,
            KeyNames.PASS,
            KeyNames.ROOTS,
            KeyNames.FILTERS,
            KeyNames.DIRTY_GIT,
            KeyNames.PATCH_LIMIT,
            KeyNames.FOLDERS,
            KeyNames.HISTORY,
            KeyNames.ENERGY,
            KeyNames.CARBON);

    /** Copies the maps. */
    public WorkspaceSettings {
        environment = Collections.unmodifiableSortedMap(new TreeMap<>(environment));
        variablePlaces = Collections.unmodifiableSortedMap(new TreeMap<>(variablePlaces));
        roots = Collections.unmodifiableSortedMap(new TreeMap<>(roots));
    }

    /**
     * Creates the settings of a workspace without a file.
     *
     * @return settings without variables, roots, filters and rules
     */
    public static WorkspaceSettings none() {
        return new WorkspaceSettings(
                new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), NamedFilters.NONE, GitSettings.NONE, Upkeep.NONE);
    }

    @DisplayName("a workspace")
    private record Named(@Default("{}") Map<String, Located<RootFolder>> roots) {}

    /**
     * Reads the settings of a workspace.
     *
     * @param workspace the folder, which need not exist
     * @param user the settings that may name the workspace; they name trusted users, too, because a variable such as
     *     {@code LD_PRELOAD} makes jobs run other code
     * @return the settings; empty settings if there are none
     * @throws WorkspaceException if the file is wrong, with all problems and their lines; or if a user may change it
     *     that is not trusted
     */
    public static WorkspaceSettings read(Path workspace, UserSettings user) {
        WorkspaceSettings own = readOwn(workspace, user);
        return user.workspaces().findAt(workspace).map(own::over).orElse(own);
    }

    /** Returns these settings over those of the user for the workspace. */
    private WorkspaceSettings over(NamedWorkspace named) {
        SortedMap<String, String> variables = new TreeMap<>(named.environment());
        variables.putAll(environment);
        SortedMap<String, String> places = new TreeMap<>(named.variablePlaces());
        places.putAll(variablePlaces);
        SortedMap<String, Path> folders = new TreeMap<>(named.roots());
        folders.putAll(roots);
        return new WorkspaceSettings(variables, places, folders, filters, git, upkeep.or(named.upkeep()));
    }

    private static WorkspaceSettings readOwn(Path workspace, UserSettings user) {
        Path file = workspace.resolve(NAME);
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return none();
        }
        user.requireNoStrangers(
                file, "set variables of your jobs and the folders of named roots", WorkspaceException::of);
        var source = Source.ofFile(file.toString(), 0, workspace.toAbsolutePath());
        var problems = new Problems(WorkspaceException::of);
        Mapping map = new Interpolation(System.getenv(), problems).apply(YamlFile.read(file, source, problems));
        for (Entry entry : map.entries().values()) {
            String key = entry.key().text();
            if (!KEYS.contains(key)) {
                problems.add(
                        entry.key().origin(),
                        "unknown key %s for a workspace".formatted(Texts.quote(key)),
                        NearName.advice(key, KEYS).orElse("known keys: " + String.join(", ", KEYS)));
            }
        }
        SortedMap<String, String> environment = Variables.read(map, problems);
        Optional<Named> named = named(map, source, problems);
        SortedMap<String, Path> roots =
                RootFolder.places(named.map(Named::roots).orElse(Map.of()), problems);
        GitSettings git = GitSettings.read(map, problems);
        Upkeep upkeep = Upkeep.read(map, source, "", problems);
        problems.throwIfAny(source.label());
        return new WorkspaceSettings(
                environment, Variables.places(map), roots, NamedFilters.read(map, source), git, upkeep);
    }

    /** Reads the keys whose values are things by their names. */
    private static Optional<Named> named(Mapping map, Source source, Problems problems) {
        Map<String, Entry> entries = new LinkedHashMap<>(map.entries());
        entries.keySet().retainAll(List.of(KeyNames.ROOTS));
        return new SettingsBinder(problems, source.folder())
                .bindAll(Named.class, new Mapping(entries, map.origin()))
                .map(Named.class::cast);
    }

    /**
     * Returns the named filters of jobs in this workspace. If both settings define a filter, the workspace's settings
     * count.
     *
     * @param user the user's settings
     * @return the filters, with the problems of both settings
     */
    public NamedFilters filters(UserSettings user) {
        return user.filters().with(filters);
    }

    /**
     * Returns the folders of named roots for a plan of a user in this workspace. If both settings define a root, the
     * workspace's settings count, because they are nearer to the results.
     *
     * @param user the user's settings
     * @return the folder of each root by its name
     */
    public SortedMap<String, Path> roots(UserSettings user) {
        SortedMap<String, Path> all = new TreeMap<>(user.roots());
        all.putAll(roots);
        return all;
    }
}
