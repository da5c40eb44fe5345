package org.experimaestro.base.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Who may change a file or a folder, beside this user and root.
 *
 * <p>A group that has its owner's name is a private one, of which the owner is the only member: many systems give each user
 * such a group, and a umask of 002 (the option {@code usergroups} of pam_umask(8)). Access control lists are not looked at: Java
 * does not read them. Where a file system knows no owners, there is nobody.
 *
 * @param users the names of users to whom it belongs, who may give themselves any permission
 * @param groups the names of groups whose members may write
 * @param isEveryone whether all users of the system may write
 */
public record FileWriters(SortedSet<String> users, SortedSet<String> groups, boolean isEveryone) {
    private static final FileWriters NOBODY =
            new FileWriters(Collections.emptySortedSet(), Collections.emptySortedSet(), false);

    /** {@code S_ISVTX} of inode(7): in such a folder, files are renamed and deleted only by their owners and by its own. */
    private static final int STICKY = 01000;

    /** Copies the sets. */
    public FileWriters {
        users = Collections.unmodifiableSortedSet(new TreeSet<>(users));
        groups = Collections.unmodifiableSortedSet(new TreeSet<>(groups));
    }

    /**
     * Who may write a file, or make files in a folder.
     *
     * @param path the file or the folder; of a link, its owner counts too, who may have it lead elsewhere
     * @return those who may
     * @throws java.nio.file.NoSuchFileException if there is none
     * @throws IOException if it cannot be looked at
     */
    public static FileWriters of(Path path) throws IOException {
        if (!knowsOwners(path)) {
            return NOBODY;
        }
        Path target = path.toRealPath();
        PosixFileAttributes found = Files.readAttributes(target, PosixFileAttributes.class);
        SortedSet<String> groups = new TreeSet<>();
        if (found.permissions().contains(PosixFilePermission.GROUP_WRITE)) {
            String group = found.group().getName();
            if (!group.equals(found.owner().getName())) {
                groups.add(group);
            }
        }
        return owners(path, target)
                .and(new FileWriters(
                        Collections.emptySortedSet(),
                        groups,
                        found.permissions().contains(PosixFilePermission.OTHERS_WRITE)));
    }

    /**
     * Who may put something else in the place of a file or a folder: who may write in the folder that holds it, but for a folder
     * such as {@code /tmp}, where each may touch only their own.
     *
     * @param path the file or the folder, which need not be there
     * @return those who may
     * @throws java.nio.file.NoSuchFileException if the folder that would hold it is not there
     * @throws IOException if that folder cannot be looked at
     */
    public static FileWriters ofPlace(Path path) throws IOException {
        Path folder = path.toAbsolutePath().getParent();
        if (folder == null || !knowsOwners(folder)) {
            return NOBODY;
        }
        boolean isSticky = ((Integer) Files.getAttribute(folder, "unix:mode") & STICKY) != 0;
        return isSticky ? owners(folder, folder.toRealPath()) : of(folder);
    }

    private static FileWriters owners(Path path, Path target) throws IOException {
        SortedSet<String> users = new TreeSet<>();
        for (FileOwner owner : new FileOwner[] {FileOwner.of(path), FileOwner.of(target)}) {
            if (!owner.isTrusted()) {
                users.add(owner.name());
            }
        }
        return new FileWriters(users, Collections.emptySortedSet(), false);
    }

    private static boolean knowsOwners(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("unix");
    }

    /**
     * All of these and all of others.
     *
     * @param others others
     * @return both together
     */
    public FileWriters and(FileWriters others) {
        SortedSet<String> allUsers = new TreeSet<>(users);
        allUsers.addAll(others.users);
        SortedSet<String> allGroups = new TreeSet<>(groups);
        allGroups.addAll(others.groups);
        return new FileWriters(allUsers, allGroups, isEveryone || others.isEveryone);
    }

    /**
     * Those of these who are not named.
     *
     * @param namedUsers names of users
     * @param namedGroups names of groups
     * @return the rest
     */
    public FileWriters without(Collection<String> namedUsers, Collection<String> namedGroups) {
        SortedSet<String> restOfUsers = new TreeSet<>(users);
        restOfUsers.removeAll(namedUsers);
        SortedSet<String> restOfGroups = new TreeSet<>(groups);
        restOfGroups.removeAll(namedGroups);
        return new FileWriters(restOfUsers, restOfGroups, isEveryone);
    }

    /**
     * Whether there is nobody.
     *
     * @return true if only this user and root may
     */
    public boolean isEmpty() {
        return users.isEmpty() && groups.isEmpty() && !isEveryone;
    }

    /** In words: {@code the user anna, the group lab and all users of this machine}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        int left = users.size() + groups.size() + (isEveryone ? 1 : 0);
        for (String user : users) {
            left = append(text, "the user " + user, left);
        }
        for (String group : groups) {
            left = append(text, "the group " + group, left);
        }
        if (isEveryone) {
            append(text, "all users of this machine", left);
        }
        return text.toString();
    }

    private static int append(StringBuilder text, String words, int left) {
        if (!text.isEmpty()) {
            text.append(left > 1 ? ", " : " and ");
        }
        text.append(words);
        return left - 1;
    }
}
