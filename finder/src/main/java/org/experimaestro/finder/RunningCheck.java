package org.experimaestro.finder;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.experimaestro.base.process.EnvironmentVariable;
import org.experimaestro.base.process.JobVariables;
import org.experimaestro.core.file.HomeFolder;
import org.experimaestro.core.host.RootsVariable;
import org.experimaestro.finder.FileLauncher.Host;
import org.experimaestro.finder.FileLauncher.Limits;
import org.experimaestro.finder.FileLauncher.Partition;
import org.experimaestro.requirement.AcceleratorKind;
import org.experimaestro.settings.Located;
import org.experimaestro.settings.Problems;
import org.experimaestro.settings.RootFolder;
import org.experimaestro.settings.Texts;
import org.experimaestro.settings.Variables;
import org.experimaestro.spi.ConnectorDefinition;
import org.experimaestro.spi.HostDescription;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.LauncherType;

/** A converter from the content of the file to a launcher that runs jobs. Used for one launcher. */
final class RunningCheck {
    /** The default percentage of a job's memory for the heap of its JVM. */
    static final int HEAP_PERCENT = 75;

    private final LauncherTypes types;
    private final Problems problems;
    private final Map<String, ConnectorDefinition> connectors;
    private final Set<String> told = new HashSet<>();
    private List<String> directives = List.of();

    RunningCheck(LauncherTypes types, Problems problems, Map<String, ConnectorDefinition> connectors) {
        this.types = types;
        this.problems = problems;
        this.connectors = connectors;
    }

    FileLauncher.Running launcher(String name, Located<LauncherEntry> located) {
        LauncherEntry entry = located.value();
        Optional<LauncherType> type =
                types.findLauncherType(entry.type().value().text());
        directives = entry.directives().map(Located::value).orElse(List.of()).stream()
                .map(Word::text)
                .toList();
        SortedMap<String, String> options = options(type, entry.options(), new TreeMap<>());
        List<Host> hosts = hosts(type, entry, options);
        List<Partition> partitions = partitions(type, entry, hosts, options);
        boolean isDirect = FileCheck.isDirect(entry);
        if (isDirect && hosts.size() > 1) {
            problems.add(
                    entry.hosts().orElseThrow().origin(),
                    "a launcher of the type direct has one host, found " + hosts.size(),
                    "make a launcher of each");
        }
        if (isDirect && hosts.size() == 1 && hosts.getFirst().description().count() != 1) {
            problems.add(
                    entry.hosts().orElseThrow().origin(),
                    "a launcher of the type direct has one host, found a count of "
                            + hosts.getFirst().description().count(),
                    "remove the count");
        }
        if (isDirect) {
            entry.hosts().ifPresent(map -> map.value().values().forEach(this::checkAcceleratorNames));
        }
        Optional<ConnectorDefinition> connector = connector(entry);
        SortedMap<Integer, String> jdks = new TreeMap<>();
        if (isDirect && connector.isEmpty() && entry.jdks().isEmpty()) {
            jdks.putAll(localJdks());
        }
        entry.jdks().ifPresent(map -> map.value().forEach((release, java) -> jdks.put(release, java.text())));
        LauncherDefinition definition = new LauncherDefinition(
                name,
                entry.type().value().text(),
                connector,
                isDirect && !hosts.isEmpty() ? Optional.of(hosts.getFirst().description()) : Optional.empty(),
                entry.limit().map(limit -> OptionalInt.of(limit.value())).orElse(OptionalInt.empty()),
                environment(entry),
                entry.java().map(java -> java.value().text()),
                jdks,
                entry.nice().map(Located::value).orElse(0),
                options,
                directives);
        return new FileLauncher.Running(
                definition,
                FileCheck.standing(entry.labels(), entry.onlyLabeled(), entry.priority(), entry.price()),
                entry.heap().map(heap -> heap.value().percent()).orElse(HEAP_PERCENT),
                entry.memoryPerCore().map(memory -> memory.value().bytes()).orElse(0L),
                hosts,
                partitions);
    }

    /** Checks the names of accelerators. Accelerators are counted by name, so different ones need different names. */
    private void checkAcceleratorNames(Located<HostEntry> host) {
        Set<String> names = new HashSet<>();
        Set<String> told = new HashSet<>();
        for (HostEntry.AcceleratorEntry each : host.value().accelerators()) {
            String name = each.name().map(Word::text).orElse("");
            if (!names.add(name) && told.add(name)) {
                problems.add(
                        host.origin(),
                        name.isEmpty()
                                ? "the host has several accelerators without a name"
                                : "the host has several accelerators called " + Texts.quote(name),
                        "give each a name of its own; equal ones are one, with a count");
            }
        }
    }

    static SortedMap<Integer, String> localJdks() {
        return LocalJdks.find(
                System.getenv(),
                Path.of(System.getProperty("java.home")),
                LocalJdks.usualFolders(HomeFolder.current()));
    }

    private Optional<ConnectorDefinition> connector(LauncherEntry entry) {
        if (entry.connector().isEmpty()) {
            return Optional.empty();
        }
        Located<Word> name = entry.connector().get();
        ConnectorDefinition connector = connectors.get(name.value().text());
        if (connector == null) {
            FileCheck.unknown(problems, name, "connector", connectors.keySet());
        }
        return Optional.ofNullable(connector);
    }

    private SortedMap<String, String> environment(LauncherEntry entry) {
        Map<String, Located<Word>> written = entry.env().map(Located::value).orElse(Map.of());
        written.forEach((name, value) -> {
            EnvironmentVariable.problemOfName(name)
                    .ifPresent(problem -> problems.add(value.origin(), problem, EnvironmentVariable.NAME_ADVICE));
            EnvironmentVariable.problemOfValue(name, value.value().text())
                    .ifPresent(problem -> problems.add(value.origin(), problem, EnvironmentVariable.VALUE_ADVICE));
        });
        SortedMap<String, String> variables = new TreeMap<>(FileCheck.texts(written));
        entry.pass()
                .ifPresent(pass ->
                        pass.value().forEach(name -> Variables.pass(variables, name.text(), pass.origin(), problems)));
        entry.roots().ifPresent(roots -> addRoots(roots.value(), variables));
        return variables;
    }

    /**
     * Adds the folders of named roots. They are not expanded, because the job's host may be another one, with another
     * home folder.
     */
    private void addRoots(Map<String, Located<RootFolder>> written, SortedMap<String, String> variables) {
        written.values().stream()
                .filter(folder -> !folder.value().text().startsWith("/"))
                .forEach(folder -> problems.add(
                        folder.origin(),
                        "the folder of a root is %s, which is another one on another host"
                                .formatted(Texts.quote(folder.value().text())),
                        "write the whole path, as in /srv/corpora"));
        variables.put(JobVariables.ROOTS, RootsVariable.write(RootFolder.texts(written, problems)));
    }

    /** Returns the options of a place, with those of the wider places. */
    private SortedMap<String, String> options(
            Optional<LauncherType> type,
            Optional<Located<Map<String, Located<Word>>>> written,
            SortedMap<String, String> wider) {
        if (written.isEmpty()) {
            return wider;
        }
        Map<String, Located<Word>> own = written.get().value();
        SortedMap<String, String> merged = Options.merged(wider, FileCheck.texts(own));
        if (type.isPresent() && Options.areKnown(type.get(), own, problems)) {
            for (String sentence : Options.problems(type.get(), merged, directives)) {
                // A problem with the launcher's options is reported once, not for each of its partitions.
                if (told.add(sentence)) {
                    problems.add(written.get().origin(), sentence);
                }
            }
        }
        return merged;
    }

    private List<Host> hosts(
            Optional<LauncherType> type, LauncherEntry entry, SortedMap<String, String> launcherOptions) {
        List<Host> hosts = new ArrayList<>();
        entry.hosts()
                .ifPresent(map -> map.value().forEach((name, host) -> {
                    options(type, host.value().options(), launcherOptions);
                    hosts.add(host(name, host.value()));
                }));
        return hosts;
    }

    private static Host host(String name, HostEntry entry) {
        SortedSet<String> features = new TreeSet<>();
        entry.features().forEach(feature -> features.add(feature.text()));
        List<HostDescription.Accelerators> accelerators = entry.accelerators().stream()
                .map(each -> accelerators(each, entry.memory().bytes()))
                .toList();
        return new Host(
                new HostDescription(
                        name, entry.count(), entry.cores(), entry.memory().bytes(), accelerators, features),
                entry.priority(),
                entry.price(),
                FileCheck.texts(entry.options().map(Located::value).orElse(Map.of())));
    }

    /** Returns accelerators. An MPS accelerator shares the main memory, and may have all of it by default. */
    private static HostDescription.Accelerators accelerators(HostEntry.AcceleratorEntry entry, long hostMemory) {
        AcceleratorKind kind = entry.kind().kind();
        long unsaid = kind == AcceleratorKind.MPS ? hostMemory : 0;
        return new HostDescription.Accelerators(
                kind,
                entry.name().map(Word::text).orElse(""),
                entry.memory().map(Amount::bytes).orElse(unsaid),
                entry.count());
    }

    private List<Partition> partitions(
            Optional<LauncherType> type,
            LauncherEntry entry,
            List<Host> hosts,
            SortedMap<String, String> launcherOptions) {
        List<Partition> partitions = new ArrayList<>();
        entry.partitions()
                .ifPresent(map -> map.value().forEach((name, partition) -> {
                    options(type, partition.value().options(), launcherOptions);
                    partitions.add(partition(name, partition.value(), hosts));
                }));
        return partitions;
    }

    private Partition partition(String name, PartitionEntry entry, List<Host> hosts) {
        return new Partition(
                name,
                FileCheck.standing(entry.labels(), entry.onlyLabeled(), entry.priority(), entry.price()),
                entry.hosts().map(names -> hosts(name, names, hosts)).orElse(hosts),
                new Limits(
                        entry.maxDuration().map(TimeSpan::duration),
                        entry.maxCores().map(OptionalInt::of).orElse(OptionalInt.empty()),
                        entry.maxMemory()
                                .map(memory -> OptionalLong.of(memory.bytes()))
                                .orElse(OptionalLong.empty()),
                        entry.minAccelerators(),
                        entry.maxAccelerators().map(OptionalInt::of).orElse(OptionalInt.empty()),
                        entry.exclusive()),
                FileCheck.texts(entry.options().map(Located::value).orElse(Map.of())));
    }

    /** Returns the hosts that a partition names, in the order of the launcher's. */
    private List<Host> hosts(String partition, Located<List<Located<Word>>> written, List<Host> hosts) {
        List<Located<Word>> names = written.value();
        if (names.isEmpty()) {
            problems.add(
                    written.origin(),
                    "the partition %s has no hosts".formatted(Texts.quote(partition)),
                    "name some of the launcher's, or remove the key for all of them");
        }
        List<String> known = hosts.stream().map(Host::name).toList();
        Set<String> named = new HashSet<>();
        for (Located<Word> name : names) {
            named.add(name.value().text());
            if (!known.contains(name.value().text())) {
                FileCheck.unknown(problems, name, "kind of host", known);
            }
        }
        return hosts.stream().filter(host -> named.contains(host.name())).toList();
    }
}
