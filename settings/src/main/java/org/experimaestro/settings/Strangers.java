package org.experimaestro.settings;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.experimaestro.base.file.FileOwner;
import org.experimaestro.base.file.FileWriters;

/**
 * The strangers who may change a file, and the places that permit it. A stranger is a user other than this user,
 * root, and the users that the user's settings name.
 *
 * @param places the places with at least one stranger
 */
public record Strangers(List<Place> places) {
    /** The number of links that Linux follows (path_resolution(7)). */
    private static final int MOST_LINKS = 40;

    private static final FileWriters NOBODY =
            new FileWriters(Collections.emptySortedSet(), Collections.emptySortedSet(), false);

    /** Copies the list. */
    public Strangers {
        places = List.copyOf(places);
    }

    /**
     * A place that strangers may change.
     *
     * @param kind its kind: {@code "the file"}, {@code "the folder"}, {@code "the link"} or {@code "what is in the
     *     folder"}
     * @param path its path
     * @param writers the strangers
     */
    public record Place(String kind, Path path, FileWriters writers) {
        private static final String FILE = "the file";
        private static final String FOLDER = "the folder";
        private static final String LINK = "the link";
        private static final String TREE = "what is in the folder";

        @Override
        public String toString() {
            return kind + " " + path + " can be changed by " + writers;
        }

        private List<String> remedies() {
            List<String> remedies = new ArrayList<>();
            String who = (writers.groups().isEmpty() ? "" : "g") + (writers.isEveryone() ? "o" : "");
            if (!who.isEmpty()) {
                remedies.add("run chmod " + (kind.equals(TREE) ? "-R " : "") + who + "-w " + path);
            }
            if (!writers.users().isEmpty()) {
                remedies.add(
                        kind.equals(FOLDER) || kind.equals(TREE)
                                ? "use a folder of your own in the place of " + path
                                : "put a file of your own in the place of " + path);
            }
            return remedies;
        }
    }

    /**
     * Returns the strangers who may change a file, or replace it. The check covers the links that lead to the file,
     * the file, and the folders that contain these.
     *
     * @param file a file that exists
     * @param user the settings that name trusted users
     * @return none if only this user, root, and the trusted users may
     * @throws IOException if the attributes cannot be read
     */
    public static Strangers ofFile(Path file, UserSettings user) throws IOException {
        Map<Path, Place> places = new LinkedHashMap<>();
        Path hop = file.toAbsolutePath();
        for (int links = 0; Files.isSymbolicLink(hop); links++) {
            if (links == MOST_LINKS) {
                throw new FileSystemLoopException(file.toString());
            }
            add(places, Place.LINK, hop, owner(hop), user);
            addFolder(places, hop, user);
            hop = hop.resolveSibling(Files.readSymbolicLink(hop));
        }
        add(places, Place.FILE, hop.toRealPath(), FileWriters.of(hop), user);
        addFolder(places, hop, user);
        return new Strangers(List.copyOf(places.values()));
    }

    /**
     * Returns the strangers who may write in folders.
     *
     * @param folders folders that exist
     * @param user the settings that name trusted users
     * @return none if only this user, root, and the trusted users may
     * @throws IOException if the attributes cannot be read
     */
    public static Strangers ofFolders(List<Path> folders, UserSettings user) throws IOException {
        Map<Path, Place> places = new LinkedHashMap<>();
        for (Path folder : folders) {
            add(places, Place.FOLDER, folder, FileWriters.of(folder), user);
        }
        return new Strangers(List.copyOf(places.values()));
    }

    /**
     * Returns the strangers who may change some files below a folder, or replace them.
     *
     * @param folder the folder
     * @param files files in it, or below; others are left out
     * @param user the settings that name trusted users
     * @return none if only this user, root, and the trusted users may
     * @throws IOException if the attributes cannot be read
     */
    public static Strangers below(Path folder, List<Path> files, UserSettings user) throws IOException {
        FileWriters all = NOBODY;
        for (Path file : files) {
            if (file.startsWith(folder)) {
                all = all.and(ofFile(file, user).all());
            }
        }
        return new Strangers(all.isEmpty() ? List.of() : List.of(new Place(Place.TREE, folder, all)));
    }

    private static FileWriters owner(Path link) throws IOException {
        FileOwner owner = FileOwner.of(link);
        SortedSet<String> names = new TreeSet<>();
        if (!owner.isTrusted()) {
            names.add(owner.name());
        }
        return new FileWriters(names, Collections.emptySortedSet(), false);
    }

    private static void addFolder(Map<Path, Place> places, Path path, UserSettings user) throws IOException {
        Path folder = path.getParent();
        if (folder != null) {
            add(places, Place.FOLDER, folder.toRealPath(), FileWriters.ofPlace(path), user);
        }
    }

    private static void add(Map<Path, Place> places, String kind, Path path, FileWriters writers, UserSettings user) {
        FileWriters strangers = user.strangers(writers);
        if (!strangers.isEmpty()) {
            places.putIfAbsent(path, new Place(kind, path, strangers));
        }
    }

    /**
     * Returns whether there are no strangers.
     *
     * @return true if nobody else may change the files
     */
    public boolean isEmpty() {
        return places.isEmpty();
    }

    /**
     * Returns all strangers.
     *
     * @return their users and groups
     */
    public FileWriters all() {
        return places.stream().map(Place::writers).reduce(NOBODY, FileWriters::and);
    }

    /**
     * Returns the remedy.
     *
     * @return a clause, which begins with a verb
     */
    public String remedy() {
        return places.stream().flatMap(place -> place.remedies().stream()).collect(Collectors.joining(", and "));
    }

    /** Returns each place with the strangers who may change it. */
    @Override
    public String toString() {
        return places.stream().map(Place::toString).collect(Collectors.joining("; "));
    }
}
