package org.experimaestro.settings;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.Collection;
import org.experimaestro.core.host.SystemQuery;
import org.jspecify.annotations.Nullable;

/** The users and the groups of this machine. Where a name is expected, the number stands for it as well. */
final class Accounts {
    private static final SystemQuery SYSTEM = new SystemQuery();

    private Accounts() {}

    /** Whether one of the names is that of a user. */
    static boolean hasUser(Collection<String> named, String user) {
        return contains(named, user, UserPrincipalLookupService::lookupPrincipalByName);
    }

    /** Whether one of the names is that of a group. */
    static boolean hasGroup(Collection<String> named, String group) {
        return contains(named, group, UserPrincipalLookupService::lookupPrincipalByGroupName);
    }

    /** Whether a user is a member of one of the groups. The system is asked by {@code id} (POSIX), which knows all sources of groups. */
    static boolean isMember(String user, Collection<String> groups) {
        if (groups.isEmpty()) {
            return false;
        }
        // By numbers, since names of groups may have spaces in them.
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

    /** Principals are equal if their numbers are; what is no name and a number is that number, as for chown(1). */
    private static @Nullable UserPrincipal find(String name, Lookup lookup) {
        try {
            return lookup.find(FileSystems.getDefault().getUserPrincipalLookupService(), name);
        } catch (IOException | UnsupportedOperationException unknown) {
            return null;
        }
    }
}
