package org.experimaestro.faults;

/** What a network file system may do that a local one does not; each is told in docs/reliability.md. */
enum Lie {
    /** A file that this client has found missing stays missing for seconds, unless it lists or changes the folder. */
    LATE_NAMES,
    /** The attributes of a file are those of some seconds ago, unless this client opens or changes it. */
    LATE_ATTRIBUTES,
    /** A change was made, its reply was lost, and the second request finds that nothing is to be done. */
    LOST_REPLIES,
    /** A few calls fail with EIO. */
    ERRORS,
    /** A few files that are opened are no longer known to the server: ESTALE. */
    STALE_HANDLES,
    /** There are no hard links. */
    NO_LINKS,
    /** Names in other letters are the same. */
    FOLDED_CASE,
    /** Times are whole seconds. */
    WHOLE_SECONDS,
    /** A few writes find no room. */
    NO_ROOM
}
