package org.experimaestro.connector.ssh;

import java.util.Map;
import java.util.Set;

/**
 * What a copy lacks.
 *
 * @param missing what has to be sent, by path
 * @param outdated folders of jobs that are of a former life: they were deleted here and begun anew
 */
record CopyDifference(Map<String, LocalTree.Entry> missing, Set<String> outdated) {}
