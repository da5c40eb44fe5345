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
 * The users who may change a file or a folder, except this user and root.
 *
 * <p>A group that has its owner's name is a private group, with the owner as its only member. Many systems give each
 * user such a group, and a umask of 002 (the option {@code usergroups} of pam_umask(8)). Access control lists are
 * ignored, because Java does not read them. If a file system has no owners, the set is empty.
 *
 * @param users the names of users who own it, because an owner can take any permission
 * @param groups the names of groups whose members may write
 * @param isEveryone whether all users of the system may write
 */
public record FileWriters(SortedSet<String> users, SortedSet<String> groups, boolean isEveryone) {
    private static final FileWriters NOBODY =
            new FileWriters(Collections.emptySortedSet(), Collections.emptySortedSet(), false);

    /**
     * {@code S_ISVTX} of inode(7): in such a folder, only the owners of a file and of the folder rename or delete the
     * file.
     */
    private static final int STICKY = 01000;

    /** Copies the sets. */
    public FileWriters {
        users = Collections.unmodifiableSortedSet(new TreeSet<>(users));
        groups = Collections.unmodifiableSortedSet(new TreeSet<>(groups));
    }

    /**
     * Returns the users who may write a file, or make files in a folder.
     *
     * @param path the file or the folder; for a link, its owner counts too, because the owner can redirect it
     * @return the users and groups
     * @throws java.nio.file.NoSuchFileException if there is none
     * @throws IOException if its attributes cannot be read
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
     * Returns the users who may replace a file or a folder. These are the users who may write in its parent folder.
     * In a folder such as {@code /tmp}, users may touch only their own files, so only the folder's owner counts.
     *
     * @param path the file or the folder, which need not exist
     * @return the users and groups
     * @throws java.nio.file.NoSuchFileException if its parent folder does not exist
     * @throws IOException if the attributes of that folder cannot be read
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
     * Returns the union with others.
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
     * Returns the writers that are not named.
     *
     * @param namedUsers names of users
     * @param namedGroups names of groups
     * @return the others
     */
    public FileWriters without(Collection<String> namedUsers, Collection<String> namedGroups) {
        SortedSet<String> restOfUsers = new TreeSet<>(users);
        restOfUsers.removeAll(namedUsers);
        SortedSet<String> restOfGroups = new TreeSet<>(groups);
        restOfGroups.removeAll(namedGroups);
        return new FileWriters(restOfUsers, restOfGroups, isEveryone);
    }

    /**
     * Returns whether there are no such users.
     *
     * @return true if only this user and root may write
     */
    public boolean isEmpty() {
        return users.isEmpty() && groups.isEmpty() && !isEveryone;
    }

    /** Returns the writers in words: {@code the user anna, the group lab and all users of this machine}. */
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
