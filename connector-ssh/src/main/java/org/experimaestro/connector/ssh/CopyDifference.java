package org.experimaestro.connector.ssh;

import java.util.Map;
import java.util.Set;

/**
 * The difference between a workspace and its copy.
 *
 * @param missing the entries to be sent, by path
 * @param outdated folders of jobs that were deleted here and begun anew
 */
record CopyDifference(Map<String, LocalTree.Entry> missing, Set<String> outdated) {}
