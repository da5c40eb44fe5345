package org.experimaestro.settings;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.Collection;
import org.experimaestro.core.host.SystemQuery;
import org.jspecify.annotations.Nullable;

/** A lookup of the users and groups of this machine. Each name may be replaced by its number. */
final class Accounts {
    private static final SystemQuery SYSTEM = new SystemQuery();

    private Accounts() {}

    /** Returns whether one of the names is that of a user. */
    static boolean hasUser(Collection<String> named, String user) {
        return contains(named, user, UserPrincipalLookupService::lookupPrincipalByName);
    }

    /** Returns whether one of the names is that of a group. */
    static boolean hasGroup(Collection<String> named, String group) {
        return contains(named, group, UserPrincipalLookupService::lookupPrincipalByGroupName);
    }

    /**
     * Returns whether a user is a member of one of the groups. Runs {@code id} (POSIX), which includes all sources of
     * groups.
     */
    static boolean isMember(String user, Collection<String> groups) {
        if (groups.isEmpty()) {
            return false;
        }
        // The numbers are used, because names of groups may contain spaces.
        for (String number : SYSTEM.line("id", "-G", "--", user).split(" ")) {
            if (!number.isEmpty() && hasGroup(groups, number)) {
                return true;
            }
        }
        return false;
    }

    private interface Lookup {
        UserPrincipal find(UserPrincipalLookupService service, String name) throws IOException;
    }

    private static boolean contains(Collection<String> named, String name, Lookup lookup) {
        if (named.contains(name)) {
            return true;
        }
        UserPrincipal wanted = find(name, lookup);
        return wanted != null && named.stream().anyMatch(each -> wanted.equals(find(each, lookup)));
    }

    /**
     * Returns the principal of a name or a number. Principals are equal if their numbers are. A text that is a number
     * and not a name is that number, as for chown(1).
     */
    private static @Nullable UserPrincipal find(String name, Lookup lookup) {
        try {
            return lookup.find(FileSystems.getDefault().getUserPrincipalLookupService(), name);
        } catch (IOException | UnsupportedOperationException unknown) {
            return null;
        }
    }
}
