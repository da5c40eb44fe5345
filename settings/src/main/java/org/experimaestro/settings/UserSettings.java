package org.experimaestro.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.experimaestro.Default;
import org.experimaestro.ExperimaestroException;
import org.experimaestro.WorkspaceException;
import org.experimaestro.base.file.FileWriters;
import org.experimaestro.core.file.HomeFolder;
import org.experimaestro.core.file.UserFolder;
import org.experimaestro.settings.YamlValue.Mapping;

/**
 * A user's settings for all workspaces, in the file {@value #NAME} beside the launcher file. They name users whose
 * files are trusted like the user's own, workspaces, the folders of named roots, named filters of jobs, and the channels
 * of notifications.
 *
 * @param label the file's name in messages
 * @param users names of users, or their numbers
 * @param groups names of groups, or their numbers; their members are trusted, too
 * @param roots the folder of each named root by its name
 * @param workspaces the named workspaces
 * @param filters the named filters of jobs
 * @param notifications the channels over which the user is told about runs
 * @param git the rules for plans in a repository of git
 */
public record UserSettings(
        String label,
        SortedSet<String> users,
        SortedSet<String> groups,
        SortedMap<String, Path> roots,
        NamedWorkspaces workspaces,
        NamedFilters filters,
        NotificationSettings notifications,
        GitSettings git) {
    /** The name of the file. */
    public static final String NAME = "settings.yaml";

    /** Copies the collections. */
    public UserSettings {
        users = Collections.unmodifiableSortedSet(new TreeSet<>(users));
        groups = Collections.unmodifiableSortedSet(new TreeSet<>(groups));
        roots = Collections.unmodifiableSortedMap(new TreeMap<>(roots));
    }

    /**
     * Creates the settings of a user who has no file.
     *
     * @param label the file's name in messages
     * @return settings without trusted users and without roots
     */
    public static UserSettings none(String label) {
        return new UserSettings(
                label,
                new TreeSet<>(),
                new TreeSet<>(),
                new TreeMap<>(),
                NamedWorkspaces.NONE,
                NamedFilters.NONE,
                NotificationSettings.NONE,
                GitSettings.NONE);
    }

    /** The keys of the file. Workspaces, filters and notifications are known here, and read apart. */
    @DisplayName("the user's settings")
    private record Entry(
            Optional<Trust> trust,
            @Default("{}") Map<String, Located<RootFolder>> roots,
            @Default("{}") Map<String, String> workspaces,
            @Default("{}") Map<String, String> filters,
            @Default("{}") Map<String, String> notifications) {}

    @DisplayName("trust")
    private record Trust(
            @Default("[]") Set<Account> users,
            @Default("[]") Set<Account> groups) {}

    /**
     * Reads the file of a user.
     *
     * @param environment the variables of the process
     * @param home returns the user's home folder; called only if it is needed
     * @return the settings; empty settings if there is no file
     * @throws WorkspaceException if the file is wrong, with all problems and their lines; or if others may change it
     */
    public static UserSettings read(Map<String, String> environment, Supplier<Path> home) {
        Path file = UserFolder.settings(environment, home).resolve(NAME);
        UserSettings nothing = none(HomeFolder.shorten(file));
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return nothing;
        }
        Strangers strangers = strangers(file, nothing, WorkspaceException::of);
        if (!strangers.isEmpty()) {
            throw refusal(file, "decide whom you believe", strangers, strangers.remedy(), WorkspaceException::of);
        }
        var source = Source.ofFile(nothing.label(), 0, file.resolveSibling(""));
        var problems = new Problems(WorkspaceException::of);
        // Notifications have places of their own, which are filled when one is sent.
        Mapping map = new Interpolation(environment, problems)
                .apply(YamlFile.read(file, source, problems), Set.of(KeyNames.NOTIFICATIONS));
        Optional<Entry> entry = RecordFile.bind(
                map.without(KeyNames.WORKSPACES)
                        .without(KeyNames.FILTERS)
                        .without(KeyNames.NOTIFICATIONS)
                        .without(KeyNames.DIRTY_GIT)
                        .without(KeyNames.PATCH_LIMIT),
                source,
                Entry.class,
                problems);
        SortedMap<String, Path> roots =
                RootFolder.places(entry.map(Entry::roots).orElse(Map.of()), problems);
        GitSettings git = GitSettings.read(map, problems);
        NamedWorkspaces workspaces = NamedWorkspaces.read(map, source, problems);
        problems.throwIfAny(source.label());
        Optional<Trust> trust = entry.flatMap(Entry::trust);
        return new UserSettings(
                nothing.label(),
                names(trust.map(Trust::users).orElse(Set.of())),
                names(trust.map(Trust::groups).orElse(Set.of())),
                roots,
                workspaces,
                NamedFilters.read(map, source),
                NotificationSettings.read(map, source),
                git);
    }

    private static SortedSet<String> names(Set<Account> accounts) {
        return accounts.stream().map(Account::name).collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * Returns the settings of the user of this process.
     *
     * @return the settings; empty settings if there is no file
     * @throws WorkspaceException as for {@link #read}
     */
    public static UserSettings current() {
        return read(System.getenv(), HomeFolder::current);
    }

    /**
     * Returns the writers that the user does not name. An owner who is a member of a named group counts as named.
     *
     * @param writers the users and groups that may write something
     * @return the others
     */
    public FileWriters strangers(FileWriters writers) {
        return writers.without(
                writers.users().stream()
                        .filter(name -> Accounts.hasUser(users, name) || Accounts.isMember(name, groups))
                        .toList(),
                writers.groups().stream()
                        .filter(name -> Accounts.hasGroup(groups, name))
                        .toList());
    }

    /**
     * Returns the advice about strangers.
     *
     * @param strangers the users that are not named, and the places that they may change
     * @return a clause
     */
    public String advice(Strangers strangers) {
        FileWriters all = strangers.all();
        List<String> names = new ArrayList<>();
        List<String> others = all.users().stream()
                .filter(name -> !Accounts.isMember(name, all.groups()))
                .toList();
        if (!others.isEmpty()) {
            names.add("users: " + others);
        }
        if (!all.groups().isEmpty()) {
            names.add("groups: " + all.groups());
        }
        String accept = names.isEmpty()
                ? ""
                : "to believe them, write \"trust: {" + String.join(", ", names) + "}\" in " + label + "; ";
        return accept + "to keep them out, " + strangers.remedy();
    }

    /**
     * Refuses a file that strangers may change or replace.
     *
     * @param file a file that exists
     * @param consequence the possible damage, after "could"
     * @param maker makes the exception
     */
    public void requireNoStrangers(Path file, String consequence, Problems.ExceptionMaker maker) {
        Strangers strangers = strangers(file, this, maker);
        if (!strangers.isEmpty()) {
            throw refusal(file, consequence, strangers, advice(strangers), maker);
        }
    }

    private static Strangers strangers(Path file, UserSettings user, Problems.ExceptionMaker maker) {
        try {
            return Strangers.ofFile(file, user);
        } catch (IOException failed) {
            throw maker.of("Cannot see who may change " + file + ": " + failed.getMessage())
                    .at(file.toString())
                    .cause(failed)
                    .build();
        }
    }

    private static ExperimaestroException refusal(
            Path file, String consequence, Strangers strangers, String advice, Problems.ExceptionMaker maker) {
        return maker.of("Cannot use this file: others could " + consequence + ", because " + strangers)
                .at(HomeFolder.shorten(file.toAbsolutePath()))
                .advice(advice)
                .build();
    }
}
