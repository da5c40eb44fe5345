package org.experimaestro.finder;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.random.RandomGenerator;
import org.experimaestro.LaunchException;
import org.experimaestro.Launcher;
import org.experimaestro.Requirement;
import org.experimaestro.core.file.HomeFolder;
import org.experimaestro.settings.Texts;
import org.experimaestro.settings.UserSettings;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.LauncherFinder;
import org.experimaestro.spi.LocalShell;
import org.experimaestro.spi.Placement;
import org.experimaestro.spi.RequestLimits;

/**
 * A finder of launchers in the launcher file, which also calls the plan's hooks. If there is no file, jobs run on
 * this machine. Thread-safe.
 */
public final class FileLauncherFinder implements LauncherFinder {
    private final String label;
    private final Optional<LauncherFile> file;
    private final Optional<PlacementSearch> search;
    private final Hooks hooks;
    private final ThisMachine machine;

    private FileLauncherFinder(
            String label, Optional<LauncherFile> file, Optional<PlacementSearch> search, Hooks hooks) {
        this.label = label;
        this.file = file;
        this.search = search;
        this.hooks = hooks;
        this.machine = ThisMachine.current();
    }

    /**
     * Reads the launcher file, once.
     *
     * @param path the file, see {@link LauncherFile#usualPath}; it need not exist
     * @param plan the class loader of the plan, in which hooks are looked up
     * @param user the settings that name trusted users
     * @return the finder
     * @throws LaunchException if the file is wrong, with all problems and their lines; or if a user may change it
     *     that is not trusted
     */
    public static FileLauncherFinder open(Path path, ClassLoader plan, UserSettings user) {
        return open(
                path,
                user,
                LauncherTypes.installed(),
                Hooks.of(plan),
                new DynamicChoice(new LocalShell(), RandomGenerator.getDefault(), InstantSource.system()));
    }

    static FileLauncherFinder open(
            Path path, UserSettings user, LauncherTypes types, Hooks hooks, DynamicChoice choice) {
        Optional<LauncherFile> file = Files.exists(path, LinkOption.NOFOLLOW_LINKS)
                ? Optional.of(LauncherFile.read(path, types, user))
                : Optional.empty();
        return new FileLauncherFinder(
                HomeFolder.shorten(path.toAbsolutePath().normalize()),
                file,
                file.map(read -> new PlacementSearch(read, types, choice)),
                hooks);
    }

    @Override
    public Placement find(Launcher request) {
        if (isLocal(request)) {
            Placement local = Placement.on(localDefinition(), request);
            return hooks.choose(request, List.of(local), definitions()).orElse(local);
        }
        if (search.isEmpty()) {
            Placement here = machine.place(unnamed(request), request.location(), label);
            return hooks.choose(request, List.of(here), definitions()).orElse(here);
        }
        PlacementSearch.Result result = search.get().run(request);
        return hooks.choose(request, result.matches(), definitions())
                .or(result.explanation()::chosen)
                .orElseThrow(() -> Refusals.exception(request, request.location(), result.explanation()));
    }

    @Override
    public RequestLimits limits(Launcher request) {
        if (isLocal(request)) {
            return RequestLimits.NONE;
        }
        return search.map(found -> found.limits(request)).orElseGet(machine::limits);
    }

    /**
     * Explains the choice for a requirement outside a plan, without hooks.
     *
     * @param requirement the job's requirement
     * @param labels labels that the launcher must have
     * @return every candidate with the reasons against it; without any candidate if there is no launcher file
     */
    public PlacementExplanation explain(Requirement requirement, SortedSet<String> labels) {
        Launcher request = Launcher.find(requirement).labels(labels.toArray(String[]::new));
        return search.isEmpty()
                ? new PlacementExplanation(
                        label, List.of(), Optional.of(machine.place(request, Optional.empty(), label)), List.of())
                : search.get().run(request).explanation();
    }

    @Override
    public Optional<LauncherDefinition> launcher(String name) {
        Optional<LauncherDefinition> found = definitions().stream()
                .filter(definition -> definition.name().equals(name))
                .findFirst();
        return found.isEmpty() && name.equals(LauncherDefinition.local().name())
                ? Optional.of(localDefinition())
                : found;
    }

    private static boolean isLocal(Launcher request) {
        String local = LauncherDefinition.local().name();
        return request.requirement().isEmpty() && request.name().orElse(local).equals(local);
    }

    /**
     * Returns the file's own launcher of that name, if it is this machine; otherwise this machine, without counting
     * resources.
     */
    private LauncherDefinition localDefinition() {
        return file.flatMap(read -> read.find(LauncherDefinition.local().name()))
                .map(FileLauncher.Running::definition)
                .orElseGet(machine::uncounted);
    }

    private Launcher unnamed(Launcher request) {
        if (request.name().isPresent()) {
            throw LaunchException.of("there is no launcher %s: there is no launcher file %s"
                            .formatted(Texts.quote(request.name().get()), label))
                    .at(request.location().orElse(null))
                    .advice("\"experimaestro launchers generate\" writes one")
                    .build();
        }
        return request;
    }

    private List<LauncherDefinition> definitions() {
        return file.map(LauncherFile::definitions).orElse(List.of());
    }
}
