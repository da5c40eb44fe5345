package org.experimaestro.connector.ssh;

import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A converter of the permissions of files, the nine bits of chmod(1). */
final class Permissions {
    private static final List<PosixFilePermission> LOWEST_FIRST = List.of(
            PosixFilePermission.OTHERS_EXECUTE,
            PosixFilePermission.OTHERS_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.OWNER_EXECUTE,
            PosixFilePermission.OWNER_WRITE,
            PosixFilePermission.OWNER_READ);

    private static final int OTHERS_WRITE = 0002;
    private static final int OWNER_READ = 0400;

    private Permissions() {}

    /**
     * Returns the local permissions of a host's file: other users never may change it, and the user who has fetched
     * it can read it.
     */
    static Set<PosixFilePermission> ofFetched(int bits) {
        return of(bits & ~OTHERS_WRITE | OWNER_READ);
    }

    static int bits(Set<PosixFilePermission> permissions) {
        int bits = 0;
        for (int i = 0; i < LOWEST_FIRST.size(); i++) {
            bits |= permissions.contains(LOWEST_FIRST.get(i)) ? 1 << i : 0;
        }
        return bits;
    }

    static Set<PosixFilePermission> of(int bits) {
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        for (int i = 0; i < LOWEST_FIRST.size(); i++) {
            if ((bits & 1 << i) != 0) {
                permissions.add(LOWEST_FIRST.get(i));
            }
        }
        return permissions;
    }
}
