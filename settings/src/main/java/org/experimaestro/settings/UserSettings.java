package org.experimaestro.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.experimaestro.Default;
import org.experimaestro.WorkspaceException;
import org.experimaestro.base.file.FileWriters;
import org.experimaestro.core.file.HomeFolder;
import org.experimaestro.core.file.UserFolder;

/**
 * What a user says for all workspaces, in the file {@value #NAME} beside the launcher file: whose files are believed like the
 * user's own.
 *
 * @param label what messages call the file
 * @param users names of users
 * @param groups names of groups
 */
public record UserSettings(String label, SortedSet<String> users, SortedSet<String> groups) {
    /** The name of the file. */
    public static final String NAME = "settings.yaml";

    /** Copies the sets. */
    public UserSettings {
        users = Collections.unmodifiableSortedSet(new TreeSet<>(users));
        groups = Collections.unmodifiableSortedSet(new TreeSet<>(groups));
    }

    @Called("the user's settings")
    private record Entry(Optional<Trust> trust) {}

    @Called("trust")
    private record Trust(
            @Default("[]") Set<String> users, @Default("[]") Set<String> groups) {}

    /**
     * Reads the file of a user.
     *
     * @param environment the variables of the process
     * @param home tells the user's home folder, if it is needed
     * @return what the file says; nothing if there is no file
     * @throws WorkspaceException if the file is wrong: with all problems, and their lines; or if others may change it
     */
    public static UserSettings read(Map<String, String> environment, Supplier<Path> home) {
        Path file = UserFolder.settings(environment, home).resolve(NAME);
        var nothing = new UserSettings(HomeFolder.shorten(file), new TreeSet<>(), new TreeSet<>());
        if (!Files.exists(file)) {
            return nothing;
        }
        nothing.requireNoStrangers(
                file,
                "who would then decide whom you believe",
                "take their permissions away, or give it back to yourself");
        var source = Source.ofFile(nothing.label(), 0, file.resolveSibling(""));
        var problems = new Problems(WorkspaceException::new);
        Optional<Entry> entry = RecordFile.read(file, source, Entry.class, problems);
        problems.throwIfAny(source.label());
        return entry.flatMap(Entry::trust)
                .map(trust ->
                        new UserSettings(nothing.label(), new TreeSet<>(trust.users()), new TreeSet<>(trust.groups())))
                .orElse(nothing);
    }

    /**
     * Those whom the user does not name.
     *
     * @param writers those who may write something
     * @return the rest of them
     */
    public FileWriters strangers(FileWriters writers) {
        return writers.without(users, groups);
    }

    /**
     * What to do about those whom the user does not name.
     *
     * @param strangers who is not named
     * @param path what they may write
     * @return a clause
     */
    public String advice(FileWriters strangers, Path path) {
        List<String> names = new ArrayList<>();
        if (!strangers.users().isEmpty()) {
            names.add("users: " + list(strangers.users()));
        }
        if (!strangers.groups().isEmpty()) {
            names.add("groups: " + list(strangers.groups()));
        }
        String accept = names.isEmpty()
                ? ""
                : "to believe them, write \"trust: {" + String.join(", ", names) + "}\" in " + label;
        String refuse = strangers.isEveryone() || !strangers.groups().isEmpty()
                ? "to keep them out, run chmod go-w " + path
                : "";
        return accept + (accept.isEmpty() || refuse.isEmpty() ? "" : "; ") + refuse;
    }

    /** Numbers, where the system has no names, are texts in the file too. */
    private static List<String> list(SortedSet<String> names) {
        return names.stream()
                .map(name -> name.chars().allMatch(Character::isDigit) ? "\"" + name + "\"" : name)
                .toList();
    }

    /** Refuses a file that others than those whom the user names may change, or put another one in the place of. */
    void requireNoStrangers(Path file, String consequence, String advice) {
        FileWriters strangers;
        try {
            strangers = strangers(FileWriters.of(file).and(FileWriters.ofPlace(file)));
        } catch (IOException failed) {
            throw new WorkspaceException(
                    "Cannot see who may write " + file + ": " + failed.getMessage(), file.toString(), null, failed);
        }
        if (!strangers.isEmpty()) {
            throw new WorkspaceException(
                    "Cannot use these settings: they can be changed by " + strangers + ", " + consequence,
                    HomeFolder.shorten(file.toAbsolutePath()),
                    advice.isEmpty() ? advice(strangers, file) : advice,
                    null);
        }
    }
}
